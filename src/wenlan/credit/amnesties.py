"""Amnesties (免扣积分): late returns of a period and subtree cost nothing; previewed, approved, run in steps."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, Sum

from wenlan.credit import accounts, ends, rulebook
from wenlan.credit.accounts import Account, locked
from wenlan.credit.errors import AmnestyNotApproved, AmnestyWrong, ReasonMissing, SamePerson
from wenlan.credit.models import Amnesty, AmnestyChange, Charge, MoneyEntry, PointEntry
from wenlan.credit.money import journal
from wenlan.credit.money.types import MoneyKind
from wenlan.credit.statements import in_subtree
from wenlan.credit.types import AmnestyPreview, AmnestyView, Cause, ChargeKind
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.network import queries as network
from wenlan.staff.operations import audit

BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an amnesty is about: late returns in `[from_day, until_day)` of readers of a node and all under it.

    `restores` gives the start value back; otherwise only what the period itself deducted comes back.
    """

    node: int
    from_day: date
    until_day: date
    restores: bool = True
    waives_charges: bool = True


@dataclass(frozen=True, slots=True)
class Share:
    """What an amnesty would do for one reader."""

    patron: int
    points: int
    lines: tuple[PointEntry, ...]
    charges: tuple[Charge, ...]


@transaction.atomic
def propose(act: Act, *, name: str, draft: Draft, basis: str) -> AmnestyView:
    """Propose an amnesty and say on what basis; it works once somebody else approved it.

    Raises AmnestyWrong, ReasonMissing. Repeating `act.key` returns the first.
    """
    if done := Amnesty.objects.filter(key=act.key).first():
        return amnesty(done.pk)
    if draft.until_day <= draft.from_day:
        raise AmnestyWrong()
    if not basis.strip() or not name.strip():
        raise ReasonMissing()
    row = Amnesty.objects.create(
        name=name.strip()[:120],
        node_id=draft.node,
        from_day=draft.from_day,
        until_day=draft.until_day,
        restores=draft.restores,
        waives_charges=draft.waives_charges,
        basis=basis.strip()[:200],
        asked_at=act.at,
        asked_by=act.operator,
        key=act.key,
    )
    audit(act, "credit.amnesty_proposed", f"amnesty:{row.pk}", after={"name": row.name}, reason=basis)
    return amnesty(row.pk)


@transaction.atomic
def approve(act: Act, *, amnesty_id: int) -> AmnestyView:
    """Approve an amnesty as somebody else than who proposed it: returns from now on are spared. Raises SamePerson."""
    row = _locked(amnesty_id)
    if row.approved_at is None:
        if row.asked_by == act.operator:
            raise SamePerson()
        Amnesty.objects.filter(pk=row.pk).update(approved_at=act.at, approved_by=act.operator)
        _moved()
        audit(act, "credit.amnesty_approved", f"amnesty:{row.pk}")
    return amnesty(amnesty_id)


@transaction.atomic
def move_end(act: Act, *, amnesty_id: int, until_day: date, reason: str) -> AmnestyView:
    """Let an amnesty end on another day; readers need do nothing, and the earlier end is kept.

    Raises AmnestyWrong, ReasonMissing, SamePerson for who proposed it and lengthens it after it was approved.
    """
    row = _locked(amnesty_id)
    if not reason.strip():
        raise ReasonMissing()
    if until_day <= row.from_day:
        raise AmnestyWrong()
    if row.approved_at is not None and until_day > row.until_day and row.asked_by == act.operator:
        raise SamePerson()
    if until_day != row.until_day:
        AmnestyChange.objects.create(
            amnesty=row, at=act.at, operator=act.operator, until_before=row.until_day, until_after=until_day,
            reason=reason.strip()[:200],
        )  # fmt: skip
        Amnesty.objects.filter(pk=row.pk).update(until_day=until_day)
        _moved()
        before, after = {"until": str(row.until_day)}, {"until": str(until_day)}
        audit(act, "credit.amnesty_moved", f"amnesty:{row.pk}", before=before, after=after, reason=reason)
    return amnesty(amnesty_id)


def _locked(amnesty_id: int) -> Amnesty:
    row = Amnesty.objects.select_for_update().filter(pk=amnesty_id).first()
    if row is None:
        raise NotFound(what=str(amnesty_id))
    return row


def _moved() -> None:
    jobs.bump(rulebook.VERSION)
    rulebook.forget()


def preview(draft: Draft, *, on: date) -> AmnestyPreview:
    """Return what an amnesty would do for what has happened already; nothing is written.

    Three statements for each thousand readers who have points or open charges.
    """
    return _sum(share for batch in _batches(draft, on) for share in batch)


def _batches(draft: Draft, on: date) -> Iterator[list[Share]]:
    after = 0
    while True:
        shares, after = _shares(draft, on, after=after, limit=1000)
        yield shares
        if not after:
            return


def _sum(shares: Any) -> AmnestyPreview:
    found = list(shares)
    return AmnestyPreview(
        readers=len(found),
        points=sum(share.points for share in found),
        deductions=sum(len(share.lines) for share in found),
        charges=sum(len(share.charges) for share in found),
        charges_fen=sum(charge.open_fen for share in found for charge in share.charges),
    )


def _shares(draft: Draft, on: date, *, after: int, limit: int) -> tuple[list[Share], int]:
    """Return what the next readers would get, and the last id seen (0 at the end)."""
    book, nodes = rulebook.current(), sorted(network.subtree(draft.node, on))
    batch = in_subtree(after=after, nodes=nodes, limit=limit)
    ids = [patron for patron, *_ in batch]
    lines, charges = _deductions(draft, ids), _charges(draft, ids)
    shares = []
    for patron, category, home, points in batch:
        rule = book.rule_for(home_node=home, category=category, on=on)
        start = rule.start_points if rule else None
        missing = max(start - points, 0) if start is not None and points is not None else 0
        own = tuple(lines[patron])
        given = missing if draft.restores else min(-sum(line.points for line in own), missing)
        if given or charges[patron]:
            shares.append(Share(patron, given, own, tuple(charges[patron])))
    return shares, batch[-1][0] if len(batch) == limit else 0


def _deductions(draft: Draft, ids: Collection[int]) -> dict[int, list[PointEntry]]:
    found: dict[int, list[PointEntry]] = defaultdict(list)
    rows = PointEntry.objects.filter(
        patron__in=ids, cause=Cause.LATE, points__lt=0, day__gte=draft.from_day, day__lt=draft.until_day,
        reversed_by=None,
    )  # fmt: skip
    for row in rows.order_by("id"):
        found[row.patron_id].append(row)
    return found


def _charges(draft: Draft, ids: Collection[int]) -> dict[int, list[Charge]]:
    found: dict[int, list[Charge]] = defaultdict(list)
    if not draft.waives_charges:
        return found
    rows = Charge.objects.filter(
        patron__in=ids, kind=ChargeKind.LATE, open_fen__gt=0, day__gte=draft.from_day, day__lt=draft.until_day
    )
    for row in rows.order_by("id"):
        found[row.patron_id].append(row)
    return found


@transaction.atomic
def run(act: Act, *, amnesty_id: int, after: int = 0, limit: int = BATCH) -> tuple[AmnestyPreview, int]:
    """Give the next readers what an approved amnesty brings for what happened already; log every line.

    Returns what was done and the last id seen; call again with it until it is 0. Repeating it gives nothing twice:
    what was given is not missing any more. Locks one reader after another. Raises AmnestyNotApproved.
    """
    row = _locked(amnesty_id)
    if row.approved_at is None:
        raise AmnestyNotApproved()
    draft = draft_of(row)
    shares, last = _shares(draft, act.day, after=after, limit=limit)
    done = [_give(act, row, draft, share) for share in shares]
    return _sum(share for share in done if share is not None), last


def _give(act: Act, row: Amnesty, draft: Draft, share: Share) -> Share | None:
    """Give one reader the share; computed anew under the lock, so that nothing is given twice."""
    account = locked(act, share.patron)
    given = _give_points(act, account, row, draft, share)
    charges = list(Charge.objects.filter(pk__in=[one.pk for one in share.charges], open_fen__gt=0))
    waived = [(charge, charge.open_fen) for charge in charges]
    for charge, open_fen in waived:
        how = journal.Settlement(kind=MoneyKind.WAIVED, amnesty=row.pk, reason=row.name)
        journal.settle(act, account, charge, open_fen, how, key=f"amnesty:{row.pk}:charge:{charge.pk}")
        charge.open_fen = open_fen
    if not given and not waived:
        return None
    accounts.tell(
        account, "credit_changed", key=f"amnesty:{row.pk}:{share.patron}:{act.day}", cause=Cause.AMNESTY.value,
        points=given, balance=account.points, name=row.name,
    )  # fmt: skip
    return Share(share.patron, given, share.lines, tuple(charges))


def _give_points(act: Act, account: Account, row: Amnesty, draft: Draft, share: Share) -> int:
    if draft.restores:
        key = f"amnesty:{row.pk}:{share.patron}:{account.points}:{act.day}"
        return ends.give_start(act, account, row.pk, key=key)
    given = 0
    start = account.rule.start_points if account.rule else None
    for line in PointEntry.objects.filter(pk__in=[one.pk for one in share.lines], reversed_by=None).order_by("id"):
        missing = max((start or 0) - (account.points or 0), 0)
        back = min(-line.points, missing)
        key = f"amnesty:{row.pk}:line:{line.pk}"
        accounts.write(act, account, Cause.AMNESTY, back, key=key, reverses=line, amnesty_id=row.pk)
        given += back
    return given


def draft_of(row: Amnesty) -> Draft:
    """Return what an amnesty is about."""
    return Draft(
        node=row.node_id,
        from_day=row.from_day,
        until_day=row.until_day,
        restores=row.restores,
        waives_charges=row.waives_charges,
    )


def amnesty(amnesty_id: int) -> AmnestyView:
    """Return an amnesty. Raises NotFound."""
    found = _views(Amnesty.objects.filter(pk=amnesty_id))
    if not found:
        raise NotFound(what=str(amnesty_id))
    return found[0]


def amnesties(nodes: Collection[int]) -> tuple[AmnestyView, ...]:
    """Return the amnesties of the places, the latest first (three statements)."""
    return _views(Amnesty.objects.filter(node__in=nodes).order_by("-id"))


def changes(amnesty_id: int) -> list[dict[str, Any]]:
    """Return the earlier ends of an amnesty, the latest change first."""
    rows = AmnestyChange.objects.filter(amnesty=amnesty_id).order_by("-id")
    return [dict(row) for row in rows.values("at", "operator", "until_before", "until_after", "reason")]


def _views(rows: Any) -> tuple[AmnestyView, ...]:
    found = list(rows)
    ids = [row.pk for row in found]
    points: dict[int, dict[str, Any]] = {
        one["amnesty"]: dict(one)
        for one in PointEntry.objects.filter(amnesty__in=ids)
        .values("amnesty")
        .annotate(
            readers=Count("patron", distinct=True),
            given=Sum("points", filter=Q(cause=Cause.AMNESTY)),
            waived=Sum("waived"),
            returns=Count("id", filter=Q(cause=Cause.LATE)),
        )
        .order_by()
    }
    money = dict(
        MoneyEntry.objects.filter(amnesty__in=ids).values_list("amnesty").annotate(waived=Sum("owed_fen")).order_by()
    )
    return tuple(_view(row, points.get(row.pk, {}), -money.get(row.pk, 0)) for row in found)


def _view(row: Amnesty, counted: dict[str, Any], charges_fen: int) -> AmnestyView:
    return AmnestyView(
        id=row.pk,
        name=row.name,
        node=row.node_id,
        from_day=row.from_day,
        until_day=row.until_day,
        restores=row.restores,
        waives_charges=row.waives_charges,
        basis=row.basis,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        readers=counted.get("readers", 0),
        points=(counted.get("given") or 0) + (counted.get("waived") or 0),
        returns=counted.get("returns", 0),
        charges_fen=charges_fen,
    )
