"""The page of a count on a phone, with or without a line: the page, what keeps it there, and where its scans go."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenlan.catalogue import queries as catalogue
from wenlan.holdings import queries as items
from wenlan.holdings.errors import CountClosed
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.stocktaking import operations, queries
from wenlan.holdings.stocktaking.operations import PhoneScan
from wenlan.holdings.stocktaking.queries import ScanSaid
from wenlan.holdings.stocktaking.types import FindingKind
from wenlan.holdings.stocktaking.views import countable, described
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import assets

MOST_SCANS = 500
LONGEST_CODE = 60
MOST_SOUGHT = 200
ICON = "wenlan/seal.svg"
STOPPING = frozenset({FindingKind.UNKNOWN, FindingKind.WITHDRAWN})


@require_safe
@needs(Right.HOLDINGS_EDIT)
def page(request: HttpRequest, count_id: int) -> HttpResponse:
    """Show the count for one hand and one phone; after a comparison also what is still sought (second pass)."""
    found = countable(request, count_id)
    missing = [one for one in queries.findings(count_id, FindingKind.MISSING) if not one.resolution][:MOST_SOUGHT]
    known = items.items_by_id([one.item for one in missing if one.item])
    titles = catalogue.titles({one.record for one in known.values()})
    sought = [{"item": known[one.item], "title": titles.get(known[one.item].record, "")} for one in missing if one.item]
    context = described(found) | {
        "sought": sought,
        "sought_in_all": queries.by_kind(count_id).get(FindingKind.MISSING, (0, 0))[1],
        "scope": reverse("holdings:counts"),
        "staff": request.desk.staff.id,  # whose journal it is
    }
    return render(request, "holdings/count_phone.html", context)


@require_safe
@needs(Right.HOLDINGS_EDIT)
def worker(_request: HttpRequest) -> HttpResponse:
    """Serve the service worker of all counts: its address is above theirs, so they are in its scope."""
    told = [static(path) for path in (*assets.files("stocktaking"), ICON)]
    version = hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]
    begin = f"self.WENLAN_OFFLINE = {json.dumps({'version': version, 'files': told})};\n"
    script = assets.text(assets.asset("offline-worker").script)
    return HttpResponse(begin + script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@require_safe
@needs(Right.HOLDINGS_EDIT)
def manifest(request: HttpRequest, count_id: int) -> HttpResponse:
    """Say how the page is put on the phone's first screen."""
    found = countable(request, count_id)
    said = {
        "name": found.name,
        "short_name": _("Stocktaking"),
        "start_url": reverse("holdings:count_phone", args=[count_id]),
        "scope": reverse("holdings:counts"),
        "display": "standalone",
        "background_color": "#fbfaf6",
        "theme_color": "#fbfaf6",
        "icons": [{"src": static(ICON), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(said, content_type="application/manifest+json")


@require_POST
@needs(Right.HOLDINGS_EDIT)
def scans(request: HttpRequest, count_id: int) -> HttpResponse:
    """Take scans of a phone's journal: `{scans: [{id, at, code}]}`; say of each what it means, by its id.

    A closed count is a `refusal` in words: the phone keeps its scans and offers them as a file.
    """
    countable(request, count_id)
    made = read(request.body)
    if made is None:
        return JsonResponse({"code": "holdings.scans_unreadable"}, status=422)
    try:
        operations.take_phone_scans(request.desk.act(), count_id=count_id, scans=list(made.values()))
    except CountClosed as refusal:
        return JsonResponse({"said": {}, "total": queries.count(count_id).scanned, "refusal": str(refusal)})
    said = queries.said_of(count_id, [scan.barcode for scan in made.values()])
    titles = catalogue.titles({one.record for one in said.values() if one.record})
    names = network.node_names()
    answers = {
        uid: answer(said.get(barcode_key(scan.barcode)[:LONGEST_CODE]), titles, names) for uid, scan in made.items()
    }
    return JsonResponse({"said": answers, "total": queries.count(count_id).scanned})


def answer(said: ScanSaid | None, titles: Mapping[int, str], names: Mapping[int, str]) -> dict[str, str]:
    """Return what the phone shows beside a scan; nothing but spaces is no barcode."""
    if said is None:
        return {"tone": "stop", "label": str(FindingKind.UNKNOWN.label), "title": ""}
    if not said.kind:
        return {"tone": "good", "label": "", "title": titles.get(said.record or 0, "")}
    label = str(FindingKind(said.kind).label)
    if said.kind == FindingKind.MISPLACED:
        label = _("Belongs to %(place)s") % {"place": names.get(said.shelved_at or 0, "")}
    tone = "stop" if said.kind in STOPPING else "look"
    return {"tone": tone, "label": label, "title": titles.get(said.record or 0, "")}


def read(body: bytes) -> dict[str, PhoneScan] | None:
    """Return the scans of a request by their id, None for what is no list of scans."""
    try:
        told = json.loads(body)["scans"]
        if len(told) > MOST_SCANS:
            return None
        return {str(one["id"]): read_scan(one) for one in told}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def read_scan(told: Mapping[str, Any]) -> PhoneScan:
    """Return one scan. Raises what Python raises for what is none."""
    code, at = str(told["code"]), parse_datetime(str(told["at"]))
    if len(code) > LONGEST_CODE or not code.isprintable():
        raise ValueError(code[:LONGEST_CODE])
    return PhoneScan(barcode=code, uid=UUID(str(told["id"])), at=at if is_aware(at) else None)


def is_aware(at: datetime | None) -> bool:
    """Return whether a time says its zone."""
    return at is not None and at.tzinfo is not None
