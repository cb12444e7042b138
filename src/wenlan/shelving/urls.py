"""Addresses at the shelves."""

from django.urls import path

from wenlan.shelving import views

app_name = "shelving"
urlpatterns = [
    path("", views.home, name="home"),
    path("count", views.count, name="count"),
    path("tasks/new", views.add_task, name="add_task"),
    path("tasks/<int:task_id>/finish/", views.finish, name="finish"),
    path("tasks/<int:task_id>/<slug:what>", views.change, name="change"),
    path("areas/new", views.add_area, name="add_area"),
    path("areas/<int:area_id>/", views.area, name="area"),
    path("areas/<int:area_id>/close", views.close_area, name="close_area"),
    path("readings/<int:reading_id>/", views.reading_page, name="reading"),
    path("readings/<int:reading_id>/<int:finding_id>/settle", views.settle, name="settle"),
]
