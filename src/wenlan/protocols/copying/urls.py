"""Addresses of copy cataloguing, to be included under /desk/copy-cataloguing/."""

from django.urls import path

from wenlan.protocols.copying import views

app_name = "copying"
urlpatterns = [
    path("", views.search, name="search"),
    path("targets/", views.targets, name="targets"),
    path("targets/new/", views.target, name="new_target"),
    path("targets/<int:target>/", views.target, name="target"),
    path("targets/<int:target>/remove/", views.remove, name="remove_target"),
    path("protection/", views.protection, name="protection"),
    path("protection/<int:rule>/drop/", views.drop_rule, name="drop_rule"),
    path("<uuid:search>/", views.results, name="results"),
    path("<uuid:search>/<int:hit>/", views.preview, name="preview"),
    path("<uuid:search>/<int:hit>/take/", views.take, name="take"),
]
