"""Addresses of the desk without a line and of its journals, under `/desk/circulation/`."""

from django.urls import path

from wenlan.circulation.journals import queue_views, views

urlpatterns = [
    path("off-line/", views.page, name="off_line"),
    path("worker.js", views.worker, name="off_line_worker"),
    path("off-line/manifest.webmanifest", views.manifest, name="off_line_manifest"),
    path("off-line/acts", views.acts, name="off_line_acts"),
    path("off-line/snapshot", views.cached, name="off_line_snapshot"),
    path("journals/", queue_views.journals, name="journals"),
    path("journals/files", queue_views.upload, name="journal_upload"),
    path("journals/<int:line_id>/decide", queue_views.decide, name="journal_decide"),
]
