"""Addresses under `/desk/items/`."""

from django.urls import path

from wenlan.holdings import views

app_name = "holdings"
urlpatterns = [
    path("", views.find, name="find"),
    path("of-record/<int:record_id>/", views.items_of_record, name="items_of_record"),
    path("<int:item_id>/", views.item, name="item"),
    path("<int:item_id>/status", views.change_status, name="status"),
    path("<int:item_id>/withdraw", views.withdraw, name="withdraw"),
]
