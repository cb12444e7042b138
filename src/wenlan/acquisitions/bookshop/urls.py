"""Addresses of the bookshop's counter and of what is arranged about it."""

from django.urls import path

from wenlan.acquisitions.bookshop import counter, views

app_name = "bookshop"
urlpatterns = [
    path("", counter.counter, name="counter"),
    path("chosen/", views.chosen, name="chosen"),
    path("chosen/<slug:number>/give-back", views.give_back, name="give_back"),
    path("arrivals/", views.arrivals, name="arrivals"),
    path("refusals/", views.refusals, name="refusals"),
    path("campaigns/", views.campaigns, name="campaigns"),
    path("campaigns/new/", views.campaign, name="new_campaign"),
    path("campaigns/<int:campaign_id>/", views.campaign, name="campaign"),
    path("campaigns/<int:campaign_id>/end", views.end_campaign, name="end_campaign"),
    path("shops/", views.shops, name="shops"),
    path("shops/new/", views.shop, name="new_shop"),
    path("shops/<slug:code>/", views.shop, name="shop"),
    path("statements/", views.settlements, name="settlements"),
    path("statements/make", views.settle, name="settle"),
    path("statements/<slug:number>/", views.settlement, name="settlement"),
    path("statements/<slug:number>/sheet/", views.settlement_sheet, name="settlement_sheet"),
    path("statements/<slug:number>/approve", views.approve, name="approve"),
    path("statements/<slug:number>/pay", views.pay, name="pay"),
    path("statements/<slug:number>/send-back", views.send_back, name="send_back"),
]
