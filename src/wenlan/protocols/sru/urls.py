"""The SRU server, to be included under /sru."""

from django.urls import path

from wenlan.protocols.sru import views

urlpatterns = [path("", views.search, name="sru")]
