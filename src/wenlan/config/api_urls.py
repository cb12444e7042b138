"""The root of all addresses for requests to the REST interface: its own, and those that its answers point to."""

from django.urls import include, path

from wenlan.config.urls import urlpatterns as pages

urlpatterns = [path("api/v1/", include("wenlan.protocols.rest.urls")), *pages]
