"""Addresses of the roster, within those of circulation."""

from django.urls import path

from wenlan.circulation.roster import views

urlpatterns = [
    path("roster/", views.week, name="roster"),
    path("roster/print/", views.week_print, name="roster_print"),
    path("roster/posts", views.add_post, name="roster_post"),
    path("roster/posts/<int:post_id>/close", views.close_post, name="roster_close_post"),
    path("roster/assign", views.assign, name="roster_assign"),
    path("roster/repeat", views.repeat, name="roster_repeat"),
    path("roster/duties/<int:duty_id>/<slug:what>", views.change, name="roster_change"),
    path("roster/mine/", views.mine, name="my_duties"),
    path("roster/mine/calendar.ics", views.my_calendar, name="my_calendar"),
    path("roster/mine/<int:duty_id>/absent", views.my_absence, name="my_absence"),
    path("roster/mine/<int:duty_id>/swap", views.ask_swap, name="ask_swap"),
    path("roster/swaps/<int:swap_id>", views.answer_swap, name="answer_swap"),
]
