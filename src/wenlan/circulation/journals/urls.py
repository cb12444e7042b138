"""Addresses of the desk without a line and of its journals, under `/desk/circulation/`."""

from django.urls import path

from wenlan.circulation.journals.views import device, queue

urlpatterns = [
    path("off-line/", device.page, name="off_line"),
    path("worker.js", device.worker, name="off_line_worker"),
    path("off-line/manifest.webmanifest", device.manifest, name="off_line_manifest"),
    path("off-line/acts", device.acts, name="off_line_acts"),
    path("off-line/snapshot", device.cached, name="off_line_snapshot"),
    path("journals/", queue.journals, name="journals"),
    path("journals/files", queue.upload, name="journal_upload"),
    path("journals/<int:line_id>/decide", queue.decide, name="journal_decide"),
]
