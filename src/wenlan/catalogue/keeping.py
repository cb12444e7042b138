"""One batch of an import written: records new and changed, their bytes, what is kept aside, what was rejected."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from django.db import connection

from wenlan.catalogue import statements
from wenlan.catalogue.authorities.operations import import_authorities
from wenlan.catalogue.cnmarc import Found, MarcRecord
from wenlan.catalogue.columns import Prepared
from wenlan.catalogue.editing.types import Change
from wenlan.catalogue.models import MarcImport, RejectedRecord, UnplacedRecord
from wenlan.catalogue.policies import Decision, Outcome
from wenlan.catalogue.storing import create_many, update_rows
from wenlan.catalogue.types import KeptRecord, MarcFormat, UnplacedKind, VersionKind
from wenlan.kernel.acts import Act


def keep_bibliographic(
    act: Act, run: MarcImport, incoming: list[tuple[Found, Prepared]], matched: Sequence[Decision]
) -> tuple[list[KeptRecord], list[int]]:
    """Create or change the records that are new or different; returns all, and the ids that the index must see."""
    new = [prepared for (_found, prepared), match in zip(incoming, matched, strict=True) if match.is_new]
    fresh = iter(create_many(new, node=run.node_id, at=act.at))
    changed = [
        (match.id, prepared)
        for (_found, prepared), match in zip(incoming, matched, strict=True)
        if match.outcome == Outcome.UPDATED and match.id is not None
    ]
    for each_once in rounds(changed):
        update_rows(each_once, at=act.at, change=Change.of(act, VersionKind.IMPORTED))
    kept: list[KeptRecord] = []
    sources: list[tuple[int | None, Found, Prepared]] = []
    for (found, prepared), match in zip(incoming, matched, strict=True):
        record = next(fresh) if match.is_new else match.id
        kept.append(kept_record(found, prepared, replace(match, id=record)))
        if match.outcome != Outcome.UNCHANGED:
            sources.append((record, found, prepared))
    _write_sources(run, sources)
    return kept, [record for record, _found, _prepared in sources if record is not None]


def rounds(changed: Sequence[tuple[int, Prepared]]) -> list[list[tuple[int, Prepared]]]:
    """Part changes so that a record comes once in each round, its later changes in later ones."""
    parted: list[dict[int, Prepared]] = []
    for record, one in changed:
        place = next((round_ for round_ in parted if record not in round_), None)
        if place is None:
            parted.append(place := {})
        place[record] = one
    return [list(round_.items()) for round_ in parted]


def kept_record(found: Found, prepared: Prepared, match: Decision) -> KeptRecord:
    return KeptRecord(
        position=found.position,
        id=match.id,
        format=prepared.format,
        title=prepared.description.title_proper,
        outcome=match.outcome,
        note=match.note,
        facts=prepared.facts if match.outcome != Outcome.UNCHANGED else None,
        marc=prepared.marc,
    )


def _write_sources(run: MarcImport, sources: Sequence[tuple[int | None, Found, Prepared]]) -> None:
    """Write the bytes that records were made from."""
    rows = [
        (
            record,
            run.pk,
            found.position,
            found.encoding,
            json.dumps(found.notes, ensure_ascii=False),
            one.content_hash,
            found.raw,
        )
        for record, found, one in sources
    ]
    with connection.cursor() as cursor:
        statements.insert_sources(cursor, rows)


def keep_aside(act: Act, run: MarcImport, aside: list[tuple[Found, MarcRecord, MarcFormat, UnplacedKind]]) -> None:
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
    aside: list[tuple[Found, MarcRecord, MarcFormat, UnplacedKind]],
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
