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
from wenlan.web import menu

TODAY = ("loans", "returns", "visits", "registrations")
PORTAL_MENU = (
    (gettext_lazy("Search"), "portal:search"),
    (gettext_lazy("Activities"), "portal:activities"),
    (gettext_lazy("Digital resources"), "portal:digital"),
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
        "desk_menu": [],
        "portal_nav": entries(request, PORTAL_MENU),
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
    groups = menu.offered(request.path, allowed)
    return {
        "staff_name": desk.staff.name,
        "node_name": f"{desk.place.name} {department}".strip(),
        "desk_today": SimpleLazyObject(lambda: today_strip(desk)) if Right.FIGURES_SEE.value in allowed else [],
        "desk_menu": groups,
        "desk_here": menu.here(groups),
        "desk_section": menu.siblings(groups),
        "desk_elsewhere": menu.elsewhere(allowed),
    }


def entries(request: HttpRequest, known: Any) -> list[dict[str, Any]]:
    """Return the entries of a menu as label, address, and whether the page shown belongs under it."""
    addresses = [(label, reverse(page)) for label, page in known]
    shown = max((address for _label, address in addresses if request.path.startswith(address)), key=len, default="")
    return [{"label": label, "url": address, "current": address == shown} for label, address in addresses]
