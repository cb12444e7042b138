"""What happens to a reader's account: ends of loans, good conduct, corrections; and the rules.

Circulation calls `after_return`, `after_loss`, `after_damage` and `take_back` in the transaction of its own act, when
it has locked the reader's row. Reviews, amnesties, money and the till have operations of their own beside this module.
"""

from django.db import transaction

from wenlan.credit import accounts, ends, policies, rulebook
from wenlan.credit.accounts import locked
from wenlan.credit.errors import NoPointsKept, ReasonMissing, RuleContradicts
from wenlan.credit.models import PointEntry, Rule
from wenlan.credit.queries import point_line
from wenlan.credit.rulebook import rule_view
from wenlan.credit.statements import without_points
from wenlan.credit.types import (
    NOTHING_FOLLOWS,
    Cause,
    ChargeKind,
    Consequence,
    EndedItem,
    Event,
    NewRule,
    PointLine,
    RuleView,
)
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.network import queries as network
from wenlan.staff.operations import audit


@transaction.atomic
def after_return(act: Act, *, patron: int, source: str, days_late: int, item: EndedItem) -> Consequence:
    """Let a return have its consequences by the rule of the reader's home library and category: points, a stopped card,
    an overdue charge; inside an amnesty nothing but a line that says what was spared, and the start value again.

    `source` is the return's own key in the service ledger (`return:<uid>`); `days_late` are the open days of the place
    of return. Joins the caller's transaction; locks the reader's row, so call it before any item is locked or after the
    reader was. Costs one statement when nothing follows. Repeating a `source` returns what followed the first time. A
    return in time is worth calling only where a rule rewards it (`queries.rewards`). Raises PatronUnknown.
    """
    account = locked(act, patron)
    if account.rule is None:
        return NOTHING_FOLLOWS
    if days_late < 1:
        return ends.reward(act, account, Event.ON_TIME, source=source)
    return ends.late(act, account, source=source, days_late=days_late, item=item)


@transaction.atomic
def after_loss(act: Act, *, patron: int, source: str, item: EndedItem) -> Consequence:
    """Charge what a lost item costs by the rule, and deduct its points; `source` is as `loss:<uid>`."""
    account = locked(act, patron)
    if account.rule is None:
        return NOTHING_FOLLOWS
    terms = account.rule.compensation
    sum_fen = policies.compensation_fen(
        terms, price_fen=item.price_fen, set_price_fen=item.set_price_fen, published=item.published
    )
    return ends.harm(act, account, Event.LOSS, kind=ChargeKind.LOSS, sum_fen=sum_fen, source=source, item=item)


@transaction.atomic
def after_damage(act: Act, *, patron: int, source: str, item: EndedItem, sum_fen: int = 0) -> Consequence:
    """Deduct the points of a damage, and charge `sum_fen` that the desk set for it. `source` as `damage:<uid>`."""
    account = locked(act, patron)
    if account.rule is None:
        return NOTHING_FOLLOWS
    return ends.harm(act, account, Event.DAMAGE, kind=ChargeKind.DAMAGE, sum_fen=sum_fen, source=source, item=item)


@transaction.atomic
def earn(act: Act, *, patron: int, event: str, source: str, units: int = 1) -> Consequence:
    """Move points for good or bad conduct that is no return: a loan, an activity attended or missed, hours of help.

    Nothing follows where no rule says so. Repeating a `source` returns what followed the first time.
    """
    account = locked(act, patron)
    return ends.reward(act, account, Event(event), source=source, units=units)


@transaction.atomic
def take_back(act: Act, *, source: str) -> int:
    """Undo what followed the act with this `source`: points, the stopped card, the charge as far as it is not paid.

    Returns how many lines were reversed; a second time none. Locks the reader's row.
    """
    return ends.undo(act, source=source)


@transaction.atomic
def correct(act: Act, *, patron: int, points: int, reason: str) -> PointLine:
    """Give (or take, negative) points by hand, for a reason the reader will see; never below nothing.

    Raises ReasonMissing, NoPointsKept. Repeating `act.key` returns the first line.
    """
    if not reason.strip():
        raise ReasonMissing()
    if done := PointEntry.objects.filter(key=f"correct:{act.key}").first():
        return point_line(done)
    account = locked(act, patron)
    if not account.keeps_points:
        raise NoPointsKept()
    accounts.open_points(act, account)
    before = account.points or 0
    change = policies.within(before, points, None)
    entry = accounts.write(act, account, Cause.CORRECTED, change, key=f"correct:{act.key}", reason=reason.strip()[:200])
    audit(act, "credit.correct", f"patron:{patron}", before={"points": before}, after={"points": account.points},
          reason=reason)  # fmt: skip
    accounts.tell(
        account, "credit_changed", key=str(entry.pk), points=change, balance=account.points, cause=entry.cause
    )
    return point_line(entry)


@transaction.atomic
def set_rule(act: Act, *, rule: NewRule) -> RuleView:
    """Make a rule, or a new version of the one with the same code, from its day on; what was done stays as it was done.

    Raises RuleContradicts.
    """
    last = Rule.objects.select_for_update().filter(code=rule.code, until_day=None).first()
    if policies.contradicts(rule) or (last is not None and last.from_day > rule.from_day):
        raise RuleContradicts()
    if last is not None:
        Rule.objects.filter(pk=last.pk).update(until_day=rule.from_day)
    row = Rule.objects.create(**rulebook.kept(rule))
    jobs.bump(rulebook.VERSION)
    rulebook.forget()
    before = {"version": last.pk} if last else None
    audit(act, "credit.rule", f"rule:{rule.code}", before=before, after={"version": row.pk})
    return rule_view(row)


@transaction.atomic
def open_accounts(act: Act, *, after: int = 0, limit: int = 500) -> tuple[int, int]:
    """Give starting points to readers whose rule keeps points and who have none; returns (how many, last id seen).

    Small steps: call again with the last id until it is 0.
    """
    book = rulebook.current()
    nodes = {
        node for rule in book.rules if rule.start_points is not None for node in network.subtree(rule.node, act.day)
    }
    ids = without_points(after=after, nodes=sorted(nodes), categories=sorted(book.categories), limit=limit)
    opened = 0
    for patron in ids:
        account = locked(act, patron)
        if account.points is None:
            accounts.open_points(act, account)
            opened += account.points is not None
    return opened, ids[-1] if len(ids) == limit else 0


@transaction.atomic
def restore_due(act: Act, *, after: int = 0, limit: int = 200) -> tuple[int, int]:
    """Give points back to readers who had no deduction for as long as their rule says; returns (how many, last id).

    Repeating it on one day restores nothing twice. Call again with the last id until it is 0.
    """
    return ends.restore(act, after=after, limit=limit)
