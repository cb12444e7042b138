"""Between arrival and acceptance: the doubtful side by side, parcels by scan, the sample by scan and key."""

import json
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from wenlan.acquisitions import operations, queries
from wenlan.acquisitions.errors import NotInBatch
from wenlan.acquisitions.types import (
    CopyProblem,
    CopyView,
    Doubt,
    ErrorKind,
    Outcome,
    ParcelView,
    ScanOutcome,
    ScanView,
    TitleView,
)
from wenlan.acquisitions.views.batches import changeable, crumbs, money, seen
from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.description import numbers
from wenlan.holdings import queries as holdings
from wenlan.kernel.errors import DomainError
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui.addresses import whole_number

TONES = {
    ScanOutcome.FOUND: "good",
    ScanOutcome.AGAIN: "look",
    ScanOutcome.OTHER_PARCEL: "look",
    ScanOutcome.NOT_LISTED: "stop",
}


def way(number: str, here: str) -> list[tuple[str, str]]:
    """Return the way from the list of batches to a page of one."""
    return crumbs((number, reverse("acquisitions:batch", args=[number])), (here, ""))


@require_safe
@needs(Right.HOLDINGS_EDIT)
def doubtful(request: HttpRequest, number: str) -> HttpResponse:
    """The next doubtful title beside the records it could be; one key decides."""
    batch = seen(request, number)
    skipped = whole_number(request.GET.get("after", "")) or 0
    asked = whole_number(request.GET.get("title", ""))
    waiting = queries.titles(number, outcome=Outcome.DOUBTFUL, after=skipped, limit=1)
    title = queries.title(number, asked) if asked else next(iter(waiting), None)
    if title is None or not batch.is_open:
        return redirect("acquisitions:batch", number=number)
    context = {
        "batch": batch,
        "title": title,
        "price": money(title.price_fen) if title.price_fen is not None else "",
        "candidates": candidates(number, title),
        "crumbs": way(number, _("Doubtful titles")),
    }
    return render(request, "acquisitions/doubtful.html", context)


def candidates(number: str, title: TitleView) -> list[dict[str, Any]]:
    """Return what a title could be, each with what differs; an earlier title of the batch stands by its place."""
    records = catalogue.records([one for one in title.candidates if one > 0])
    earlier = queries.titles_at(number, [-one for one in title.candidates if one < 0])
    places = holdings.availability(list(records))
    found = []
    for key, doubts in title.candidates.items():
        one = records.get(key) if key > 0 else None
        found.append(
            {
                "key": key,
                "doubts": [Doubt(doubt).label for doubt in doubts],
                "held": sum(place.held for place in places.get(key, ())),
                "is_record": one is not None,
                "facts": facts_of(one) if one else facts_of(earlier[-key]),
            }
        )
    return found


def facts_of(one: Any) -> dict[str, str]:
    """Return the same facts of a record and of a title, so that they stand in one line."""
    is_title = isinstance(one, TitleView)
    return {
        "title": one.title if is_title else one.title_proper,
        "volume": one.volume,
        "responsibility": one.responsibility,
        "publisher": one.publisher,
        "year": one.year if is_title else one.year_text,
        "isbn": one.isbn if is_title else "、".join(one.isbn),
        "class_number": one.class_number,
        "price": money(one.price_fen) if one.price_fen is not None else "",
    }


@require_POST
@needs(Right.HOLDINGS_EDIT)
def decide(request: HttpRequest, number: str, title: int) -> HttpResponse:
    """Take a decision and go to the next title."""
    changeable(request, number)
    chosen = request.POST.get("record", "")
    record = int(chosen) if chosen.removeprefix("-").isdecimal() and len(chosen) < 19 else None
    if record is None and chosen != "new":
        raise NotInBatch(what=chosen[:20], number=number)
    left = operations.decide(request.desk.act(), batch=number, title=title, record=record)
    return redirect("acquisitions:doubtful" if left else "acquisitions:batch", number=number)


@require_safe
@needs(Right.HOLDINGS_EDIT)
def parcel(request: HttpRequest, number: str, parcel: str) -> HttpResponse:
    """A parcel's books under the scanner."""
    batch, here = seen(request, number), parcel_of(number, parcel)
    context = {
        "batch": batch,
        "parcel": here,
        "counts": counts(here),
        "scans": [{"scan": one, **line(one)} for one in queries.scans(number, parcel=parcel)],
        "missing": [one for one in queries.copies(number, is_missing=True) if one.parcel == parcel],
        "waiting": here.copies - here.found,
        "crumbs": way(number, _("Parcel %(number)s") % {"number": parcel}),
    }
    return render(request, "acquisitions/parcel.html", context)


def parcel_of(number: str, parcel: str) -> ParcelView:
    """Return a parcel of a batch. Raises NotInBatch."""
    found = {one.number: one for one in queries.parcels(number)}.get(parcel)
    if found is None:
        raise NotInBatch(what=parcel, number=number)
    return found


def counts(here: ParcelView) -> dict[str, int]:
    """Return the figures that follow each scan."""
    return {"copies": here.copies, "found": here.found, "left": here.copies - here.found, "strangers": here.not_listed}


def line(one: ScanView) -> dict[str, str]:
    """Return how a scan is shown."""
    note = _("listed in parcel %(number)s") % {"number": one.listed_in} if one.outcome == "other_parcel" else ""
    return {
        "tone": TONES[ScanOutcome(one.outcome)],
        "label": str(ScanOutcome(one.outcome).label),
        "title": one.title or one.code,
        "code": one.code,
        "note": note,
    }


@require_POST
@needs(Right.HOLDINGS_EDIT)
def scan(request: HttpRequest, number: str, parcel: str) -> HttpResponse:
    """Take one scan: JSON `{key, code}` in, the line to show and the parcel's counts out."""
    changeable(request, number)
    try:
        sent = json.loads(request.body)
        key, code = str(sent["key"])[:64], str(sent["code"])[:40]
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({"message": _("The scan could not be read.")}, status=400)
    if not key or not code.strip() or "\0" in key + code:
        return JsonResponse({"message": _("The scan could not be read.")}, status=400)
    try:
        found = operations.scan(request.desk.act(key), batch=number, parcel=parcel, code=code)
    except DomainError as refusal:
        said = {"tone": "stop", "label": _("stop"), "title": str(refusal), "code": code, "note": ""}
        return JsonResponse({**said, "counts": {}})
    return JsonResponse({**line(found), "counts": counts(parcel_of(number, parcel))})


@require_POST
@needs(Right.HOLDINGS_EDIT)
def close_parcel(request: HttpRequest, number: str, parcel: str) -> HttpResponse:
    """Close a parcel and go to the next open one, or back to the batch."""
    changeable(request, number)
    missing = operations.close_parcel(request.desk.act(), batch=number, parcel=parcel)
    if missing:
        text = ngettext("%(count)d volume is missing.", "%(count)d volumes are missing.", missing)
        messages.warning(request, text % {"count": missing})
    following = next((one.number for one in queries.parcels(number) if not one.is_closed), None)
    if following is None:
        return redirect("acquisitions:batch", number=number)
    return redirect("acquisitions:parcel", number=number, parcel=following)


@needs(Right.HOLDINGS_EDIT)
def barcodes(request: HttpRequest, number: str) -> HttpResponse:
    """The copies without a barcode of their own, one after the other: glue one on, scan it, and the next one comes.

    The ISBN of the book in the hand, scanned instead, calls up a copy of that title.
    """
    batch = seen(request, number)
    waiting = [one for one in queries.copies(number, with_problem=True) if not one.is_missing]
    if not waiting or not batch.is_open:
        return redirect("acquisitions:batch", number=number)
    asked = whole_number(request.POST.get("copy", "") or request.GET.get("copy", ""))
    copy = next((one for one in waiting if one.id == asked), waiting[0])
    code, refused = request.POST.get("code", "").strip()[:40], ""
    if code:
        changeable(request, number)
        if of_isbn := copy_of_isbn(number, waiting, code):
            return redirect(f"{reverse('acquisitions:barcodes', args=[number])}?copy={of_isbn}")
        try:
            operations.give_barcodes(request.desk.act(), batch=number, barcodes={copy.id: code})
        except DomainError as refusal:
            refused = str(refusal)
        else:
            return redirect("acquisitions:barcodes", number=number)
    context = {
        "batch": batch,
        "copy": copy,
        "title": queries.title(number, copy.title_id),
        "why": CopyProblem(copy.problem).label,
        "refused": refused,
        "lines": [{"copy": one, "why": CopyProblem(one.problem).label} for one in waiting],
        "crumbs": way(number, _("Copies without a barcode")),
    }
    return render(request, "acquisitions/barcodes.html", context, status=422 if refused else 200)


def copy_of_isbn(number: str, waiting: Sequence[CopyView], code: str) -> int | None:
    """Return the first waiting copy of the title with this ISBN; None for what is no ISBN of theirs."""
    isbn = numbers.isbn13(code)
    of_isbn = queries.titles_with_isbn(number, isbn) if isbn else frozenset()
    return next((one.id for one in waiting if one.title_id in of_isbn), None)


@require_safe
@needs(Right.HOLDINGS_EDIT)
def sample(request: HttpRequest, number: str) -> HttpResponse:
    """The volumes to look at; a scanned one is shown with the kinds of errors under keys."""
    batch = seen(request, number)
    volumes = queries.copies(number, is_sampled=True)
    code = request.GET.get("code", "").strip()
    chosen = volume_of(volumes, code, whole_number(request.GET.get("copy", "")))
    if code and chosen is None:
        messages.warning(request, _("%(code)s is not in the sample.") % {"code": code})
    found = chosen.errors if chosen else ()
    context = {
        "batch": batch,
        "volumes": volumes,
        "chosen": chosen,
        "title": queries.title(number, chosen.title_id) if chosen else None,
        "kinds": [
            {"place": place, "kind": kind.value, "label": kind.label, "is_set": kind in found}
            for place, kind in enumerate(ErrorKind, start=1)
        ],
        "left": sum(not one.is_inspected for one in volumes),
        "crumbs": way(number, _("Sample check")),
    }
    return render(request, "acquisitions/sample.html", context)


def volume_of(volumes: tuple[CopyView, ...], code: str, copy: int | None) -> CopyView | None:
    """Return the volume of the sample that was scanned or clicked."""
    return next((one for one in volumes if one.id == copy or (code and one.barcode.upper() == code.upper())), None)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def draw_sample(request: HttpRequest, number: str) -> HttpResponse:
    """Draw the sample as agreed."""
    changeable(request, number)
    operations.draw_sample(request.desk.act(), batch=number)
    return redirect("acquisitions:sample", number=number)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def inspect(request: HttpRequest, number: str, copy: int) -> HttpResponse:
    """Enter what a volume of the sample is like; back to the scan, or to the batch after the last."""
    changeable(request, number)
    note = request.POST.get("note", "").strip()
    kinds = [ErrorKind(one) for one in request.POST.getlist("error") if one in ErrorKind.values]
    operations.inspect(request.desk.act(), batch=number, copy=copy, errors=[(kind, note) for kind in kinds])
    left = any(not one.is_inspected for one in queries.copies(number, is_sampled=True))
    return redirect("acquisitions:sample" if left else "acquisitions:batch", number=number)
