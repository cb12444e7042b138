"""Addresses of the figures."""

from django.urls import path

from wenlan.indicators import views

app_name = "indicators"
urlpatterns = [
    path("", views.today, name="today"),
    path("dictionary/", views.dictionary, name="dictionary"),
    path("<str:code>/", views.figure, name="figure"),
    path("<str:code>/acts/", views.acts, name="acts"),
]
