"""A file of records taken in: matched, kept, kept aside or rejected, so that every record has an outcome."""

from __future__ import annotations

import csv
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from wenlan.catalogue.cnmarc import Found, MarcRecord, encodings, family, read_file, unplaced_kind
from wenlan.catalogue.columns import Prepared, prepare
from wenlan.catalogue.editing.types import Change
from wenlan.catalogue.errors import EncodingUnknown, FileUnreadable
from wenlan.catalogue.models import BibRecord, MarcImport, RecordSource, RejectedRecord, UnplacedRecord
from wenlan.catalogue.policies import Identity, Outcome, decide
from wenlan.catalogue.storing import INDEX_TOPIC, create_rows, update_row
from wenlan.catalogue.types import ImportReport, MarcFormat, UnplacedKind, VersionKind
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.staff.operations import audit

BATCH = 500
MOST_NOTES = 1000
KEPT_ASIDE = "kept_aside"
REJECTED = "rejected"

Progress = Callable[[int], None]


@dataclass(slots=True)
class _Tally:
    """The outcomes so far, and what goes into the reject files."""

    counts: Counter[str] = field(default_factory=Counter)
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
) -> ImportReport:
    """Import a file of ISO 2709 or MARCXML records, plain or gzipped; importing it again changes nothing.

    `format` (cnmarc, unimarc, marc21) and `encoding` are found out for each record when they are
    `auto`. Records belong to `node`, else to the act's. Each 500 are one transaction, so a run that is
    broken off is simply repeated. What could not be read goes to `FILE.rejects.mrc` and
    `FILE.rejects.csv` beside the file, or into `rejects` in the home where that is read-only. Raises
    FileUnreadable, EncodingUnknown.
    """
    told = None if format == "auto" else MarcFormat(format)
    try:
        encodings.canonical("ascii" if encoding == "auto" else encoding)
        found = read_file(path, encoding=encoding)
        run = _begin(act, path, node or act.node, profile)
        tally = _Tally()
        for batch in _batches(found, told):
            _keep(act, run, batch, tally)
            if progress:
                progress(tally.counts.total())
    except LookupError as error:
        raise EncodingUnknown(encoding=encoding) from error
    except (OSError, EOFError) as error:
        raise FileUnreadable(file=path.name, reason=str(error)) from error
    return _end(act, run, tally, path)


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
def _keep(act: Act, run: MarcImport, batch: _Batch, tally: _Tally) -> None:
    """Write one batch and the run's counts so far."""
    touched = _keep_bibliographic(act, run, batch.bibliographic, tally)
    _keep_aside(run, batch.aside)
    _keep_rejected(run, batch.rejected)
    tally.counts[KEPT_ASIDE] += len(batch.aside)
    tally.counts[REJECTED] += len(batch.rejected)
    tally.rejected += batch.rejected
    for found, *_rest in batch.aside:
        tally.note(found.position, found.notes)
    for found in batch.rejected:
        tally.note(found.position, (found.reason,))
    if touched:
        jobs.post(INDEX_TOPIC, {"ids": touched})
    MarcImport.objects.filter(pk=run.pk).update(
        read=tally.counts.total(), **{name: tally.counts[name] for name in (*Outcome, KEPT_ASIDE, REJECTED)}
    )


def _keep_bibliographic(act: Act, run: MarcImport, incoming: list[tuple[Found, Prepared]], tally: _Tally) -> list[int]:
    """Create or change the records that are new or different; returns the ids that the index must see."""
    known = _known([prepared for _found, prepared in incoming])
    created: list[tuple[Found, Prepared]] = []
    sources: list[tuple[int, Found]] = []
    for found, prepared in incoming:
        identity = prepared.identity
        candidates = (*known.get(identity.content_hash, ()), *known.get("#" + identity.control_number, ()))
        decision = decide(identity, candidates)
        tally.counts[decision.outcome] += 1
        tally.note(found.position, (*found.notes, decision.note) if decision.note else found.notes)
        if decision.outcome == Outcome.CREATED:
            created.append((found, prepared))
        elif decision.outcome == Outcome.UPDATED and decision.id is not None:
            update_row(decision.id, prepared, at=act.at, change=Change.of(act, VersionKind.IMPORTED))
            sources.append((decision.id, found))
    rows = create_rows([prepared for _found, prepared in created], node=run.node_id, at=act.at)
    sources += [(row.pk, found) for row, (found, _prepared) in zip(rows, created, strict=True)]
    RecordSource.objects.bulk_create(
        RecordSource(
            record_id=record,
            run=run,
            position=found.position,
            encoding=found.encoding,
            notes=list(found.notes),
            raw=found.raw,
        )
        for record, found in sources
    )
    return [record for record, _found in sources]


def _known(incoming: list[Prepared]) -> dict[str, list[Identity]]:
    """Return the records with the same content or control number, under the content hash and under `#number`."""
    columns = ("id", "content_hash", "control_number", "agency", "title_key", "isbn")
    same_content = BibRecord.objects.filter(content_hash__in=[one.content_hash for one in incoming])
    numbers = [one.description.control_number[:64] for one in incoming if one.description.control_number]
    same_number = BibRecord.objects.filter(control_number__in=numbers)
    found: dict[str, list[Identity]] = {}
    for row in same_content.values(*columns):
        found.setdefault(row["content_hash"], []).append(_identity(row))
    for row in same_number.values(*columns):
        found.setdefault("#" + row["control_number"], []).append(_identity(row))
    return found


def _identity(row: dict[str, Any]) -> Identity:
    return Identity(**{**row, "isbn": frozenset(row["isbn"])})


def _keep_aside(run: MarcImport, aside: list[tuple[Found, MarcRecord, MarcFormat, UnplacedKind]]) -> None:
    """Keep authority, holdings and other records whole; one that is there already stays as it is."""
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
    counts = {name: tally.counts[name] for name in (*Outcome, KEPT_ASIDE, REJECTED)}
    with transaction.atomic():
        MarcImport.objects.filter(pk=run.pk).update(is_complete=True)
        audit(act, "catalogue.import_marc", f"import:{run.pk}", after={"file": run.file_name, **counts})
    return ImportReport(
        read=tally.counts.total(), notes=tuple(tally.notes), rejects_file=rejects, reasons_file=reasons, **counts
    )


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
