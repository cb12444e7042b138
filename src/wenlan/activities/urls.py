"""Addresses of the activities desk."""

from django.urls import path

from wenlan.activities import views
from wenlan.activities.planning import views as planning

app_name = "activities"
urlpatterns = [
    path("", views.session_list, name="list"),
    path("programmes/", views.programme_list, name="programmes"),
    path("programmes/new/", views.new_programme, name="new_programme"),
    path("programmes/<str:code>/", views.programme_page, name="programme"),
    path("plan/", planning.plan, name="plan"),
    path("plan/<int:item_id>/drop", planning.drop, name="drop_plan"),
    path("new/", views.new_session, name="new_session"),
    path("<uuid:session>/", views.session_page, name="session"),
    path("<uuid:session>/hold/", views.hold, name="hold"),
    path("<uuid:session>/attendance/", views.attendance, name="attendance"),
    path("<uuid:session>/correct/", views.correct, name="correct"),
    path("<uuid:session>/cancel/", views.cancel, name="cancel"),
    path("<uuid:session>/sign-up/", views.sign_up, name="sign_up"),
    path("<uuid:session>/check-in/", views.check_in, name="check_in"),
]
