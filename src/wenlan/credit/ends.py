"""What follows the end of a loan or an event, on a locked account."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from wenlan.credit import accounts, policies, rulebook
from wenlan.credit.accounts import Account, locked
from wenlan.credit.models import Charge, PointEntry, Stop
from wenlan.credit.money import journal
from wenlan.credit.money.types import MoneyKind
from wenlan.credit.rulebook import OpenAmnesty
from wenlan.credit.statements import in_subtree
from wenlan.credit.types import Cause, ChargeKind, Consequence, EndedItem, Event, RuleView
from wenlan.kernel.acts import Act
from wenlan.network import queries as network
from wenlan.patrons import operations as patrons

LATE = Event.LATE.value


def late(act: Act, account: Account, *, source: str, days_late: int, item: EndedItem) -> Consequence:
    """Let a late return have its consequences; what was done under this source before is answered again."""
    rule = account.rule
    assert rule is not None
    days = policies.counted_days(days_late, rule.grace_days)
    if days == 0:
        return Consequence(balance=account.points)
    if done := answered(account, source):
        return done
    if account.amnesty is not None:
        return spared(act, account, account.amnesty, source=source, days=days, item=item)
    points = deduct(act, account, LATE, source=source, units=days, reason=said_of(days, item))
    until = stop(act, account, rule, source=source, days=days)
    charge = charge_late(act, account, rule, source=source, days=days, item=item)
    return told(act, account, Consequence(
        points=points,
        balance=account.points,
        charge=charge.pk if charge else None,
        charged_fen=charge.amount_fen if charge else 0,
        suspended_until=until,
    ), cause=LATE, item=item, source=source)  # fmt: skip


def answered(account: Account, source: str) -> Consequence | None:
    """Return what followed a source that came before, None for a new one (one statement for a new one)."""
    rule = account.rule
    if account.keeps_points:
        known = PointEntry.objects.filter(source=source).exists()
    elif rule is not None and rule.charge_fen:
        known = Charge.objects.filter(source=source).exists()
    else:
        known = Stop.objects.filter(source=source).exists()
    return consequence_of(account, source) if known else None


def consequence_of(account: Account, source: str) -> Consequence:
    """Return what followed a source, read from the account's lines."""
    lines = list(PointEntry.objects.filter(source=source))
    charge = Charge.objects.filter(source=source).first()
    stopped = Stop.objects.filter(source=source, undone_at=None).first()
    return Consequence(
        points=sum(line.points for line in lines),
        balance=account.points,
        waived_points=sum(line.waived for line in lines),
        charge=charge.pk if charge else None,
        charged_fen=charge.amount_fen if charge else 0,
        suspended_until=stopped.until_after if stopped else None,
    )


def said_of(days: int, item: EndedItem) -> str:
    """Return why a late return moved points, as the reader reads it; forgotten with the loan."""
    return f"{_('Returned %(days)d days late') % {'days': days}} {item.words}"[:200]


def deduct(act: Act, account: Account, event: str, *, source: str, units: int = 1, reason: str = "") -> int:
    """Move points by an event's rule and return by how many; a line stands there also when nothing was left to move."""
    rule = account.rule
    if rule is None or event not in rule.points or not account.keeps_points:
        return 0
    accounts.open_points(act, account)
    change = accounts.change_of(act, account, event, units)
    accounts.write(act, account, event, change, key=f"{source}/{event}", source=source, reason=reason)
    return change


def stop(act: Act, account: Account, rule: RuleView, *, source: str, days: int) -> date | None:
    """Stop the card as many days as the rule says; returns the last day without lending."""
    length = policies.suspension(days=days, a_day=rule.suspend_days, cap=rule.suspend_cap_days)
    reader = account.reader
    if length == 0 or reader.status == "deregistered" or (reader.status == "suspended" and not reader.suspended_until):
        return None
    before = reader.suspended_until if reader.status == "suspended" else None
    until = policies.suspended_until(on=act.day, days=length, before=before)
    patrons.suspend(act, patron=reader.id, until=until, reason=_("Returned %(days)d days late") % {"days": days})
    Stop.objects.create(
        patron_id=reader.id, at=act.at, days=length, until_before=before, until_after=until, rule_id=rule.id,
        source=source,
    )  # fmt: skip
    return until


def charge_late(
    act: Act, account: Account, rule: RuleView, *, source: str, days: int, item: EndedItem
) -> Charge | None:
    """Charge a late return by the rule."""
    sum_fen = policies.late_charge_fen(
        days=days, a_day_fen=rule.charge_fen, cap_fen=rule.charge_cap_fen, price_fen=item.price_fen
    )
    new = journal.NewCharge(kind=ChargeKind.LATE, amount_fen=sum_fen, source=source, item=item, days_late=days)
    return journal.charge(act, account, new)


def spared(act: Act, account: Account, amnesty: OpenAmnesty, *, source: str, days: int, item: EndedItem) -> Consequence:
    """Write down what an amnesty spares, and give the start value back where it restores."""
    rule = account.rule
    assert rule is not None
    waived = given = 0
    if account.keeps_points and LATE in rule.points:
        accounts.open_points(act, account)
        waived = -accounts.change_of(act, account, LATE, days)
        accounts.write(
            act,
            account,
            LATE,
            0,
            key=f"{source}/{LATE}",
            source=source,
            waived=waived,
            amnesty_id=amnesty.id,
            reason=said_of(days, item),
        )
        given = give_start(act, account, amnesty.id, key=f"{source}/amnesty", source=source) if amnesty.restores else 0
    charge = charge_late(act, account, rule, source=source, days=days, item=item)
    waived_fen = 0
    if charge is not None and amnesty.waives_charges:
        waived_fen = charge.amount_fen
        settled = journal.Settlement(kind=MoneyKind.WAIVED, amnesty=amnesty.id, reason=_("Amnesty"))
        journal.settle(act, account, charge, waived_fen, settled, key=f"{charge.key}/amnesty")
    return told(act, account, Consequence(
        points=given,
        balance=account.points,
        waived_points=waived,
        charge=charge.pk if charge else None,
        charged_fen=charge.amount_fen if charge else 0,
        waived_fen=waived_fen,
    ), cause=Cause.AMNESTY.value, item=item, source=source)  # fmt: skip


def give_start(act: Act, account: Account, amnesty: int, *, key: str, source: str = "") -> int:
    """Raise a balance below the start to it, under an amnesty; returns by how many points."""
    start = account.rule.start_points if account.rule else None
    if start is None or account.points is None or account.points >= start:
        return 0
    missing = start - account.points
    accounts.write(act, account, Cause.AMNESTY, missing, key=key, source=source, amnesty_id=amnesty)
    return missing


def harm(
    act: Act, account: Account, event: Event, *, kind: ChargeKind, sum_fen: int, source: str, item: EndedItem
) -> Consequence:
    """Deduct the points of a loss or damage and charge its sum."""
    lines = PointEntry.objects.filter(source=source)
    if lines.exists() or Charge.objects.filter(source=source).exists():
        return consequence_of(account, source)
    points = deduct(act, account, event.value, source=source, reason=item.words[:200])
    charge = journal.charge(act, account, journal.NewCharge(kind=kind, amount_fen=sum_fen, source=source, item=item))
    return told(act, account, Consequence(
        points=points,
        balance=account.points,
        charge=charge.pk if charge else None,
        charged_fen=charge.amount_fen if charge else 0,
    ), cause=event.value, item=item, source=source)  # fmt: skip


def reward(act: Act, account: Account, event: Event, *, source: str, units: int = 1) -> Consequence:
    """Move points for an event that costs no money; nothing is written where its limits leave nothing to move."""
    rule = account.rule
    if rule is None or event.value not in rule.points or not account.keeps_points:
        return Consequence(balance=account.points)
    key = f"{source}/{event.value}"
    if done := PointEntry.objects.filter(key=key).first():
        return Consequence(points=done.points, balance=account.points)
    accounts.open_points(act, account)
    change = accounts.change_of(act, account, event.value, units)
    if change:
        accounts.write(act, account, event.value, change, key=key, source=source)
    return Consequence(points=change, balance=account.points)


def told(act: Act, account: Account, done: Consequence, *, cause: str, item: EndedItem, source: str) -> Consequence:
    """Tell the reader what followed, if anything did."""
    if done.points or done.charged_fen or done.suspended_until or done.waived_points:
        accounts.tell(
            account,
            "credit_changed",
            key=source,
            cause=cause,
            points=done.points,
            balance=done.balance,
            waived_points=done.waived_points,
            charged_fen=done.charged_fen - done.waived_fen,
            suspended_until=done.suspended_until.isoformat() if done.suspended_until else "",
            title=item.title,
        )
    return done


def undo(act: Act, *, source: str) -> int:
    """Reverse what followed a source: points, the stopped card, the charge as far as it is open. Locks the reader."""
    found = concerned(source)
    if found is None:
        return 0
    account = locked(act, found)
    lines = list(PointEntry.objects.filter(source=source, reversed_by=None, reverses=None).order_by("-id"))
    for line in lines:
        change = policies.within(account.points or 0, -line.points, None)
        accounts.write(act, account, Cause.UNDONE, change, key=f"undo:{line.pk}", reverses=line, source=source)
    charges = list(Charge.objects.filter(source=source, open_fen__gt=0))
    for charge in charges:
        settled = journal.Settlement(kind=MoneyKind.UNDONE)
        journal.settle(act, account, charge, charge.open_fen, settled, key=f"undo:charge:{charge.pk}")
    stops = Stop.objects.filter(source=source, undone_at=None)
    for stopped in stops:
        unstop(act, account, stopped)
    return len(lines) + len(charges)


def concerned(source: str) -> int | None:
    """Return the reader whom a source concerned."""
    for model in (PointEntry, Charge, Stop):
        found = model._default_manager.filter(source=source).values_list("patron_id", flat=True).first()
        if found is not None:
            return int(found)
    return None


def unstop(act: Act, account: Account, stopped: Stop) -> None:
    """Take back a stop, if the card is still stopped by it."""
    if account.reader.suspended_until == stopped.until_after:
        reason = _("The return was undone")
        if stopped.until_before is None:
            patrons.lift(act, patron=account.reader.id, reason=reason)
        else:
            patrons.suspend(act, patron=account.reader.id, until=stopped.until_before, reason=reason)
    Stop.objects.filter(pk=stopped.pk).update(undone_at=act.at)


def restore(act: Act, *, after: int, limit: int) -> tuple[int, int]:
    """Give points back to a batch of readers who had no deduction for long enough."""
    book = rulebook.current()
    nodes = {node for rule in book.rules if rule.restore_days for node in network.subtree(rule.node, act.day)}
    batch = in_subtree(after=after, nodes=sorted(nodes), limit=limit)
    waiting = {}
    for patron, category, home, points in batch:
        rule = book.rule_for(home_node=home, category=category, on=act.day)
        if (
            rule
            and rule.restore_days
            and rule.start_points is not None
            and points is not None
            and points < rule.start_points
        ):
            waiting[patron] = rule
    since = last_moved(waiting)
    given = 0
    for patron, rule in waiting.items():
        day = since.get(patron)
        if day is not None and day + timedelta(days=rule.restore_days) <= act.day:
            given += restore_one(act, patron)
    return given, batch[-1][0] if len(batch) == limit else 0


def last_moved(patrons_waiting: Iterable[int]) -> dict[int, date]:
    """Return the day of each reader's last deduction or restoring."""
    moved = Q(points__lt=0) | Q(cause=Cause.RESTORED)
    rows = PointEntry.objects.filter(moved, patron__in=list(patrons_waiting)).values_list("patron")
    return dict(rows.annotate(last=Max("day")))


def restore_one(act: Act, patron: int) -> bool:
    """Give one reader a step back; False when another worker did it today."""
    account = locked(act, patron)
    rule, key = account.rule, f"restore:{patron}:{act.day}"
    if rule is None or rule.start_points is None or PointEntry.objects.filter(key=key).exists():
        return False
    change = policies.restored(balance=account.points or 0, start=rule.start_points, step=rule.restore_points)
    if change:
        accounts.write(act, account, Cause.RESTORED, change, key=key)
    return bool(change)
