"""Addresses of signing in."""

from django.urls import path

from wenlan.staff import views

app_name = "staff"
urlpatterns = [
    path("desk/sign-in/", views.sign_in, name="sign_in"),
    path("desk/sign-out/", views.sign_out, name="sign_out"),
    path("desk/lock/", views.lock, name="lock"),
    path("desk/unlock/", views.unlock, name="unlock"),
    path("desk/sit/", views.sit, name="sit"),
    path("desk/password/", views.password, name="password"),
]
