"""Copying the paper register: a page with its photograph, then line by line, each looked at before it counts."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenlan.circulation.paper import operations, queries
from wenlan.circulation.paper.errors import LineDoubtful, LineUnknown
from wenlan.circulation.paper.types import Doubt, LineView, NewLine, PageView, Written
from wenlan.circulation.paper.views import photo_of
from wenlan.kernel.errors import DomainError
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number
from wenlan.web.keeper import finding
from wenlan.web.keeper.access import keeps, key_of, page, text

MONTHS = 14
NOBODY = "-"  # chosen: not one of these
FIELDS = ("what", "day_written", "reader", "item", "quantity", "back_written")


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def pages(request: HttpRequest) -> HttpResponse:
    """Show the pages copied here; begin one."""
    if request.method == "POST":
        photo = request.FILES.get("photo")
        try:
            begun = operations.keep_page(
                request.desk.act(key_of(request)),
                month=month_of(text(request, "month")),
                number=text(request, "number", 20),
                photo=photo.read() if photo else b"",
                name=photo.name or "" if photo else "",
            )
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("keeper:paper")
        return redirect("keeper:paper_page", begun.uid)
    context: dict[str, Any] = {"pages": queries.pages([request.desk.node]), "months": last_months()}
    return page(request, "paper", **context)


def last_months() -> list[date]:
    """Return the first days of the last months, this one first: what a register is copied from."""
    found = [clock.today().replace(day=1)]
    while len(found) < MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def month_of(written: str) -> date:
    """Return the month that was chosen; this one for anything else."""
    try:
        return date.fromisoformat(f"{written[:7]}-01")
    except ValueError:
        return clock.today().replace(day=1)


def own_page(request: HttpRequest, uid: UUID) -> PageView:
    """Return a page of this room. Raises LineUnknown for another's."""
    found = queries.page(uid)
    if found.node != request.desk.node:
        raise LineUnknown(what=str(uid)[:13])
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def paper_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a page with its lines; take in one more, or ask about it first."""
    shown = own_page(request, uid)
    if request.method == "POST":
        return take_line(request, shown)
    what = text(request, "what", 8)
    return line_form(request, shown, NewLine(what=what if what in Written.values else Written.OUT, day_written=""))


def line_form(request: HttpRequest, shown: PageView, line: NewLine, status: int = 200, **asked: object) -> HttpResponse:
    """Show the page, its form filled in with what was written, and what is asked about it."""
    is_late = shown.month < clock.today().replace(day=1)
    context: dict[str, Any] = {
        "page": shown,
        "lines": queries.lines_of(shown.uid),
        "line": line,
        "typed": [(name, getattr(line, name)) for name in FIELDS],
        "label": Written(line.what).label,
        "chosen": f"{line.barcode}\t{line.scope}" if line.barcode else "",
        "kinds": [(one.value, one.label) for one in Written],
        "is_late": is_late,
        **asked,
    }
    return page(request, "paper_page", status=status, **context)


def take_line(request: HttpRequest, shown: PageView) -> HttpResponse:
    """Take a line in once it is clear who and what it names."""
    line = line_of(request)
    key, confirmed = (
        key_of(request),
        frozenset(Doubt(one) for one in request.POST.getlist("yes") if one in Doubt.values),
    )
    if line.what != Written.VISIT and not request.POST.get("looked"):
        readers = finding.readers(request.desk, line.reader) if line.what == Written.OUT else ()
        books = finding.books(request.desk, line.item)[:5]
        if readers or books:
            return line_form(request, shown, line, key=key, asking=True, readers=readers, books=books)
    try:
        taken = operations.enter_line(request.desk.act(key), line=line, page=shown.uid, confirmed=confirmed)
    except LineDoubtful as doubtful:
        asked = {"doubts": doubtful.doubts, "confirmed": confirmed, "key": key, "looked": True}
        return line_form(request, shown, line, status=422, **asked)
    except DomainError as refusal:
        return line_form(request, shown, line, status=422, key=key, refused=str(refusal))
    say_of(request, taken)
    return redirect("keeper:paper_page", shown.uid)


def line_of(request: HttpRequest) -> NewLine:
    """Return the line as it was typed, and who and what was chosen for it."""
    what = text(request, "what", 8)
    line = NewLine(
        what=what if what in Written.values else Written.OUT,
        day_written=text(request, "day_written", 40),
        reader=text(request, "reader", 80),
        item=text(request, "item", 200),
        quantity=whole_number(text(request, "quantity", 5) or "1") or 0,
        back_written=text(request, "back_written", 40),
    )
    card, book = text(request, "card"), text(request, "chosen")
    barcode, _space, scope = book.partition("\t")
    return replace(
        line,
        card="" if card == NOBODY else card,
        barcode="" if book == NOBODY else barcode,
        scope="" if book == NOBODY else scope,
    )


def say_of(request: HttpRequest, taken: tuple[LineView, ...]) -> None:
    """Say what a line became."""
    if any(line.problem for line in taken):
        messages.warning(request, _("Taken in. Something about it has to be decided at the branch."))
        return
    day = taken[0].day.isoformat()
    count = sum(line.quantity for line in taken)
    messages.success(request, _("Counted on %(day)s: %(count)s.") % {"day": day, "count": count})


@require_POST
@keeps
def strike(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a line back that was copied wrongly."""
    try:
        done = operations.strike(request.desk.act(key_of(request)), line=uid, reason=_("copied wrongly"))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("keeper:paper")
    messages.info(request, _("The line was taken back; nothing is counted for it."))
    return redirect("keeper:paper_page", done.page) if done.page else redirect("keeper:paper")


@require_safe
@keeps
def photo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the photograph of a page to whoever may see readers' names there."""
    return photo_of(request, own_page(request, uid))
