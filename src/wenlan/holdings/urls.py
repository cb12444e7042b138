"""Addresses under `/desk/items/`."""

from django.urls import path

from wenlan.holdings import views
from wenlan.holdings.accounts import views as accounts
from wenlan.holdings.ancient import views as ancient
from wenlan.holdings.batches import views as batches
from wenlan.holdings.call_numbers import views as call_numbers
from wenlan.holdings.call_numbers.views import schemes
from wenlan.holdings.deposits import views as deposits
from wenlan.holdings.exchange import views as exchange
from wenlan.holdings.exchange.rejects import views as rejects
from wenlan.holdings.handovers import views as handovers
from wenlan.holdings.rotation import views as rotation
from wenlan.holdings.stocktaking import views as stocktaking
from wenlan.holdings.stocktaking.views import phone
from wenlan.holdings.transfers import views as transfers
from wenlan.holdings.weeding import views as weeding

app_name = "holdings"
urlpatterns = [
    path("", views.find, name="find"),
    path("of-record/<int:record_id>/", views.items_of_record, name="items_of_record"),
    path("<int:item_id>/", views.item, name="item"),
    path("incoming/", exchange.incoming, name="incoming"),
    path("incoming/rejected/", rejects.rejects, name="rejects"),
    path("incoming/rejected/<int:reject>/", rejects.reject, name="reject"),
    path("incoming/rejected/<int:reject>/set-aside", rejects.reject_aside, name="reject_aside"),
    path("incoming/<uuid:uid>/", exchange.incoming_file, name="incoming_file"),
    path("incoming/<uuid:uid>/run", exchange.incoming_run, name="incoming_run"),
    path("incoming/<uuid:uid>/drop", exchange.incoming_drop, name="incoming_drop"),
    path("batches/", batches.batches, name="batches"),
    path("batches/new/", batches.new, name="batch_new"),
    path("batches/<int:batch_id>/", batches.batch, name="batch"),
    path("batches/<int:batch_id>/run", batches.run, name="batch_run"),
    path("batches/<int:batch_id>/undo", batches.undo, name="batch_undo"),
    path("handovers/", handovers.handovers, name="handovers"),
    path("handovers/new/", handovers.new, name="handover_new"),
    path("handovers/allocate/", handovers.allocate, name="allocate"),
    path("handovers/plans/new/", handovers.new_plan, name="plan_new"),
    path("handovers/<int:handover_id>/", handovers.handover, name="handover"),
    path("handovers/<int:handover_id>/print/", handovers.printed, name="handover_print"),
    path("handovers/<int:handover_id>/add", handovers.add, name="handover_add"),
    path("handovers/<int:handover_id>/remove", handovers.remove, name="handover_remove"),
    path("handovers/<int:handover_id>/cancel", handovers.cancel, name="handover_cancel"),
    path("handovers/<int:handover_id>/sign-over", handovers.sign_over, name="handover_sign_over"),
    path("handovers/<int:handover_id>/sign-for", handovers.sign_for, name="handover_sign_for"),
    path("transfers/", transfers.transfers, name="transfers"),
    path("transfers/new/", transfers.new, name="transfer_new"),
    path("transfers/<int:transfer_id>/", transfers.transfer, name="transfer"),
    path("transfers/<int:transfer_id>/print/", transfers.printed, name="transfer_print"),
    path("transfers/<int:transfer_id>/add", transfers.add, name="transfer_add"),
    path("transfers/<int:transfer_id>/drop-unpacked", transfers.drop_unpacked, name="transfer_drop_unpacked"),
    path("transfers/<int:transfer_id>/remove", transfers.remove, name="transfer_remove"),
    path("transfers/<int:transfer_id>/voucher", transfers.voucher, name="transfer_voucher"),
    path("transfers/<int:transfer_id>/cancel", transfers.cancel, name="transfer_cancel"),
    path("transfers/<int:transfer_id>/sign-over", transfers.sign_over, name="transfer_sign_over"),
    path("transfers/<int:transfer_id>/send-back", transfers.send_back, name="transfer_send_back"),
    path("transfers/<int:transfer_id>/sign-for", transfers.sign_for, name="transfer_sign_for"),
    path("transfers/plan/", rotation.plan, name="rotation"),
    path("deposits/", deposits.deposits, name="deposits"),
    path("deposits/back", deposits.bring_back, name="deposits_back"),
    path("deposits/<int:transfer_id>/print/", deposits.returned, name="deposit_print"),
    path("deposits/<int:transfer_id>/missing", deposits.missing, name="deposit_missing"),
    path("deposits/<int:transfer_id>/extend", deposits.extend, name="deposit_extend"),
    path("registers/", accounts.registers, name="registers"),
    path("registers/pdf/", accounts.pdf, name="registers_pdf"),
    path("registers/lock", accounts.lock, name="registers_lock"),
    path("<int:item_id>/price", accounts.correct_price, name="price"),
    path("weeding/", weeding.weedings, name="weedings"),
    path("weeding/new/", weeding.propose, name="weeding_new"),
    path("weeding/<int:list_id>/", weeding.weeding, name="weeding"),
    path("weeding/<int:list_id>/print/", weeding.printed, name="weeding_print"),
    path("weeding/<int:list_id>/review", weeding.review, name="weeding_review"),
    path("weeding/<int:list_id>/decide", weeding.decide, name="weeding_decide"),
    path("weeding/<int:list_id>/dispose", weeding.dispose, name="weeding_dispose"),
    path("counts/", stocktaking.counts, name="counts"),
    path("counts/new/", stocktaking.new, name="count_new"),
    path("counts/<int:count_id>/", stocktaking.count, name="count"),
    path("counts/<int:count_id>/print/", stocktaking.printed, name="count_print"),
    path("counts/worker.js", phone.worker, name="count_worker"),
    path("counts/<int:count_id>/phone/", phone.page, name="count_phone"),
    path("counts/<int:count_id>/phone/app.webmanifest", phone.manifest, name="count_manifest"),
    path("counts/<int:count_id>/phone/scans", phone.scans, name="count_scans"),
    path("counts/<int:count_id>/scan", stocktaking.scan, name="count_scan"),
    path("counts/<int:count_id>/compare", stocktaking.compare, name="count_compare"),
    path("counts/<int:count_id>/resolve", stocktaking.resolve, name="count_resolve"),
    path("counts/<int:count_id>/close", stocktaking.close, name="count_close"),
    path("call-numbers/", call_numbers.of_class, name="call_numbers"),
    path("call-numbers/schemes/", schemes.overview, name="schemes"),
    path("call-numbers/schemes/new", schemes.new, name="scheme_new"),
    path("call-numbers/schemes/table", schemes.bring_table, name="table_bring"),
    path("call-numbers/schemes/<int:node_id>/", schemes.scheme, name="scheme"),
    path("call-numbers/reserve", call_numbers.reserve, name="number_reserve"),
    path("call-numbers/release", call_numbers.release, name="number_release"),
    path("call-numbers/take", call_numbers.take, name="number_take"),
    path("<int:item_id>/call-number", call_numbers.write, name="call_number"),
    path("<int:item_id>/ancient/", ancient.work, name="ancient"),
    path("<int:item_id>/ancient/take-out", ancient.take_out, name="ancient_take_out"),
    path("treatments/", views.treatments, name="treatments"),
    path("<int:item_id>/state", views.change_state, name="state"),
    path("<int:item_id>/treatment", views.send_for_treatment, name="treatment"),
    path("<int:item_id>/treatment/end", views.end_treatment, name="treatment_end"),
]
