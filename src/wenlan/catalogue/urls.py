"""Addresses of the catalogue's desk pages."""

from django.shortcuts import redirect
from django.urls import path

from wenlan.catalogue import converting_views, views
from wenlan.catalogue.authorities.urls import urlpatterns as authorities
from wenlan.catalogue.brief import views as brief
from wenlan.catalogue.editing import views as editing
from wenlan.staff.access import needs
from wenlan.staff.types import Right

app_name = "catalogue"
urlpatterns = [
    path("", views.search, name="search"),
    path("suggest/", views.suggest, name="suggest"),
    path("import/", needs(Right.CATALOGUE_EDIT)(lambda _request: redirect("holdings:incoming")), name="import"),
    path("imports/", views.imports, name="imports"),
    path("imports/<int:run>/", views.import_run, name="import_run"),
    path("imports/<int:run>/set-aside/", views.set_aside, name="set_aside"),
    path("<int:record>/", views.record, name="record"),
    path("<int:record>/other-format/", converting_views.other_format, name="other_format"),
    path("edit/", editing.begin, name="begin"),
    path("edit/brief/", brief.brief, name="brief"),
    path("edit/new/<slug:template>/", editing.edit_new, name="edit_new"),
    path("edit/format/<slug:of>/", editing.format_data, name="format_data"),
    path("edit/check/", editing.check, name="check"),
    path("edit/readings/", editing.read_aloud, name="readings"),
    path("edit/headings/", editing.find_headings, name="find_headings"),
    path("edit/link/", editing.link_heading, name="link_heading"),
    path("edit/save/", editing.save, name="save"),
    path("edit/conditions/", editing.conditions, name="conditions"),
    path("edit/<int:record>/", editing.edit, name="edit"),
    path("<int:record>/history/", editing.record_history, name="history"),
    path("<int:record>/history/<int:number>/", editing.version, name="version"),
    path("<int:record>/history/<int:number>/restore/", editing.restore, name="restore"),
    path("classes/", views.class_tree, name="classes"),
    path("classes/<str:number>/", views.class_tree, name="class"),
    *authorities,
]
