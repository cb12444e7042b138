"""The harvest, to be included under /oai."""

from django.urls import path

from wenlan.protocols.oai_pmh import views

urlpatterns = [path("", views.harvest, name="oai")]
