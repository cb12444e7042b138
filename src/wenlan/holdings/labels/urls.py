"""Addresses of the labels' desk."""

from django.urls import path

from wenlan.holdings.labels import views
from wenlan.holdings.series import views as series

app_name = "labels"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("preview", views.preview, name="preview"),
    path("prints", views.printed, name="prints"),
    path("labels.pdf", views.pdf, name="pdf"),
    path("series/", series.overview, name="all_series"),
    path("series/<int:series_id>/", series.one_series, name="series"),
    path("series/<int:series_id>/labels.pdf", series.labels, name="series_labels"),
]
