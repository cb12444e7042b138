"""Addresses under `/desk/readers/`."""

from django.urls import path, re_path

from wenlan.patrons import views

app_name = "patrons"
urlpatterns = [
    path("", views.search, name="search"),
    path("register/", views.register, name="register"),
    path("<int:patron_id>/", views.reader, name="reader"),
    re_path(r"^(?P<patron_id>\d+)/(?P<what>suspend|lift|extend|deregister|card)$", views.change, name="change"),
    re_path(
        r"^(?P<patron_id>\d+)/cards/(?P<card_id>\d+)/(?P<what>lost|lift|replace)$",
        views.change_card,
        name="change_card",
    ),
]
