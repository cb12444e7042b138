"""What several targets sent, put together: the same edition is one line, whoever sent it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wenlan.catalogue.overlay.taking import ForeignRecord
from wenlan.catalogue.types import MarcFormat


@dataclass(frozen=True, slots=True)
class Sent:
    """A record, who sent it, and under which id it is kept."""

    hit: int
    target: str
    record: ForeignRecord


@dataclass(frozen=True, slots=True)
class Edition:
    """The records of one edition, the fullest first; our own format counts as fuller."""

    sent: tuple[Sent, ...]

    @property
    def best(self) -> Sent:
        """The one to take over if nothing else is said."""
        return self.sent[0]

    @property
    def targets(self) -> tuple[str, ...]:
        """Who sent it, each once."""
        return tuple(dict.fromkeys(one.target for one in self.sent))


def editions(sent: Iterable[Sent]) -> tuple[Edition, ...]:
    """Return the records grouped by edition, in the order in which the first of each came."""
    groups: list[list[Sent]] = []
    by_mark: dict[object, list[Sent]] = {}
    for one in sent:
        marks = _marks(one.record)
        group = next((by_mark[mark] for mark in marks if mark in by_mark), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(one)
        for mark in marks:
            by_mark.setdefault(mark, group)
    return tuple(Edition(tuple(sorted(group, key=_fullness, reverse=True))) for group in groups)


def _marks(record: ForeignRecord) -> tuple[object, ...]:
    """Return what the same edition has in common: an ISBN with the volume; without one, title, year and publisher."""
    view = record.view
    if view.isbn:
        return tuple((number, view.volume) for number in view.isbn)
    return ((record.title_key, view.year, view.publisher),)


def _fullness(sent: Sent) -> tuple[bool, int]:
    return sent.record.format != MarcFormat.MARC21, len(sent.record.marc.fields)
