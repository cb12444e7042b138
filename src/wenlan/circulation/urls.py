"""Addresses under `/desk/circulation/`."""

from django.urls import path

from wenlan.circulation import views
from wenlan.circulation.boxes import views as boxes
from wenlan.circulation.campaigns import views as campaigns
from wenlan.circulation.closing import views as closing
from wenlan.circulation.compensating import views as compensating
from wenlan.circulation.drifting import views as drifting
from wenlan.circulation.groups import views as groups
from wenlan.circulation.inhouse import views as inhouse
from wenlan.circulation.journals import urls as journals
from wenlan.circulation.ordering.views import menus
from wenlan.circulation.ordering.views import orders as ordering
from wenlan.circulation.paper import views as paper
from wenlan.circulation.rankings import views as rankings
from wenlan.circulation.reading import views as reading
from wenlan.circulation.rebalancing import views as rebalancing
from wenlan.circulation.reserving import views as reserving
from wenlan.circulation.roster import urls as roster
from wenlan.circulation.rules import views as rules
from wenlan.circulation.tallies import views as tallies
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
    path("reservations/recalls/<int:recall_id>/withdraw", reserving.withdraw_recall, name="recall_withdraw"),
    path("reservations/print/", reserving.printed, name="reservations_print"),
    path("reservations/<int:reservation_id>/slip/", reserving.slip, name="hold_slip"),
    path("reservations/<int:reservation_id>/<slug:what>", reserving.change, name="reservation_change"),
    path("transport/", transport.transport, name="transport"),
    path("transport/crates/new", transport.new_crate, name="crate_new"),
    path("transport/crates/<int:crate_id>/", transport.crate, name="crate"),
    path("transport/crates/<int:crate_id>/<slug:what>", transport.change_crate, name="crate_change"),
    path("transport/items/<int:transit_id>/lost", transport.lost, name="transit_lost"),
    path("transport/boxes/", boxes.boxes, name="boxes"),
    path("transport/boxes/<str:device>/", boxes.box, name="box"),
    path("transport/rebalance/", rebalancing.rebalance, name="rebalance"),
    path("transport/rebalance/accept", rebalancing.accept, name="rebalance_accept"),
    path("transport/rebalance/<int:order_id>/drop", rebalancing.drop, name="rebalance_drop"),
    path("transport/items/<int:item_id>/slip/", transport.slip, name="transit_slip"),
    path("groups/", groups.groups, name="groups"),
    path("groups/<int:group_id>/", groups.group, name="group"),
    path("groups/<int:group_id>/print/", groups.printed, name="group_print"),
    path("groups/<int:group_id>/more", groups.more, name="group_more"),
    path("orders/", ordering.orders, name="orders"),
    path("orders/new/", ordering.new, name="order_new"),
    path("orders/<int:order_id>/", ordering.order, name="order"),
    path("orders/<int:order_id>/print/", ordering.printed, name="order_print"),
    path("orders/<int:order_id>/lines/<int:line_id>/", menus.find, name="order_find"),
    path("orders/<int:order_id>/<slug:what>", ordering.change, name="order_change"),
    path("menus/", menus.sets, name="menus"),
    path("menus/<int:themed_id>/", menus.themed, name="menu"),
    path("menus/<int:themed_id>/end", menus.end, name="menu_end"),
    path("tallies/", tallies.tallies, name="tallies"),
    path("in-house/", inhouse.uses, name="in_house"),
    path("in-house/scan", inhouse.scan, name="in_house_scan"),
    path("compensation/", compensating.compensation, name="compensation"),
    path("compensation/loans/<int:loan_id>/", compensating.take_copy, name="compensation_take"),
    path("compensation/<int:compensation_id>/", compensating.compensated, name="compensated"),
    path("drifting/", drifting.points, name="drifting"),
    path("drifting/<int:point_id>/", drifting.point, name="drift_point"),
    path("drifting/<int:point_id>/scan", drifting.scan, name="drift_scan"),
    path("drifting/<int:point_id>/release", drifting.release, name="drift_release"),
    path("drifting/<int:point_id>/tally", drifting.tally, name="drift_tally"),
    path("drifting/<int:point_id>/close", drifting.close, name="drift_close"),
    path("reading/", reading.rooms, name="reading"),
    path("reading/departments/<int:department_id>/", reading.settings, name="reading_settings"),
    path("reading/requests/<int:request_id>/<slug:what>", reading.decide, name="reading_decide"),
    path("reading/<int:room_id>/", reading.counter, name="reading_room"),
    path("reading/<int:room_id>/bookings/<int:booking_id>", reading.cancel_booking, name="reading_booking"),
    path("reading/<int:room_id>/scan", reading.scan, name="reading_scan"),
    path("reading/<int:room_id>/places", reading.add_places, name="reading_places"),
    path("reading/<int:room_id>/places/<int:place_id>", reading.mark_place, name="reading_place"),
    path("reading/<int:room_id>/requests/", reading.material_requests, name="reading_requests"),
    path("reading/<int:room_id>/sessions/<int:session_id>/<slug:what>", reading.change, name="reading_change"),
    *journals.urlpatterns,
    *roster.urlpatterns,
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/<int:campaign_id>/", campaigns.campaign, name="campaign"),
    path("campaigns/<int:campaign_id>/end", campaigns.end, name="campaign_end"),
    path("closures/", closing.closures, name="closures"),
    path("closures/<int:move_id>/undo", closing.undo, name="closure_undo"),
    path("overdue/", views.overdue, name="overdue"),
    path("paper/", paper.paper, name="paper"),
    path("paper/<uuid:uid>/", paper.paper_page, name="paper_page"),
    path("paper/<uuid:uid>/photo", paper.photo, name="paper_photo"),
    path("rankings/", rankings.rankings, name="rankings"),
    path("items/<int:item_id>/end-loan", views.end_loan, name="end_loan"),
    path("items/<int:item_id>/end", views.end_item, name="end_item"),
    path("readers/<int:patron_id>/receipt/", views.receipt, name="receipt"),
    path("readers/<int:patron_id>/loans", views.reader_loans, name="reader_loans"),
    path("items/<int:item_id>/loans", views.item_loans, name="item_loans"),
]
