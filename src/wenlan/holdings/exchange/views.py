"""A file is uploaded, looked at, taken in: three steps, and nothing is written before the last."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wenlan.holdings.exchange.forms import IncomingForm
from wenlan.holdings.exchange.waiting import WaitingFile, change, forget, keep, waiting
from wenlan.holdings.incoming import NO_COPIES, IncomingItem, ItemsReport, Reading, import_with_items, preview
from wenlan.holdings.profiles import Profile, profile
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.kernel.ids import new_uid
from wenlan.kernel.words import say
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui.addresses import whole_number

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CATALOGUE_EDIT)
def incoming(request: HttpRequest) -> HttpResponse:
    """Choose a file; it is kept and looked at."""
    form = IncomingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        act = request.desk.act()
        file = WaitingFile(
            uid=new_uid(),
            name=said["file"].name,
            node=act.node,
            profile=said["profile"],
            format=said["format"] or "auto",
            encoding=said["encoding"] or "auto",
            scope=said["scope"],
        )
        kept = keep(said["file"].chunks(), file, at=act.at)
        return redirect("holdings:incoming_file", uid=kept.uid)
    status = 422 if form.is_bound else 200
    context = {"form": form, "crumbs": crumbs(_("Take in a file"))}
    return render(request, "holdings/incoming.html", context, status=status)


def crumbs(here: str) -> list[tuple[str, str]]:
    """Return the way from the catalogue to a page about files."""
    return [
        (_("Catalogue"), reverse("catalogue:search")),
        (_("Imports"), reverse("catalogue:imports")),
        (here, ""),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CATALOGUE_EDIT)
def incoming_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what would become of a file; a post says which places its words mean."""
    file = own(request, uid)
    if request.method == "POST":
        change(replace(file, places={**file.places, **said_places(request)}))
        return redirect("holdings:incoming_file", uid=uid)
    try:
        report = preview(request.desk.act(), path=file.path, **reading(file))
    except DomainError as refusal:
        forget(uid)
        messages.error(request, str(refusal))
        return redirect("holdings:incoming")
    context = {
        "file": file,
        "profile": chosen(file),
        "report": report,
        "facts": facts(report),
        "places": places(report),
        "nodes": [(node.id, node.name) for node in network.nodes() if node.id in request.desk.visible],
        "rows": [row(one) for one in report.rows],
        "columns": columns(),
        "problems": [(at, _(what), barcode) for at, what, barcode in report.problems[:SHOWN]],
        "notes": [(at, _(note)) for at, note in report.records.notes[:SHOWN]],
        "stays": [(tag, say(words)) for tag, words in chosen(file).stays.items()],
        "crumbs": crumbs(file.name),
    }
    return render(request, "holdings/incoming_file.html", context)


@require_POST
@needs(Right.CATALOGUE_EDIT)
def incoming_run(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take the file in; what became of it stands on the page of its run."""
    file = own(request, uid)
    if file.profile:
        request.desk.insist(Right.HOLDINGS_EDIT, file.node)
    report = import_with_items(replace(request.desk.act(), node=file.node), path=file.path, **reading(file))
    forget(uid)
    messages.success(request, summary(report))
    return redirect("catalogue:import_run", run=report.records.run)


@require_POST
@needs(Right.CATALOGUE_EDIT)
def incoming_drop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Do not take the file in."""
    forget(own(request, uid).uid)
    return redirect("holdings:incoming")


def own(request: HttpRequest, uid: UUID) -> WaitingFile:
    """Return a waiting file of a place this desk sees. Raises NotFound for any other."""
    file = waiting(uid)
    if file.node not in request.desk.visible:
        raise NotFound(what=str(uid))
    return file


def chosen(file: WaitingFile) -> Profile:
    """Return the profile of a file. Raises ProfileUnknown when it has gone meanwhile."""
    return profile(file.profile) if file.profile else NO_COPIES


def reading(file: WaitingFile) -> dict[str, Any]:
    """Return how a file is taken in, as the operation's arguments."""
    how = Reading(format=file.format, encoding=file.encoding, scope=file.scope)
    return {"profile": chosen(file), "reading": how, "told": file.places}


def said_places(request: HttpRequest) -> dict[str, int]:
    """Return the nodes that were chosen for words, as far as this desk sees them."""
    pairs = zip(request.POST.getlist("words"), request.POST.getlist("node"), strict=False)
    nodes = {words: whole_number(sent) for words, sent in pairs}
    return {words: node for words, node in nodes.items() if node is not None and node in request.desk.visible}


def facts(report: ItemsReport) -> list[tuple[str, int]]:
    """Return the counts of a file, records first."""
    records = report.records
    found = [
        (_("Records read"), records.read),
        (_("New"), records.created),
        (_("Of them doubtful"), records.doubtful),
        (_("Changed"), records.updated),
        (_("As they were"), records.unchanged),
        (_("Kept aside"), records.kept_aside),
        (_("Rejected"), records.rejected),
    ]
    if report.copies:
        found += [
            (_("Copies in the file"), report.copies),
            (_("New items"), report.made),
            (_("Items that were there"), report.present),
            (_("Copies with a problem"), report.refused),
        ]
    return found


def places(report: ItemsReport) -> list[dict[str, Any]]:
    """Return the source's words for places, where they lead, and how many copies stand there."""
    names = network.node_names()
    return [
        {"words": words, "node": node, "name": names.get(node, "") if node else "", "copies": copies}
        for words, node, copies in report.places
    ]


def columns() -> list[dict[str, str]]:
    """Return the columns of the first copies."""
    return [
        {"key": "title", "label": _("Title"), "kind": "title"},
        {"key": "barcode", "label": _("Barcode"), "kind": "code"},
        {"key": "place", "label": _("Place"), "kind": "text"},
        {"key": "call_number", "label": _("Call number"), "kind": "code"},
        {"key": "price", "label": _("Price"), "kind": "money"},
        {"key": "outcome", "label": _("Outcome"), "kind": "text"},
    ]


def row(one: IncomingItem) -> dict[str, Any]:
    """Return a copy as the preview shows it."""
    outcomes = {"new": _("New item"), "present": _("There already"), "problem": _("Problem")}
    return {
        "title": one.title,
        "barcode": one.barcode,
        "place": network.node_names().get(one.node, ""),
        "call_number": one.call_number or _("next number of its class"),
        "price": one.price_fen,
        "outcome": outcomes[one.outcome],
    }


def summary(report: ItemsReport) -> str:
    """Say what became of a file in one sentence."""
    records = report.records
    return _(
        "%(read)d records read: %(created)d new, %(updated)d changed, %(unchanged)d as they were, "
        "%(kept_aside)d kept aside, %(rejected)d rejected. %(made)d items made, %(present)d were there, "
        "%(refused)d copies with a problem."
    ) % {
        "read": records.read,
        "created": records.created,
        "updated": records.updated,
        "unchanged": records.unchanged,
        "kept_aside": records.kept_aside,
        "rejected": records.rejected,
        "made": report.made,
        "present": report.present,
        "refused": report.refused,
    }
