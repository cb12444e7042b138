"""The rules and the amnesties in force, kept in each process and read again when their version moves.

The version is that of all policies; the statement that locks the reader brings it along.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenlan.credit import policies
from wenlan.credit.models import Amnesty, Rule
from wenlan.credit.types import CompensationTerms, PointRule, Reminder, RuleView
from wenlan.jobs import queries as jobs
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.patrons.types import CategoryView

VERSION = "policies"


@dataclass(frozen=True, slots=True)
class OpenAmnesty:
    """An approved amnesty as a return meets it."""

    id: int
    node: int
    from_day: date
    until_day: date
    restores: bool
    waives_charges: bool

    def covers(self, node: int, on: date) -> bool:
        """Return whether it holds for readers of a home library on the day."""
        return self.from_day <= on < self.until_day and self.node in network.ancestors(node, on)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All versions of all rules, the categories of readers, and the approved amnesties."""

    version: int
    rules: tuple[RuleView, ...]
    categories: Mapping[int, CategoryView]
    amnesties: tuple[OpenAmnesty, ...]

    def rule_for(self, *, home_node: int, category: int, on: date) -> RuleView | None:
        """Return the rule for readers of a home library and category on the day."""
        code = self.categories[category].code if category in self.categories else ""
        return policies.best_rule(self.rules, way_up=network.ancestors(home_node, on), category=code, on=on)

    def amnesty_for(self, *, home_node: int, on: date) -> OpenAmnesty | None:
        """Return the amnesty that holds for readers of a home library on the day."""
        return next((found for found in self.amnesties if found.covers(home_node, on)), None)


class _Copy:
    """This process' copy."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.book: Rulebook | None = None


_copy = _Copy()


def current(version: int | None = None) -> Rulebook:
    """Return the rules of a version that the caller's own statement fetched (default: asked for)."""
    wanted = jobs.version(VERSION) if version is None else version
    book = _copy.book
    if book is not None and book.version == wanted:
        return book
    with _copy.lock:
        if _copy.book is None or _copy.book.version != wanted:
            _copy.book = read(wanted)
        return _copy.book


def forget() -> None:
    """Make the next act read the rules anew."""
    with _copy.lock:
        _copy.book = None


def read(version: int) -> Rulebook:
    """Read rules, categories and amnesties (three statements)."""
    approved = Amnesty.objects.filter(approved_at__isnull=False).order_by("id")
    return Rulebook(
        version=version,
        rules=tuple(rule_view(row) for row in Rule.objects.order_by("id")),
        categories={category.id: category for category in patrons.categories()},
        amnesties=tuple(
            OpenAmnesty(row.pk, row.node_id, row.from_day, row.until_day, row.restores, row.waives_charges)
            for row in approved
        ),
    )


def rule_view(row: Rule) -> RuleView:
    """Return the public side of a rule."""
    return RuleView(
        id=row.pk,
        code=row.code,
        words=row.words,
        node=row.node_id,
        category=row.category,
        from_day=row.from_day,
        until_day=row.until_day,
        start_points=row.start_points,
        most_points=row.most_points,
        points={event: point_rule(values) for event, values in row.points.items()},
        restore_points=row.restore_points,
        restore_days=row.restore_days,
        grace_days=row.grace_days,
        charge_fen=row.charge_fen,
        charge_cap_fen=row.charge_cap_fen,
        suspend_days=row.suspend_days,
        suspend_cap_days=row.suspend_cap_days,
        deposit_fen=row.deposit_fen,
        compensation=compensation_terms(row.compensation),
        refund_days=row.refund_days,
        reminders=tuple(Reminder(days=days, how=how) for days, how in row.reminders),
    )


def point_rule(values: list[int]) -> PointRule:
    """Return how an event moves points, as it is kept: [points, most each, most a day, most a month]."""
    points, each, a_day, a_month = values
    return PointRule(points=points, most_each=each, most_a_day=a_day, most_a_month=a_month)


def compensation_terms(kept: Mapping[str, Any]) -> CompensationTerms:
    """Return the terms of compensation as they are kept."""
    if not kept:
        return CompensationTerms()
    return CompensationTerms(
        factors=tuple((since, percent) for since, percent in kept["factors"]),
        by_set=kept["by_set"],
        handling_fen=kept["handling_fen"],
        least_fen=kept["least_fen"],
    )


def kept(rule: Any) -> dict[str, Any]:
    """Return the columns of a rule (a `NewRule`) as its table keeps them."""
    terms: CompensationTerms = rule.compensation
    plain = (
        "code", "category", "from_day", "start_points", "most_points", "restore_points", "restore_days", "grace_days",
        "charge_fen", "charge_cap_fen", "suspend_days", "suspend_cap_days", "deposit_fen", "refund_days",
    )  # fmt: skip
    return {name: getattr(rule, name) for name in plain} | {
        "words": dict(rule.words),
        "node_id": rule.node,
        "points": {
            event: [one.points, one.most_each, one.most_a_day, one.most_a_month] for event, one in rule.points.items()
        },
        "compensation": {
            "factors": [list(factor) for factor in terms.factors],
            "by_set": terms.by_set,
            "handling_fen": terms.handling_fen,
            "least_fen": terms.least_fen,
        },
        "reminders": [[step.days, step.how] for step in rule.reminders],
    }
