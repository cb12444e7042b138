"""What an index must do, whichever engine does it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from wenlan.catalogue.types import FacetCount, SearchQuery


class IndexUnavailable(Exception):
    """The index is missing, damaged or of an older shape; the text says which. It has to be rebuilt."""


class IndexUnreachable(IndexUnavailable):
    """Nobody can say what the index is like: the cluster does not answer. It has to be waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedRecord:
    """What the index knows of one record: the searched columns, nothing that changes by the minute.

    `nodes` are those where its items stand, none above them; `copies` and `loans` count over all of them.
    """

    id: int
    title: str
    title_key: str
    other_titles: tuple[str, ...]
    authors: tuple[str, ...]
    subjects: tuple[str, ...]
    series: str
    publisher: str
    numbers: tuple[str, ...]
    class_number: str
    main_class: str
    material: str
    language: str
    audience: str
    year: int | None
    pinyin: str
    initials: str
    nodes: tuple[int, ...] = ()
    call_numbers: tuple[str, ...] = ()
    copies: int = 0
    loans: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """Ids of one page in order, the number of all hits, and facets by name unless they were not counted."""

    ids: tuple[int, ...]
    total: int
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    is_counted: bool = True


class Index(Protocol):
    """An index of records. Every method raises IndexUnavailable when there is none to ask."""

    def put(self, records: Iterable[IndexedRecord], *, gone: Collection[int] = ()) -> None:
        """Replace these records by id, take out those in `gone`, and make both durable in one commit."""

    def search(self, query: SearchQuery) -> Hits:
        """Return one page of hits, and facets as the query wants them counted."""

    def first(self, query: SearchQuery, limit: int) -> tuple[int, ...]:
        """Return the ids of the best hits, without facets."""

    def suggestions(self, text: str, limit: int) -> tuple[str, ...]:
        """Return titles that begin with the text, by characters, pinyin or initials."""

    def nearest(self, text: str, limit: int) -> tuple[str, ...]:
        """Return titles like the text, for a query that found nothing."""

    def count(self) -> int:
        """Return how many records it holds."""

    def rebuild(self, batches: Iterable[Iterable[IndexedRecord]]) -> int:
        """Build a new index and put it in the place of the old one; returns the number of records."""
