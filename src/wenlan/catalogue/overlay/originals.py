"""Which records were catalogued here, and which came from elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from wenlan.catalogue.models import BibRecord, RecordSource, RecordVersion, TakenRecord
from wenlan.catalogue.types import VersionKind


class Original(NamedTuple):
    """A record catalogued here: the id of its first version, its own, and the place."""

    version: int
    record: int
    node: int


def originals(*, after: int, until: datetime, limit: int = 500) -> tuple[Original, ...]:
    """Return records first catalogued here up to `until`, by their first version, after the version `after`.

    Two statements. Records taken over from elsewhere are left out; so are those in nobody's history, which a file
    or a seed made.
    """
    first = RecordVersion.objects.filter(pk__gt=after, number=1, kind=VersionKind.CREATED, at__lte=until)
    rows = [Original(*one) for one in first.order_by("pk").values_list("pk", "record_id", "record__node_id")[:limit]]
    strange = copied([one.record for one in rows])
    return tuple(one for one in rows if one.record not in strange)


def copied(records: Collection[int]) -> frozenset[int]:
    """Return which of these records began elsewhere: taken over, or read from a file (two statements)."""
    taken = TakenRecord.objects.filter(record__in=records, is_overlay=False).values_list("record_id", flat=True)
    read = RecordSource.objects.filter(record__in=records).values_list("record_id", flat=True)
    return frozenset((*taken, *read))


def content_hashes(ids: Collection[int]) -> dict[int, str]:
    """Return what tells whether a record changed, by id (one statement); unknown ids are left out."""
    return dict(BibRecord.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "content_hash"))


def newest_version() -> int:
    """Return the id of the newest version of any record; 0 when no record was ever catalogued or changed here."""
    return RecordVersion.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
