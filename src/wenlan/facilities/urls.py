"""Addresses of the visits desk."""

from django.urls import path

from wenlan.facilities import views

app_name = "facilities"
urlpatterns = [path("", views.visits, name="visits")]
