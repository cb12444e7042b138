"""Addresses of the portal."""

from django.urls import path

from wenlan.web.portal import classes, my, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggest, name="suggest"),
    path("classes/", classes.classes, name="classes"),
    path("classes/<str:number>/", classes.classes, name="class"),
    path("records/<uuid:uid>/", views.record, name="record"),
    path("activities/", views.activities, name="activities"),
    path("hours/", views.hours, name="hours"),
    path("figures/", views.figures, name="figures"),
    path("my/", my.loans, name="my"),
    path("my/sign-in/", my.sign_in, name="sign_in"),
    path("my/sign-out/", my.sign_out, name="sign_out"),
    path("my/renew/", my.renew, name="renew"),
]
