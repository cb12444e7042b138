"""Addresses under `/desk/doorstep/`."""

from django.urls import path

from wenlan.outreach.doorstep.views import readers, runs

app_name = "doorstep"
urlpatterns = [
    path("", runs.runs, name="runs"),
    path("runs/<int:run_id>/", runs.run, name="run"),
    path("runs/<int:run_id>/sheet/", runs.sheet, name="sheet"),
    path("runs/<int:run_id>/visits/<int:visit_id>", runs.settle, name="settle"),
    path("runs/<int:run_id>/<slug:what>", runs.change, name="change"),
    path("readers/", readers.readers, name="readers"),
    path("readers/<int:reader_id>/", readers.reader, name="reader"),
    path("readers/<int:reader_id>/end", readers.end, name="end_reader"),
    path("rules/", readers.rules, name="rules"),
    path("rules/<int:rule_id>/end", readers.end_rule, name="end_rule"),
]
