"""The rules of points and money as pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wenlan.credit.types import CompensationTerms, NewRule, PointRule, Reminder, RuleView

FEN = 100


def best_rule(rules: Sequence[RuleView], *, way_up: Sequence[int], category: str, on: date) -> RuleView | None:
    """Return the rule in force for readers of a place: the nearest place first, then the category.

    `way_up` leads from the reader's home library to the root.
    """
    height = {node: steps for steps, node in enumerate(way_up)}
    fitting = [
        rule
        for rule in rules
        if rule.node in height
        and rule.category in {"", category}
        and rule.from_day <= on
        and (rule.until_day is None or on < rule.until_day)
    ]
    return min(fitting, key=lambda rule: (height[rule.node], not rule.category, -rule.id), default=None)


def counted_days(days_late: int, grace_days: int) -> int:
    """Return how many days late count after the days of grace."""
    return max(days_late - grace_days, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenSoFar:
    """How many points (without sign) an event has moved today and this month already."""

    day: int = 0
    month: int = 0


def points_of(rule: PointRule, *, units: int, so_far: GivenSoFar) -> int:
    """Return by how many points an event of so many units moves a balance, within the limits of its rule."""
    moved = abs(rule.points) * units
    if rule.most_each:
        moved = min(moved, rule.most_each)
    if rule.most_a_day:
        moved = min(moved, max(rule.most_a_day - so_far.day, 0))
    if rule.most_a_month:
        moved = min(moved, max(rule.most_a_month - so_far.month, 0))
    return -moved if rule.points < 0 else moved


def within(balance: int, change: int, most: int | None) -> int:
    """Return the change as far as the balance stays from 0 to `most`; one already above is not lowered by a gain."""
    if change < 0:
        return max(change, -balance)
    return change if most is None else max(min(change, most - balance), 0)


def late_charge_fen(*, days: int, a_day_fen: int, cap_fen: int | None, price_fen: int | None) -> int:
    """Return the overdue charge of a volume: a sum for each day, up to the cap, and never above its price."""
    limits = [limit for limit in (cap_fen, price_fen) if limit is not None]
    return min([days * a_day_fen, *limits])


def suspension(*, days: int, a_day: int, cap: int | None) -> int:
    """Return for how many days the card is stopped."""
    return days * a_day if cap is None else min(days * a_day, cap)


def suspended_until(*, on: date, days: int, before: date | None) -> date:
    """Return the last day without lending; one suspension begins after the other."""
    start = on if before is None or before < on else before
    return start + timedelta(days=days)


def compensation_fen(
    terms: CompensationTerms, *, price_fen: int | None, set_price_fen: int | None, published: int | None
) -> int:
    """Return what a lost item costs: its price (the set's where sets count) by year of publication, or the least."""
    price = set_price_fen if terms.by_set and set_price_fen is not None else price_fen
    percent = terms.factors[0][1]
    for since, at in terms.factors:
        if published is not None and published >= since:
            percent = at
    share = ((price or 0) * percent + FEN // 2) // FEN
    return max(share, terms.least_fen) + terms.handling_fen


def restored(*, balance: int, start: int, step: int) -> int:
    """Return how many points come back after a time without deductions: never above the start."""
    return max(min(step, start - balance), 0)


def step_due(reminders: Sequence[Reminder], *, days: int) -> Reminder | None:
    """Return the latest step of dunning that an item has reached, `days` after its due date (negative: before)."""
    reached = [step for step in reminders if step.days <= days]
    return max(reached, key=lambda step: step.days, default=None)


def contradicts(rule: NewRule) -> bool:
    """Return whether a rule says what cannot be: less than nothing, a start above the most, factors out of order."""
    sums = (rule.charge_fen, rule.charge_cap_fen or 0, rule.deposit_fen, rule.compensation.handling_fen)
    lengths = (rule.grace_days, rule.suspend_days, rule.suspend_cap_days or 0, rule.restore_points, rule.restore_days)
    years = [since for since, _percent in rule.compensation.factors]
    start, most = rule.start_points, rule.most_points
    return (
        min((*sums, *lengths, rule.compensation.least_fen, start or 0)) < 0
        or (start is not None and most is not None and most < start)
        or (start is None and bool(rule.points))
        or bool(rule.restore_points) != bool(rule.restore_days)
        or not years
        or years != sorted(set(years))
        or any(percent < 0 for _since, percent in rule.compensation.factors)
    )
