"""Signing a room in and out."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from wenlan.facilities.openings import errors, policies, queries
from wenlan.facilities.openings.models import Opening
from wenlan.facilities.openings.types import NoPosition, OpeningView, Position
from wenlan.kernel.acts import Act
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.network import operations as network

OPENED = Kind.PLACE_OPENED
DAY, MINUTES = "day", "minutes"
FINEST = 5  # decimals of a degree: a metre


@transaction.atomic
def open_room(act: Act, *, position: Position | None = None, no_position: str = "") -> OpeningView:
    """Open the act's place: the day counts as open (开放天数) from now on.

    Without a position it needs the reason (`NoPosition`). Raises PositionMissing, OpenAlready, and NotClosed when an
    earlier day was never signed out. Repeating `act.key` returns the first answer. Locks the place's row.
    """
    network.lock_node(act.node)
    if before := Opening.objects.filter(key=act.key).first():
        return queries.opening_view(before)
    if position is None and no_position not in NoPosition.values:
        raise errors.PositionMissing()
    _refuse_standing(act)
    row = Opening.objects.create(
        node_id=act.node,
        day=act.day,
        opened_at=act.at,
        by=act.operator,
        key=act.key,
        no_position="" if position else no_position,
        metres_off=_metres_off(act.node, position),
        **_place(position),
    )
    ledger.record(act, OPENED, subject=DAY, source=f"open-day:{act.node}:{act.day}")
    return queries.opening_view(row)


@transaction.atomic
def close_room(act: Act, *, told_at: datetime | None = None) -> OpeningView:
    """Close the act's place, and count how long it was open (开放时长).

    `told_at` is for an opening that was never signed out: the hour on its day that somebody remembers; it is marked.
    Raises NotOpen and ClosingWrong. Repeating `act.key` returns the first answer. Locks the place's row.
    """
    network.lock_node(act.node)
    if before := Opening.objects.filter(closed_key=act.key).first():
        return queries.opening_view(before)
    row = Opening.objects.filter(node=act.node, closed_at=None).first()
    if row is None:
        raise errors.NotOpen()
    at = told_at or act.at
    if not policies.is_closing_sound(row.opened_at, at, now=act.at, same_day=_local(at).date() == row.day):
        raise errors.ClosingWrong(time=f"{_local(row.opened_at):%m-%d %H:%M}")
    row.closed_at, row.closed_by, row.closed_key, row.is_told = at, act.operator, act.key, told_at is not None
    row.save(update_fields=["closed_at", "closed_by", "closed_key", "is_told"])
    closed = queries.opening_view(row)
    if closed.minutes:
        source = f"opening:{row.uid}"
        told = row.is_told
        ledger.record(act, OPENED, subject=MINUTES, quantity=closed.minutes, day=row.day, estimated=told, source=source)
    return closed


def _refuse_standing(act: Act) -> None:
    standing = queries.standing(act.node)
    if standing is None:
        return
    if standing.day == act.day:
        raise errors.OpenAlready(time=f"{_local(standing.opened_at):%H:%M}")
    raise errors.NotClosed(day=standing.day)


def _metres_off(node: int, position: Position | None) -> int | None:
    usual = queries.usual_place(node) if position else None
    return policies.metres_between(usual, (position.latitude, position.longitude)) if usual and position else None


def _place(position: Position | None) -> dict[str, float | int | None]:
    if position is None:
        return {}
    return {
        "latitude": round(position.latitude, FINEST),
        "longitude": round(position.longitude, FINEST),
        "accuracy_m": position.accuracy_m,
    }


def _local(at: datetime) -> datetime:
    return timezone.localtime(at, timezone.get_default_timezone())
