"""Addresses of the register of machines."""

from django.urls import path

from wenlan.web.machines import figures, sheets, views

app_name = "machines"
urlpatterns = [
    path("", views.machines, name="list"),
    path("new/", views.new, name="new"),
    path("sheet/", sheets.sheet, name="sheet"),
    path("sheet/enter", sheets.enter, name="sheet_enter"),
    path("sheet/empty.xlsx", sheets.empty, name="sheet_empty"),
    path("books/<uuid:entry>/<int:node>/list", views.list_singly, name="list_singly"),
    path("types/add", views.add_type, name="add_type"),
    path("figures/", figures.figures, name="figures"),
    path("handled/", figures.handled, name="handled"),
    path("<int:machine_id>/", views.machine, name="machine"),
    path("<int:machine_id>/change/", views.change, name="change"),
    path("<int:machine_id>/move", views.move, name="move"),
    path("<int:machine_id>/state", views.state, name="state"),
    path("<int:machine_id>/take-back", views.take_back, name="take_back"),
    path("<int:machine_id>/link", views.link, name="link"),
    path("<int:machine_id>/links/<int:link_id>/end", views.unlink, name="unlink"),
]
