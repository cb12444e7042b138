"""Addresses of the device page, to be included under /desk/devices/."""

from django.urls import path

from wenlan.protocols.sip2 import views

app_name = "devices"
urlpatterns = [
    path("", views.devices, name="devices"),
    path("new/", views.new_device, name="new"),
    path("<int:terminal>/", views.device, name="device"),
    path("<int:terminal>/password/", views.password, name="password"),
    path("<int:terminal>/switch/", views.switch, name="switch"),
    path("<int:terminal>/drawer/", views.drawer, name="drawer"),
    path("<int:terminal>/trial/", views.trial, name="trial"),
]
