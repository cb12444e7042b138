"""Addresses of the portal."""

from django.urls import path

from wenlan.web.portal import account, classes, drifting, entry, family, joining, messages, my, reserving, seats, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggest, name="suggest"),
    path("classes/", classes.classes, name="classes"),
    path("classes/<str:number>/", classes.classes, name="class"),
    path("records/<uuid:uid>/", views.record, name="record"),
    path("records/<uuid:uid>/reserve", reserving.reserve, name="reserve"),
    path("activities/", views.activities, name="activities"),
    path("hours/", views.hours, name="hours"),
    path("drifting/", drifting.points, name="drifting"),
    path("drifting/<str:number>/", drifting.book, name="drifting_book"),
    path("figures/", views.figures, name="figures"),
    path("join/", joining.join, name="join"),
    path("join/application/", joining.application, name="application"),
    path("join/application/code/", joining.send_code, name="send_code"),
    path("join/application/forget/", joining.forget, name="forget_application"),
    path("join/<str:code>/", joining.apply, name="apply"),
    path("my/", my.loans, name="my"),
    path("my/sign-in/", my.sign_in, name="sign_in"),
    path("my/sign-out/", my.sign_out, name="sign_out"),
    path("my/renew/", my.renew, name="renew"),
    path("my/account/", account.account, name="account"),
    path("my/account/look-again/", account.look_again, name="look_again"),
    path("my/account/guarantee/", account.guarantee, name="guarantee"),
    path("my/account/guarantee/back/", account.guarantee_back, name="guarantee_back"),
    path("my/reservations/<uuid:uid>/rest", reserving.rest, name="rest_reservation"),
    path("my/reservations/<uuid:uid>/cancel", reserving.cancel, name="cancel_reservation"),
    path("my/entry/", entry.entry, name="entry"),
    path("my/entry/book", entry.book, name="book_entry"),
    path("my/entry/<int:booking_id>/cancel", entry.cancel, name="cancel_entry"),
    path("my/seats/", seats.seats, name="seats"),
    path("my/seats/book", seats.book, name="book_seat"),
    path("my/seats/<int:booking_id>/cancel", seats.cancel, name="cancel_seat"),
    path("my/card/", family.card, name="card"),
    path("my/card/code/", family.card_code, name="card_code"),
    path("my/messages/", messages.mine, name="messages"),
    path("my/family/", family.family, name="family"),
    path("my/family/<int:bond_id>/<slug:what>/", family.answer, name="answer_family"),
]
