"""Reads of the authority file: by heading, by number, from the records that link to it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Replace

from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.authorities.headings import (
    NAMES,
    family_of,
    key_of,
    number_in,
    text_of,
    used_headings,
)
from wenlan.catalogue.authorities.keeping import formats_like
from wenlan.catalogue.authorities.types import (
    AuthorityKind,
    AuthorityView,
    MergePreview,
    MergeView,
    Relation,
    Suggestion,
)
from wenlan.catalogue.cnmarc import MarcRecord
from wenlan.catalogue.description.folding import key
from wenlan.catalogue.models import (
    Authority,
    AuthorityForm,
    AuthorityLink,
    AuthorityMerge,
    AuthorityRewrite,
    BibRecord,
    UnplacedRecord,
)
from wenlan.catalogue.types import RecordView, SearchField, SearchQuery, UnplacedKind
from wenlan.kernel.errors import NotFound

MOST_CANDIDATES = 100


def view(row: Authority, *, records: int = -1) -> AuthorityView:
    """Return a row as others see it; reads its forms and what it was merged into unless they were fetched."""
    return AuthorityView(
        id=row.pk,
        uid=row.uid,
        kind=row.kind,
        format=row.format,
        number=row.number,
        heading=row.heading,
        sort_key=row.heading_key,
        see=tuple(form.text for form in row.forms.all() if form.relation == Relation.SEE),
        see_also=tuple(form.text for form in row.forms.all() if form.relation == Relation.SEE_ALSO),
        note=row.note,
        merged_into=row.merged_into.uid if row.merged_into else None,
        updated_at=row.updated_at,
        records=records,
        marc=MarcRecord.from_json(row.marc),
    )


def authority(uid: UUID) -> AuthorityView:
    """Return one authority with the number of its records (three statements). Raises NotFound."""
    row = _rows().filter(uid=uid).first()
    if row is None:
        raise NotFound(what=str(uid))
    return view(row, records=AuthorityLink.objects.filter(authority=row).values("record").distinct().count())


def authority_by_number(number: str) -> AuthorityView:
    """Return the authority that carries a number (two statements). Raises NotFound."""
    row = _rows().filter(number=number).order_by("pk").first()
    if row is None:
        raise NotFound(what=number)
    return view(row)


def authorities_like(text: str, *, kind: str, of: str, limit: int) -> tuple[AuthorityView, ...]:
    """Return authorities with these characters in their name or a form it is seen from, those of just this name first.

    Three statements. `of` is the format of the record that is to link to one. Merged ones are left out.
    """
    folded = key(text)
    forms = AuthorityForm.objects.exclude(relation=Relation.SEE_ALSO)
    named = Exists(forms.filter(authority=OuterRef("pk"), key=folded))
    rows = _rows().filter(kind=kind, format__in=formats_like(of), merged_into__isnull=True)
    rows = rows.filter(Q(pk__in=forms.filter(key__contains=folded).values("authority")) | Q(number=text.strip()))
    rows = rows.annotate(linked=Count("links__record", distinct=True), is_named=named)
    found = rows.order_by("-is_named", "heading_key", "pk")[:limit] if folded else ()
    return tuple(view(row, records=row.linked) for row in found)


def search_authorities(text: str, *, kind: str = "", after: str = "", limit: int = 50) -> tuple[AuthorityView, ...]:
    """Return authorities with these characters in any form of their name, by heading, after a heading's key.

    Three statements. Merged ones are left out unless their number is asked for. `after` is `key:id` of the
    last one shown.
    """
    rows = _rows().annotate(linked=Count("links__record", distinct=True))
    if kind:
        rows = rows.filter(kind=kind)
    if folded := key(text):
        forms = AuthorityForm.objects.filter(key__contains=folded).exclude(relation=Relation.SEE_ALSO)
        rows = rows.filter(Q(pk__in=forms.values("authority"), merged_into__isnull=True) | Q(number=text.strip()))
    else:
        rows = rows.filter(merged_into__isnull=True)
    last, _mark, last_id = after.rpartition(":")
    if last_id.isdigit():
        rows = rows.filter(Q(heading_key__gt=last) | Q(heading_key=last, pk__gt=int(last_id)))
    return tuple(view(row, records=row.linked) for row in rows.order_by("heading_key", "pk")[:limit])


def records_of(authority_id: int, *, after: int = 0, limit: int = 50) -> tuple[RecordView, ...]:
    """Return the records that link to an authority, oldest first, after a record's id (two statements)."""
    ids = AuthorityLink.objects.filter(authority_id=authority_id, record_id__gt=after).values("record_id").distinct()
    found = catalogue.records([row["record_id"] for row in ids.order_by("record_id")[:limit]])
    return tuple(found[one] for one in sorted(found))


def see_also(view_: AuthorityView) -> tuple[tuple[str, AuthorityView | None], ...]:
    """Return the headings to see also, each with its authority where its number or name is known."""
    forms = list(AuthorityForm.objects.filter(authority_id=view_.id, relation=Relation.SEE_ALSO).order_by("pk"))
    numbers = {form.number for form in forms if form.number}
    known = {row.number: view(row) for row in _rows().filter(number__in=numbers)}
    return tuple((form.text, known.get(form.number)) for form in forms)


def merge_preview(kept: UUID, gone: UUID) -> MergePreview:
    """Return what merging `gone` into `kept` would change. Raises NotFound."""
    one, other = authority(kept), authority(gone)
    records = AuthorityLink.objects.filter(authority_id=other.id).values_list("record_id", flat=True).distinct()
    have = {one.heading, *one.see}
    forms = tuple(form for form in (other.heading, *other.see) if form not in have)
    return MergePreview(kept=one, gone=other, records=tuple(records.order_by("record_id")), forms=forms)


def merges_of(authority_id: int) -> tuple[MergeView, ...]:
    """Return what was merged into an authority, newest first (two statements)."""
    rows = AuthorityMerge.objects.filter(kept_id=authority_id).select_related("kept", "gone").prefetch_related("parts")
    return tuple(merge_view(row) for row in rows.order_by("-pk"))


def merge_view(row: AuthorityMerge) -> MergeView:
    """Return a merge as others see it."""
    parts = [row.fields, *(part.fields for part in row.parts.all())]
    return MergeView(
        uid=row.uid,
        kept=row.kept.uid,
        gone=row.gone.uid,
        gone_heading=row.gone.heading,
        at=row.at,
        records=len({record for fields in parts for record, _before, _after in fields}),
        undone_at=row.undone_at,
    )


def following(authority_id: int) -> tuple[int, int] | None:
    """Return how many records have followed a change, of how many; None when all have (one statement)."""
    rows = AuthorityRewrite.objects.filter(authority_id=authority_id).values_list("done", "total")
    counted = list(rows)
    return (sum(done for done, _total in counted), sum(total for _done, total in counted)) if counted else None


def links_of_record(record: RecordView) -> tuple[tuple[str, str, AuthorityView | None], ...]:
    """Return a record's linked headings as (tag, text, authority; None when nobody knows the number)."""
    of = family_of(record.format)
    marc = record.marc or catalogue.record(record.id).marc
    rows = AuthorityLink.objects.filter(record_id=record.id).select_related("authority__merged_into")
    links = {(row.tag, row.number): row.authority for row in rows}
    found = []
    for _at, one, kind in used_headings(marc, of) if marc else ():
        if number := number_in(one, of):
            row = links.get((one.tag, number))
            found.append((one.tag, text_of(one, kind, of), view(row) if row else None))
    return tuple(found)


def suggestions(marc: MarcRecord, of: str) -> tuple[Suggestion, ...]:
    """Return authorities whose heading or other form is exactly what a field without a number says (two statements)."""
    family = family_of(of)
    open_fields = [(at, one, kind) for at, one, kind in used_headings(marc, family) if not number_in(one, family)]
    keys = {key_of(one, kind, family) for _at, one, kind in open_fields} - {""}
    if not keys:
        return ()
    forms = AuthorityForm.objects.filter(
        key__in=keys, authority__merged_into__isnull=True, authority__format__in=formats_like(of)
    ).exclude(relation=Relation.SEE_ALSO)
    by_key: dict[str, list[AuthorityForm]] = {}
    for form in forms.select_related("authority__merged_into").prefetch_related("authority__forms").order_by("pk"):
        by_key.setdefault(form.key, []).append(form)
    return tuple(
        Suggestion(
            field=at,
            tag=one.tag,
            text=text_of(one, kind, family),
            relation=form.relation,
            authority=view(form.authority),
        )
        for at, one, kind in open_fields
        for form in by_key.get(key_of(one, kind, family), ())
        if form.authority.kind == kind
    )


def unlinked_records(of: AuthorityView) -> tuple[RecordView, ...]:
    """Return records that carry exactly this heading or another form of it without a number, at most 100 looked at.

    Candidates come from the search index; without one there are none.
    """
    field = SearchField.AUTHOR if of.kind in NAMES else SearchField.SUBJECT
    row = Authority.objects.get(pk=of.id)
    candidates: dict[int, None] = {}
    for form in AuthorityForm.objects.filter(authority_id=of.id).exclude(relation=Relation.SEE_ALSO)[:10]:
        name = form.text.partition(" (")[0]
        page = catalogue.search(SearchQuery(text=name, field=field, size=MOST_CANDIDATES))
        if page.is_complete:
            candidates |= dict.fromkeys(hit.id for hit in page.hits)
    rows = BibRecord.objects.filter(pk__in=list(candidates)[:MOST_CANDIDATES], format__in=formats_like(row.format))
    keys = set(
        AuthorityForm.objects.filter(authority_id=of.id)
        .exclude(relation=Relation.SEE_ALSO)
        .values_list("key", flat=True)
    )
    return tuple(
        catalogue.view(one)
        for one in rows.order_by("pk")
        if open_fields(MarcRecord.from_json(one.marc), one.format, AuthorityKind(of.kind), keys)
    )


def open_fields(marc: MarcRecord, of: str, kind: AuthorityKind, keys: Collection[str]) -> tuple[int, ...]:
    """Return the places of a record's fields that say one of these names and carry no number."""
    family = family_of(of)
    return tuple(
        at
        for at, one, of_kind in used_headings(marc, family)
        if of_kind == kind and not number_in(one, family) and key_of(one, of_kind, family) in keys
    )


def waiting() -> QuerySet[UnplacedRecord]:
    """Return the authority records that imports set aside and whose number no authority has."""
    numbered = UnplacedRecord.objects.filter(kind=UnplacedKind.AUTHORITY).exclude(control_number="").exclude(heading="")
    bare = numbered.annotate(bare=Replace("control_number", Value(" "), Value("")))
    return bare.exclude(bare__in=Authority.objects.values("number"))


def _rows() -> QuerySet[Authority]:
    return Authority.objects.select_related("merged_into").prefetch_related("forms")
