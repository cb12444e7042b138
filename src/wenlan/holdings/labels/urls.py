"""Addresses of the labels' desk."""

from django.urls import path

from wenlan.holdings.labels import views

app_name = "labels"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("preview", views.preview, name="preview"),
    path("prints", views.printed, name="prints"),
    path("labels.pdf", views.pdf, name="pdf"),
]
