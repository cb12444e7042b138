"""Factories for tests that need a place, a gate or a reading room."""

from datetime import UTC, date, datetime, time
from itertools import count

from django.apps import apps
from django.db.models import Sum

from wenlan.facilities import operations
from wenlan.facilities.types import Direction, GateView
from wenlan.kernel.acts import Act, Channel
from wenlan.network import operations as network
from wenlan.network.types import DepartmentKind, NodeFacts, NodeKind

_numbers = count(1)


def make_library(code: str = "", *, parent: int | None = None) -> int:
    """Return the id of a library that has stood since 2015; without `parent` it is the root."""
    code = code or f"L{next(_numbers)}"
    kind = NodeKind.LIBRARY if parent is None else NodeKind.BRANCH
    facts = NodeFacts(code=code, names={"zh": code, "en": code}, kind=kind, parent=parent, since=date(2015, 1, 1))
    return network.open_node(None, facts).id


def make_act(node: int, day: date = date(2019, 3, 4), *, key: str = "", staff: int | None = 7) -> Act:
    """Return an act at 16:00 in China, with a key of its own unless one is given."""
    at = datetime.combine(day, time(8), UTC)
    return Act(at=at, node=node, channel=Channel.DESK, key=key or f"act-{next(_numbers)}", staff=staff)


def make_gate(node: int, code: str = "", *, direction: Direction = Direction.ONE_WAY) -> GateView:
    """Return a gate of the node in use since 2015."""
    code = code or f"G{next(_numbers)}"
    act = make_act(node, date(2015, 1, 1))
    return operations.add_gate(act, code=code, words={"zh": code, "en": code}, direction=direction)


def make_room(node: int, code: str = "") -> int:
    """Return the id of a reading room of the node."""
    code = code or f"R{next(_numbers)}"
    act = make_act(node, date(2015, 1, 1))
    room = network.add_department(
        act, node=node, code=code, names={"zh": code, "en": code}, kind=DepartmentKind.READING_ROOM, since=act.day
    )
    return room.id


def counted(kind: str, **where: object) -> int:
    """Return the sum of the ledger's quantities of a kind, what was reversed taken off."""
    events = apps.get_model("ledger", "ServiceEvent").objects.filter(kind=kind, **where)
    return events.aggregate(sum=Sum("quantity"))["sum"] or 0
