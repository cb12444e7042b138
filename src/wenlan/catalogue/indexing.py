"""From the tables to the index: message by message as records change, or everything anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings

from wenlan.catalogue.authorities.types import ExtraWords
from wenlan.catalogue.authorities.words import extra_words
from wenlan.catalogue.description import numbers
from wenlan.catalogue.held import held
from wenlan.catalogue.models import BibRecord, RecordNumber
from wenlan.catalogue.search.embedded import EmbeddedIndex
from wenlan.catalogue.search.engine import Index, IndexedRecord, IndexUnavailable, IndexUnreachable
from wenlan.catalogue.search.opensearch import OpenSearchIndex
from wenlan.catalogue.storing import INDEX_TOPIC
from wenlan.catalogue.types import Held
from wenlan.jobs import operations as jobs
from wenlan.jobs import queries as posted
from wenlan.kernel.ids import new_uid

LEASE = "catalogue.index"
LEASE_SECONDS = 60
BATCH = 2000
MOST_MESSAGES = 50
HOLDER = str(new_uid())
NO_OTHERS = ExtraWords((), ())

_COLUMNS = (
    *("id", "title_proper", "other_title", "parallel_title", "volume", "title_key", "other_titles", "authors"),
    *("subjects", "series", "publisher", "class_number", "main_class", "material", "language", "audience"),
    *("year", "pinyin", "initials", "control_number"),
)


class _Lease:
    """The right to write the index: short, so that a crash blocks it for a minute, and kept while work goes on."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.started = monotonic()

    def __call__(self) -> bool:
        now = self.at + timedelta(seconds=monotonic() - self.started)
        return jobs.lease(LEASE, holder=HOLDER, seconds=LEASE_SECONDS, at=now)


def index() -> Index:
    """Return the index of this installation: a cluster where the settings name one, else a folder of the home."""
    return _index(Path(settings.WENLAN_SEARCH_DIR), settings.WENLAN_SEARCH_URL)


@cache
def _index(folder: Path, cluster: str) -> Index:
    return OpenSearchIndex(cluster) if cluster else EmbeddedIndex(folder)


def index_posted(*, at: datetime, limit: int = MOST_MESSAGES) -> int:
    """Bring the index up to date with what was posted; returns how many messages were handled.

    Messages are deleted after the index has committed, so a record may be indexed twice and is never
    forgotten. An index that is not there, or not readable, is built anew first. Does nothing while another
    worker holds the lease, or while a cluster does not answer: the messages wait.
    """
    try:
        return _index_posted(at, limit)
    except IndexUnreachable:  # pages and `wenlan doctor` say so; a log would say it five times a second
        return 0


def _index_posted(at: datetime, limit: int) -> int:
    waiting = posted.posted(INDEX_TOPIC, limit)
    if not waiting and _is_there():
        return 0
    keep = _Lease(at)
    if not keep():
        return 0
    try:
        if not _is_there():
            index().rebuild(_everything(keep))
            waiting = posted.posted(INDEX_TOPIC, limit)
        ids = list(dict.fromkeys(one for _message, payload in waiting for one in payload["ids"]))
        for start in range(0, len(ids), BATCH):
            _put(ids[start : start + BATCH])
            keep()
        return jobs.delete_posted([message for message, _payload in waiting])
    finally:
        jobs.release(LEASE, holder=HOLDER)


def rebuild_index(*, at: datetime) -> int:
    """Build the index anew from the tables; returns how many records it holds.

    The old one serves until the new one stands. What changes meanwhile waits in the outbox and follows.
    Raises IndexUnavailable when another worker is writing it, or the folder cannot be written.
    """
    keep = _Lease(at)
    if not keep():
        raise IndexUnavailable("another worker is writing the index")
    try:
        return index().rebuild(_everything(keep))
    finally:
        jobs.release(LEASE, holder=HOLDER)


def _is_there() -> bool:
    """Tell whether the index can be asked. Raises IndexUnreachable when nobody knows."""
    try:
        index().count()
    except IndexUnreachable:
        raise
    except IndexUnavailable:
        return False
    return True


def _put(ids: Collection[int]) -> None:
    shown = BibRecord.objects.filter(pk__in=ids, condition__isnull=True)
    documents = _documents(shown.values(*_COLUMNS), ids)
    index().put(documents, gone=set(ids) - {one.id for one in documents})


def _everything(keep: _Lease) -> Iterator[list[IndexedRecord]]:
    """Yield all records in batches by id, so that neither database keeps a long read open; keeps the lease."""
    last = 0
    shown = BibRecord.objects.filter(condition__isnull=True).order_by("pk").values(*_COLUMNS)
    while rows := list(shown.filter(pk__gt=last)[:BATCH]):
        yield _documents(rows, [row["id"] for row in rows])
        last = rows[-1]["id"]
        keep()


def _documents(rows: Iterable[dict[str, Any]], ids: Collection[int]) -> list[IndexedRecord]:
    forms: dict[int, list[str]] = {}
    carried = RecordNumber.objects.filter(record_id__in=ids).values_list("record_id", "kind", "number")
    for record, kind, number in carried:
        forms.setdefault(record, []).extend(_forms(kind, number))
    others = extra_words(ids)
    known = held(ids)
    return [
        _document(
            row,
            forms.get(row["id"], []),
            others.get(row["id"], NO_OTHERS),
            known.get(row["id"], Held(record=row["id"])),
        )
        for row in rows
    ]


def _forms(kind: str, number: str) -> tuple[str, ...]:
    """Return the ways a number may be typed: an ISBN in its old form too, an ISSN without its hyphen."""
    if kind == "isbn":
        return tuple(one for one in (number, numbers.isbn10(number)) if one)
    return (number, number.replace("-", "")) if kind == "issn" else (number,)


def _document(row: dict[str, Any], forms: list[str], others: ExtraWords, known: Held) -> IndexedRecord:
    title = " ".join(one for one in (row["title_proper"], row["other_title"], row["volume"]) if one)
    if row["control_number"]:
        forms.append(numbers.any_number(row["control_number"]))
    return IndexedRecord(
        id=row["id"],
        title=title,
        title_key=row["title_key"],
        other_titles=(*row["other_titles"], *((row["parallel_title"],) if row["parallel_title"] else ())),
        authors=(*row["authors"], *others.authors),
        subjects=(*row["subjects"], *others.subjects),
        series=row["series"],
        publisher=row["publisher"],
        numbers=tuple(dict.fromkeys(one for one in forms if one)),
        class_number=row["class_number"],
        main_class=row["main_class"],
        material=row["material"],
        language=row["language"],
        audience=row["audience"],
        year=row["year"],
        pinyin=row["pinyin"],
        initials=row["initials"],
        nodes=known.nodes,
        call_numbers=known.call_numbers,
        copies=known.copies,
        loans=known.loans,
    )
