"""Addresses under `/desk/readers/`."""

from django.urls import path, re_path

from wenlan.patrons import category_views, striking_off_views, views
from wenlan.patrons.families import views as families
from wenlan.patrons.intake import views as intake
from wenlan.patrons.joining import views as joining
from wenlan.patrons.merging import views as merging
from wenlan.patrons.portraits import views as portraits
from wenlan.patrons.units import views as units

app_name = "patrons"
urlpatterns = [
    path("", views.search, name="search"),
    path("register/", views.register, name="register"),
    path("categories/", category_views.categories, name="categories"),
    path("categories/new/", category_views.category, name="new_category"),
    path("categories/<slug:code>/", category_views.category, name="category"),
    path("applications/", joining.applications, name="applications"),
    path("applications/<int:application_id>/", joining.application, name="application"),
    path("applications/<int:application_id>/refuse", joining.refuse, name="refuse_application"),
    path("lists/", intake.intakes, name="intakes"),
    path("lists/<int:intake_id>/", intake.intake, name="intake"),
    path("lists/<int:intake_id>/run", intake.run, name="run_intake"),
    path("lists/<int:intake_id>/rejected.xlsx", intake.rejected, name="rejected_lines"),
    path("joining/", joining.rules, name="joining_rules"),
    path("joining/<int:node_id>/", joining.rule, name="joining_rule"),
    path("units/", units.units, name="units"),
    path("units/one/", units.unit, name="unit"),
    path("strike-off/", striking_off_views.strike_off, name="strike_off"),
    path("<int:patron_id>/", views.reader, name="reader"),
    path("<int:patron_id>/amend/", views.amend, name="amend"),
    path("<int:patron_id>/portrait", portraits.shown, name="portrait"),
    path("<int:patron_id>/merge/", merging.merge, name="merge"),
    path("<int:patron_id>/family", families.bind, name="bind"),
    path("<int:patron_id>/family/<int:bond_id>/end", families.unbind, name="unbind"),
    path("<int:patron_id>/contacts", families.add_contact, name="add_contact"),
    path("<int:patron_id>/contacts/<int:contact_id>/end", families.end_contact, name="end_contact"),
    path("<int:patron_id>/id-number", views.id_number, name="id_number"),
    re_path(
        r"^(?P<patron_id>\d+)/(?P<what>suspend|lift|extend|deregister|card|password)$", views.change, name="change"
    ),
    re_path(
        r"^(?P<patron_id>\d+)/cards/(?P<card_id>\d+)/(?P<what>lost|stop|lift|replace)$",
        views.change_card,
        name="change_card",
    ),
]
