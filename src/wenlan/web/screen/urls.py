"""Addresses of the big screen."""

from django.urls import path

from wenlan.web.screen import views

app_name = "screen"
urlpatterns = [
    path("screen/", views.screen, name="screen"),
    path("screen/snapshot", views.snapshot, name="snapshot"),
]
