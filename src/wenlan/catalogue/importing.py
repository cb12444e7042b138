"""A file of records taken in: matched, kept, kept aside or rejected, so that every record has an outcome."""

from __future__ import annotations

import csv
import gc
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from wenlan.catalogue.ahead import Reading, read, read_ahead, seldom_collecting
from wenlan.catalogue.batches import Batch, Companion, batches
from wenlan.catalogue.cnmarc import Found, encodings
from wenlan.catalogue.errors import EncodingUnknown, FileUnreadable
from wenlan.catalogue.keeping import keep_aside, keep_bibliographic, keep_rejected, kept_record
from wenlan.catalogue.matching import Known
from wenlan.catalogue.models import MarcImport
from wenlan.catalogue.policies import Decision, Outcome
from wenlan.catalogue.storing import INDEX_TOPIC
from wenlan.catalogue.types import ImportReport, MarcFormat
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.staff.operations import audit

MOST_NOTES = 1000
KEPT_ASIDE = "kept_aside"
REJECTED = "rejected"

Progress = Callable[[int], None]


@dataclass(slots=True)
class _Tally:
    """The outcomes so far, and what goes into the reject files."""

    counts: Counter[str] = field(default_factory=Counter)
    doubtful: int = 0
    notes: list[tuple[int, str]] = field(default_factory=list)
    rejected: list[Found] = field(default_factory=list)

    def note(self, position: int, notes: tuple[str, ...]) -> None:
        self.notes += [(position, one) for one in notes][: MOST_NOTES - len(self.notes)]


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
    `auto`. Records belong to `node`, else to the act's. Each batch is one transaction, so a run that is
    broken off is simply repeated; `also` is given the bibliographic records of each batch inside it.
    What could not be read goes to `FILE.rejects.mrc` and `FILE.rejects.csv` beside the file, or into
    `rejects` in the home where that is read-only. Raises FileUnreadable, EncodingUnknown.
    """
    tally = _Tally()
    known = Known()
    with _readable(path, encoding):
        run = _begin(act, path, node or act.node, profile)
        for batch in batches(read_ahead(_reading(path, format, encoding, also))):
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
        for batch in batches(read(_reading(path, format, encoding, also))):
            matched = known.match([one.row.identity for one in batch.bibliographic])
            kept = [kept_record(one, match, match.id) for one, match in zip(batch.bibliographic, matched, strict=True)]
            _count(batch, matched, tally)
            if also:
                also(kept)
    return _report(tally)


def _reading(path: Path, format: str, encoding: str, also: Companion | None) -> Reading:  # noqa: A002
    return Reading(path=path, encoding=encoding, told=told_format(format), reads=also.reads if also else None)


def told_format(format: str) -> MarcFormat | None:  # noqa: A002
    """Return the format that was told, or None to find it out."""
    return None if format == "auto" else MarcFormat(format)


@contextmanager
def _readable(path: Path, encoding: str) -> Iterator[None]:
    """Turn what goes wrong with a file or the name of its encoding into a refusal."""
    usual = seldom_collecting()
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


@transaction.atomic
def _keep(act: Act, run: MarcImport, batch: Batch, tally: _Tally, known: Known, also: Companion | None) -> None:
    """Write one batch and the run's counts so far."""
    matched = known.match([one.row.identity for one in batch.bibliographic])
    kept, touched = keep_bibliographic(act, run, batch.bibliographic, matched)
    keep_aside(act, run, batch.aside)
    keep_rejected(run, batch.rejected)
    _count(batch, matched, tally)
    if also and kept:
        also(kept)
    if touched:
        jobs.post(INDEX_TOPIC, {"ids": touched})
    MarcImport.objects.filter(pk=run.pk).update(read=tally.counts.total(), **_counts(tally))


def _count(batch: Batch, matched: Sequence[Decision], tally: _Tally) -> None:
    for one, match in zip(batch.bibliographic, matched, strict=True):
        tally.counts[match.outcome] += 1
        tally.doubtful += bool(match.note)
        tally.note(one.position, (*one.notes, match.note) if match.note else one.notes)
    tally.counts[KEPT_ASIDE] += len(batch.aside)
    tally.counts[REJECTED] += len(batch.rejected)
    tally.rejected += batch.rejected
    for found, *_rest in batch.aside:
        tally.note(found.position, found.notes)
    for found in batch.rejected:
        tally.note(found.position, (found.reason,))


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
