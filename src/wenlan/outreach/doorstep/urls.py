"""Addresses under `/desk/doorstep/`."""

from django.urls import path

from wenlan.outreach.doorstep import reader_views, views

app_name = "doorstep"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("runs/<int:run_id>/", views.run, name="run"),
    path("runs/<int:run_id>/sheet/", views.sheet, name="sheet"),
    path("runs/<int:run_id>/visits/<int:visit_id>", views.settle, name="settle"),
    path("runs/<int:run_id>/<slug:what>", views.change, name="change"),
    path("readers/", reader_views.readers, name="readers"),
    path("readers/<int:reader_id>/", reader_views.reader, name="reader"),
    path("readers/<int:reader_id>/end", reader_views.end, name="end_reader"),
    path("rules/", reader_views.rules, name="rules"),
    path("rules/<int:rule_id>/end", reader_views.end_rule, name="end_rule"),
]
