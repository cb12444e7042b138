"""Addresses of the catalogue's desk pages."""

from django.urls import path

from wenlan.catalogue import views
from wenlan.catalogue.authorities.urls import urlpatterns as authorities

app_name = "catalogue"
urlpatterns = [
    path("", views.search, name="search"),
    path("suggest/", views.suggest, name="suggest"),
    path("import/", views.import_file, name="import"),
    path("imports/", views.imports, name="imports"),
    path("imports/<int:run>/", views.import_run, name="import_run"),
    path("imports/<int:run>/settle/", views.settle, name="settle"),
    path("<int:record>/", views.record, name="record"),
    path("classes/", views.class_tree, name="classes"),
    path("classes/<str:number>/", views.class_tree, name="class"),
    *authorities,
]
