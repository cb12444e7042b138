"""The brief records that wait for a cataloguer."""

from django.db.models import QuerySet
from django.db.models.functions import Substr

from wenlan.catalogue.brief.composing import BRIEF, LEVEL
from wenlan.catalogue.brief.models import BriefRecord
from wenlan.catalogue.brief.types import WaitingRecord
from wenlan.catalogue.models import RecordNumber
from wenlan.catalogue.queries import view

NATIVE_BEGINS = '{"leader":"'  # see `MarcRecord.to_json`


def waiting_count() -> int:
    """Return how many brief records nobody has finished (one statement)."""
    return _waiting().count()


def waiting(limit: int = 100) -> tuple[WaitingRecord, ...]:
    """Return the brief records that nobody has finished, the longest waiting first (two statements)."""
    rows = list(_waiting().select_related("record").order_by("made_at", "id")[:limit])
    wanted = {number for row in rows for number in row.record.isbn}
    others: dict[str, RecordNumber] = {}
    full = RecordNumber.objects.filter(number__in=wanted, record__brief=None, record__condition=None)
    for one in full.select_related("record").order_by("-record_id"):
        others[one.number] = one
    return tuple(
        WaitingRecord(
            record=view(row.record, with_marc=False),
            node=row.node_id,
            by=row.by,
            made_at=row.made_at,
            also=next((view(others[n].record, with_marc=False) for n in row.record.isbn if n in others), None),
        )
        for row in rows
    )


def _waiting() -> QuerySet[BriefRecord]:
    level = Substr("record__marc", len(NATIVE_BEGINS) + LEVEL + 1, 1)
    return BriefRecord.objects.annotate(level=level).filter(level=BRIEF, record__condition=None)
