"""Addresses of the figures."""

from django.urls import path

from wenlan.indicators import calendar_views, views

app_name = "indicators"
urlpatterns = [
    path("", views.today, name="today"),
    path("dictionary/", views.dictionary, name="dictionary"),
    path("calendar/", calendar_views.calendar, name="calendar"),
    path("calendar/take-back", calendar_views.take_back, name="calendar_take_back"),
    path("<str:code>/", views.figure, name="figure"),
    path("<str:code>/acts/", views.acts, name="acts"),
]
