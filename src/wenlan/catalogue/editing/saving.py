"""Writes of the editor: records kept with their history, brought back, hidden, deleted."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import capfirst

from wenlan.catalogue import queries
from wenlan.catalogue.cnmarc import ControlField, MarcRecord
from wenlan.catalogue.columns import Prepared, prepare
from wenlan.catalogue.editing import history
from wenlan.catalogue.editing.types import Change, ConditionReport
from wenlan.catalogue.errors import RecordChangedMeanwhile, RecordUnwritable
from wenlan.catalogue.models import BibRecord, RecordCondition
from wenlan.catalogue.storing import INDEX_TOPIC, create_rows, update_row
from wenlan.catalogue.types import Condition, MarcFormat, RecordView, VersionKind
from wenlan.jobs import operations as jobs
from wenlan.jobs.queries import answer
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.staff.operations import audit


@transaction.atomic
def catalogue_record(
    act: Act,
    *,
    marc: MarcRecord,
    format: MarcFormat = MarcFormat.CNMARC,  # noqa: A002
    note: str = "",
) -> RecordView:
    """Keep a record that was catalogued here, as version 1 of its history with the cataloguer's note.

    Without a field 001 it gets the next number of the year; 005 says when. Repeating `act.key` returns the
    first answer. Raises RecordUnwritable for a record without any field.
    """
    if before := answer(act.key, "catalogue.catalogue_record"):
        return queries.record(before["id"])
    if not any(one.tag == "001" for one in marc.fields) and marc.fields:
        marc = _numbered(marc, act)
    prepared = prepared_for_writing(_stamped(marc, act), format)
    (row,) = create_rows([prepared], node=act.node, at=act.at)
    history.keep_first(row, Change.of(act, VersionKind.CREATED, note))
    audit(act, "catalogue.catalogue_record", f"record:{row.uid}", after={"title": row.title_proper})
    jobs.post(INDEX_TOPIC, {"ids": [row.pk]})
    jobs.remember(act.key, "catalogue.catalogue_record", {"id": row.pk}, at=act.at)
    return queries.view(row)


@transaction.atomic
def change_record(
    act: Act,
    *,
    record: UUID,
    marc: MarcRecord,
    based_on: str = "",
    kind: VersionKind = VersionKind.EDITED,
    note: str = "",
) -> RecordView:
    """Replace a record's native form as a new version, derive its columns anew and let the index know.

    Locks the record's row. `based_on` is the content hash of the form that was changed: when another one
    stands there by now, RecordChangedMeanwhile is raised and nothing is written; empty means whatever stands.
    A form that is the same writes nothing. Repeating `act.key` returns the first answer. Raises NotFound for
    an unknown `record` (its uid), RecordUnwritable for an empty form.
    """
    if act.key and (before := answer(act.key, "catalogue.change_record")):
        return queries.record(before["id"])
    row = _locked(record)
    if based_on and row.content_hash != based_on:
        raise RecordChangedMeanwhile(title=row.title_proper)
    of = MarcFormat(row.format)
    if marc.to_json() != row.marc:
        prepared = prepared_for_writing(_stamped(marc, act) if kind != VersionKind.IMPORTED else marc, of)
        number = update_row(row.pk, prepared, at=act.at, change=Change.of(act, kind, note))
        audit(act, "catalogue.change_record", f"record:{record}", after={"version": number, "kind": kind.value})
        jobs.post(INDEX_TOPIC, {"ids": [row.pk]})
    if act.key:
        jobs.remember(act.key, "catalogue.change_record", {"id": row.pk}, at=act.at)
    return queries.record(row.pk)


def restore_version(act: Act, *, record: UUID, number: int, based_on: str = "") -> RecordView:
    """Make an older version the newest one; the versions between stay. Raises as `change_record`, and NotFound."""
    old = history.version(queries.record_by_uid(record).id, number)
    return change_record(
        act, record=record, marc=old.marc, based_on=based_on, kind=VersionKind.RESTORED, note=str(number)
    )


@transaction.atomic
def set_condition(
    act: Act, *, records: Collection[int], condition: Condition | None, reason: str = ""
) -> ConditionReport:
    """Hide records from readers, delete them, or (None) show them again; the index and harvesters follow.

    Locks the records' rows in the order of their ids. A record on which anything hangs (items, orders, ...) is
    not deleted and reported with what it is; its row is never removed. Records already so stay as they are.
    """
    rows = list(BibRecord.objects.select_for_update().filter(pk__in=records).order_by("pk").only("pk", "uid"))
    ids = [row.pk for row in rows]
    refused = hanging(ids) if condition == Condition.DELETED else {}
    already = dict(RecordCondition.objects.filter(record__in=ids).values_list("record_id", "condition"))
    done = [one for one in ids if one not in refused and already.get(one) != condition]
    RecordCondition.objects.filter(record__in=done).delete()
    if condition is not None:
        RecordCondition.objects.bulk_create(
            RecordCondition(
                record_id=one, condition=condition, since=act.at, node_id=act.node, staff=act.staff, reason=reason[:200]
            )
            for one in done
        )
    if done:
        BibRecord.objects.filter(pk__in=done).update(updated_at=act.at)
        jobs.post(INDEX_TOPIC, {"ids": done})
        for row in rows:
            if row.pk in done:
                named = {"condition": condition.value if condition else ""}
                audit(act, "catalogue.set_condition", f"record:{row.uid}", after=named, reason=reason)
    return ConditionReport(condition=condition, done=tuple(done), refused=refused)


def hanging(records: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Return what keeps records from being deleted, in words, by record (a statement for each table that may).

    Whatever points at a record with a key that protects it counts: the packages above need not be known here.
    """
    found: dict[int, list[str]] = {}
    for relation in BibRecord._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or relation.on_delete is not models.PROTECT:
            continue
        name, table = relation.field.attname, relation.related_model
        held = table._base_manager.filter(**{f"{name}__in": records}).order_by().values_list(name, flat=True).distinct()
        for record in held:
            found.setdefault(record, []).append(str(capfirst(table._meta.verbose_name_plural)))
    return {record: tuple(words) for record, words in found.items()}


def prepared_for_writing(marc: MarcRecord, of: MarcFormat | None) -> Prepared:
    """Return a record ready for its row. Raises RecordUnwritable for one without any field."""
    if not marc.fields:
        raise RecordUnwritable
    return prepare(marc, of)


def _locked(record: UUID) -> BibRecord:
    row = BibRecord.objects.select_for_update().filter(uid=record).first()
    if row is None:
        raise NotFound(what=str(record))
    return row


def _numbered(marc: MarcRecord, act: Act) -> MarcRecord:
    number = jobs.next_number("catalogue.control_number", str(act.day.year))
    return MarcRecord(marc.leader, (ControlField("001", f"{act.day.year}{number:06d}"), *marc.fields))


def _stamped(marc: MarcRecord, act: Act) -> MarcRecord:
    """Say in 005 when the record was last changed; in its place, else behind 001."""
    stamp = ControlField("005", f"{timezone.localtime(act.at):%Y%m%d%H%M%S}.0")
    fields = [stamp if one.tag == "005" else one for one in marc.fields]
    if stamp not in fields and fields:
        fields.insert(1 if fields[0].tag == "001" else 0, stamp)
    return MarcRecord(marc.leader, tuple(fields))
