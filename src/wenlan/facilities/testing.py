"""Factories for tests that need a place, a gate or a reading room."""

from datetime import UTC, date, datetime, time
from itertools import count

from django.apps import apps
from django.db.models import Sum

from wenlan.facilities import operations
from wenlan.facilities.types import Direction, GateView
from wenlan.kernel.acts import Act, Channel
from wenlan.network.testing import make_department, make_node
from wenlan.network.types import DepartmentKind, NodeKind

_numbers = count(1)


def make_library(code: str = "", *, parent: int | None = None) -> int:
    """Return the id of a library that has long stood; without `parent` it is the root."""
    return make_node(code, parent=parent, kind=NodeKind.LIBRARY if parent is None else NodeKind.BRANCH).id


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
    return make_department(node, code, kind=DepartmentKind.READING_ROOM).id


def counted(kind: str, **where: object) -> int:
    """Return the sum of the ledger's quantities of a kind, what was reversed taken off."""
    events = apps.get_model("ledger", "ServiceEvent").objects.filter(kind=kind, **where)
    return events.aggregate(sum=Sum("quantity"))["sum"] or 0
