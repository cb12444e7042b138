"""Rows of authorities and of the links to them, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection

from wenlan.catalogue import statements
from wenlan.catalogue.authorities.headings import control_of, family_of, heading_of
from wenlan.catalogue.authorities.types import Heading, Relation
from wenlan.catalogue.cnmarc import MarcRecord
from wenlan.catalogue.models import Authority, AuthorityForm, AuthorityLink
from wenlan.catalogue.policies import Outcome
from wenlan.catalogue.types import MarcFormat

if TYPE_CHECKING:
    from wenlan.catalogue.columns import Row


def formats_like(of: str) -> tuple[str, ...]:
    """Return the formats whose records may link to authorities of this one: CNMARC and UNIMARC are one family."""
    return (MarcFormat.MARC21,) if of == MarcFormat.MARC21 else (MarcFormat.CNMARC, MarcFormat.UNIMARC)


def write_links(described: Sequence[tuple[int, Row]], *, anew: bool) -> None:
    """Write which authorities records link to (no statement for records without any number).

    `anew`: the links these records had before are forgotten first. A number nobody knows yet is kept and
    finds its authority when that comes.
    """
    if anew:
        AuthorityLink.objects.filter(record_id__in=[record for record, _row in described]).delete()
    numbers = {number for _record, row in described for _tag, number in row.links}
    if not numbers:
        return
    with connection.cursor() as cursor:
        standing = statements.authorities(cursor, sorted(numbers))
    ends = final(standing.values())
    rows = []
    for record, row in described:
        for tag, number in row.links:
            found = next((one for of in formats_like(row.format) if (one := standing.get((number, of)))), None)
            rows.append((record, tag, number, ends[found] if found else None))
    with connection.cursor() as cursor:
        statements.insert_links(cursor, rows)


def final(authorities: Collection[int]) -> dict[int, int]:
    """Return the authority that stands today for each of these: itself, or what it was merged into, to the end."""
    ends = {one: one for one in authorities}
    if not ends:
        return ends
    while moved := dict(
        Authority.objects.filter(pk__in=set(ends.values()), merged_into__isnull=False).values_list("pk", "merged_into")
    ):
        ends = {one: moved.get(end) or end for one, end in ends.items()}
    return ends


def columns_of(marc: MarcRecord, heading: Heading) -> dict[str, object]:
    """Return an authority's columns that follow from its record."""
    return {
        "kind": heading.kind,
        "heading": heading.text[:500],
        "heading_key": heading.key,
        "note": heading.note,
        "content_hash": marc.content_hash(),
        "marc": marc.to_json(),
    }


def write_forms(rows: Sequence[tuple[int, Heading]]) -> None:
    """Write the forms of the name that find these authorities, in the place of the old ones."""
    AuthorityForm.objects.filter(authority_id__in=[authority for authority, _heading in rows]).delete()
    AuthorityForm.objects.bulk_create(
        AuthorityForm(authority_id=authority, relation=relation, text=text[:500], key=key, number=number)
        for authority, heading in rows
        for relation, text, key, number in (
            (Relation.HEADING, heading.text, heading.key, ""),
            *heading.references,
        )
    )


def write_incoming(
    incoming: Sequence[tuple[MarcRecord, MarcFormat]], *, node: int, at: datetime
) -> tuple[tuple[Outcome | None, ...], list[Authority]]:
    """Write authority records, matched by number; returns what became of each, and whose heading is another now.

    None: it has no heading or no number. A merged authority is left as it stands. Records that carried one of
    the numbers already are linked now.
    """
    told = [(control_of(marc), of, heading_of(marc, family_of(of)), marc) for marc, of in incoming]
    known = {
        (row.number, row.format): row
        for row in Authority.objects.filter(number__in=[number for number, *_rest in told if number])
    }
    before = [(row, row.heading) for row in sorted(known.values(), key=lambda row: row.pk)]
    outcomes: list[Outcome | None] = []
    changed: list[tuple[Authority, Heading]] = []
    for number, of, heading, marc in told:
        if not number or heading is None:
            outcomes.append(None)
            continue
        row = known.get((number, of))
        if row is None:
            row = Authority(node_id=node, number=number, format=of, created_at=at)
            outcomes.append(Outcome.CREATED)
        elif row.merged_into_id or row.content_hash == marc.content_hash():
            outcomes.append(Outcome.UNCHANGED)
            continue
        else:
            outcomes.append(Outcome.UPDATED)
        known[number, of] = row
        for name, value in columns_of(marc, heading).items():
            setattr(row, name, value)
        row.updated_at = at
        changed.append((row, heading))
    _write(changed)
    return tuple(outcomes), [row for row, heading in before if row.heading != heading]


def _write(changed: list[tuple[Authority, Heading]]) -> None:
    rows = list({id(row): row for row, _heading in changed}.values())
    new = [row for row in rows if row.pk is None]
    Authority.objects.bulk_create(new)
    old = [row for row in rows if row not in new]
    Authority.objects.bulk_update(
        old, ["kind", "heading", "heading_key", "note", "content_hash", "marc", "updated_at"]
    ) if old else None
    write_forms(list({row.pk: (row.pk, heading) for row, heading in changed}.values()))
    for row in new:
        find_links(row)


def find_links(row: Authority) -> int:
    """Link the records that carried the number of a new authority already; returns how many fields."""
    return AuthorityLink.objects.filter(
        number=row.number, authority__isnull=True, record__format__in=formats_like(row.format)
    ).update(authority=row)
