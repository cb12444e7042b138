"""One batch of an import written: records new and changed, their bytes, what is kept aside, what was rejected."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from django.db import connection

from wenlan.catalogue import statements
from wenlan.catalogue.authorities.operations import import_authorities
from wenlan.catalogue.batches import Aside, Incoming
from wenlan.catalogue.cnmarc import Found, MarcRecord
from wenlan.catalogue.columns import Row
from wenlan.catalogue.editing.types import Change
from wenlan.catalogue.models import MarcImport, RejectedRecord, UnplacedRecord
from wenlan.catalogue.policies import Decision, Outcome
from wenlan.catalogue.storing import create_many, update_rows
from wenlan.catalogue.types import KeptRecord, MarcFormat, UnplacedKind, VersionKind
from wenlan.kernel.acts import Act


def keep_bibliographic(
    act: Act, run: MarcImport, incoming: Sequence[Incoming], matched: Sequence[Decision]
) -> tuple[list[KeptRecord], list[int]]:
    """Create or change the records that are new or different; returns all, and the ids that the index must see."""
    new = [one.row for one, match in zip(incoming, matched, strict=True) if match.is_new]
    fresh = iter(create_many(new, node=run.node_id, at=act.at))
    changed = [
        (match.id, one.row)
        for one, match in zip(incoming, matched, strict=True)
        if match.outcome == Outcome.UPDATED and match.id is not None
    ]
    for each_once in rounds(changed):
        update_rows(each_once, at=act.at, change=Change.of(act, VersionKind.IMPORTED))
    kept = [
        kept_record(one, match, next(fresh) if match.is_new else match.id)
        for one, match in zip(incoming, matched, strict=True)
    ]
    sources = [(one, row) for one, row in zip(kept, incoming, strict=True) if one.outcome != Outcome.UNCHANGED]
    _write_sources(run, sources)
    return kept, [one.id for one, _row in sources if one.id is not None]


def rounds(changed: Sequence[tuple[int, Row]]) -> list[list[tuple[int, Row]]]:
    """Part changes so that a record comes once in each round, its later changes in later ones."""
    parted: list[dict[int, Row]] = []
    for record, one in changed:
        place = next((round_ for round_ in parted if record not in round_), None)
        if place is None:
            parted.append(place := {})
        place[record] = one
    return [list(round_.items()) for round_ in parted]


def kept_record(one: Incoming, match: Decision, record: int | None) -> KeptRecord:
    """Return what became of a record; `record` is the id it has now, None in a trial that would make it."""
    facts = one.row.facts
    return KeptRecord(
        position=one.position,
        id=record,
        format=one.row.format,
        title=facts.title_proper,
        outcome=match.outcome,
        note=match.note,
        facts=facts if match.outcome != Outcome.UNCHANGED else None,
        read=one.read,
    )


def _write_sources(run: MarcImport, sources: Sequence[tuple[KeptRecord, Incoming]]) -> None:
    """Write the bytes that records were made from."""
    rows = [
        (
            kept.id,
            run.pk,
            one.position,
            one.encoding,
            json.dumps(one.notes, ensure_ascii=False) if one.notes else "[]",
            one.row.identity.content_hash,
            one.raw,
        )
        for kept, one in sources
    ]
    with connection.cursor() as cursor:
        statements.insert_sources(cursor, rows)


def keep_aside(act: Act, run: MarcImport, aside: Sequence[Aside]) -> None:
    """Keep authority, holdings and other records whole; one that is there already stays as it is."""
    import_authorities(replace(act, node=run.node_id), _new_authorities(aside))
    UnplacedRecord.objects.bulk_create(
        (
            UnplacedRecord(
                run=run,
                position=found.position,
                kind=kind,
                format=of,
                control_number=marc.control("001")[:64],
                heading=_heading(marc),
                content_hash=marc.content_hash(),
                encoding=found.encoding,
                marc=marc.to_json(),
                raw=found.raw,
            )
            for found, marc, of, kind in aside
        ),
        ignore_conflicts=True,
    )


def _heading(marc: MarcRecord) -> str:
    """Return the first heading: 1XX in MARC 21, 2XX in UNIMARC; the call number of a holdings record."""
    for one in marc.all(*(tag for tag in sorted(marc.tags) if tag[0] in "12" or tag == "852")):
        if one.tag not in ("100", "200") or one.first("a"):
            return " ".join(one.text.split())[:500]
    return ""


def _new_authorities(
    aside: Sequence[Aside],
) -> list[tuple[MarcRecord, MarcFormat]]:
    """Return the authority records that no import has brought before: those go into the authority file, too."""
    found = {marc.content_hash(): (marc, of) for _found, marc, of, kind in aside if kind == UnplacedKind.AUTHORITY}
    here = UnplacedRecord.objects.filter(content_hash__in=found).values_list("content_hash", flat=True)
    known = set(here) if found else set()
    return [one for content, one in found.items() if content not in known]


def keep_rejected(run: MarcImport, rejected: list[Found]) -> None:
    RejectedRecord.objects.bulk_create(
        (
            RejectedRecord(
                run=run,
                position=found.position,
                offset=found.offset,
                reason=found.reason[:300],
                raw_hash=sha256(found.raw or f"{run.file_name}:{found.position}".encode()).hexdigest()[:32],
                raw=found.raw,
            )
            for found in rejected
        ),
        ignore_conflicts=True,
    )
