"""What imports could not read, worked at the desk: seen, mended as text, taken in with its copies, or set aside."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenlan.catalogue import operations as catalogue
from wenlan.catalogue import queries
from wenlan.catalogue.cnmarc.mnemonic import salvaged
from wenlan.catalogue.types import MendedReject, RejectedView
from wenlan.holdings.exchange.forms import ENCODINGS, MendForm
from wenlan.holdings.incoming import NO_COPIES, ItemsReport, Reading, take_rejected
from wenlan.holdings.profiles import profile
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui.addresses import whole_number

SHOWN = 50
SHOWN_BYTES = 2048
SALVAGED_BYTES = 100_000
ROW = 16


@require_safe
@needs(Right.CATALOGUE_EDIT)
def rejects(request: HttpRequest) -> HttpResponse:
    """What waits to be worked at the places this desk sees, oldest first."""
    after = request.GET.get("after", "")
    found = queries.waiting_rejects(request.desk.visible, after=whole_number(after) or 0, limit=SHOWN)
    context = {
        "rows": [
            {
                "url": reverse("holdings:reject", args=[one.id]),
                "reason": _(one.reason),
                "file": one.file_name,
                "position": one.position,
                "beginning": one.beginning,
            }
            for one in found
        ],
        "columns": columns(),
        "next": found[-1].id if len(found) == SHOWN else "",
        "first": not after,
        "crumbs": crumbs((_("Rejected records"), "")),
    }
    return render(request, "holdings/rejects.html", context)


def columns() -> list[dict[str, str]]:
    """Return the columns of the list."""
    return [
        {"key": "reason", "label": _("Reason"), "kind": "title", "url_key": "url"},
        {"key": "file", "label": _("File"), "kind": "text"},
        {"key": "position", "label": _("Position"), "kind": "number"},
        {"key": "beginning", "label": _("It begins"), "kind": "code long"},
    ]


def crumbs(*here: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way from the catalogue to a page about rejected records."""
    return [(_("Catalogue"), reverse("catalogue:search")), (_("Imports"), reverse("catalogue:imports")), *here]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CATALOGUE_EDIT)
def reject(request: HttpRequest, reject: int) -> HttpResponse:
    """Bytes that were no record beside the text they may be; a post tries the text."""
    found = own(request, reject)
    encoding = asked_encoding(request)
    form = MendForm(request.POST or None, initial={"text": salvaged(found.raw[:SALVAGED_BYTES], encoding)})
    if not found.profile:
        del form.fields["scope"]
    if request.method == "POST" and form.is_valid():
        try:
            done, items = take_in(request, found, form.cleaned_data)
        except DomainError as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, said(done, items))
            return redirect(next_address(request, found))
    context = {
        "reject": found,
        "reason": _(found.reason),
        "facts": facts(found),
        "bytes": hex_rows(found.raw[:SHOWN_BYTES]),
        "more": max(0, found.size - SHOWN_BYTES),
        "form": form,
        "encodings": ENCODINGS,
        "encoding": encoding,
        "crumbs": crumbs((_("Rejected records"), reverse("holdings:rejects")), (found.file_name, "")),
    }
    return render(request, "holdings/reject.html", context, status=422 if form.is_bound else 200)


def own(request: HttpRequest, reject: int) -> RejectedView:
    """Return what an import of a place this desk sees could not read. Raises NotFound for any other."""
    found = queries.rejected_record(reject)
    if found.node not in request.desk.visible:
        raise NotFound(what=str(reject))
    return found


def asked_encoding(request: HttpRequest) -> str:
    """Return the encoding that was chosen, or `auto`."""
    asked = request.GET.get("encoding", "auto")
    return asked if asked in dict(ENCODINGS) else "auto"


def take_in(request: HttpRequest, found: RejectedView, said: dict[str, Any]) -> tuple[MendedReject, ItemsReport]:
    """Take the text in as the import of its file would have, copies included where that had a profile."""
    marc = catalogue.mended(said["text"])
    if found.profile:
        request.desk.insist(Right.HOLDINGS_EDIT, found.node)
    return take_rejected(
        replace(request.desk.act(), node=found.node),
        reject=found.id,
        marc=marc,
        profile=profile(found.profile) if found.profile else NO_COPIES,
        reading=Reading(format=said["format"] or "auto", scope=said.get("scope", "")),
    )


@require_POST
@needs(Right.CATALOGUE_EDIT)
def reject_aside(request: HttpRequest, reject: int) -> HttpResponse:
    """Set it aside, with the reason."""
    found = own(request, reject)
    try:
        catalogue.set_aside_rejected(request.desk.act(), rejects=[found.id], reason=request.POST.get("reason", ""))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("holdings:reject", reject=reject)
    messages.success(request, _("Set aside."))
    return redirect(next_address(request, found))


def next_address(request: HttpRequest, done: RejectedView) -> str:
    """Return the address of what is to be worked next, else of the list."""
    following = queries.waiting_rejects(request.desk.visible, after=done.id, limit=1)
    return reverse("holdings:reject", args=[following[0].id]) if following else reverse("holdings:rejects")


def said(done: MendedReject, items: ItemsReport) -> str:
    """Say what became of a mended record."""
    outcomes = {
        "created": _("“%(title)s” was taken in as a new record; items made: %(made)d."),
        "updated": _("“%(title)s” was taken in and changed the record that was there; items made: %(made)d."),
        "unchanged": _("“%(title)s” was there already as it is; items made: %(made)d."),
        "kept_aside": _("It is no bibliographic record and was kept aside."),
    }
    return outcomes[done.outcome] % {"title": done.title or _("[No title]"), "made": items.made}


def facts(found: RejectedView) -> list[tuple[str, Any]]:
    """Return where the bytes stood, and what became of them."""
    return [
        (_("File"), found.file_name),
        (_("Position"), found.position),
        (_("Byte"), found.offset),
        (_("Length in bytes"), found.size),
        (_("What became of it"), found.settled_label or (_("Settled") if found.is_settled else "")),
        (_("Why"), found.settled_reason),
    ]


def hex_rows(raw: bytes) -> list[tuple[str, str, str]]:
    """Return the bytes as (place, hexadecimal, readable), sixteen in a row."""
    rows = []
    for at in range(0, len(raw), ROW):
        part = raw[at : at + ROW]
        readable = "".join(queries.MARKS.get(one) or (chr(one) if 0x20 <= one < 0x7F else "·") for one in part)
        rows.append((f"{at:05x}", part.hex(" "), readable))
    return rows
