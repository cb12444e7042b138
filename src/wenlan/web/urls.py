"""Which package answers under which address."""

from django.urls import URLPattern, URLResolver, include, path

from wenlan.catalogue import views as catalogue
from wenlan.web import status
from wenlan.web.finding import available_in, by_barcode

DESK_PAGES = {
    "circulation": "wenlan.circulation",
    "catalogue": "wenlan.catalogue",
    "items": "wenlan.holdings",
    "acquisitions": "wenlan.acquisitions",
    "bookshop": "wenlan.acquisitions.bookshop",
    "labels": "wenlan.holdings.labels",
    "tags": "wenlan.holdings.tagging",
    "credit": "wenlan.credit",
    "till": "wenlan.credit.till",
    "readers": "wenlan.patrons",
    "notices": "wenlan.notices",
    "moving-in": "wenlan.moving",
    "activities": "wenlan.activities",
    "volunteers": "wenlan.volunteers",
    "digital": "wenlan.digital",
    "shelving": "wenlan.shelving",
    "visits": "wenlan.facilities",
    "machines": "wenlan.web.machines",
    "bus": "wenlan.outreach.bus",
    "doorstep": "wenlan.outreach.doorstep",
    "registers": "wenlan.registers",
    "figures": "wenlan.indicators",
    "report": "wenlan.annual_report",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/catalogue/", catalogue.search, {"available_in": available_in, "by_barcode": by_barcode}),
    *(path(f"desk/{address}/", include(f"{package}.urls")) for address, package in DESK_PAGES.items()),
    path("", include("wenlan.staff.urls")),
    path("", include("wenlan.web.desk.urls")),
    path("keeper/", include("wenlan.web.keeper.urls")),
    path("", include("wenlan.web.portal.urls")),
    path("", include("wenlan.web.screen.urls")),
    path("healthz", status.healthz),
    path("metrics", status.metrics),
]
