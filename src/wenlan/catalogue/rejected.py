"""What an import could not read, worked: mended by hand and taken in, or set aside with a reason; nothing is lost."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from wenlan.catalogue.batches import Aside, Companion, incoming
from wenlan.catalogue.cnmarc import Found, MarcRecord, family, unplaced_kind
from wenlan.catalogue.cnmarc.mnemonic import CrookedLine, from_text
from wenlan.catalogue.cnmarc.notes import BY_HAND
from wenlan.catalogue.columns import prepare
from wenlan.catalogue.errors import LineCrooked, RecordUnwritable, RejectSetAside, RejectWithoutReason
from wenlan.catalogue.keeping import keep_aside, keep_bibliographic
from wenlan.catalogue.matching import Known
from wenlan.catalogue.models import BibRecord, RejectedRecord
from wenlan.catalogue.storing import INDEX_TOPIC
from wenlan.catalogue.types import KeptRecord, MarcFormat, MendedReject, Settlement
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.staff.operations import audit


def mended(text: str) -> MarcRecord:
    """Return the record that lines in the mnemonic form say. Raises LineCrooked with the line and what to do."""
    try:
        return from_text(text)
    except CrookedLine as error:
        raise LineCrooked(line=error.line, reason=error.reason) from error


@transaction.atomic
def take_rejected(
    act: Act,
    *,
    reject: int,
    marc: MarcRecord,
    format: MarcFormat | None = None,  # noqa: A002
    also: Companion | None = None,
) -> MendedReject:
    """Take in, as its import would have, a record that could not be read and was mended; its source is the old bytes.

    `also` is given the record as `import_marc` gives a batch. Locks the reject's row; one that was taken in before
    stays as it is and is returned. Raises NotFound, RejectSetAside, RecordUnwritable for a record without any field.
    """
    row = _locked(reject)
    if row.settled_as == Settlement.TAKEN_IN:
        return _taken_before(row)
    if row.is_settled:
        raise RejectSetAside(reason=row.settled_reason)
    if not marc.fields:
        raise RecordUnwritable
    found = Found(row.position, row.offset, bytes(row.raw), marc, notes=(BY_HAND,))
    of = format or family(marc)
    if kind := unplaced_kind(marc, of):
        keep_aside(act, row.run, [Aside(found, marc, of, kind)])
        done = MendedReject(record=None, title="", outcome="kept_aside")
    else:
        (kept,) = _keep(act, row, found, of, also)
        if also:
            also([kept])
        done = MendedReject(record=kept.id, title=kept.title, outcome=kept.outcome)
    _settle(act, row, Settlement.TAKEN_IN, record=done.record)
    audit(act, "catalogue.take_rejected", f"import:{row.run_id}", after={"position": row.position, "was": done.outcome})
    return done


def _locked(reject: int) -> RejectedRecord:
    row = RejectedRecord.objects.select_for_update(of=("self",)).select_related("run").filter(pk=reject).first()
    if row is None:
        raise NotFound(what=str(reject))
    return row


def _taken_before(row: RejectedRecord) -> MendedReject:
    record = BibRecord.objects.filter(pk=row.record_id or 0).first()
    title = record.title_proper if record else ""
    return MendedReject(record=row.record_id, title=title, outcome="unchanged" if record else "kept_aside")


def _keep(act: Act, row: RejectedRecord, found: Found, of: MarcFormat, also: Companion | None) -> list[KeptRecord]:
    """Match and write the record, and let the index know."""
    assert found.record is not None
    one = incoming(found, prepare(found.record, of), also.reads if also else None)
    kept, touched = keep_bibliographic(act, row.run, [one], Known().match([one.row.identity]))
    if touched:
        jobs.post(INDEX_TOPIC, {"ids": touched})
    return kept


@transaction.atomic
def set_aside_rejected(act: Act, *, rejects: Collection[int], reason: str) -> int:
    """Leave what an import could not read as it is, and say why; returns how many were open until now.

    The bytes stay. What was settled before is left. Raises RejectWithoutReason.
    """
    if not reason.strip():
        raise RejectWithoutReason
    rows = RejectedRecord.objects.select_for_update().filter(pk__in=rejects, is_settled=False).order_by("pk")
    found = list(rows)
    for row in found:
        _settle(act, row, Settlement.SET_ASIDE, reason=reason.strip()[:200])
        audit(
            act, "catalogue.set_aside_rejected", f"import:{row.run_id}", after={"position": row.position}, reason=reason
        )
    return len(found)


def _settle(act: Act, row: RejectedRecord, how: Settlement, *, record: int | None = None, reason: str = "") -> None:
    row.is_settled, row.settled_as, row.settled_reason = True, how, reason
    row.settled_at, row.settled_by, row.record_id = act.at, act.staff, record
    row.save(update_fields=["is_settled", "settled_as", "settled_reason", "settled_at", "settled_by", "record"])
