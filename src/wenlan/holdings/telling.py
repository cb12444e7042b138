"""Telling the catalogue which places hold a record and how often it is lent: through the outbox, and once a day.

The catalogue may not look into the holdings; its index lifts what is lent more and finds by place and call number.
Loans come by the daily recount, for a check-out should not wait for it.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable

from django.db.models import Count, Sum

from wenlan.catalogue import operations as catalogue
from wenlan.catalogue.types import Held
from wenlan.holdings.models import Item
from wenlan.holdings.types import ItemStatus
from wenlan.jobs import operations as jobs
from wenlan.jobs import queries as posted

TOPIC = "holdings.held"
CHUNK = 500
MOST_MESSAGES = 20
PAUSE_SECONDS = 0.01


def let_know(records: Iterable[int]) -> None:
    """Put into the outbox that the items of these records are others now; joins the caller's transaction."""
    if changed := sorted(set(records)):
        jobs.post(TOPIC, {"records": changed})


def tell_posted(limit: int = MOST_MESSAGES) -> int:
    """Tell what was posted; returns how many messages were handled. May run twice."""
    waiting = posted.posted(TOPIC, limit)
    records = sorted({record for _message, payload in waiting for record in payload["records"]})
    for start in range(0, len(records), CHUNK):
        catalogue.note_held(held(records[start : start + CHUNK]))
    return jobs.delete_posted([message for message, _payload in waiting]) if waiting else 0


def recount() -> int:
    """Tell of every record with items, some hundred at a time; returns of how many the catalogue knew less or more."""
    last = changed = 0
    items = Item.objects.order_by("record_id").values_list("record_id", flat=True).distinct()
    while records := list(items.filter(record_id__gt=last)[:CHUNK]):
        changed += catalogue.note_held(held(records))
        last = records[-1]
        time.sleep(PAUSE_SECONDS)
    return changed


def held(records: Collection[int]) -> list[Held]:
    """Return for each record where it is held, under which call numbers, its units and their loans (one statement)."""
    rows = Item.objects.filter(record__in=records).exclude(status=ItemStatus.WITHDRAWN).order_by()
    counted = rows.values_list("record_id", "shelved_at_id", "call_number").annotate(n=Count("id"), lent=Sum("loans"))
    places: dict[int, list[tuple[int, str, int, int]]] = {record: [] for record in records}
    for record, node, call_number, units, lent in counted:
        places[record].append((node, call_number, units, lent))
    return [
        Held(
            record=record,
            nodes=tuple(sorted({node for node, *_ in found})),
            call_numbers=tuple(sorted({mark for _, mark, *_ in found if mark})),
            copies=sum(units for *_, units, _lent in found),
            loans=sum(lent for *_, lent in found),
        )
        for record, found in places.items()
    ]
