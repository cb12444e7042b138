"""Accounts that ran out long ago are struck off by rule (注销): looked at first, then closed all together."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from wenlan.jobs import operations as jobs
from wenlan.jobs import queries as jobs_queries
from wenlan.kernel.acts import Act
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.patrons import queries, registering
from wenlan.patrons.belongings import end_with_accounts
from wenlan.patrons.models import Card, Patron
from wenlan.patrons.operations import end_bonds
from wenlan.patrons.types import CardStatus, Closing, PatronLine, PatronStatus
from wenlan.staff.operations import audit, audit_many

OPERATION = "patrons.strike_off"
CHUNK = 500
SHOWN = 50
SETTLED = Q(open_loans=0, owed_fen=0, deposit_fen=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapsed:
    """What a rule would strike off: how many accounts in all and by home node, and the first of them.

    The others that ran out before the day are held back: `with_loans`, `with_sums`, `with_deposit` (one account may
    stand in several).
    """

    expired_before: date
    readers: int
    by_node: tuple[tuple[int, int], ...]
    lines: tuple[PatronLine, ...]
    held_back: int
    with_loans: int
    with_sums: int
    with_deposit: int


def lapsed(nodes: Collection[int], expired_before: date) -> QuerySet[Patron]:
    """Accounts of the nodes that are open and ran out before a day, whatever they still hold."""
    rows = Patron.objects.filter(home_node__in=nodes, valid_until__lt=expired_before)
    return rows.exclude(status=PatronStatus.DEREGISTERED)


def preview(nodes: Collection[int], expired_before: date, *, names_of: Collection[int]) -> Lapsed:
    """Return what `strike_off` would do now; a fixed number of statements, nothing is written."""
    rows = lapsed(nodes, expired_before)
    due = rows.filter(SETTLED)
    counted = Counter(due.values_list("home_node_id", flat=True))
    shown = queries.whole().filter(pk__in=due.order_by("valid_until", "id").values("pk")[:SHOWN])
    lines = [
        queries.line(row, is_masked=row.home_node_id not in names_of) for row in shown.order_by("valid_until", "id")
    ]
    return Lapsed(
        expired_before=expired_before,
        readers=sum(counted.values()),
        by_node=tuple(counted.most_common()),
        lines=tuple(lines),
        held_back=rows.exclude(SETTLED).count(),
        with_loans=rows.filter(open_loans__gt=0).count(),
        with_sums=rows.filter(owed_fen__gt=0).count(),
        with_deposit=rows.filter(deposit_fen__gt=0).count(),
    )


@transaction.atomic
def strike_off(act: Act, *, nodes: Collection[int], expired_before: date, reason: str) -> int:
    """Close the accounts that a rule names, and record each in the ledger; return how many.

    What an account holds is asked again under its lock. Repeating `act.key` returns the first answer.
    """
    if first := jobs_queries.answer(act.key, OPERATION):
        return int(first["closed"])
    ids = list(lapsed(nodes, expired_before).filter(SETTLED).order_by("id").values_list("id", flat=True))
    closed = sum(_close(act, ids[start : start + CHUNK], expired_before, reason) for start in range(0, len(ids), CHUNK))
    facts = {"expired_before": expired_before.isoformat(), "closed": closed}
    audit(act, OPERATION, f"node:{act.node}", after=facts, reason=reason)
    jobs.remember(act.key, OPERATION, {"closed": closed}, at=act.at)
    return closed


def _close(act: Act, ids: list[int], expired_before: date, reason: str) -> int:
    locked = Patron.objects.select_for_update(of=("self",)).select_related("category").filter(pk__in=ids)
    rows = list(locked.filter(SETTLED, valid_until__lt=expired_before).order_by("id"))
    for row in rows:
        row.status, row.status_since, row.status_reason = PatronStatus.DEREGISTERED, act.day, reason[:200]
        row.suspended_until, row.deregistered_on = None, act.day
    Patron.objects.bulk_update(rows, ["status", "status_since", "status_reason", "suspended_until", "deregistered_on"])
    Card.objects.filter(patron__in=rows, until_day=None).update(
        status=CardStatus.CLOSED, status_since=act.day, until_day=act.day
    )
    end_with_accounts(act, [row.pk for row in rows])
    end_bonds(act, [row.pk for row in rows])
    ledger.record_many(
        [
            ledger.event_row(
                act,
                Kind.PATRON_DEREGISTERED,
                subject=Closing.EXPIRED.value,
                reader=registering.dimensions(row, row.category.code, act.day),
                special_group=row.special_group,
                source=f"patron-end:{row.uid}",
            )
            for row in rows
        ]
    )
    after = {"status": PatronStatus.DEREGISTERED.value, "why": Closing.EXPIRED.value}
    audit_many(act, "patrons.status", [(f"patron:{row.pk}", after) for row in rows])
    return len(rows)
