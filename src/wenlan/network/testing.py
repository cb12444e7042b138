"""Factories for places of the network."""

from datetime import date, time
from itertools import count

from wenlan.network import operations
from wenlan.network.types import DepartmentKind, DepartmentView, NodeFacts, NodeKind, NodeView

LONG_AGO = date(2015, 1, 1)
_numbers = count(1)


def make_node(
    code: str = "", *, parent: int | None = None, kind: NodeKind = NodeKind.BRANCH, since: date = LONG_AGO
) -> NodeView:
    """Open a node; without a code it gets one of its own."""
    code = code or f"X{next(_numbers)}"
    names = {"zh": f"{code}分馆", "en": f"Branch {code}"}
    return operations.open_node(None, NodeFacts(code=code, names=names, kind=kind, parent=parent, since=since))


def make_network(*codes: str) -> tuple[NodeView, ...]:
    """Open a network `N` with the named branches directly under it; returns the root first."""
    root = make_node("N", kind=NodeKind.NETWORK)
    return root, *(make_node(code, parent=root.id) for code in codes)


def make_department(node: int, code: str = "", *, kind: DepartmentKind = DepartmentKind.LOAN_DESK) -> DepartmentView:
    """Open a department of a node."""
    code = code or f"D{next(_numbers)}"
    return operations.add_department(None, node=node, code=code, names={"zh": f"{code}处"}, kind=kind, since=LONG_AGO)


def open_every_day(node: int, *weekdays: int) -> None:
    """Let a node be open from nine to five on the weekdays (default: all; 0 = Monday)."""
    week = {weekday: [(time(9), time(17))] for weekday in (weekdays or range(7))}
    operations.set_hours(None, node=node, week=week, since=LONG_AGO)
