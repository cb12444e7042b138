"""Addresses of the record books."""

from django.urls import path

from wenlan.registers import views

app_name = "registers"
urlpatterns = [
    path("", views.books, name="books"),
    path("declare/", views.declare, name="declare"),
    path("<slug:code>/declare/", views.declare, name="redeclare"),
    path("<slug:code>/", views.entries, name="entries"),
    path("<slug:code>/new/", views.new, name="new"),
    path("<slug:code>/sheet/", views.sheet_out, name="sheet"),
    path("<slug:code>/sheet/enter/", views.sheet_in, name="sheet_in"),
    path("<slug:code>/<uuid:uid>/", views.entry, name="entry"),
    path("<slug:code>/<uuid:uid>/amend/", views.amend, name="amend"),
    path("<slug:code>/<uuid:uid>/strike/", views.strike, name="strike"),
]
