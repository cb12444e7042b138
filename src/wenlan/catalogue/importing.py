"""A file of records taken in: matched, kept, kept aside or rejected, so that every record has an outcome."""

from __future__ import annotations

import csv
import gc
import json
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from wenlan.catalogue import statements
from wenlan.catalogue.authorities.keeping import keep_authorities
from wenlan.catalogue.cnmarc import Found, MarcRecord, encodings, family, read_file, unplaced_kind
from wenlan.catalogue.columns import Prepared, prepare
from wenlan.catalogue.editing.types import Change
from wenlan.catalogue.errors import EncodingUnknown, FileUnreadable
from wenlan.catalogue.matching import Known
from wenlan.catalogue.models import MarcImport, RejectedRecord, UnplacedRecord
from wenlan.catalogue.policies import Decision, Outcome
from wenlan.catalogue.storing import INDEX_TOPIC, create_many, update_row
from wenlan.catalogue.types import ImportReport, KeptRecord, MarcFormat, UnplacedKind, VersionKind
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.staff.operations import audit

BATCH = 500
COLLECT_AFTER = 200_000
MOST_NOTES = 1000
KEPT_ASIDE = "kept_aside"
REJECTED = "rejected"

Progress = Callable[[int], None]
Companion = Callable[[Sequence[KeptRecord]], None]


@dataclass(slots=True)
class _Tally:
    """The outcomes so far, and what goes into the reject files."""

    counts: Counter[str] = field(default_factory=Counter)
    doubtful: int = 0
    notes: list[tuple[int, str]] = field(default_factory=list)
    rejected: list[Found] = field(default_factory=list)

    def note(self, position: int, notes: tuple[str, ...]) -> None:
        self.notes += [(position, one) for one in notes][: MOST_NOTES - len(self.notes)]


@dataclass(slots=True)
class _Batch:
    """Up to 500 records with different numbers and contents: what one transaction takes."""

    bibliographic: list[tuple[Found, Prepared]] = field(default_factory=list)
    aside: list[tuple[Found, MarcRecord, MarcFormat, UnplacedKind]] = field(default_factory=list)
    rejected: list[Found] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.bibliographic) + len(self.aside) + len(self.rejected)


def import_marc(
    act: Act,
    *,
    path: Path,
    format: str = "auto",  # noqa: A002
    encoding: str = "auto",
    node: int | None = None,
    profile: str = "",
    progress: Progress | None = None,
    also: Companion | None = None,
) -> ImportReport:
    """Import a file of ISO 2709, MARCXML or CSV records, plain or gzipped; importing it again changes nothing.

    `format` (cnmarc, unimarc, marc21) and `encoding` are found out for each record when they are
    `auto`. Records belong to `node`, else to the act's. Each 500 are one transaction, so a run that is
    broken off is simply repeated; `also` is given the bibliographic records of each batch inside it, for
    whoever makes more of them. What could not be read goes to `FILE.rejects.mrc` and `FILE.rejects.csv`
    beside the file, or into `rejects` in the home where that is read-only. Raises FileUnreadable,
    EncodingUnknown.
    """
    tally = _Tally()
    known = Known()
    with _readable(path, encoding):
        run = _begin(act, path, node or act.node, profile)
        for batch in _batches(read_file(path, encoding=encoding), told_format(format)):
            _keep(act, run, batch, tally, known, also)
            if progress:
                progress(tally.counts.total())
    return _end(act, run, tally, path)


def preview_marc(
    *,
    path: Path,
    format: str = "auto",  # noqa: A002
    encoding: str = "auto",
    also: Companion | None = None,
) -> ImportReport:
    """Return what `import_marc` would report, and write nothing; records that it would make have no id.

    Raises FileUnreadable, EncodingUnknown.
    """
    tally = _Tally()
    known = Known(is_trial=True)
    with _readable(path, encoding):
        for batch in _batches(read_file(path, encoding=encoding), told_format(format)):
            matched = known.match([prepared for _found, prepared in batch.bibliographic])
            kept = [_kept(found, one, match) for (found, one), match in zip(batch.bibliographic, matched, strict=True)]
            _count(batch, matched, tally)
            if also:
                also(kept)
    return _report(tally)


def told_format(format: str) -> MarcFormat | None:  # noqa: A002
    """Return the format that was told, or None to find it out."""
    return None if format == "auto" else MarcFormat(format)


@contextmanager
def _readable(path: Path, encoding: str) -> Iterator[None]:
    """Turn what goes wrong with a file or the name of its encoding into a refusal.

    Records are many small objects without cycles, so the collector of cycles looks seldom meanwhile: it would
    take a third of the time to find nothing.
    """
    usual = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *usual[1:])
    try:
        encodings.canonical("ascii" if encoding == "auto" else encoding)
        yield
    except LookupError as error:
        raise EncodingUnknown(encoding=encoding) from error
    except (OSError, EOFError) as error:
        raise FileUnreadable(file=path.name, reason=str(error)) from error
    finally:
        gc.set_threshold(*usual)


def _begin(act: Act, path: Path, node: int, profile: str) -> MarcImport:
    with path.open("rb"):
        return MarcImport.objects.create(
            node_id=node, file_name=path.name[:255], profile=profile, staff=act.staff, started_at=act.at
        )


def _batches(found: Iterator[Found], told: MarcFormat | None) -> Iterator[_Batch]:
    """Sort what is found into batches; a number or a content that comes again starts the next one."""
    batch = _Batch()
    for one in found:
        if one.record is None:
            batch.rejected.append(one)
        else:
            of = told or family(one.record)
            if kind := unplaced_kind(one.record, of):
                batch.aside.append((one, one.record, of, kind))
            else:
                prepared = prepare(one.record, of)
                marks = {prepared.content_hash, "#" + prepared.description.control_number} - {"#"}
                if marks & batch.seen:
                    yield batch
                    batch = _Batch()
                batch.seen |= marks
                batch.bibliographic.append((one, prepared))
        if len(batch) >= BATCH:
            yield batch
            batch = _Batch()
    if len(batch):
        yield batch


@transaction.atomic
def _keep(act: Act, run: MarcImport, batch: _Batch, tally: _Tally, known: Known, also: Companion | None) -> None:
    """Write one batch and the run's counts so far."""
    matched = known.match([prepared for _found, prepared in batch.bibliographic])
    kept, touched = _keep_bibliographic(act, run, batch.bibliographic, matched)
    _keep_aside(run, batch.aside)
    _keep_rejected(run, batch.rejected)
    _count(batch, matched, tally)
    if also and kept:
        also(kept)
    if touched:
        jobs.post(INDEX_TOPIC, {"ids": touched})
    MarcImport.objects.filter(pk=run.pk).update(read=tally.counts.total(), **_counts(tally))


def _count(batch: _Batch, matched: Sequence[Decision], tally: _Tally) -> None:
    for (found, _prepared), match in zip(batch.bibliographic, matched, strict=True):
        tally.counts[match.outcome] += 1
        tally.doubtful += bool(match.note)
        tally.note(found.position, (*found.notes, match.note) if match.note else found.notes)
    tally.counts[KEPT_ASIDE] += len(batch.aside)
    tally.counts[REJECTED] += len(batch.rejected)
    tally.rejected += batch.rejected
    for found, *_rest in batch.aside:
        tally.note(found.position, found.notes)
    for found in batch.rejected:
        tally.note(found.position, (found.reason,))


def _keep_bibliographic(
    act: Act, run: MarcImport, incoming: list[tuple[Found, Prepared]], matched: Sequence[Decision]
) -> tuple[list[KeptRecord], list[int]]:
    """Create or change the records that are new or different; returns all, and the ids that the index must see."""
    new = [prepared for (_found, prepared), match in zip(incoming, matched, strict=True) if match.is_new]
    fresh = iter(create_many(new, node=run.node_id, at=act.at))
    kept: list[KeptRecord] = []
    sources: list[tuple[int | None, Found, Prepared]] = []
    for (found, prepared), match in zip(incoming, matched, strict=True):
        record = next(fresh) if match.is_new else match.id
        if match.outcome == Outcome.UPDATED and record is not None:
            update_row(record, prepared, at=act.at, change=Change.of(act, VersionKind.IMPORTED))
        kept.append(_kept(found, prepared, replace(match, id=record)))
        if match.outcome != Outcome.UNCHANGED:
            sources.append((record, found, prepared))
    _write_sources(run, sources)
    return kept, [record for record, _found, _prepared in sources if record is not None]


def _kept(found: Found, prepared: Prepared, match: Decision) -> KeptRecord:
    return KeptRecord(
        position=found.position,
        id=match.id,
        format=prepared.format,
        title=prepared.description.title_proper,
        outcome=match.outcome,
        note=match.note,
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


def _keep_aside(run: MarcImport, aside: list[tuple[Found, MarcRecord, MarcFormat, UnplacedKind]]) -> None:
    """Keep authority, holdings and other records whole; one that is there already stays as it is."""
    keep_authorities(_new_authorities(aside), node=run.node_id, at=run.started_at)
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


def _keep_rejected(run: MarcImport, rejected: list[Found]) -> None:
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


def _end(act: Act, run: MarcImport, tally: _Tally, path: Path) -> ImportReport:
    rejects, reasons = _write_rejects(path, tally.rejected)
    with transaction.atomic():
        MarcImport.objects.filter(pk=run.pk).update(is_complete=True)
        audit(act, "catalogue.import_marc", f"import:{run.pk}", after={"file": run.file_name, **_counts(tally)})
    return replace(_report(tally), run=run.pk, rejects_file=rejects, reasons_file=reasons)


def _counts(tally: _Tally) -> dict[str, int]:
    return {name: tally.counts[name] for name in (*Outcome, KEPT_ASIDE, REJECTED)}


def _report(tally: _Tally) -> ImportReport:
    told = ImportReport(read=tally.counts.total(), doubtful=tally.doubtful, notes=tuple(tally.notes))
    counts: dict[str, Any] = dict(_counts(tally))
    return replace(told, **counts)


def _write_rejects(path: Path, rejected: list[Found]) -> tuple[str, str]:
    """Write the rejected bytes and the reasons; without any, take away what an earlier run left beside the file."""
    folder = path.parent
    if not folder.stat().st_mode & stat.S_IWUSR:
        folder = Path(settings.WENLAN_HOME) / "rejects"
    records, reasons = folder / f"{path.name}.rejects.mrc", folder / f"{path.name}.rejects.csv"
    if not rejected:
        records.unlink(missing_ok=True)
        reasons.unlink(missing_ok=True)
        return "", ""
    folder.mkdir(parents=True, exist_ok=True)
    records.write_bytes(b"".join(found.raw for found in rejected))
    with reasons.open("w", encoding="utf-8-sig", newline="") as table:
        writer = csv.writer(table)
        writer.writerow((_("Position"), _("Byte"), _("Reason")))
        writer.writerows((found.position, found.offset, _(found.reason)) for found in rejected)
    return str(records), str(reasons)
