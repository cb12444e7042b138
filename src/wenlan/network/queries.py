"""Reads of the tree and of the calendar.

The tree is small (thousands of rows) and asked all the time: each process keeps the whole of it and reads
it anew when its version has grown. `on` is a local day; without it the tree of the last known day.
"""

from collections.abc import Callable, Mapping
from datetime import date, time

from wenlan.kernel.errors import NotFound
from wenlan.network import trees
from wenlan.network.models import Node
from wenlan.network.types import DepartmentView, NodeView


def root_or_none() -> NodeView | None:
    """Return the network itself, or None before the installation has a tree."""
    tree = trees.current()
    return tree.view(tree.root) if tree.root is not None else None


def root() -> NodeView:
    """Return the network itself. Raises NotFound before the installation has a tree."""
    found = root_or_none()
    if found is None:
        raise NotFound(what="the network")
    return found


def is_demo() -> bool:
    """Return whether this installation is a demonstration: every page and document must say so."""
    found = root_or_none()
    return bool(found and found.is_demo)


def node(node_id: int, on: date | None = None) -> NodeView:
    """Return a node as it stood on a day. Raises NotFound."""
    return trees.current().view(node_id, on)


def node_by_code(code: str, on: date | None = None) -> NodeView:
    """Return a node by its immutable code. Raises NotFound."""
    tree = trees.current()
    node_id = tree.ids_by_code.get(code)
    if node_id is None:
        raise NotFound(what=code)
    return tree.view(node_id, on)


def nodes(on: date | None = None) -> tuple[NodeView, ...]:
    """Return every node that stands on the day, parents before children."""
    tree = trees.current()
    return tuple(tree.view(node_id, on) for node_id in tree.walk(on))


def subtree(node_id: int, on: date | None = None) -> frozenset[int]:
    """Return the ids of a node and of all under it on the day."""
    return trees.current().subtree(node_id, on)


def ancestors(node_id: int, on: date | None = None) -> tuple[int, ...]:
    """Return the ids from the node itself up to the root."""
    return trees.current().ancestors(node_id, on)


def children(node_id: int, on: date | None = None) -> tuple[NodeView, ...]:
    """Return the nodes directly under a node."""
    tree = trees.current()
    return tuple(tree.view(child, on) for child in tree.children(node_id, on))


def agency_of(node_id: int) -> str:
    """Return under which code a place signs its records: its ISIL, else the nearest above, else the root's code."""
    way_up = ancestors(node_id)
    codes = dict(Node.objects.filter(pk__in=way_up).values_list("pk", "isil"))
    return next((codes[one] for one in way_up if codes.get(one)), "") or node(way_up[-1]).code


def node_names(on: date | None = None) -> Mapping[int, str]:
    """Return the name of every node, in the language being spoken."""
    return {view.id: view.name for view in nodes(on)}


def departments(node_id: int | None = None) -> tuple[DepartmentView, ...]:
    """Return the departments of a node, or of the whole network."""
    found = trees.current().departments.values()
    return tuple(view for view in found if node_id is None or view.node == node_id)


def department(department_id: int) -> DepartmentView:
    """Return a department. Raises NotFound."""
    found = trees.current().departments.get(department_id)
    if found is None:
        raise NotFound(what=str(department_id))
    return found


def department_by_code(code: str) -> DepartmentView:
    """Return a department by its immutable code. Raises NotFound."""
    for view in trees.current().departments.values():
        if view.code == code:
            return view
    raise NotFound(what=code)


def opening_on(node_id: int, day: date) -> tuple[tuple[time, time], ...]:
    """Return the openings of a day in order; empty when the place is shut.

    A node without hours of its own keeps those of the nearest node above that has some.
    """
    return trees.current().openings(node_id, day)


def opened_on(node_id: int) -> date:
    """Return the day a node was opened. Raises NotFound."""
    states = trees.current().states.get(node_id)
    if not states:
        raise NotFound(what=str(node_id))
    return min(state.from_day for state in states)


def calendar_of(node_id: int) -> Callable[[date], bool]:
    """Return `is_open(day)` for a node. A node with no hours anywhere above counts as always open."""
    tree = trees.current()
    return lambda day: tree.is_open(node_id, day)


def hours_a_week(node_id: int, on: date) -> float:
    """Return the regular opening hours of a week in force on the day, closures aside."""
    return trees.current().hours_a_week(node_id, on)


def closures(node_id: int, start: date, end: date) -> tuple[tuple[date, date, Mapping[str, str]], ...]:
    """Return the closed periods that touch `[start, end)`, of the node or of any above it."""
    return trees.current().closures(node_id, start, end)
