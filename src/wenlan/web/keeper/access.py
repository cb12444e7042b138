"""Who may open the keeper's pages, and what all of them show."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.network.types import NodeKind
from wenlan.staff.desks import LOCKED, Desk
from wenlan.staff.types import Right

View = Callable[..., HttpResponse]
KEPT = (NodeKind.VILLAGE_ROOM, NodeKind.POINT, NodeKind.STUDY_ROOM)
LONGEST_KEY = 72
LONGEST_TEXT = 100


def keeps(view: View) -> View:
    """Let a page be opened by whoever keeps the room they sit at; strangers sign in on a page as light as this one."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect(f"{reverse('keeper:sign_in')}?{urlencode({'next': request.path})}")
        if request.session.get(LOCKED):
            return redirect(f"{reverse('staff:unlock')}?{urlencode({'next': request.path})}")
        if not request.desk.may(Right.KEEP_ROOM):
            return render(request, "ui/forbidden.html", {"right": Right.KEEP_ROOM.label}, status=403)
        return view(request, *args, **kwargs)

    guarded.rights = (Right.KEEP_ROOM,)  # as `staff.access.needs` says it
    return guarded


def page(request: HttpRequest, template: str, /, *, status: int = 200, **context: Any) -> HttpResponse:
    """Show a page of the keeper's, with the room's name and a fresh key for its form."""
    desk: Desk = request.desk
    shown = {
        "room": desk.place.name,
        "key": str(new_uid()),
        "may_move": len(rooms_kept(desk)) > 1,
        **context,
    }
    return render(request, f"web/keeper/{template}.html", shown, status=status)


def rooms_kept(desk: Desk) -> list[tuple[int, str]]:
    """Return the rooms that somebody may keep, by the tree's order; where they sit is always among them."""
    return [
        (one.id, one.name)
        for one in network.nodes()
        if one.id in desk.visible and (one.kind in KEPT or one.id == desk.node) and desk.may(Right.KEEP_ROOM, one.id)
    ]


def key_of(request: HttpRequest) -> str:
    """Return the key that the form brought: sent twice, it is done once. A form without one gets a new key."""
    sent = request.POST.get("key", "").strip()
    return sent if 0 < len(sent) <= LONGEST_KEY else str(new_uid())


def text(request: HttpRequest, name: str, most: int = LONGEST_TEXT) -> str:
    """Return a field of the form or the address, trimmed and cut."""
    found = request.POST.get(name) if request.method == "POST" else request.GET.get(name)
    return (found or "").strip()[:most]
