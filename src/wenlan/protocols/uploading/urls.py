"""Addresses of handing in, to be included under /desk/copy-cataloguing/uploads/."""

from django.urls import path

from wenlan.protocols.uploading import views

app_name = "uploading"
urlpatterns = [
    path("", views.uploads, name="uploads"),
    path("work/", views.work, name="work"),
    path("queue/", views.queue, name="queue"),
    path("centres/", views.centres, name="centres"),
    path("centres/new/", views.centre, name="new_centre"),
    path("centres/<int:centre>/", views.centre, name="centre"),
    path("centres/<int:centre>/remove/", views.remove_centre, name="remove_centre"),
    path("centres/<int:centre>/file/", views.make_file, name="make_file"),
    path("files/<int:batch>/download/", views.fetch_file, name="fetch_file"),
    path("files/<int:batch>/settle/", views.settle_file, name="settle_file"),
]
