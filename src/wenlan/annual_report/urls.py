"""Addresses of the report's pages."""

from django.urls import path

from wenlan.annual_report import views

app_name = "annual_report"
urlpatterns = [
    path("", views.editions, name="editions"),
    path("compose/", views.compose, name="compose"),
    path("<int:edition_id>/", views.edition, name="edition"),
    path("<int:edition_id>/figure/<str:ref>/", views.figure, name="figure"),
    path("<int:edition_id>/download/<str:name>/", views.download, name="download"),
    path("<int:edition_id>/step/", views.step, name="step"),
    path("<int:edition_id>/finding/<int:finding_id>/", views.release, name="release"),
    path("texts/<int:node_id>/<int:year>/", views.texts, name="texts"),
    path("texts/<int:node_id>/<int:year>/<slug:slot>/", views.state_text, name="state_text"),
    path("texts/<int:node_id>/<int:year>/confirm/<int:text_id>/", views.confirm_text, name="confirm_text"),
]
