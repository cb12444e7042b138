"""What every page shell needs to know."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.indicators import queries as indicators
from wenlan.kernel.periods import Period
from wenlan.kernel.words import say
from wenlan.ledger import queries as ledger
from wenlan.network import queries as network
from wenlan.staff.desks import Desk
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.typography import unit_beside

DESK_MENU = (
    (gettext_lazy("Circulation"), "circulation:desk", Right.CHECK_OUT),
    (gettext_lazy("Lending rules"), "circulation:rules", Right.RULES_EDIT),
    (gettext_lazy("Readers"), "patrons:search", Right.PATRONS_SEE),
    (gettext_lazy("Credit"), "credit:home", Right.PATRONS_SEE),
    (gettext_lazy("Till"), "till:home", Right.MONEY),
    (gettext_lazy("Dunning"), "desk:reminders", Right.CHECK_OUT),
    (gettext_lazy("Refunds and waivers"), "till:approvals", Right.MONEY_APPROVE),
    (gettext_lazy("Notices"), "notices:log", Right.PATRONS_SEE),
    (gettext_lazy("Catalogue"), "catalogue:search", Right.CATALOGUE_SEE),
    (gettext_lazy("Items"), "holdings:find", Right.CATALOGUE_SEE),
    (gettext_lazy("Cataloguing"), "catalogue:begin", Right.CATALOGUE_EDIT),
    (gettext_lazy("Acquisitions"), "acquisitions:batches", Right.HOLDINGS_EDIT),
    (gettext_lazy("Labels"), "labels:desk", Right.HOLDINGS_EDIT),
    (gettext_lazy("Devices"), "devices:devices", Right.DEVICES),
    (gettext_lazy("Visits"), "facilities:visits", Right.COUNT),
    (gettext_lazy("Keeper's page"), "keeper:today", Right.KEEP_ROOM),
    (gettext_lazy("Activities"), "activities:list", Right.ACTIVITIES_EDIT),
    (gettext_lazy("Record books"), "registers:books", Right.REGISTERS_EDIT),
    (gettext_lazy("Moving in"), "moving:runs", Right.PATRONS_MANAGE),
    (gettext_lazy("Figures"), "indicators:today", Right.FIGURES_SEE),
    (gettext_lazy("Workload"), "desk:workload", Right.FIGURES_SEE),
    (gettext_lazy("Annual report"), "annual_report:editions", Right.FIGURES_SEE),
)
TODAY = ("loans", "returns", "visits", "registrations")
PORTAL_MENU = (
    (gettext_lazy("Search"), "portal:search"),
    (gettext_lazy("Activities"), "portal:activities"),
    (gettext_lazy("Opening hours"), "portal:hours"),
    (gettext_lazy("Figures"), "portal:figures"),
    (gettext_lazy("My loans"), "portal:my"),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the library's name, the demo mark, the day, the menus, and who sits here."""
    root = network.root_or_none()
    known = {
        "library_name": root.name if root else "文澜",
        "demo_mark": bool(root and root.is_demo),
        "clock_note": _("The clock stands at %(day)s.") % {"day": clock.today()} if root and root.is_demo else "",
        "today": clock.today(),
        "node_name": "",
        "staff_name": "",
        "desk_nav": [],
        "portal_nav": menu(request, PORTAL_MENU),
    }
    desk = getattr(request, "desk", None)
    return known | at_desk(request, desk) if desk else known


def today_strip(desk: Desk) -> list[dict[str, Any]]:
    """Return the day's figures of this desk's place, as far as their measures are in the dictionary.

    Before the first act of a day they are those of the day before, and say so.
    """
    known = {measure.code for measure in ledger.measures()}
    codes = [code for code in TODAY if code in known]
    day = clock.today()
    found = indicators.figures(codes, node=desk.node, period=Period.day(day))
    said = []
    if codes and not any(figure.value for figure in found.values()):
        before = indicators.figures(codes, node=desk.node, period=Period.day(day - timedelta(days=1)))
        if any(figure.value for figure in before.values()):
            found, said = before, [{"says": _("Nothing yet today; yesterday:")}]
    return said + [
        {
            "label": found[code].measure.name,
            "value": found[code].value,
            "unit": unit_beside(found[code].measure.name, say(found[code].measure.unit)),
            "url": reverse("indicators:today"),
        }
        for code in codes
    ]


def at_desk(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """Return what the desk's shell shows beside: who, where, and the menu that their rights allow."""
    department = network.department(desk.department).name if desk.department else ""
    allowed = desk.allowed
    return {
        "staff_name": desk.staff.name,
        "node_name": f"{desk.place.name} {department}".strip(),
        "desk_today": SimpleLazyObject(lambda: today_strip(desk)) if Right.FIGURES_SEE.value in allowed else [],
        "desk_nav": menu(request, [(label, page) for label, page, right in DESK_MENU if right.value in allowed]),
    }


def menu(request: HttpRequest, entries: Any) -> list[dict[str, Any]]:
    """Return the entries as label, address, and whether the page shown belongs under it."""
    addresses = [(label, reverse(page)) for label, page in entries]
    shown = max((address for _label, address in addresses if request.path.startswith(address)), key=len, default="")
    return [{"label": label, "url": address, "current": address == shown} for label, address in addresses]
