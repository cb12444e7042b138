"""The page that stays when the line is gone: what was done is kept on the phone, and taken in when it is back."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenlan.circulation.journals import operations as journals
from wenlan.circulation.journals import words
from wenlan.circulation.paper.types import Written
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.network import queries as network
from wenlan.staff.desks import Desk
from wenlan.staff.types import Right
from wenlan.ui import assets, clock
from wenlan.web.keeper import sent
from wenlan.web.keeper.access import keeps, page
from wenlan.web.keeper.paper import last_months

MOST_LINES = 200
LARGEST_OFFSET = 10**12
CLOCKS_AGREE = timedelta(minutes=10)
LONGEST_BACK = timedelta(days=31)
Told = dict[str, Any]


@require_safe
@keeps
def off_line(request: HttpRequest) -> HttpResponse:
    """Show the page that works without a line."""
    node = network.node(request.desk.node)
    shown: dict[str, Any] = {"kinds": [(one.value, one.label) for one in Written], "months": last_months()}
    return page(request, "off_line", node=node, staff=request.desk.staff, scope=reverse("keeper:today"), **shown)


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """Serve the service worker that keeps that page; every other page of the keeper's leads there without a line."""
    files = [static(path) for path in dict.fromkeys((*assets.files("keeper"), *assets.files("keeper-off-line")))]
    version = hashlib.sha256(json.dumps(files).encode()).hexdigest()[:12]
    told = {"version": version, "files": files, "pages": [reverse("keeper:off_line")]}
    script = assets.text(assets.asset("offline-worker").script)
    return HttpResponse(
        f"self.WENLAN_OFFLINE = {json.dumps(told)};\n{script}",
        content_type="text/javascript",
        headers={"Cache-Control": "no-cache"},
    )


@require_POST
def acts(request: HttpRequest) -> HttpResponse:
    """Take in what was done without a line, in its order; say of each what it has become, by its uuid.

    The room's opening and closing, its books and its paper register are ours; every other act goes through the
    journal. 401 when the session is gone, 403 without the right, 422 for no list of lines.
    """
    if not request.desk:
        return JsonResponse({"error": "signed_out"}, status=401)
    if not request.desk.may(Right.KEEP_ROOM):
        return JsonResponse({"error": "not_allowed"}, status=403)
    try:
        handed = json.loads(request.body)
        lines = [(text, read(text)) for text in map(str, handed["lines"])]
        device, is_sure = str(handed["device"]), clocks_agree(handed)
        if len(lines) > MOST_LINES:
            raise ValueError("too many lines")
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({"error": "unreadable"}, status=422)
    said: dict[str, Any] = {}
    for told, texts in runs(lines):
        if told is not None:
            said[str(told["uuid"])] = of_the_room(request.desk, told, device, is_sure=is_sure)
        else:
            said |= in_the_journal(request.desk, texts, device, is_sure=is_sure)
    return JsonResponse({"now": clock.now().isoformat(), "said": said}, json_dumps_params={"ensure_ascii": False})


def read(text: str) -> Told | None:
    """Return an act of the room that a line tells of; None for any other line, which the journal reads."""
    told = json.loads(text)
    if not isinstance(told, dict) or told.get("act") not in sent.WAYS:
        return None
    UUID(str(told["uuid"]))
    return told


def clocks_agree(handed: Told) -> bool:
    """Return whether the phone's clock and offset still give our time. Raises ValueError for no clock."""
    at, offset = parse_datetime(str(handed["sent_at"])), handed["offset"]
    if at is None or at.tzinfo is None or type(offset) not in {int, float} or abs(offset) > LARGEST_OFFSET:
        raise ValueError("no clock")
    return abs(at + timedelta(milliseconds=offset) - clock.now()) < CLOCKS_AGREE


def runs(lines: list[tuple[str, Told | None]]) -> Iterator[tuple[Told | None, list[str]]]:
    """Yield the acts of the room one by one, and what lies between them together, all in their order."""
    waiting: list[str] = []
    for text, told in lines:
        if told is None:
            waiting.append(text)
            continue
        if waiting:
            yield None, waiting
            waiting = []
        yield told, []
    if waiting:
        yield None, waiting


def in_the_journal(desk: Desk, lines: list[str], device: str, *, is_sure: bool) -> dict[str, Any]:
    """Record loans, returns and visits through the journal, and say what became of each."""
    rows = journals.replay(desk.act(), device=device, lines=lines, is_clock_sure=is_sure)
    names = network.node_names()
    return {str(row.uid): words.answer(row, names) for row in rows}


def of_the_room(desk: Desk, told: Told, device: str, *, is_sure: bool) -> Told:
    """Do what is the room's own at the hour it was done; what cannot be is said, and stays to be read on the phone."""
    try:
        act = act_of(desk, told, device, is_sure=is_sure)
        if act is None:
            return sent.answer("stop", _("Its place or time is not sure. Tell the branch."))
        return sent.WAYS[told["act"]](desk, act, told)
    except DomainError as refusal:
        return sent.answer("stop", str(refusal))
    except (KeyError, ValueError):
        return sent.answer("stop", _("The server could not read it. Show it to the branch."))


def act_of(desk: Desk, told: Told, device: str, *, is_sure: bool) -> Act | None:
    """Return the act as it happened; None at a place that they do not keep, and for a time that cannot be."""
    now, at = clock.now(), happened_at(told)
    try:
        room = network.node_by_code(str(told.get("node", ""))).id
    except NotFound:
        return None
    is_plausible = at is not None and now - LONGEST_BACK < at < now + CLOCKS_AGREE
    if at is None or not (is_sure and is_plausible and desk.may(Right.KEEP_ROOM, room)):
        return None
    own = desk.act(key=str(told["uuid"]))
    return replace(own, at=min(at, now), told_at=now, node=room, channel=Channel.OFFLINE, device=device[:40])


def happened_at(told: Told) -> datetime | None:
    """Return when the phone says that it was, its clock put right."""
    at, offset = parse_datetime(str(told.get("at", ""))), told.get("offset", 0)
    if at is None or at.tzinfo is None or type(offset) not in {int, float} or abs(offset) > LARGEST_OFFSET:
        return None
    return at + timedelta(milliseconds=offset)
