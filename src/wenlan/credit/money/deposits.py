"""Deposits held: who has one and was told of it, those that wait long, and the end of a deposit scheme."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, Q, Sum

from wenlan.credit import statements
from wenlan.credit.accounts import NOTICES, locked
from wenlan.credit.errors import AmnestyNotApproved, ReasonMissing, SamePerson
from wenlan.credit.money.models import Approval, DepositClosing, DepositNotice, MoneyEntry
from wenlan.credit.money.types import ApprovalKind
from wenlan.credit.types import Contact
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.network import queries as network
from wenlan.staff.operations import audit

LONG = timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A deposit held for a reader; `since` is the day of its last movement, `told_at` when the reader was told last.

    `is_long` says that it waits: the account is closed, or nothing has moved it for three years.
    """

    patron: int
    home_node: int
    deposit_fen: int
    open_loans: int
    since: date | None
    told_at: datetime | None
    told: int
    is_long: bool


def held(nodes: Collection[int], *, on: date, after: int = 0, limit: int = 100) -> tuple[Held, ...]:
    """Return the deposits held for readers of the places, by reader's id (three statements)."""
    rows = statements.with_deposit(after=after, nodes=sorted(nodes), limit=limit)
    ids = [row[0] for row in rows]
    moved = dict(
        MoneyEntry.objects.filter(patron__in=ids).exclude(deposit_fen=0).values_list("patron").annotate(d=Max("day"))
    )
    told = {
        one["patron"]: one
        for one in DepositNotice.objects.filter(patron__in=ids)
        .values("patron")
        .annotate(at=Max("at"), times=Count("id"))
    }
    return tuple(
        Held(
            patron=patron,
            home_node=home,
            deposit_fen=deposit,
            open_loans=open_loans,
            since=moved.get(patron),
            told_at=told[patron]["at"] if patron in told else None,
            told=told[patron]["times"] if patron in told else 0,
            is_long=status == "deregistered" or (patron in moved and moved[patron] + LONG <= on),
        )
        for patron, home, status, open_loans, deposit in rows
    )


@transaction.atomic
def tell(act: Act, *, patron: int, how: str, note: str = "", closing: int | None = None) -> None:
    """Write down that a reader was told of the deposit that waits; a notice is sent too. Repeating a key is as once."""
    if DepositNotice.objects.filter(key=act.key).exists():
        return
    account = locked(act, patron)
    DepositNotice.objects.create(
        patron_id=patron, at=act.at, operator=act.operator, how=how, note=note.strip()[:200], closing_id=closing,
        key=act.key,
    )  # fmt: skip
    if how == Contact.NOTICE:
        facts = {"fen": account.reader.deposit_fen}
        jobs.post(NOTICES, {"template": "deposit_waits", "patron": patron, "facts": facts, "key": f"told:{act.key}"})


def notices(patron: int) -> list[dict[str, object]]:
    """Return when and how a reader was told, the latest first (one statement)."""
    rows = DepositNotice.objects.filter(patron=patron).order_by("-id")
    return [dict(row) for row in rows.values("at", "operator", "how", "note")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingView:
    """The end of a deposit scheme: as it stood when proposed, and how far it is."""

    id: int
    name: str
    node: int
    basis: str
    from_day: date
    readers: int
    deposits_fen: int
    asked_by: str
    asked_at: datetime
    approved_by: str
    approved_at: datetime | None
    left_readers: int
    left_fen: int
    told: int
    paid_fen: int


@transaction.atomic
def propose_closing(act: Act, *, name: str, node: int, from_day: date, basis: str) -> ClosingView:
    """Propose that the deposits of a subtree go back. Raises ReasonMissing. Repeating `act.key` is as once."""
    if done := DepositClosing.objects.filter(key=act.key).first():
        return closing(done.pk, on=act.day)
    if not basis.strip() or not name.strip():
        raise ReasonMissing()
    readers, sum_fen = totals(node, act.day)
    row = DepositClosing.objects.create(
        name=name.strip()[:120], node_id=node, basis=basis.strip()[:200], from_day=from_day, readers=readers,
        deposits_fen=sum_fen, asked_at=act.at, asked_by=act.operator, key=act.key,
    )  # fmt: skip
    audit(act, "credit.closing_proposed", f"closing:{row.pk}", after={"readers": readers, "fen": sum_fen})
    return closing(row.pk, on=act.day)


def totals(node: int, on: date) -> tuple[int, int]:
    """Return how many readers of a subtree have a deposit, and its sum."""
    after = readers = sum_fen = 0
    nodes = sorted(network.subtree(node, on))
    while batch := statements.with_deposit(after=after, nodes=nodes, limit=1000):
        readers, sum_fen, after = readers + len(batch), sum_fen + sum(row[4] for row in batch), batch[-1][0]
    return readers, sum_fen


@transaction.atomic
def approve_closing(act: Act, *, closing_id: int) -> ClosingView:
    """Approve it as somebody else; that approves every refund of it. Raises SamePerson, NotFound."""
    row = _locked(closing_id)
    if row.approved_at is None:
        if row.asked_by == act.operator:
            raise SamePerson()
        DepositClosing.objects.filter(pk=row.pk).update(approved_at=act.at, approved_by=act.operator)
        audit(act, "credit.closing_approved", f"closing:{row.pk}")
    return closing(closing_id, on=act.day)


@transaction.atomic
def run_closing(act: Act, *, closing_id: int, after: int = 0, limit: int = 200) -> tuple[int, int]:
    """Tell the next readers and lay their refunds ready to be paid out; returns (how many, last id seen).

    Who still has items or sums open is told, but the refund is asked for when they come. Repeating it tells nobody
    twice. Raises AmnestyNotApproved before somebody else approved it.
    """
    row = _locked(closing_id)
    if row.approved_at is None:
        raise AmnestyNotApproved()
    batch = statements.with_deposit(after=after, nodes=sorted(network.subtree(row.node_id, act.day)), limit=limit)
    done = 0
    for patron, *_rest in batch:
        done += _lay_ready(replace(act, key=f"closing:{row.pk}:{patron}"), row, patron)
    return done, batch[-1][0] if len(batch) == limit else 0


def _lay_ready(act: Act, row: DepositClosing, patron: int) -> bool:
    is_new = not DepositNotice.objects.filter(key=act.key).exists()
    tell(act, patron=patron, how=Contact.NOTICE, note=row.name, closing=row.pk)
    reader = locked(act, patron).reader
    waiting = Approval.objects.filter(patron=patron, kind=ApprovalKind.REFUND_DEPOSIT, done_at=None)
    if reader.open_loans or reader.owed_fen or waiting.exclude(is_granted=False).exists():
        return is_new
    Approval.objects.create(
        kind=ApprovalKind.REFUND_DEPOSIT, patron_id=patron, amount_fen=reader.deposit_fen, reason=row.name[:200],
        node_id=reader.home_node, asked_at=row.asked_at, asked_by=row.asked_by, decided_at=row.approved_at,
        decided_by=row.approved_by, is_granted=True, key=f"{act.key}:{act.at:%Y%m%d%H%M%S}",
    )  # fmt: skip
    return True


def _locked(closing_id: int) -> DepositClosing:
    row = DepositClosing.objects.select_for_update().filter(pk=closing_id).first()
    if row is None:
        raise NotFound(what=str(closing_id))
    return row


def closing(closing_id: int, *, on: date) -> ClosingView:
    """Return the end of a scheme with how far it is. Raises NotFound."""
    row = DepositClosing.objects.filter(pk=closing_id).first()
    if row is None:
        raise NotFound(what=str(closing_id))
    left_readers, left_fen = totals(row.node_id, on)
    by_it = Q(approval__key__startswith=f"closing:{row.pk}:")
    paid = MoneyEntry.objects.filter(by_it, kind="deposit_refunded").aggregate(sum=Sum("money_fen"))["sum"]
    return ClosingView(
        id=row.pk,
        name=row.name,
        node=row.node_id,
        basis=row.basis,
        from_day=row.from_day,
        readers=row.readers,
        deposits_fen=row.deposits_fen,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        left_readers=left_readers,
        left_fen=left_fen,
        told=DepositNotice.objects.filter(closing=row).count(),
        paid_fen=-(paid or 0),
    )


def closings(nodes: Collection[int], *, on: date) -> tuple[ClosingView, ...]:
    """Return the ends of schemes at the places, the latest first."""
    ids = DepositClosing.objects.filter(node__in=nodes).order_by("-id").values_list("id", flat=True)
    return tuple(closing(one, on=on) for one in ids)
