"""Addresses under `/desk/items/`."""

from django.urls import path

from wenlan.holdings import views

app_name = "holdings"
urlpatterns = [
    path("", views.find, name="find"),
    path("of-record/<int:record_id>/", views.items_of_record, name="items_of_record"),
    path("<int:item_id>/", views.item, name="item"),
    path("treatments/", views.treatments, name="treatments"),
    path("<int:item_id>/state", views.change_state, name="state"),
    path("<int:item_id>/treatment", views.send_for_treatment, name="treatment"),
    path("<int:item_id>/treatment/end", views.end_treatment, name="treatment_end"),
]
