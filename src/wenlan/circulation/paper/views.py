"""What the branch and the county see of copied registers: pages, lines, and what was added to months that were over."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wenlan.circulation.paper import queries
from wenlan.circulation.paper.errors import LineUnknown
from wenlan.circulation.paper.types import LateSum, PageView, Written
from wenlan.files import answers
from wenlan.files import queries as files
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock

DAYS_SHOWN = 400


@require_safe
@needs(Right.CHECK_OUT)
def paper(request: HttpRequest) -> HttpResponse:
    """List the pages copied at the places of this desk, and what they added to months that were over."""
    names = network.node_names()
    end = clock.today() + timedelta(days=1)
    late = queries.late_sums(request.desk.visible, start=end - timedelta(days=DAYS_SHOWN), end=end)
    context = {
        "pages": [{"page": one, "place": names.get(one.node, "")} for one in queries.pages(request.desk.visible)],
        "late": [{"place": names.get(node, ""), "month": month, **sums} for (month, node), sums in by_place(late)],
    }
    return render(request, "circulation/paper.html", context)


def by_place(late: tuple[LateSum, ...]) -> list[tuple[tuple[date, int], dict[str, int]]]:
    """Return loans, returns and visits that were added, a line for each month and place, the latest month first."""
    found: dict[tuple[date, int], dict[str, int]] = {}
    for one in late:
        line = found.setdefault((one.month, one.node), dict.fromkeys(("loans", "returns", "visits"), 0))
        line[{Written.OUT: "loans", Written.IN: "returns", Written.VISIT: "visits"}[Written(one.what)]] += one.quantity
    return list(found.items())


def seen_page(request: HttpRequest, uid: UUID) -> PageView:
    """Return a page of a place that this desk sees. Raises LineUnknown."""
    found = queries.page(uid)
    if found.node not in request.desk.visible:
        raise LineUnknown(what=str(uid)[:13])
    return found


@require_safe
@needs(Right.CHECK_OUT)
def paper_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a page: its lines beside its photograph, where names may be seen."""
    shown = seen_page(request, uid)
    may_see = request.desk.may(Right.PATRONS_NAMES, shown.node)
    context: dict[str, Any] = {
        "page": shown,
        "place": network.node(shown.node).name,
        "lines": queries.lines_of(uid),
        "may_see": may_see,
        "crumbs": [(_("Paper registers"), reverse("circulation:paper")), (shown.month.strftime("%Y-%m"), "")],
    }
    return render(request, "circulation/paper_page.html", context)


@require_safe
@needs(Right.CHECK_OUT)
def photo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the photograph of a page to whoever may see readers' names there."""
    return photo_of(request, seen_page(request, uid))


def photo_of(request: HttpRequest, shown: PageView) -> HttpResponse:
    """Return a page's photograph. Raises LineUnknown when it has none."""
    request.desk.insist(Right.PATRONS_NAMES, shown.node)
    if shown.photo is None:
        raise LineUnknown(what=str(shown.uid)[:13])
    return answers.private(files.file(shown.photo))
