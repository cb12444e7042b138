"""Addresses of the desk's own pages."""

from django.urls import path

from wenlan.web.desk import views

app_name = "desk"
urlpatterns = [path("desk/", views.home, name="home")]
