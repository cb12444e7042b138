"""Taking a record over from elsewhere: what would change, and doing it with its origin kept."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db import transaction

from wenlan.catalogue import queries
from wenlan.catalogue.cnmarc import MarcRecord, read_stream
from wenlan.catalogue.columns import prepare
from wenlan.catalogue.crosswalk import convert, mapping_to
from wenlan.catalogue.editing.saving import catalogue_record, change_record
from wenlan.catalogue.models import BibRecord, OverlayRule, TakenRecord
from wenlan.catalogue.overlay.merging import Laid, Signature, lay_over
from wenlan.catalogue.overlay.rules import Family, Keep, Rule, family_of
from wenlan.catalogue.types import MarcFormat, RecordView, VersionKind
from wenlan.jobs import operations as jobs
from wenlan.jobs.queries import answer
from wenlan.kernel.acts import Act
from wenlan.network import queries as network
from wenlan.staff.operations import audit

NATIVE = {Family.UNIMARC: MarcFormat.CNMARC, Family.MARC21: MarcFormat.MARC21}
PLACELESS = Rule("886", Keep.NEVER_THEIRS)  # where the crosswalk puts what has no place in the other format


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a record comes from: the name of the target, what was asked, and the bytes as they came."""

    name: str
    question: str
    encoding: str
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignRecord:
    """A record of somebody else's, read: `view` is how it would look with us (its `id` is 0)."""

    view: RecordView
    format: MarcFormat
    title_key: str
    encoding: str
    notes: tuple[str, ...]

    @property
    def marc(self) -> MarcRecord:
        """The native form."""
        assert self.view.marc is not None
        return self.view.marc


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenView:
    """How a record of ours was taken over once; `mapping` is that of the crosswalk, empty without one."""

    origin: str
    question: str
    is_overlay: bool
    staff: int | None
    encoding: str
    mapping: str
    mapping_version: str


def read_foreign(raw: bytes, encoding: str) -> ForeignRecord | None:
    """Return the record that the bytes are (ISO 2709 or MARCXML), or None when they cannot be read."""
    found = next(iter(read_stream(io.BytesIO(raw), encoding=encoding)), None)
    if found is None or found.record is None or not found.record.fields:
        return None
    prepared = prepare(found.record)
    row = BibRecord(pk=0, **prepared.values())
    return ForeignRecord(
        view=queries.view(row),
        format=prepared.format,
        title_key=prepared.title_key,
        encoding=found.encoding,
        notes=found.notes,
    )


def known(foreign: Sequence[ForeignRecord]) -> tuple[tuple[RecordView, ...], ...]:
    """Return for each record those that we may have of it already: by standard number, else by title and year.

    Three statements, however many records.
    """
    numbers = {one for each in foreign for one in standard_numbers(each.view)}
    by_number: dict[str, list[RecordView]] = {}
    for ours in queries.records_by_number(sorted(numbers)) if numbers else ():
        for one in standard_numbers(ours):
            by_number.setdefault(one, []).append(ours)
    keys = {each.title_key for each in foreign if each.title_key}
    rows = BibRecord.objects.defer("marc").filter(title_key__in=keys).order_by("pk")[:500]
    by_title: dict[tuple[str, int | None], list[RecordView]] = {}
    for row in rows:
        by_title.setdefault((row.title_key, row.year), []).append(queries.view(row, with_marc=False))
    return tuple(_matches(each, by_number, by_title) for each in foreign)


def standard_numbers(view: RecordView) -> tuple[str, ...]:
    """Return the ISBN and the ISSN that a record has."""
    return tuple(one for one in (*view.isbn, view.issn) if one)


def _matches(
    each: ForeignRecord,
    by_number: dict[str, list[RecordView]],
    by_title: dict[tuple[str, int | None], list[RecordView]],
) -> tuple[RecordView, ...]:
    found = [ours for number in standard_numbers(each.view) for ours in by_number.get(number, ())]
    found += by_title.get((each.title_key, each.view.year), ())
    return tuple({one.id: one for one in found}.values())


def rules(family: Family) -> tuple[Rule, ...]:
    """Return the rules of a family in their order: those for fields with a certain subfield first (one statement)."""
    rows = OverlayRule.objects.filter(family=family).order_by("-having", "tag")
    return tuple(Rule(row.tag, Keep(row.keep), row.having) for row in rows)


def all_rules() -> tuple[tuple[int, Family, Rule], ...]:
    """Return every rule with its id and family, as a page lists them (one statement)."""
    rows = OverlayRule.objects.order_by("-family", "tag", "having")
    return tuple((row.pk, Family(row.family), Rule(row.tag, Keep(row.keep), row.having)) for row in rows)


@transaction.atomic
def set_rule(act: Act, *, family: Family, rule: Rule) -> None:
    """Make a rule, or give the one for the same fields another outcome."""
    values = {"keep": rule.keep}
    OverlayRule.objects.update_or_create(family=family, tag=rule.tag.upper(), having=rule.having, defaults=values)
    audit(act, "catalogue.set_overlay_rule", f"overlay:{family}:{rule.tag}{rule.having}", after={"keep": rule.keep})


@transaction.atomic
def drop_rule(act: Act, *, rule: int) -> None:
    """Take a rule away; nothing happens for one that is gone."""
    row = OverlayRule.objects.filter(pk=rule).first()
    if row is not None:
        row.delete()
        named = f"overlay:{row.family}:{row.tag}{row.having}"
        audit(act, "catalogue.drop_overlay_rule", named, before={"keep": row.keep})


def preview(
    act: Act, *, foreign: ForeignRecord, over: RecordView | None = None, into: MarcFormat | None = None
) -> Laid:
    """Return what taking the record over would make, and of what.

    It is made in the family of ours, else of `into`, else of theirs. A record of the other family goes through the
    crosswalk first; what has no place in our format stays out of it, and the conversion tells which fields these are.
    """
    theirs = family_of(foreign.format)
    family = family_of(MarcFormat(over.format)) if over is not None else family_of(into) if into else theirs
    signature = Signature(agency=network.agency_of(act.node), on=act.day)
    ours = over.marc if over else None
    if family == theirs:
        return lay_over(ours, foreign.marc, rules(family), family=family, signature=signature)
    made = convert(foreign.marc, mapping_to(NATIVE[family]))
    laid = lay_over(ours, made.record, (PLACELESS, *rules(family)), family=family, signature=signature)
    return replace(laid, conversion=made)


@transaction.atomic
def take_over(
    act: Act,
    *,
    foreign: ForeignRecord,
    origin: Origin,
    over: UUID | None = None,
    into: MarcFormat | None = None,
    based_on: str = "",
) -> RecordView:
    """Keep a record of somebody else's as ours, or lay it over one of ours, by the rules of protection.

    The bytes and where they came from are kept beside it, and the conversion when there was one (see `preview`).
    Locks our record's row. `based_on` is the content hash of what was shown as ours. Repeating `act.key` returns the
    first answer. Raises NotFound, RecordChangedMeanwhile.
    """
    if act.key and (before := answer(act.key, "catalogue.take_over")):
        return queries.record(before["id"])
    if over is None:
        laid = preview(act, foreign=foreign, into=into)
        made = catalogue_record(act, marc=laid.marc, format=_format_of(foreign, laid))
    else:
        ours = queries.record_by_uid(over)
        laid = preview(act, foreign=foreign, over=ours)
        made = change_record(
            act, record=over, marc=laid.marc, based_on=based_on, kind=VersionKind.OVERLAID, note=origin.name
        )
    _keep_origin(act, made.id, origin, is_overlay=over is not None, laid=laid)
    if act.key:
        jobs.remember(act.key, "catalogue.take_over", {"id": made.id}, at=act.at)
    return made


def _format_of(foreign: ForeignRecord, laid: Laid) -> MarcFormat:
    """Return the format that the record is kept in."""
    if laid.conversion is None:
        return foreign.format
    return MarcFormat.CNMARC if foreign.format == MarcFormat.MARC21 else MarcFormat.MARC21


def _keep_origin(act: Act, record: int, origin: Origin, *, is_overlay: bool, laid: Laid) -> None:
    made = laid.conversion
    TakenRecord.objects.create(
        mapping=made.mapping if made else "",
        mapping_version=made.version if made else "",
        warnings=[list(one) for one in made.warnings] if made else [],
        converted=made.record.to_json() if made else "",
        record_id=record,
        origin=origin.name[:100],
        question=origin.question[:300],
        is_overlay=is_overlay,
        at=act.at,
        staff=act.staff,
        encoding=origin.encoding[:20],
        raw=origin.raw,
        protected=_tags(one.field.tag for one in laid.lines if one.kind == "kept"),
    )


def _tags(tags: Iterable[str]) -> list[str]:
    return sorted(set(tags))


def taken(records: Collection[int]) -> dict[int, tuple[TakenView, ...]]:
    """Return how records were taken over, newest first (one statement)."""
    found: dict[int, list[TakenView]] = {}
    for row in TakenRecord.objects.defer("raw", "converted").filter(record__in=records).order_by("-pk"):
        view = TakenView(
            origin=row.origin,
            question=row.question,
            is_overlay=row.is_overlay,
            staff=row.staff,
            encoding=row.encoding,
            mapping=row.mapping,
            mapping_version=row.mapping_version,
        )
        found.setdefault(row.record_id, []).append(view)
    return {record: tuple(views) for record, views in found.items()}
