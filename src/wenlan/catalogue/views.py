"""The catalogue's pages at the desk: search, one record, files imported."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenlan.catalogue import isbd, operations, queries
from wenlan.catalogue.browsing import class_level
from wenlan.catalogue.cnmarc import ControlField, MarcRecord
from wenlan.catalogue.forms import CARRIED, SearchForm
from wenlan.catalogue.narrowing import address, asked, drawn_facets, switch, widened
from wenlan.catalogue.types import RecordView
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui.addresses import whole_number

BLANKS = re.compile(r" {2,}|^ | $")
MOST_REJECTS = 10_000
REJECTS_SHOWN = 100
SENTENCE = ("q", "field", "material", "audience", "sort", *CARRIED)


@require_safe
@needs(Right.CATALOGUE_SEE)
def search(
    request: HttpRequest,
    available_in: Callable[[int | None], queries.Available] | None = None,
    by_barcode: Callable[[str], RecordView | None] | None = None,
) -> HttpResponse:
    """What is found, as a table with what narrows it; a number that one record carries opens it, so does a barcode.

    What the catalogue may not know of itself is passed in: what can be borrowed now at a node or under it, and the
    record of a barcode.
    """
    query = asked(request.GET)
    form = SearchForm(request.GET)
    narrowed = request.GET.get("available")
    page = queries.search(query, available=available_in(query.node) if available_in and narrowed else None)
    if page.total == 1 and query.text.replace("-", "").isalnum() and query.text in page.hits[0].isbn:
        return redirect("catalogue:record", record=page.hits[0].id)
    if not page.total and by_barcode and (of_barcode := by_barcode(query.text)):
        return redirect("catalogue:record", record=of_barcode.id)
    context = {
        "query": query.text,
        "page": page,
        "facets": drawn_facets(page, query, request.GET),
        "filters": [switch(request.GET, "available", _("Can be borrowed now"))] if available_in else [],
        "count_url": "" if page.is_counted or not page.is_complete else address(request.GET, count="1"),
        "widened_url": "" if page.total else widened(request.GET),
        "rows": [row(hit) for hit in page.hits],
        "columns": columns(),
        "parts": [form[name] for name in SENTENCE],
        "may_edit": request.desk.may(Right.CATALOGUE_EDIT),
    }
    return render(request, "catalogue/search.html", context)


def columns() -> list[dict[str, str]]:
    """Return the columns of a list of records."""
    return [
        {"key": "title", "label": _("Title"), "kind": "title", "url_key": "url"},
        {"key": "responsibility", "label": _("Responsibility"), "kind": "text"},
        {"key": "publisher", "label": _("Publisher"), "kind": "text"},
        {"key": "year", "label": _("Year"), "kind": "code"},
        {"key": "class_number", "label": _("Class number"), "kind": "code"},
        {"key": "isbn", "label": "ISBN", "kind": "code"},
    ]


def row(record: RecordView) -> dict[str, Any]:
    """Return a record as the list shows it."""
    return {
        "url": reverse("catalogue:record", args=[record.id]),
        "title": record.title,
        "responsibility": record.responsibility,
        "publisher": record.publisher,
        "year": record.year or "",
        "class_number": record.class_number,
        "isbn": record.isbn[0] if record.isbn else record.issn,
    }


@require_safe
@needs(Right.CATALOGUE_SEE)
def class_tree(request: HttpRequest, number: str = "") -> HttpResponse:
    """A class and what lies below it, each with how many records."""
    level = class_level(number)
    steps = [(f"{one.number} {one.words}".strip(), reverse("catalogue:class", args=[one.number])) for one in level.path]
    context = {
        "level": level,
        "here": level.path[-1] if level.path else None,
        "below": [
            {
                "number": one.number,
                "words": one.words,
                "records": one.records,
                "url": reverse("catalogue:class", args=[one.number]),
            }
            for one in level.below
        ],
        "crumbs": [(_("Catalogue"), reverse("catalogue:search")), (_("Classes"), reverse("catalogue:classes")), *steps],
    }
    return render(request, "catalogue/classes.html", context)


@require_safe
@needs(Right.CATALOGUE_SEE)
def suggest(request: HttpRequest) -> JsonResponse:
    """Titles that begin like what is being typed."""
    address = reverse("catalogue:search")
    lines = queries.suggestions(request.GET.get("q", "")[:100])
    return JsonResponse({"suggestions": [{"text": one, "url": f"{address}?{urlencode({'q': one})}"} for one in lines]})


@require_safe
@needs(Right.CATALOGUE_SEE)
def record(request: HttpRequest, record: int) -> HttpResponse:
    """One record: the card at the left, the fields at the right, its items below."""
    found = queries.record(record)
    areas = isbd.isbd(found)
    context = {
        "record": found,
        "card": isbd.paragraphs(areas),
        "leader": kept_blanks(found.marc.leader) if found.marc else "",
        "fields": rows_of(found.marc) if found.marc else [],
        "may_edit": request.desk.may(Right.CATALOGUE_EDIT),
        "crumbs": [(_("Catalogue"), reverse("catalogue:search")), (found.title, "")],
    }
    return render(request, "catalogue/record.html", context)


def rows_of(marc: MarcRecord) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return the fields as (tag, indicators, [(code, value)]), a blank indicator as #; runs of blanks stay."""
    return [
        (one.tag, "", [("", kept_blanks(one.data))])
        if isinstance(one, ControlField)
        else (one.tag, one.indicators.replace(" ", "#"), [(code, kept_blanks(value)) for code, value in one.subfields])
        for one in marc.fields
    ]


def kept_blanks(value: str) -> str:
    """Return the value so that a browser shows every blank of a coded field: positions are counted in it."""
    return BLANKS.sub(lambda found: "\u00a0" * len(found[0]), value)


def import_crumbs(here: str) -> list[tuple[str, str]]:
    """Return the way from the catalogue to a page about imports."""
    return [
        (_("Catalogue"), reverse("catalogue:search")),
        (_("Imports"), reverse("catalogue:imports")),
        (here, ""),
    ]


@require_safe
@needs(Right.CATALOGUE_EDIT)
def imports(request: HttpRequest) -> HttpResponse:
    """The files that were taken in at the places this desk sees, newest first."""
    before = request.GET.get("after", "")
    size = 50
    found = queries.imports(request.desk.visible, before=whole_number(before), limit=size)
    names = network.node_names()
    rows = [
        {
            "url": reverse("catalogue:import_run", args=[one.id]),
            "file": one.file_name,
            "node": names.get(one.node, ""),
            "at": one.started_at,
            "read": one.read,
            "created": one.created,
            "updated": one.updated,
            "rejected": one.rejected,
            "waiting": one.waiting,
        }
        for one in found
    ]
    context = {
        "rows": rows,
        "columns": import_columns(),
        "next": found[-1].id if len(found) == size else "",
        "first": not before,
        "crumbs": [*import_crumbs("")[:1], (_("Imports"), "")],
    }
    return render(request, "catalogue/imports.html", context)


def import_columns() -> list[dict[str, str]]:
    """Return the columns of the list of imports."""
    return [
        {"key": "file", "label": _("File"), "kind": "title", "url_key": "url"},
        {"key": "node", "label": _("Catalogued at"), "kind": "text"},
        {"key": "at", "label": _("When"), "kind": "moment"},
        {"key": "read", "label": _("Records read"), "kind": "number"},
        {"key": "created", "label": _("Created"), "kind": "number"},
        {"key": "updated", "label": _("Updated"), "kind": "number"},
        {"key": "rejected", "label": _("Rejected"), "kind": "number"},
        {"key": "waiting", "label": _("To be worked"), "kind": "number"},
    ]


@require_safe
@needs(Right.CATALOGUE_EDIT)
def import_run(request: HttpRequest, run: int) -> HttpResponse:
    """One run: its counts, and the rejected records to be worked."""
    found = visible_run(request, run)
    facts = (
        (_("Records read"), found.read),
        (_("Created"), found.created),
        (_("Updated"), found.updated),
        (_("Unchanged"), found.unchanged),
        (_("Kept aside"), found.kept_aside),
        (_("Rejected"), found.rejected),
    )
    after = request.GET.get("after", "")
    bytes_left = queries.rejected(run, after=whole_number(after) or 0, limit=REJECTS_SHOWN)
    context = {
        "run": found,
        "facts": facts,
        "started_at": found.started_at,
        "rejected": [replace(one, reason=_(one.reason)) for one in bytes_left],
        "next": bytes_left[-1].position if len(bytes_left) == REJECTS_SHOWN else "",
        "first": not after,
        "crumbs": import_crumbs(found.file_name),
    }
    return render(request, "catalogue/import_run.html", context)


@require_POST
@needs(Right.CATALOGUE_EDIT)
def set_aside(request: HttpRequest, run: int) -> HttpResponse:
    """Set the chosen rejected records aside, with the reason."""
    visible_run(request, run)
    chosen = {one for sent in request.POST.getlist("reject") if (one := whole_number(sent)) is not None}
    own = [one.id for one in queries.rejected(run, limit=MOST_REJECTS) if one.id in chosen]
    try:
        operations.set_aside_rejected(request.desk.act(), rejects=own, reason=request.POST.get("reason", ""))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("catalogue:import_run", run=run)


def visible_run(request: HttpRequest, run: int) -> Any:
    """Return a run of a place this desk sees. Raises NotFound for any other."""
    found = queries.import_run(run)
    if found.node not in request.desk.visible:
        raise NotFound(what=str(run))
    return found
