"""Addresses of the REST interface, to be included under /api/v1/."""

from django.urls import path

from wenlan.protocols.rest.api import api, no_such_route

urlpatterns = [path("", api.urls), path("<path:path>", no_such_route)]
