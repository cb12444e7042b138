"""Addresses of the bookshop's counter and of what is arranged about it."""

from django.urls import path

from wenlan.acquisitions.bookshop.views import counter, library

app_name = "bookshop"
urlpatterns = [
    path("", counter.counter, name="counter"),
    path("chosen/", library.chosen, name="chosen"),
    path("chosen/<slug:number>/give-back", library.give_back, name="give_back"),
    path("arrivals/", library.arrivals, name="arrivals"),
    path("refusals/", library.refusals, name="refusals"),
    path("campaigns/", library.campaigns, name="campaigns"),
    path("campaigns/new/", library.campaign, name="new_campaign"),
    path("campaigns/<int:campaign_id>/", library.campaign, name="campaign"),
    path("campaigns/<int:campaign_id>/end", library.end_campaign, name="end_campaign"),
    path("shops/", library.shops, name="shops"),
    path("shops/new/", library.shop, name="new_shop"),
    path("shops/<slug:code>/", library.shop, name="shop"),
    path("statements/", library.settlements, name="settlements"),
    path("statements/make", library.settle, name="settle"),
    path("statements/<slug:number>/", library.settlement, name="settlement"),
    path("statements/<slug:number>/sheet/", library.settlement_sheet, name="settlement_sheet"),
    path("statements/<slug:number>/approve", library.approve, name="approve"),
    path("statements/<slug:number>/pay", library.pay, name="pay"),
    path("statements/<slug:number>/send-back", library.send_back, name="send_back"),
]
