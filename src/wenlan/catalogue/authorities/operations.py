"""Writes of the authority file: founded, changed, linked, merged, and a merge taken back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wenlan.catalogue.authorities import errors, following, headings, keeping, queries
from wenlan.catalogue.authorities.types import AuthorityKind, AuthorityView, Heading, MergeView
from wenlan.catalogue.cnmarc import Field, MarcRecord, Subfield
from wenlan.catalogue.models import (
    Authority,
    AuthorityForm,
    AuthorityLink,
    AuthorityMerge,
    AuthorityRewrite,
    BibRecord,
)
from wenlan.catalogue.policies import Outcome
from wenlan.catalogue.storing import INDEX_TOPIC
from wenlan.catalogue.types import MarcFormat
from wenlan.jobs import operations as jobs
from wenlan.jobs.queries import answer
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.staff.operations import audit

BATCH = 200


@transaction.atomic
def found_authority(
    act: Act, *, kind: AuthorityKind, subfields: Iterable[tuple[str, str]], see: Iterable[str] = ()
) -> AuthorityView:
    """Found an authority with the next number of the year; `subfields` are those of its heading.

    Repeating `act.key` returns the first answer. Raises HeadingMissing, HeadingTaken.
    """
    if act.key and (before := answer(act.key, "catalogue.found_authority")):
        return queries.authority(UUID(before["uid"]))
    number = f"A{act.day.year}{jobs.next_number('catalogue.authority', str(act.day.year)):06d}"
    said = tuple((code, value.strip()) for code, value in subfields if value.strip())
    marc = headings.new_authority(kind, number, said, f"{timezone.localtime(act.at):%Y%m%d%H%M%S}")
    heading = _heading(marc, MarcFormat.CNMARC)
    if see := tuple(see):
        marc = headings.with_references(marc, "4", headings.see_fields(marc, heading, see, headings.UNIMARC))
        heading = _heading(marc, MarcFormat.CNMARC)
    _require_free(heading, except_for=None)
    row = Authority.objects.create(
        node_id=act.node,
        number=number,
        format=MarcFormat.CNMARC,
        created_at=act.at,
        updated_at=act.at,
        **keeping.columns_of(marc, heading),
    )
    keeping.write_forms([(row.pk, heading)])
    keeping.find_links(row)
    audit(act, "catalogue.found_authority", f"authority:{row.uid}", after={"heading": row.heading})
    if act.key:
        jobs.remember(act.key, "catalogue.found_authority", {"uid": str(row.uid)}, at=act.at)
    return queries.authority(row.uid)


@transaction.atomic
def change_authority(act: Act, *, authority: UUID, marc: MarcRecord) -> AuthorityView:
    """Put another record in the place of an authority's; a new heading goes into every record that links to it.

    Up to 40 records follow at once, more of them in the background (`following`); each gets a version. Locks the
    authority's row, then the records' rows in the order of their ids. Raises NotFound, HeadingMissing, HeadingTaken,
    AuthorityMerged.
    """
    row = _locked(authority)
    heading = _heading(marc, row.format)
    _require_free(heading, except_for=row)
    before = row.marc
    _write(act, row, marc, heading)
    audit(act, "catalogue.change_authority", f"authority:{row.uid}", before={"marc": before}, after={"marc": row.marc})
    following.begin(act, row)
    return queries.authority(row.uid)


def change_heading(
    act: Act, *, authority: UUID, subfields: Iterable[tuple[str, str]], see: Iterable[str]
) -> AuthorityView:
    """Change the heading and the forms it is seen from; all else of the record stays. Raises as `change_authority`."""
    row = Authority.objects.filter(uid=authority).first()
    if row is None:
        raise NotFound(what=str(authority))
    of, marc = headings.family_of(row.format), MarcRecord.from_json(row.marc)
    old = _heading(marc, row.format)
    codes = of.codes[AuthorityKind(old.kind)]
    said = tuple(Subfield(code, value.strip()) for code, value in subfields if value.strip())
    if not any(each.value for each in said):
        raise errors.HeadingMissing
    own = tuple(each for each in old.field.subfields if each.code not in codes)
    at = marc.fields.index(old.field)
    marc = headings.with_fields(marc, {at: Field(old.field.tag, old.field.indicators, (*said, *own))})
    marc = headings.with_references(
        marc, "4", headings.see_fields(marc, _heading(marc, row.format), dict.fromkeys(see), of)
    )
    return change_authority(act, authority=authority, marc=marc)


@transaction.atomic
def relate(act: Act, *, authority: UUID, other: UUID) -> None:
    """Let two authorities refer to each other (see also). Relating them again changes nothing.

    Raises NotFound, AuthoritiesUnlike for two formats, AuthorityMerged. Locks both rows by id.
    """
    one, two = _both(authority, other)
    if one.format != two.format or one.pk == two.pk:
        raise errors.AuthoritiesUnlike(kept=one.heading, gone=two.heading)
    for here, there in ((one, two), (two, one)):
        of, marc = headings.family_of(here.format), MarcRecord.from_json(here.marc)
        target = _heading(MarcRecord.from_json(there.marc), there.format)
        standing = marc.all(*sorted(tag for tag in marc.tags if tag[0] == "5"))
        if any(headings.number_in(each, of) == there.number for each in standing):
            continue
        tag = f"5{target.field.tag[1:]}"
        new = Field(tag, target.field.indicators, (*target.field.subfields, Subfield(of.number, there.number)))
        marc = headings.with_references(marc, "5", (*standing, new))
        _write(act, here, marc, _heading(marc, here.format))
    audit(act, "catalogue.relate_authorities", f"authority:{one.uid}", after={"see_also": two.number})


@transaction.atomic
def unrelate(act: Act, *, authority: UUID, text: str) -> bool:
    """Take a see-also out of an authority, and where the other one is known, the one that leads back.

    `text` is the heading as it is shown. Returns whether there was one. Raises NotFound, AuthorityMerged.
    """
    row = _locked(authority)
    gone = _without_see_also(act, row, lambda shown, _number: shown == text)
    numbers = {number for each in gone if (number := headings.number_in(each, headings.family_of(row.format)))}
    allowed = keeping.formats_like(row.format)
    others = Authority.objects.select_for_update().filter(number__in=numbers, format__in=allowed, merged_into=None)
    for other in others.order_by("pk"):
        _without_see_also(act, other, lambda _shown, number: number == row.number)
    if gone:
        audit(act, "catalogue.unrelate_authorities", f"authority:{row.uid}", before={"see_also": text})
    return bool(gone)


def _without_see_also(act: Act, row: Authority, is_meant: Callable[[str, str], bool]) -> list[Field]:
    """Take the 5XX fields that are meant out of an authority's record; returns them."""
    of, marc = headings.family_of(row.format), MarcRecord.from_json(row.marc)
    standing = marc.all(*sorted(tag for tag in marc.tags if tag[0] == "5"))
    kinds = {one: headings.kind_of_reference(one, AuthorityKind(row.kind), of) for one in standing}
    gone = [one for one in standing if is_meant(headings.text_of(one, kinds[one], of), headings.number_in(one, of))]
    if gone:
        marc = headings.with_references(marc, "5", [one for one in standing if one not in gone])
        _write(act, row, marc, _heading(marc, row.format))
    return gone


@transaction.atomic
def import_authorities(act: Act, records: Sequence[tuple[MarcRecord, MarcFormat]]) -> tuple[Outcome | None, ...]:
    """Keep authority records that came with a file, matched by number; returns what became of each, in their order.

    None: it has no heading or no number, and the caller must keep it some other way. A merged authority is left as
    it stands. Records of the catalogue follow a heading that changed, as in `change_authority`. The caller keeps the
    bytes; importing the same again changes nothing.
    """
    if not records:
        return ()
    outcomes, renamed = keeping.write_incoming(records, node=act.node, at=act.at)
    for row in renamed:
        following.begin(act, row)
    return outcomes


@transaction.atomic
def link_records(act: Act, *, authority: UUID, records: Collection[int]) -> int:
    """Put the authority's number and heading into the fields of these records that say one of its names.

    Fields that carry a number already are left alone. Returns how many records changed. Raises NotFound,
    AuthorityMerged. Locks as `change_authority`.
    """
    row = _locked(authority)
    heading = _heading(MarcRecord.from_json(row.marc), row.format)
    keys = set(AuthorityForm.objects.filter(authority=row).exclude(relation="see_also").values_list("key", flat=True))
    of = headings.family_of(row.format)
    done = 0
    allowed = keeping.formats_like(row.format)
    for record in BibRecord.objects.filter(pk__in=records, format__in=allowed).order_by("pk"):
        marc = MarcRecord.from_json(record.marc)
        places = queries.open_fields(marc, record.format, AuthorityKind(row.kind), keys)
        changed = {at: headings.linked(_field(marc, at), heading, row.number, of) for at in places}
        done += following.save(act, record, marc, changed, row)
    return done


@transaction.atomic
def merge(act: Act, *, kept: UUID, gone: UUID) -> MergeView:
    """Merge one authority into another: its records link to the kept one, its names become references there.

    The merged one stays under its number, which leads to the kept one. Everything that undoes it is kept. Records
    follow as in `change_authority`. Repeating `act.key` returns the first answer. Locks both rows by id, then the
    records' rows. Raises NotFound, AuthoritiesUnlike, AuthorityMerged, StillFollowing.
    """
    if act.key and (before := answer(act.key, "catalogue.merge_authorities")):
        return queries.merge_view(AuthorityMerge.objects.select_related("kept", "gone").get(uid=before["uid"]))
    one, other = _both(kept, gone)
    if (one.kind, one.format) != (other.kind, other.format) or one.pk == other.pk:
        raise errors.AuthoritiesUnlike(kept=one.heading, gone=other.heading)
    _require_settled(one, other)
    of, marc_before = headings.family_of(one.format), one.marc
    forms = queries.merge_preview(kept, gone).forms
    marc = MarcRecord.from_json(one.marc)
    standing = tuple(text for relation, text, *_rest in _heading(marc, one.format).references if relation == "see")
    see = headings.see_fields(marc, _heading(marc, one.format), dict.fromkeys((*standing, *forms)), of)
    marc = headings.with_references(marc, "4", see)
    _write(act, one, marc, _heading(marc, one.format))
    Authority.objects.filter(pk=other.pk).update(merged_into=one, updated_at=act.at)
    AuthorityLink.objects.filter(authority=other).update(authority=one)
    made = AuthorityMerge.objects.create(
        kept=one, gone=other, at=act.at, staff=act.staff, kept_marc=marc_before, kept_after=marc.content_hash()
    )
    records = following.begin(act, one, merge=made)
    audit(act, "catalogue.merge_authorities", f"authority:{one.uid}", after={"gone": other.number, "records": records})
    if act.key:
        jobs.remember(act.key, "catalogue.merge_authorities", {"uid": str(made.uid)}, at=act.at)
    return queries.merge_view(made)


@transaction.atomic
def undo_merge(act: Act, *, merge: UUID) -> AuthorityView:
    """Take a merge back: the merged authority stands again, and each field it changed is as it was before.

    A field that somebody changed since is left as it is. The references that the merge gave are taken away when
    the kept record was not changed since. Returns the one that stands again; its records follow as in
    `change_authority`. Raises NotFound, MergeSettled, StillFollowing.
    """
    row = AuthorityMerge.objects.select_for_update().filter(uid=merge).select_related("kept", "gone").first()
    if row is None:
        raise NotFound(what=str(merge))
    one, other = _both(row.kept.uid, row.gone.uid, merged=row)
    if row.undone_at or other.merged_into_id != one.pk or one.merged_into_id:
        raise errors.MergeSettled
    _require_settled(one, other)
    Authority.objects.filter(pk=other.pk).update(merged_into=None, updated_at=act.at)
    if one.content_hash == row.kept_after:
        marc = MarcRecord.from_json(row.kept_marc)
        _write(act, one, marc, _heading(marc, one.format))
    AuthorityLink.objects.filter(authority=one, number=other.number).update(authority=other)
    other.refresh_from_db()
    following.begin(act, other, merge=row, is_undoing=True)
    row.undone_at = act.at
    row.save(update_fields=["undone_at"])
    audit(act, "catalogue.undo_authority_merge", f"authority:{one.uid}", after={"stands_again": other.number})
    return queries.authority(other.uid)


def place_waiting(act: Act) -> int:
    """Take in the authority records that earlier imports set aside, 200 in a transaction; returns how many."""
    placed, last = 0, 0
    while batch := list(queries.waiting().filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        incoming = [(MarcRecord.from_json(row.marc), MarcFormat(row.format)) for row in batch]
        outcomes = import_authorities(act, incoming)
        placed += sum(outcome is not None for outcome in outcomes)
    if placed:
        audit(act, "catalogue.place_authorities", "authorities", after={"placed": placed})
    return placed


def _heading(marc: MarcRecord, of: str) -> Heading:
    heading = headings.heading_of(marc, headings.family_of(of))
    if heading is None:
        raise errors.HeadingMissing
    return heading


def _require_free(heading: Heading, *, except_for: Authority | None) -> None:
    """Two authorities with the very same heading, dates and all, would part the works of one name."""
    rows = Authority.objects.filter(kind=heading.kind, heading=heading.text, merged_into__isnull=True)
    if except_for is not None and except_for.heading == heading.text:
        return
    if taken := rows.first():
        raise errors.HeadingTaken(heading=heading.text, number=taken.number)


def _require_settled(*rows: Authority) -> None:
    """Two changes at once to who stands behind a name could not be told apart when one is taken back."""
    if rewrite := AuthorityRewrite.objects.filter(authority__in=rows, merge__isnull=False).first():
        raise errors.StillFollowing(done=rewrite.done, total=rewrite.total)


def _locked(uid: UUID) -> Authority:
    row = Authority.objects.select_for_update(of=("self",)).filter(uid=uid).select_related("merged_into").first()
    if row is None:
        raise NotFound(what=str(uid))
    if row.merged_into is not None:
        raise errors.AuthorityMerged(heading=row.heading, kept=row.merged_into.heading)
    return row


def _both(one: UUID, other: UUID, *, merged: AuthorityMerge | None = None) -> tuple[Authority, Authority]:
    """Lock two authorities in the order of their ids; `merged` allows what that merge joined."""
    rows = Authority.objects.select_for_update(of=("self",)).filter(uid__in=(one, other)).order_by("pk")
    found = {row.uid: row for row in rows}
    for uid in (one, other):
        if uid not in found:
            raise NotFound(what=str(uid))
        if (kept := found[uid].merged_into) is not None and merged is None:
            raise errors.AuthorityMerged(heading=found[uid].heading, kept=kept.heading)
    return found[one], found[other]


def _write(act: Act, row: Authority, marc: MarcRecord, heading: Heading) -> None:
    for name, value in keeping.columns_of(marc, heading).items():
        setattr(row, name, value)
    row.updated_at = act.at
    row.save()
    keeping.write_forms([(row.pk, heading)])
    ids = _records_of(row)
    jobs.post_many(INDEX_TOPIC, [{"ids": ids[at : at + BATCH]} for at in range(0, len(ids), BATCH)])


def _records_of(row: Authority) -> list[int]:
    return sorted(set(AuthorityLink.objects.filter(authority=row).values_list("record_id", flat=True)))


def _field(marc: MarcRecord, at: int) -> Field:
    one = marc.fields[at]
    assert isinstance(one, Field)
    return one
