"""Addresses of the authority file's desk pages; they stand among the catalogue's."""

from django.urls import path

from wenlan.catalogue.authorities import views

urlpatterns = [
    path("authorities/", views.authorities, name="authorities"),
    path("authorities/new/", views.new, name="new_authority"),
    path("authorities/waiting/", views.place_waiting, name="place_authorities"),
    path("authorities/merges/<uuid:merge>/undo/", views.undo_merge, name="undo_merge"),
    path("authorities/<uuid:authority>/", views.authority, name="authority"),
    path("authorities/<uuid:authority>/change/", views.change, name="change_authority"),
    path("authorities/<uuid:authority>/merge/preview/", views.merge_preview, name="merge_preview"),
    path("authorities/<uuid:authority>/merge/", views.merge, name="merge_authorities"),
    path("authorities/<uuid:authority>/relate/", views.relate, name="relate_authorities"),
    path("authorities/<uuid:authority>/unrelate/", views.unrelate, name="unrelate_authorities"),
    path("authorities/<uuid:authority>/following/", views.following, name="authority_following"),
    path("authorities/<uuid:authority>/link/", views.link, name="link_authority"),
    path("<int:record>/authorities/", views.of_record, name="authorities_of_record"),
]
