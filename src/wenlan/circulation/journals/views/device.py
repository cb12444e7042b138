"""The desk without a line: its page and what keeps it there, what it takes along, and where its acts go."""

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from wenlan.circulation.journals import operations, words
from wenlan.circulation.journals.snapshot import readable_have, snapshot
from wenlan.circulation.pages import answered_in_json
from wenlan.kernel.acts import Channel
from wenlan.network import queries as network
from wenlan.patrons.sealing import public_key
from wenlan.patrons.types import DocumentKind, Sex
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import assets, clock

MOST_LINES = 200
LARGEST_OFFSET = 10**12
CLOCKS_AGREE = timedelta(minutes=10)
ICON = "wenlan/seal.svg"
for_the_device = answered_in_json(ValueError, KeyError, TypeError, AttributeError, RecursionError, status=422)


@require_safe
@needs(Right.CHECK_OUT)
def page(request: HttpRequest) -> HttpResponse:
    """Show the desk that works with and without a line."""
    desk = request.desk
    context = {
        "node": network.node(desk.node),
        "staff": desk.staff,
        "may_override": desk.may(Right.OVERRIDE),
        "documents": DocumentKind.choices,
        "sexes": Sex.choices,
        "keeps_the_bus": desk.channel == Channel.BUS and desk.may(Right.BUS),
        "scope": reverse("circulation:desk"),  # without a line the desk leads here
    }
    return render(request, "circulation/off_line.html", context)


@require_safe
@needs(Right.CHECK_OUT)
def worker(_request: HttpRequest) -> HttpResponse:
    """Serve the service worker that keeps the page of the desk without a line."""
    files = [static(path) for path in (*assets.files("off-line-desk"), ICON)]
    version = hashlib.sha256(json.dumps(files).encode()).hexdigest()[:12]
    told = {"version": version, "files": files, "pages": [reverse("circulation:off_line")]}
    begin = f"self.WENLAN_OFFLINE = {json.dumps(told)};\n"
    script = assets.text(assets.asset("offline-worker").script)
    return HttpResponse(begin + script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@require_safe
@needs(Right.CHECK_OUT)
def manifest(_request: HttpRequest) -> HttpResponse:
    """Say how the page is put on the first screen of a device."""
    said = {
        "name": _("Desk without a line"),
        "short_name": _("Desk without a line"),
        "start_url": reverse("circulation:off_line"),
        "scope": reverse("circulation:desk"),
        "display": "standalone",
        "background_color": "#fbfaf6",
        "theme_color": "#fbfaf6",
        "icons": [{"src": static(ICON), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(said, content_type="application/manifest+json")


@require_POST
@for_the_device
def acts(request: HttpRequest) -> HttpResponse:
    """Take lines of a device's journal in their order; say of each what it has become, by its uuid."""
    sent, now = json.loads(request.body), clock.now()
    lines = [str(line) for line in sent["lines"]]
    if len(lines) > MOST_LINES:
        raise ValueError("too many lines")
    rows = operations.replay(
        request.desk.act(),
        device=str(sent["device"]),
        lines=lines,
        is_clock_sure=clocks_agree(sent),
    )
    names = network.node_names()
    return JsonResponse({"now": now.isoformat(), "said": {str(row.uid): words.answer(row, names) for row in rows}})


def clocks_agree(sent: Mapping[str, Any]) -> bool:
    """Return whether a device's clock and offset still give our time."""
    at, offset = parse_datetime(str(sent["sent_at"])), sent["offset"]
    if at is None or at.tzinfo is None or type(offset) not in {int, float} or abs(offset) > LARGEST_OFFSET:
        raise ValueError("no clock")
    return abs(at + timedelta(milliseconds=offset) - clock.now()) < CLOCKS_AGREE


@require_POST
@for_the_device
@gzip_page
def cached(request: HttpRequest) -> HttpResponse:
    """Return what a device takes along, as far as it differs from what it says it has; and whose desk it is."""
    sent, desk = json.loads(request.body), request.desk
    node, now = network.node(desk.node), clock.now()
    found = snapshot(node=desk.node, now=now, on=clock.today(), have=readable_have(sent.get("have")))
    found |= {"node": node.code, "place": node.name, "by": desk.staff.username, "name": desk.staff.name}
    if desk.may(Right.PATRONS_REGISTER):
        found["joining"] = {"key": public_key()}
    return JsonResponse(found | {"may_override": desk.may(Right.OVERRIDE)}, json_dumps_params={"ensure_ascii": False})
