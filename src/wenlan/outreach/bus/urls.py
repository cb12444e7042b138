"""Addresses under `/desk/bus/`."""

from django.urls import path

from wenlan.outreach.bus.views import plan, trips

app_name = "bus"
urlpatterns = [
    path("", trips.trips, name="trips"),
    path("new/", trips.new, name="new_trip"),
    path("<int:trip_id>/", trips.trip, name="trip"),
    path("<int:trip_id>/stops/<int:stop_id>/<slug:what>", trips.at_stop, name="at_stop"),
    path("<int:trip_id>/stops/add", trips.add_stop, name="add_stop"),
    path("<int:trip_id>/crew", trips.crew, name="crew"),
    path("<int:trip_id>/times/", trips.times, name="times"),
    path("<int:trip_id>/close", trips.close, name="close"),
    path("<int:trip_id>/fill", trips.fill, name="fill"),
    path("<int:trip_id>/drop", trips.drop, name="drop"),
    path("plan/", plan.plan, name="plan"),
    path("plan/stops/add", plan.add_stop, name="set_up_stop"),
    path("plan/stops/<int:stop_id>/give-up", plan.give_up, name="give_up_stop"),
    path("plan/lines/new/", plan.new_line, name="new_line"),
    path("plan/lines/<int:line_id>/", plan.line, name="line"),
    path("plan/lines/<int:line_id>/timetable", plan.timetable, name="timetable"),
    path("plan/lines/<int:line_id>/exceptions", plan.exception, name="exception"),
    path("plan/lines/<int:line_id>/end", plan.end, name="end_line"),
]
