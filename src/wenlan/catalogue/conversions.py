"""Conversions kept: a record in the other format, with the mapping, its version, and what it could not say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from wenlan.catalogue.cnmarc import MarcRecord
from wenlan.catalogue.crosswalk import Converted, convert, mapping_to
from wenlan.catalogue.crosswalk.converting import Loss
from wenlan.catalogue.models import BibRecord, Conversion
from wenlan.catalogue.types import ConversionView, MarcFormat
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound

BATCH = 500
_CHANGED = ("mapping", "mapping_version", "at", "staff", "warnings", "source_hash", "source", "target", "source_format")


def target_of(format: str) -> MarcFormat:  # noqa: A002
    """Return the other format: MARC 21 for CNMARC and UNIMARC, CNMARC for MARC 21."""
    return MarcFormat.CNMARC if format == MarcFormat.MARC21 else MarcFormat.MARC21


def conversion(record: int) -> ConversionView:
    """Return a record in the other format: as kept, else as the present mapping makes it. Raises NotFound."""
    row = BibRecord.objects.filter(pk=record).first()
    if row is None:
        raise NotFound(what=str(record))
    to = target_of(row.format)
    kept = Conversion.objects.filter(record=row, target_format=to).first()
    if kept:
        return _view(kept, row.content_hash)
    made = convert(MarcRecord.from_json(row.marc), mapping_to(to))
    return ConversionView(
        target_format=to,
        mapping=made.mapping,
        version=made.version,
        at=None,
        warnings=made.warnings,
        marc=made.record,
        is_outdated=False,
    )


@transaction.atomic
def convert_record(act: Act, *, record: UUID) -> ConversionView:
    """Convert a record into the other format with the present mapping and keep what comes out.

    An earlier conversion is replaced; doing it twice is as once. Raises NotFound.
    """
    row = BibRecord.objects.filter(uid=record).first()
    if row is None:
        raise NotFound(what=str(record))
    keep_conversions(act, [row], target_of(row.format), anew=True)
    return conversion(row.pk)


def keep_conversions(
    act: Act, rows: Sequence[BibRecord], to: MarcFormat, *, anew: bool = False
) -> dict[int, MarcRecord]:
    """Return the records in format `to` by their ids, converting those whose record or mapping changed.

    Two statements a batch. With `anew` all are converted again. Everything converted is kept with its source,
    mapping and warnings.
    """
    mapping = mapping_to(to)
    before = {} if anew else _before(rows, to, mapping.version)
    found = {row.pk: before[row.pk] for row in rows if before.get(row.pk)}
    made = {row.pk: convert(MarcRecord.from_json(row.marc), mapping) for row in rows if row.pk not in found}
    Conversion.objects.bulk_create(
        [_row(act, row, to, made[row.pk]) for row in rows if row.pk in made],
        update_conflicts=True,
        unique_fields=["record", "target_format"],
        update_fields=_CHANGED,
    )
    return {**found, **{record: one.record for record, one in made.items()}}


def _before(rows: Sequence[BibRecord], to: MarcFormat, version: str) -> Mapping[int, MarcRecord]:
    """Return the conversions that still hold."""
    kept = Conversion.objects.filter(record__in=[row.pk for row in rows], target_format=to, mapping_version=version)
    kept = kept.filter(source_hash=F("record__content_hash"))
    return {record: MarcRecord.from_json(target) for record, target in kept.values_list("record_id", "target")}


def convert_again(act: Act) -> int:
    """Convert anew every kept conversion whose record or mapping changed since; returns how many."""
    done = 0
    for to in (MarcFormat.MARC21, MarcFormat.CNMARC):
        stale = Conversion.objects.filter(target_format=to).filter(
            ~Q(mapping_version=mapping_to(to).version) | ~Q(source_hash=F("record__content_hash"))
        )
        ids = list(stale.order_by("record_id").values_list("record_id", flat=True))
        for start in range(0, len(ids), BATCH):
            with transaction.atomic():
                rows = list(BibRecord.objects.filter(pk__in=ids[start : start + BATCH]))
                keep_conversions(act, rows, to, anew=True)
        done += len(ids)
    return done


def _row(act: Act, row: BibRecord, to: MarcFormat, made: Converted) -> Conversion:
    return Conversion(
        record_id=row.pk,
        source_format=row.format,
        target_format=to,
        mapping=made.mapping,
        mapping_version=made.version,
        at=act.at,
        staff=act.staff,
        warnings=[list(one) for one in made.warnings],
        source_hash=row.content_hash,
        source=row.marc,
        target=made.record.to_json(),
    )


def _view(kept: Conversion, content_hash: str) -> ConversionView:
    to = MarcFormat(kept.target_format)
    return ConversionView(
        target_format=to,
        mapping=kept.mapping,
        version=kept.mapping_version,
        at=kept.at,
        warnings=tuple(Loss(*one) for one in kept.warnings),
        marc=MarcRecord.from_json(kept.target),
        is_outdated=kept.source_hash != content_hash or kept.mapping_version != mapping_to(to).version,
    )
