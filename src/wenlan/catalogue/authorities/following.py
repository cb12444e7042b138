"""Records that follow their heading: a few at once, many batch by batch, so that nobody's desk waits for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wenlan.catalogue.authorities import headings
from wenlan.catalogue.authorities.types import Heading
from wenlan.catalogue.cnmarc import AnyField, Field, MarcRecord, Subfield
from wenlan.catalogue.editing import saving
from wenlan.catalogue.models import (
    Authority,
    AuthorityLink,
    AuthorityMerge,
    AuthorityMergePart,
    AuthorityRewrite,
    BibRecord,
)
from wenlan.kernel.acts import Act, Channel

AT_ONCE = 40
BATCH = 5
MOST_A_RUN = 60

Changed = list[tuple[int, AnyField, AnyField]]


def begin(act: Act, row: Authority, *, merge: AuthorityMerge | None = None, is_undoing: bool = False) -> int:
    """Let the records that link to an authority follow it; returns how many there are.

    Up to 40 follow in the caller's transaction, more of them by `follow_some`. A change that was still being
    followed is overtaken by a later one, for what is written is always the heading as it stands.
    """
    rewrite = AuthorityRewrite(
        authority=row, merge=merge, is_undoing=is_undoing, at=act.at, node_id=act.node, staff=act.staff
    )
    rewrite.total = _parts_total(merge) if merge and is_undoing else _waiting(rewrite).count()
    if merge is None:
        AuthorityRewrite.objects.filter(authority=row, merge=None).delete()
    if rewrite.total:
        rewrite.save()
        if rewrite.total <= AT_ONCE:
            while _step(rewrite, act.at, AT_ONCE):
                pass
    return rewrite.total


def follow_some(at: datetime) -> int:
    """Let up to 60 records follow their headings, each 5 in a transaction; returns how many were looked at.

    Broken off it goes on behind the last batch that was kept. Two that run at once wait for each other's row.
    """
    done = 0
    for rewrite in AuthorityRewrite.objects.order_by("pk").values_list("pk", flat=True):
        while done < MOST_A_RUN:
            with transaction.atomic():
                row = AuthorityRewrite.objects.select_for_update().filter(pk=rewrite).first()
                looked_at = _step(row, at, BATCH) if row else 0
            if not looked_at:
                break
            done += looked_at
    return done


def _waiting(rewrite: AuthorityRewrite) -> QuerySet[AuthorityLink, int]:
    """Return the ids of the records that have not followed yet, in their order."""
    links = AuthorityLink.objects.filter(authority=rewrite.authority, record_id__gt=rewrite.last_record)
    if rewrite.merge is not None:
        links = links.filter(number__in=_numbers(rewrite.merge.gone))
    return links.order_by("record_id").values_list("record_id", flat=True).distinct()


def _numbers(row: Authority) -> set[str]:
    """Return an authority's number, and those of what was merged into it."""
    return {row.number, *Authority.objects.filter(merged_into=row).values_list("number", flat=True)}


def _step(rewrite: AuthorityRewrite, at: datetime, most: int) -> int:
    """Let the next records follow; returns how many were looked at. A rewrite that is through is removed."""
    act = Act(at=at, node=rewrite.node_id, channel=Channel.DESK, key="", staff=rewrite.staff)
    looked_at = _put_back(act, rewrite) if rewrite.is_undoing else _rewrite(act, rewrite, most)
    if looked_at:
        AuthorityRewrite.objects.filter(pk=rewrite.pk).update(done=rewrite.done, last_record=rewrite.last_record)
    else:
        rewrite.delete()
    return looked_at


def _rewrite(act: Act, rewrite: AuthorityRewrite, most: int) -> int:
    """Put heading and number of the authority into the linked fields of the next records."""
    row = rewrite.authority
    records = list(_waiting(rewrite)[:most])
    if not records:
        return 0
    heading = headings.heading_of(MarcRecord.from_json(row.marc), headings.family_of(row.format))
    wanted = _numbers(row) | (_numbers(rewrite.merge.gone) if rewrite.merge else set())
    changed: Changed = []
    for record in BibRecord.objects.filter(pk__in=records).order_by("pk"):
        changed += _follow(act, record, row, heading, wanted) if heading else []
    if rewrite.merge is not None and changed:
        AuthorityMergePart.objects.create(merge=rewrite.merge, fields=changed)
    rewrite.done += len(records)
    rewrite.last_record = records[-1]
    return len(records)


def _follow(act: Act, record: BibRecord, row: Authority, heading: Heading, numbers: Collection[str]) -> Changed:
    """Return what changed in a record, as (record, field before, field after)."""
    of, marc = headings.family_of(row.format), MarcRecord.from_json(record.marc)
    after = {
        at: headings.linked(one, heading, row.number, of)
        for at, one, kind in headings.used_headings(marc, of)
        if kind == heading.kind and headings.number_in(one, of) in numbers
    }
    changed = {at: one for at, one in after.items() if one != marc.fields[at]}
    save(act, record, marc, changed, row)
    return [(record.pk, marc.fields[at], one) for at, one in changed.items()]


def _put_back(act: Act, rewrite: AuthorityRewrite) -> int:
    """Give the records of the next part of a merge their fields back, those that nobody changed since.

    What a merge changed before parts were kept stands in its own row; that comes first.
    """
    merge = rewrite.merge
    assert merge is not None
    if rewrite.last_record == 0 and merge.fields:
        rewrite.last_record = -1
        fields = merge.fields
    else:
        part = merge.parts.filter(pk__gt=rewrite.last_record).order_by("pk").first()
        if part is None:
            return 0
        rewrite.last_record, fields = part.pk, part.fields
    by_record: dict[int, list[tuple[AnyField, AnyField]]] = {}
    for record, before, after in fields:
        by_record.setdefault(record, []).append((_native(before), _native(after)))
    for row in BibRecord.objects.filter(pk__in=by_record).order_by("pk"):
        marc = MarcRecord.from_json(row.marc)
        save(act, row, marc, _undone(marc, by_record[row.pk]), rewrite.authority)
    rewrite.done += len(by_record)
    return len(by_record)


def _undone(marc: MarcRecord, pairs: Iterable[tuple[AnyField, AnyField]]) -> dict[int, AnyField]:
    changed: dict[int, AnyField] = {}
    for before, after in pairs:
        at = next((at for at, each in enumerate(marc.fields) if each == after and at not in changed), None)
        if at is not None:
            changed[at] = before
    return changed


def _parts_total(merge: AuthorityMerge) -> int:
    """Return how many records a merge changed."""
    parts = [merge.fields, *(part.fields for part in merge.parts.all())]
    return len({record for fields in parts for record, _before, _after in fields})


def save(act: Act, record: BibRecord, marc: MarcRecord, changed: Mapping[int, AnyField], row: Authority) -> bool:
    """Keep a record with these fields in their places, the authority named in its history; False without any."""
    if not changed:
        return False
    note = _("Authority %(number)s: %(heading)s") % {"number": row.number, "heading": row.heading}
    own_act = Act(at=act.at, node=act.node, channel=act.channel, staff=act.staff, device=act.device, key="")
    saving.change_record(own_act, record=record.uid, marc=headings.with_fields(marc, changed), note=note)
    return True


def _native(stored: list[object]) -> AnyField:
    tag, indicators, subfields = stored
    assert isinstance(subfields, list)
    return Field(str(tag), str(indicators), tuple(Subfield(*each) for each in subfields))
