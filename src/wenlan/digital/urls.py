"""Addresses of digital resources at the desk."""

from django.urls import path

from wenlan.digital import views

app_name = "digital"
urlpatterns = [
    path("", views.resources, name="resources"),
    path("networks", views.add_network, name="add_network"),
    path("networks/<int:network_id>/drop", views.drop_network, name="drop_network"),
    path("statement", views.statement, name="statement"),
    path("<slug:code>/end", views.end, name="end"),
]
