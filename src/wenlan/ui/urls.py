"""The living style page, in a developer's installation only."""

from django.urls import path

from wenlan.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.styleguide, name="styleguide"),
    path("<slug:shell>/", views.specimen, name="specimen"),
]
