"""Addresses of the acquisitions desk."""

from django.urls import path

from wenlan.acquisitions.views import batches, checking

app_name = "acquisitions"
urlpatterns = [
    path("", batches.batches, name="batches"),
    path("receive/", batches.receive, name="receive"),
    path("suppliers/", batches.suppliers, name="suppliers"),
    path("suppliers/add/", batches.supplier, name="add_supplier"),
    path("suppliers/<slug:code>/", batches.supplier, name="supplier"),
    path("<str:number>/", batches.batch, name="batch"),
    path("<str:number>/sheet/", batches.sheet, name="sheet"),
    path("<str:number>/accept", batches.accept, name="accept"),
    path("<str:number>/paid/", batches.paid, name="paid"),
    path("<str:number>/barcodes/", checking.barcodes, name="barcodes"),
    path("<str:number>/send-back", batches.send_back, name="send_back"),
    path("<str:number>/match", batches.match_again, name="match_again"),
    path("<str:number>/doubtful/", checking.doubtful, name="doubtful"),
    path("<str:number>/doubtful/<int:title>", checking.decide, name="decide"),
    path("<str:number>/parcels/<str:parcel>/", checking.parcel, name="parcel"),
    path("<str:number>/parcels/<str:parcel>/scan", checking.scan, name="scan"),
    path("<str:number>/parcels/<str:parcel>/close", checking.close_parcel, name="close_parcel"),
    path("<str:number>/sample/", checking.sample, name="sample"),
    path("<str:number>/sample/draw", checking.draw_sample, name="draw_sample"),
    path("<str:number>/sample/<int:copy>", checking.inspect, name="inspect"),
]
