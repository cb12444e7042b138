"""Which package answers under which address."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from wenlan.web import status

DESK_PAGES = {
    "circulation": "wenlan.circulation",
    "catalogue": "wenlan.catalogue",
    "items": "wenlan.holdings",
    "readers": "wenlan.patrons",
    "activities": "wenlan.activities",
    "visits": "wenlan.facilities",
    "registers": "wenlan.registers",
    "figures": "wenlan.indicators",
    "report": "wenlan.annual_report",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"desk/{address}/", include(f"{package}.urls"))
    for address, package in DESK_PAGES.items()
    if find_spec(f"{package}.urls")
]
urlpatterns += [
    path("", include(f"{shell}.urls"))
    for shell in ("wenlan.staff", "wenlan.web.desk", "wenlan.web.portal")
    if find_spec(f"{shell}.urls")
]
urlpatterns += [path("healthz", status.healthz), path("metrics", status.metrics)]
