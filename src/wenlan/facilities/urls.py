"""Addresses of the visits desk."""

from django.urls import path

from wenlan.facilities import views
from wenlan.facilities.admission import views as admission
from wenlan.facilities.openings import views as openings

app_name = "facilities"
urlpatterns = [
    path("", views.visits, name="visits"),
    path("admission/", admission.admission, name="admission"),
    path("admission/door", admission.door, name="admission_door"),
    path("admission/cap", admission.set_cap, name="admission_cap"),
    path("admission/cap/<int:cap_id>/end", admission.end_cap, name="admission_cap_end"),
    path("openings/", openings.openings, name="openings"),
]
