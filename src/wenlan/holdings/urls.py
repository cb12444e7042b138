"""Addresses under `/desk/items/`."""

from django.urls import path

from wenlan.holdings import views
from wenlan.holdings.call_numbers import views as call_numbers

app_name = "holdings"
urlpatterns = [
    path("", views.find, name="find"),
    path("of-record/<int:record_id>/", views.items_of_record, name="items_of_record"),
    path("<int:item_id>/", views.item, name="item"),
    path("call-numbers/", call_numbers.of_class, name="call_numbers"),
    path("call-numbers/reserve", call_numbers.reserve, name="number_reserve"),
    path("call-numbers/release", call_numbers.release, name="number_release"),
    path("call-numbers/take", call_numbers.take, name="number_take"),
    path("<int:item_id>/call-number", call_numbers.write, name="call_number"),
    path("treatments/", views.treatments, name="treatments"),
    path("<int:item_id>/state", views.change_state, name="state"),
    path("<int:item_id>/treatment", views.send_for_treatment, name="treatment"),
    path("<int:item_id>/treatment/end", views.end_treatment, name="treatment_end"),
]
