"""Addresses under `/desk/circulation/`."""

from django.urls import path

from wenlan.circulation import views
from wenlan.circulation.closing import views as closing
from wenlan.circulation.compensating import views as compensating
from wenlan.circulation.inhouse import views as inhouse
from wenlan.circulation.rankings import views as rankings
from wenlan.circulation.reserving import views as reserving
from wenlan.circulation.rules import views as rules
from wenlan.circulation.transport import views as transport

app_name = "circulation"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("scan", views.scan, name="scan"),
    path("undo", views.undo, name="undo"),
    path("rules/", rules.rules, name="rules"),
    path("rules/new/", rules.new, name="rule_new"),
    path("rules/<int:rule_id>/", rules.rule, name="rule"),
    path("rules/<int:rule_id>/end", rules.end, name="rule_end"),
    path("reservations/", reserving.reservations, name="reservations"),
    path("reservations/print/", reserving.printed, name="reservations_print"),
    path("reservations/<int:reservation_id>/slip/", reserving.slip, name="hold_slip"),
    path("reservations/<int:reservation_id>/<slug:what>", reserving.change, name="reservation_change"),
    path("transport/", transport.transport, name="transport"),
    path("transport/crates/new", transport.new_crate, name="crate_new"),
    path("transport/crates/<int:crate_id>/", transport.crate, name="crate"),
    path("transport/crates/<int:crate_id>/<slug:what>", transport.change_crate, name="crate_change"),
    path("transport/items/<int:transit_id>/lost", transport.lost, name="transit_lost"),
    path("in-house/", inhouse.uses, name="in_house"),
    path("in-house/scan", inhouse.scan, name="in_house_scan"),
    path("compensation/", compensating.compensation, name="compensation"),
    path("compensation/loans/<int:loan_id>/", compensating.take_copy, name="compensation_take"),
    path("compensation/<int:compensation_id>/", compensating.compensated, name="compensated"),
    path("closures/", closing.closures, name="closures"),
    path("closures/<int:move_id>/undo", closing.undo, name="closure_undo"),
    path("overdue/", views.overdue, name="overdue"),
    path("rankings/", rankings.rankings, name="rankings"),
    path("items/<int:item_id>/end-loan", views.end_loan, name="end_loan"),
    path("items/<int:item_id>/end", views.end_item, name="end_item"),
    path("readers/<int:patron_id>/receipt/", views.receipt, name="receipt"),
    path("readers/<int:patron_id>/loans", views.reader_loans, name="reader_loans"),
    path("items/<int:item_id>/loans", views.item_loans, name="item_loans"),
]
