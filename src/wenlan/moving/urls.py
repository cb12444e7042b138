"""Addresses of moving in."""

from django.urls import path

from wenlan.moving import views

app_name = "moving"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("<int:run_id>/", views.run, name="run"),
]
