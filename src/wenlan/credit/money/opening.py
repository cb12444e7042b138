"""Deposits and unpaid sums of another system: taken over, and moved by the difference when it states them anew."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Sum

from wenlan.credit import statements
from wenlan.credit.accounts import locked
from wenlan.credit.money import journal
from wenlan.credit.money.errors import NothingToPay
from wenlan.credit.money.models import Charge, MoneyEntry
from wenlan.credit.money.types import MoneyKind
from wenlan.credit.types import ChargeKind
from wenlan.kernel.acts import Act

CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class OldBalance:
    """What another system held for a reader: deposit and unpaid sum, with the number of the old receipt."""

    patron: int
    deposit_fen: int = 0
    owed_fen: int = 0
    voucher: str = ""


@dataclass(frozen=True, slots=True)
class _Before:
    """What was taken over so far, by reader, and by how many lines."""

    deposits: Mapping[int, tuple[int, int]]
    owed: Mapping[int, tuple[int, int]]


@transaction.atomic
def take_over(act: Act, *, balances: Sequence[OldBalance]) -> int:
    """Take over old deposits and unpaid sums; returns for how many readers something moved.

    The same statement again moves nothing, another one moves the balance by the difference: an unpaid sum no lower than
    what is open of it, a deposit no lower than nought. Locks the readers in the order of their ids. Raises NothingToPay
    for a negative sum; then nothing of the call is written.
    """
    if any(min(one.deposit_fen, one.owed_fen) < 0 for one in balances):
        raise NothingToPay()
    wanted = {one.patron: one for one in sorted(balances, key=lambda one: one.patron)}
    ids = list(wanted)
    return sum(
        _take(act, [wanted[patron] for patron in ids[start : start + CHUNK]]) for start in range(0, len(ids), CHUNK)
    )


def _take(act: Act, balances: Sequence[OldBalance]) -> int:
    held = statements.lock_deposits([one.patron for one in balances])
    before = _before(list(held))
    moved: Counter[int] = Counter()
    deposits = list(_deposits(act, [one for one in balances if one.patron in held], held, before))
    for entry in deposits:
        moved[entry.patron_id or 0] += entry.deposit_fen
    MoneyEntry.objects.bulk_create(deposits, batch_size=CHUNK)
    charges = _charges(act, [one for one in balances if one.patron in held], before)
    statements.move_many(
        [
            (charges.get(patron, 0), moved.get(patron, 0), patron)
            for patron in held
            if charges.get(patron) or moved.get(patron)
        ]
    )
    fewer = _fewer(act, [one for one in balances if one.patron in held], before)
    return len({one.patron_id for one in deposits} | set(charges) | fewer)


def _before(patrons: Sequence[int]) -> _Before:
    deposits = MoneyEntry.objects.filter(patron__in=patrons, kind=MoneyKind.DEPOSIT_IMPORTED).order_by()
    owed = MoneyEntry.objects.filter(
        patron__in=patrons, charge__kind=ChargeKind.IMPORTED, kind__in=[MoneyKind.CHARGED, MoneyKind.UNDONE]
    ).order_by()
    return _Before(
        {row[0]: row[1:] for row in deposits.values_list("patron").annotate(Sum("deposit_fen"), Count("id"))},
        {row[0]: row[1:] for row in owed.values_list("patron").annotate(Sum("owed_fen"), Count("id"))},
    )


def _line(act: Act, one: OldBalance, kind: MoneyKind, key: str, **columns: object) -> MoneyEntry:
    return MoneyEntry(
        at=act.at, day=act.day, node_id=act.node, operator=act.operator, kind=kind, patron_id=one.patron, key=key,
        voucher=one.voucher[:40], **columns,
    )  # fmt: skip


def _deposits(
    act: Act, balances: Sequence[OldBalance], held: Mapping[int, int], before: _Before
) -> Iterator[MoneyEntry]:
    for one in balances:
        so_far, lines = before.deposits.get(one.patron, (0, 0))
        moved = max(one.deposit_fen - so_far, -held[one.patron])
        if moved:
            key = f"old:{one.patron}:deposit{f':{lines}' if lines else ''}"
            yield _line(act, one, MoneyKind.DEPOSIT_IMPORTED, key, deposit_fen=moved)


def _charges(act: Act, balances: Sequence[OldBalance], before: _Before) -> dict[int, int]:
    """Charge what is stated above what was taken over; return the sums by reader, not yet on their rows."""
    rows = []
    for one in balances:
        so_far, lines = before.owed.get(one.patron, (0, 0))
        if one.owed_fen > so_far:
            key = f"old:{one.patron}{f':{lines}' if lines else ''}/{ChargeKind.IMPORTED}"
            more = one.owed_fen - so_far
            rows.append(
                Charge(
                    patron_id=one.patron,
                    kind=ChargeKind.IMPORTED,
                    amount_fen=more,
                    open_fen=more,
                    at=act.at,
                    day=act.day,
                    node_id=act.node,
                    operator=act.operator,
                    key=key,
                )
            )
    by_patron = {one.patron: one for one in balances}
    Charge.objects.bulk_create(rows, batch_size=CHUNK)
    MoneyEntry.objects.bulk_create(
        [
            _line(act, by_patron[row.patron_id], MoneyKind.CHARGED, f"{row.key}/charged", owed_fen=row.amount_fen,
                  charge=row)
            for row in rows
        ],
        batch_size=CHUNK,
    )  # fmt: skip
    return {row.patron_id: row.amount_fen for row in rows}


def _fewer(act: Act, balances: Sequence[OldBalance], before: _Before) -> set[int]:
    """Take off open old charges what the other system no longer states; return whose."""
    found = set()
    for one in balances:
        so_far, lines = before.owed.get(one.patron, (0, 0))
        left = so_far - one.owed_fen
        rows = Charge.objects.filter(patron=one.patron, kind=ChargeKind.IMPORTED, open_fen__gt=0).order_by("-id")
        for row in rows if left > 0 else ():
            less = min(left, row.open_fen)
            if less:
                settled = journal.Settlement(kind=MoneyKind.UNDONE)
                key = f"old:{one.patron}:{lines}/{row.pk}/less"
                journal.settle(act, locked(act, one.patron), row, less, settled, key=key)
                found.add(one.patron)
                left -= less
    return found
