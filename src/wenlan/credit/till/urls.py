"""Addresses under `/desk/till/`."""

from django.urls import path, re_path

from wenlan.credit.till.views import approving, daily, desk, schemes

app_name = "till"
urlpatterns = [
    path("", desk.home, name="home"),
    path("drawers", desk.add_drawer, name="add_drawer"),
    path("drawers/<int:drawer_id>/sign-on", desk.sign_on, name="sign_on"),
    path("sign-off", desk.sign_off, name="sign_off"),
    path("shifts/<int:shift_id>/", desk.shift, name="shift"),
    path("take/<int:patron_id>/", desk.take, name="take"),
    path("receipts/", desk.receipt_list, name="receipts"),
    path("receipts/spoil", desk.spoil, name="spoil"),
    path("receipts/<int:receipt_id>/", desk.receipt, name="receipt"),
    path("receipts/<int:receipt_id>/void", desk.void, name="void"),
    path("approvals/", approving.index, name="approvals"),
    re_path(r"^approvals/(?P<approval_id>\d+)/(?P<what>grant|refuse)$", approving.decide, name="decide"),
    path("ask/<int:patron_id>/<slug:what>/", approving.ask, name="ask"),
    path("approvals/<int:approval_id>/pay-out/", approving.pay_out, name="pay_out"),
    path("approvals/<int:approval_id>/voucher/", approving.voucher, name="voucher"),
    path("days/", daily.days, name="days"),
    path("days/close", daily.close, name="close"),
    path("days/<int:close_id>/", daily.day, name="day"),
    path("days/<int:close_id>/receive", daily.receive, name="receive"),
    path("deposits/", daily.deposit_list, name="deposits"),
    path("deposits/<int:patron_id>/told", daily.told, name="told"),
    path("schemes/", schemes.index, name="schemes"),
    path("schemes/<int:closing_id>/approve", schemes.approve, name="scheme_approve"),
    path("schemes/<int:closing_id>/run", schemes.run, name="scheme_run"),
]
