"""Writes to the catalogue: records added and changed one by one or in batches, files imported."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from wenlan.catalogue import queries
from wenlan.catalogue.cnmarc import MarcRecord
from wenlan.catalogue.columns import Prepared
from wenlan.catalogue.editing.saving import (
    catalogue_record,
    change_record,
    hanging,
    prepared_for_writing,
    restore_version,
    set_condition,
)
from wenlan.catalogue.held import note_held
from wenlan.catalogue.importing import import_marc, preview_marc, told_format
from wenlan.catalogue.indexing import rebuild_index
from wenlan.catalogue.models import BibRecord
from wenlan.catalogue.rejected import mended, set_aside_rejected, take_rejected
from wenlan.catalogue.storing import INDEX_TOPIC, create_rows
from wenlan.catalogue.types import MarcFormat, RecordView
from wenlan.jobs import operations as jobs
from wenlan.jobs.queries import answer
from wenlan.kernel.acts import Act

__all__ = [
    "add_record",
    "add_records",
    "catalogue_record",
    "change_record",
    "hanging",
    "import_marc",
    "mended",
    "note_held",
    "preview_marc",
    "rebuild_index",
    "restore_version",
    "set_aside_rejected",
    "set_condition",
    "take_rejected",
    "told_format",
]

BATCH = 500


@transaction.atomic
def add_record(act: Act, *, marc: MarcRecord, format: MarcFormat | None = None) -> RecordView:  # noqa: A002
    """Keep a new bibliographic record and let the index know.

    `format` is found out from the record unless told. Repeating `act.key` returns the first answer.
    Raises RecordUnwritable for a record without any field.
    """
    if act.key and (before := answer(act.key, "catalogue.add_record")):
        return queries.record(before["id"])
    (row,) = _added(act, [prepared_for_writing(marc, format)])
    jobs.post(INDEX_TOPIC, {"ids": [row.pk]})
    if act.key:
        jobs.remember(act.key, "catalogue.add_record", {"id": row.pk}, at=act.at)
    return queries.view(row)


def add_records(
    act: Act,
    *,
    records: Sequence[MarcRecord],
    format: MarcFormat | None = None,  # noqa: A002
    index: bool = True,
) -> tuple[int, ...]:
    """Keep many new records, 500 in a transaction; returns their ids in the order given.

    Nothing is matched against what is there: a seed or a conversion uses this, a supplier's file
    `import_marc`. With `index` one message a batch goes to the indexer; without, build it afterwards.
    """
    ids: list[int] = []
    for start in range(0, len(records), BATCH):
        prepared = [prepared_for_writing(marc, format) for marc in records[start : start + BATCH]]
        with transaction.atomic():
            added = [row.pk for row in _added(act, prepared)]
            if index:
                jobs.post(INDEX_TOPIC, {"ids": added})
        ids += added
    return tuple(ids)


def _added(act: Act, prepared: Sequence[Prepared]) -> list[BibRecord]:
    return create_rows(prepared, node=act.node, at=act.at)
