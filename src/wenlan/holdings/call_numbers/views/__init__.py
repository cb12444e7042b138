"""The page of a class: the last running number, kept and free ones, and the shelf as it stands."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.editing.lines import by_lines
from wenlan.holdings import queries as items
from wenlan.holdings.call_numbers import operations, queries
from wenlan.holdings.call_numbers.policies import split
from wenlan.holdings.pages import people
from wenlan.holdings.types import NumberState
from wenlan.kernel.errors import DomainError
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui.addresses import whole_number

LONGEST_CLASS = LONGEST_MARK = 60


@needs(Right.HOLDINGS_EDIT)
def of_class(request: HttpRequest) -> HttpResponse:
    """Show the numbers of one class in the scheme of this desk."""
    class_number = request.GET.get("class", "").strip()[:LONGEST_CLASS]
    context: dict[str, Any] = {"class_number": class_number}
    if class_number:
        scheme = queries.scheme_of(request.desk.node)
        kept = queries.kept_numbers(scheme, class_number)
        shelf = queries.shelf_list(class_number, queries.places_of(scheme))
        titles = catalogue.titles({one.record for one in shelf} | {one.record for one in kept if one.record})
        names = people(one.operator for one in kept)
        context |= {
            "scheme": scheme,
            "last": queries.last_number(scheme, class_number),
            "kept": [
                {
                    "number": one,
                    "title": titles.get(one.record or 0, ""),
                    "who": names.get(one.operator, ""),
                    "is_free": one.state == NumberState.FREE,
                    "note": one.note,
                }
                for one in kept
            ],
            "shelf": [
                {
                    "call_number": one.call_number,
                    "title": titles.get(one.record, ""),
                    "url": reverse("holdings:item", args=[one.id]),
                    "barcode": one.barcode,
                }
                for one in shelf
            ],
            "columns": [
                {"key": "call_number", "label": _("Call number"), "kind": "code"},
                {"key": "title", "label": _("Title"), "kind": "title", "url_key": "url"},
                {"key": "barcode", "label": _("Barcode"), "kind": "code"},
            ],
        }
    return render(request, "holdings/call_numbers.html", context)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def reserve(request: HttpRequest) -> HttpResponse:
    """Keep the next number of its class for a record: one that is on order, say."""
    record, note = named(request), said(request, "note")
    if record is None:
        return of_no_title(request)
    try:
        number = operations.reserve_number(request.desk.act(), record=record, note=note)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return to_class(request.POST.get("class", ""))
    messages.success(request, _("%(number)s is kept for this title.") % {"number": number})
    return to_class(split(number).class_number)


def said(request: HttpRequest, name: str) -> str:
    """Return what a field of the form says, without what no number has and no table takes."""
    return request.POST.get(name, "").replace("\0", "").strip()


def named(request: HttpRequest) -> int | None:
    """Return the record that a form names: by its id, else the only one of a control number or standard number."""
    if record := whole_number(request.POST.get("record")):
        return record
    found, unclear = by_lines(said(request, "title"))
    return found[0].id if len(found) == 1 and not unclear else None


def of_no_title(request: HttpRequest) -> HttpResponse:
    """Say that the number in the form names no title, or several."""
    messages.error(
        request, _("No title, or more than one, has the number %(number)s.") % {"number": request.POST.get("title", "")}
    )
    return to_class(request.POST.get("class", ""))


@require_POST
@needs(Right.HOLDINGS_EDIT)
def release(request: HttpRequest) -> HttpResponse:
    """Let a kept number go."""
    operations.release_number(request.desk.act(), kept=whole_number(request.POST.get("kept")) or 0)
    messages.success(request, _("The number is free again."))
    return to_class(request.POST.get("class", ""))


@require_POST
@needs(Right.HOLDINGS_EDIT)
def take(request: HttpRequest) -> HttpResponse:
    """Give a free number to a record."""
    record = named(request)
    if record is None:
        return of_no_title(request)
    kept = whole_number(request.POST.get("kept")) or 0
    number = operations.take_free_number(request.desk.act(), kept=kept, record=record)
    messages.success(request, _("%(number)s is kept for this title.") % {"number": number})
    return to_class(split(number).class_number)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def write(request: HttpRequest, item_id: int) -> HttpResponse:
    """Write a call number on an item by hand, or let the scheme give one."""
    found = items.item(item_id)
    request.desk.insist(Right.HOLDINGS_EDIT, found.owner_node)
    try:
        text = request.POST.get("call_number", "").strip()
        if len(text) > LONGEST_MARK:
            messages.error(request, _("A call number has at most 60 characters."))
            return redirect("holdings:item", item_id)
        if text:
            operations.set_call_number(request.desk.act(), items=[item_id], call_number=text)
        else:
            operations.give_call_number(request.desk.act(), record=found.record)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The call number stands on the item. A new label can be printed."))
    return redirect("holdings:item", item_id)


def to_class(class_number: str) -> HttpResponse:
    """Return to the page of a class."""
    return redirect(f"{reverse('holdings:call_numbers')}?{urlencode({'class': class_number[:LONGEST_CLASS]})}")
