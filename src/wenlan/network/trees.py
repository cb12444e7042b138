"""The whole dated tree in memory, read once per version."""

import threading
import time as clockwork
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TypeVar

from django.db import transaction

from wenlan.jobs import queries as jobs
from wenlan.kernel.errors import NotFound
from wenlan.network.models import ClosedPeriod, Department, Node, NodeState, OpeningHours, Placement
from wenlan.network.types import DepartmentView, NodeStatus, NodeView

VERSION = "tree"
CHECK_SECONDS = 1.0  # how old a process' copy may be; an act that decides on it brings the version along
FAR_AHEAD = date.max

Row = TypeVar("Row", NodeState, Placement)


@dataclass(frozen=True, slots=True)
class Opening:
    """One row of the opening hours."""

    weekday: int
    opens: time
    closes: time
    from_day: date
    until_day: date

    def holds_on(self, day: date) -> bool:
        """Return whether this opening is in force on the day."""
        return self.from_day <= day < self.until_day and self.weekday == day.weekday()


@dataclass(slots=True)
class Tree:
    """All nodes with their dated states and parents, departments, hours and closures."""

    version: int
    root: int | None = None
    ids_by_code: dict[str, int] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    is_demo: dict[int, bool] = field(default_factory=dict)
    states: dict[int, list[NodeState]] = field(default_factory=lambda: defaultdict(list))
    parents: dict[int, list[Placement]] = field(default_factory=lambda: defaultdict(list))
    placed: dict[int, list[Placement]] = field(default_factory=lambda: defaultdict(list))
    departments: dict[int, DepartmentView] = field(default_factory=dict)
    hours: dict[int, list[Opening]] = field(default_factory=lambda: defaultdict(list))
    closed: dict[int, list[ClosedPeriod]] = field(default_factory=lambda: defaultdict(list))
    _ancestors: dict[tuple[int, date], tuple[int, ...]] = field(default_factory=dict)
    _subtrees: dict[tuple[int, date], frozenset[int]] = field(default_factory=dict)

    def view(self, node_id: int, on: date | None = None) -> NodeView:
        """Return the node as it stood. Raises NotFound for a node that never was or not yet."""
        state = holding(self.states.get(node_id, ()), on)
        if state is None:
            raise NotFound(what=str(node_id))
        return NodeView(
            id=node_id,
            code=self.codes[node_id],
            names=state.names,
            kind=state.kind,
            status=state.status,
            parent=self.parent(node_id, on),
            statistical_unit=state.statistical_unit,
            is_demo=self.is_demo[node_id],
        )

    def names_then(self, node_id: int, on: date) -> Mapping[str, str]:
        """Return the names of the day; of a node that was not in the tree yet, or no more, those nearest in time."""
        states = self.states.get(node_id, [])
        state = holding(states, on) or min(states, key=lambda row: abs((row.from_day - on).days), default=None)
        return state.names if state else {}

    def parent(self, node_id: int, on: date | None) -> int | None:
        """Return under which node this one stood; None for the root."""
        placement = holding(self.parents.get(node_id, ()), on)
        return placement.parent_id if placement else None

    def ancestors(self, node_id: int, on: date | None) -> tuple[int, ...]:
        """Return the way up, the node first."""
        key = (node_id, on or FAR_AHEAD)
        if key not in self._ancestors:
            way = [node_id]
            while (above := self.parent(way[-1], on)) is not None:
                way.append(above)
            self._ancestors[key] = tuple(way)
        return self._ancestors[key]

    def standing_in(self, node_id: int, on: date) -> int:
        """Return the node, or for one that is closed for good the nearest above it that is not."""
        way = self.ancestors(node_id, on)
        for place in way:
            state = holding(self.states.get(place, ()), on)
            if state is not None and state.status != NodeStatus.CLOSED:
                return place
        return way[-1]

    def children(self, node_id: int, on: date | None) -> list[int]:
        """Return the nodes directly under this one, in the order they were opened."""
        return [row.node_id for row in self.placed.get(node_id, ()) if holds(row, on)]

    def walk(self, on: date | None, start: int | None = None) -> Iterator[int]:
        """Yield node ids from the root (or `start`) down, parents before children."""
        first = self.root if start is None else start
        waiting = [] if first is None or holding(self.states.get(first, ()), on) is None else [first]
        while waiting:
            node_id = waiting.pop(0)
            yield node_id
            waiting.extend(child for child in self.children(node_id, on))

    def subtree(self, node_id: int, on: date | None) -> frozenset[int]:
        """Return a node and all under it."""
        key = (node_id, on or FAR_AHEAD)
        if key not in self._subtrees:
            self._subtrees[key] = frozenset(self.walk(on, node_id))
        return self._subtrees[key]

    def hours_in_force(self, node_id: int, day: date) -> list[Opening]:
        """Return the hours of the node, else of the nearest above that has any on the day."""
        for place in self.ancestors(node_id, day):
            found = [row for row in self.hours.get(place, ()) if row.from_day <= day < row.until_day]
            if found:
                return found
        return []

    def openings(self, node_id: int, day: date) -> tuple[tuple[time, time], ...]:
        """Return the openings of the day in order."""
        if self.is_closed(node_id, day):
            return ()
        found = [row for row in self.hours_in_force(node_id, day) if row.holds_on(day)]
        return tuple(sorted((row.opens, row.closes) for row in found))

    def is_closed(self, node_id: int, day: date) -> bool:
        """Return whether a closure of the node or of any above covers the day."""
        places = self.ancestors(node_id, day)
        return any(row.start <= day < row.end for place in places for row in self.closed.get(place, ()))

    def is_open(self, node_id: int, day: date) -> bool:
        """Return whether readers are served there on the day."""
        if self.is_closed(node_id, day):
            return False
        hours = self.hours_in_force(node_id, day)
        return not hours or any(row.weekday == day.weekday() for row in hours)

    def hours_a_week(self, node_id: int, on: date) -> float:
        """Return the regular hours of a week."""
        rows = self.hours_in_force(node_id, on)
        return sum((span_of(row.opens, row.closes) for row in rows), start=0.0)

    def closures(self, node_id: int, start: date, end: date) -> tuple[tuple[date, date, Mapping[str, str]], ...]:
        """Return the closed periods that touch the span, for the node or above."""
        places = self.ancestors(node_id, None)
        rows = (row for place in places for row in self.closed.get(place, ()))
        return tuple(sorted((row.start, row.end, row.reason) for row in rows if row.start < end and row.end > start))


def span_of(opens: time, closes: time) -> float:
    """Return the hours between two times of one day."""
    day = date(2000, 1, 1)
    return (datetime.combine(day, closes) - datetime.combine(day, opens)).total_seconds() / 3600


def holds(row: NodeState | Placement, on: date | None) -> bool:
    """Return whether a dated row holds on the day; without a day, whether it holds still."""
    if on is None:
        return row.until_day is None
    return row.from_day <= on and (row.until_day is None or on < row.until_day)


def holding(rows: Iterable[Row], on: date | None) -> Row | None:
    """Return the row that holds on the day."""
    return next((row for row in rows if holds(row, on)), None)


class Copy:
    """This process' copy of the tree and when it was last compared with the database."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.tree: Tree | None = None
        self.checked_at = 0.0


class Changing(threading.local):
    """A copy for the thread whose open transaction changes the tree: nobody else may see it before the commit."""

    has_changed = False
    tree: Tree | None = None
    changes = 0


_copy = Copy()
_changing = Changing()


def current(version: int | None = None) -> Tree:
    """Return the tree; reads it when this process has none or an older one.

    With `version` (fetched by the caller's own statement) no statement is needed while it is unchanged;
    otherwise the version is compared at most every `CHECK_SECONDS`.
    """
    if _changing.has_changed and (changes := changes_to_come()):
        return changed_tree(changes)
    held = _copy.tree
    if held is not None and version is None and clockwork.monotonic() - _copy.checked_at < CHECK_SECONDS:
        return held
    wanted = jobs.version(VERSION) if version is None else version
    with _copy.lock:
        if _copy.tree is None or _copy.tree.version != wanted:
            _copy.tree = read(wanted)
        _copy.checked_at = clockwork.monotonic()
        return _copy.tree


def changed_tree(changes: int) -> Tree:
    """Return the tree as this thread's transaction left it, read again after each change of it."""
    if _changing.tree is None or _changing.changes != changes:
        _changing.tree, _changing.changes = read(jobs.version(VERSION)), changes
    return _changing.tree


def changes_to_come() -> int:
    """Return how many changes of this thread's transaction are not committed; those rolled back are none."""
    waiting = sum(entry[1] is forget for entry in transaction.get_connection().run_on_commit)
    _changing.has_changed = waiting > 0
    return waiting


def change() -> None:
    """Note a change in the present transaction: its own questions see it at once, all others after the commit."""
    _changing.has_changed, _changing.tree = True, None
    transaction.on_commit(forget)


def forget() -> None:
    """Make the next question read the tree anew."""
    _changing.tree = None
    with _copy.lock:
        _copy.tree = None


def read(version: int) -> Tree:
    """Read the whole tree (six statements)."""
    tree = Tree(version=version)
    for node in Node.objects.order_by("id"):
        tree.ids_by_code[node.code] = node.pk
        tree.codes[node.pk] = node.code
        tree.is_demo[node.pk] = node.is_demo
    for state in NodeState.objects.order_by("node_id", "-from_day"):
        tree.states[state.node_id].append(state)
    for placement in Placement.objects.order_by("-from_day", "node_id"):
        tree.parents[placement.node_id].append(placement)
    for placement in Placement.objects.order_by("node_id"):
        tree.placed[placement.parent_id].append(placement)
    tree.root = next((node_id for node_id in tree.states if node_id not in tree.parents), None)
    for row in Department.objects.order_by("id"):
        tree.departments[row.pk] = DepartmentView(
            id=row.pk, code=row.code, names=row.names, kind=row.kind, node=row.node_id
        )
    for hours in OpeningHours.objects.order_by("node_id", "weekday", "opens"):
        tree.hours[hours.node_id].append(
            Opening(hours.weekday, hours.opens, hours.closes, hours.from_day, hours.until_day or FAR_AHEAD)
        )
    for closed in ClosedPeriod.objects.order_by("start"):
        tree.closed[closed.node_id].append(closed)
    return tree
