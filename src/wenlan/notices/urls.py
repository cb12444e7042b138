"""Addresses under `/desk/notices/`."""

from django.urls import path, re_path

from wenlan.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.log, name="log"),
    re_path(r"^(?P<delivery>\d+)/(?P<what>again|aside)$", views.decide, name="decide"),
    path("slips/", views.slips, name="slips"),
    path("wordings/", views.wordings_page, name="wordings"),
    path("wordings/<str:code>/", views.wording, name="wording"),
    path("ways/", views.rules, name="rules"),
    path("ways/<slug:means>/", views.carrier, name="carrier"),
]
