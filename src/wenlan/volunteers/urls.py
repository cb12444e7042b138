"""Addresses of volunteers at the desk."""

from django.urls import path

from wenlan.volunteers import views

app_name = "volunteers"
urlpatterns = [
    path("", views.volunteer_list, name="list"),
    path("<int:volunteer_id>/", views.volunteer, name="volunteer"),
    path("<int:volunteer_id>/take-in", views.take_in, name="take_in"),
    path("<int:volunteer_id>/decline", views.decline, name="decline"),
    path("<int:volunteer_id>/end", views.end, name="end"),
    path("<int:volunteer_id>/number", views.number, name="number"),
    path("<int:volunteer_id>/serve", views.serve, name="serve"),
    path("readers/<int:patron_id>/", views.of_reader, name="of_reader"),
]
