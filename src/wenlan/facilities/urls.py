"""Addresses of the visits desk."""

from django.urls import path

from wenlan.facilities import views
from wenlan.facilities.openings import views as openings

app_name = "facilities"
urlpatterns = [
    path("", views.visits, name="visits"),
    path("openings/", openings.openings, name="openings"),
]
