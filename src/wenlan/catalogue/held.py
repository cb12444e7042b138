"""What the holdings tell of records: where they are held and how often they are lent, for the index."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction

from wenlan.catalogue.models import HeldRecord
from wenlan.catalogue.search.schema import weight
from wenlan.catalogue.storing import INDEX_TOPIC
from wenlan.catalogue.types import Held
from wenlan.jobs import operations as jobs

CHUNK = 500
FELT = 0.05  # a difference of weight that changes an order of hits


def note_held(told: Sequence[Held]) -> int:
    """Keep what holdings tell of records, 500 in a transaction, and let the index know what it would find otherwise.

    Every number is a total, so telling the same twice changes nothing; returns how many records changed.
    """
    return sum(_noted(told[start : start + CHUNK]) for start in range(0, len(told), CHUNK))


@transaction.atomic
def _noted(told: Sequence[Held]) -> int:
    before = held([one.record for one in told])
    changed = [one for one in told if one != before.get(one.record, Held(record=one.record))]
    HeldRecord.objects.bulk_create(
        [
            HeldRecord(
                record_id=one.record,
                nodes=list(one.nodes),
                call_numbers=list(one.call_numbers),
                copies=one.copies,
                loans=one.loans,
            )
            for one in changed
        ],
        update_conflicts=True,
        unique_fields=["record"],
        update_fields=["nodes", "call_numbers", "copies", "loans"],
    )
    if felt := [one.record for one in changed if _is_felt(before.get(one.record, Held(record=one.record)), one)]:
        jobs.post(INDEX_TOPIC, {"ids": felt})
    return len(changed)


def held(records: Collection[int]) -> dict[int, Held]:
    """Return what is known of these records (one statement)."""
    return {
        row.record_id: Held(
            record=row.record_id,
            nodes=tuple(row.nodes),
            call_numbers=tuple(row.call_numbers),
            copies=row.copies,
            loans=row.loans,
        )
        for row in HeldRecord.objects.filter(record__in=records)
    }


def _is_felt(before: Held, now: Held) -> bool:
    """Tell whether a search would find another thing, or in another order."""
    lifted = weight(loans=now.loans, copies=now.copies) - weight(loans=before.loans, copies=before.copies)
    return (before.nodes, before.call_numbers) != (now.nodes, now.call_numbers) or abs(lifted) >= FELT
