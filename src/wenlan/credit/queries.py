"""Reads of accounts, points and rules."""

from collections.abc import Collection
from datetime import date

from django.db.models import Max

from wenlan.credit import rulebook, statements
from wenlan.credit.errors import EntryUnknown
from wenlan.credit.external.types import GuaranteeState
from wenlan.credit.models import Guarantee, PointEntry, Rule
from wenlan.credit.rulebook import rule_view
from wenlan.credit.types import AccountView, PointLine, RuleView
from wenlan.kernel.errors import NotFound
from wenlan.patrons.errors import PatronUnknown


def account(patron: int, on: date) -> AccountView:
    """Return a reader's account; who has no points yet has those of the start. Raises PatronUnknown."""
    row = statements.read(patron, lock=False)
    if row is None:
        raise PatronUnknown(what=patron)
    rule = rulebook.current(row.policies).rule_for(home_node=row.home_node, category=row.category, on=on)
    points = row.points
    if points is None and rule is not None:
        points = rule.start_points
    return AccountView(
        patron=patron,
        points=points,
        owed_fen=row.owed_fen,
        deposit_fen=row.deposit_fen,
        rule=rule,
        guarantee=guarantee_of(patron) if rule is not None and rule.deposit_fen else "",
    )


def guarantee_of(patron: int) -> str:
    """Return the outside credit that stands for a reader's deposit, '' when none does."""
    rows = Guarantee.objects.filter(patron=patron, state=GuaranteeState.IN_FORCE)
    return rows.values_list("provider", flat=True).first() or ""


def points(patron: int, *, before: int | None = None, limit: int = 50) -> tuple[PointLine, ...]:
    """Return a reader's lines of points, the latest first (one statement); `before` is the last id seen."""
    rows = PointEntry.objects.filter(patron=patron).select_related("reversed_by")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return tuple(point_line(row) for row in rows.order_by("-id")[:limit])


def entry(patron: int, entry_id: int) -> PointLine:
    """Return one line of a reader. Raises EntryUnknown, also for another reader's line."""
    row = PointEntry.objects.filter(pk=entry_id, patron=patron).first()
    if row is None:
        raise EntryUnknown(what=str(entry_id))
    return point_line(row)


def point_line(row: PointEntry) -> PointLine:
    """Return the public side of a line."""
    return PointLine(
        id=row.pk,
        at=row.at,
        day=row.day,
        node=row.node_id,
        operator=row.operator,
        cause=row.cause,
        points=row.points,
        balance=row.balance,
        waived=row.waived,
        reason=row.reason,
        rule=row.rule_id,
        amnesty=row.amnesty_id,
        is_reversed=hasattr(row, "reversed_by"),
    )


def last_deducted(limit: int) -> tuple[int, ...]:
    """Return the readers who lost points last, at most `limit` (one statement)."""
    rows = PointEntry.objects.filter(points__lt=0).values_list("patron").annotate(last=Max("id")).order_by("-last")
    return tuple(patron for patron, _last in rows[:limit])


def rules(on: date, nodes: Collection[int] | None = None) -> tuple[RuleView, ...]:
    """Return the rules in force on a day or to come (default: of every place)."""
    rows = [rule for rule in rulebook.current().rules if rule.until_day is None or on < rule.until_day]
    return tuple(rule for rule in rows if nodes is None or rule.node in nodes)


def versions(code: str) -> tuple[RuleView, ...]:
    """Return all versions of a rule, the latest first."""
    return tuple(rule_view(row) for row in Rule.objects.filter(code=code).order_by("-id"))


def rule(rule_id: int) -> RuleView:
    """Return one version of a rule. Raises NotFound."""
    row = Rule.objects.filter(pk=rule_id).first()
    if row is None:
        raise NotFound(what=str(rule_id))
    return rule_view(row)


def rewards(*, home_node: int, category: int, event: str, version: int, on: date) -> bool:
    """Return whether a rule moves points for an event, without a statement when the version is known: for hot acts."""
    found = rulebook.current(version).rule_for(home_node=home_node, category=category, on=on)
    return found is not None and event in found.points
