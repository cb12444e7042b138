"""Addresses under `/desk/tags/`."""

from django.urls import path

from wenlan.holdings.tagging import views

app_name = "tags"
urlpatterns = [
    path("", views.station, name="station"),
    path("item", views.item, name="item"),
    path("written", views.written, name="written"),
    path("passage", views.passage, name="passage"),
]
