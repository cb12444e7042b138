"""The titles of a batch compared with the catalogue and with each other: a fixed number of reads for any batch."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from wenlan.acquisitions.policies import Known, Match, match
from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.description.folding import key
from wenlan.catalogue.types import RecordView

CHUNK = 500


def matches(titles: Sequence[tuple[Known, str, str]]) -> list[Match]:
    """Return the match of each title, given as (what it is recognised by, title, volume), in their order.

    A record of the catalogue stands in a match under its id; an earlier title of the same batch under its place
    in the order, counted from 1, as a negative number.
    """
    shelf = Shelf(known_record(one) for one in _candidates(titles))
    found = []
    for place, (known, _title, _volume) in enumerate(titles, start=1):
        found.append(match(known, shelf.like(known)))
        shelf.add(replace(known, id=-place))
    return found


class Shelf:
    """What is known already, found by ISBN and by title."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_isbn: dict[str, list[Known]] = {}
        self._by_title: dict[str, list[Known]] = {}
        for one in known:
            self.add(one)

    def add(self, one: Known) -> None:
        """Put one on the shelf."""
        for isbn in one.isbn:
            self._by_isbn.setdefault(isbn, []).append(one)
        self._by_title.setdefault(one.title_key, []).append(one)

    def like(self, one: Known) -> list[Known]:
        """Return what has a number or the title in common with it, each once."""
        found = [known for isbn in sorted(one.isbn) for known in self._by_isbn.get(isbn, ())]
        found += self._by_title.get(one.title_key, ())
        return list({known.id: known for known in found}.values())


def known_record(one: RecordView) -> Known:
    """Return what a record of the catalogue is recognised by."""
    return Known(
        id=one.id,
        isbn=frozenset(one.isbn),
        title_key=key(one.title_proper)[:200],
        volume_key=key(one.volume),
        price_fen=one.price_fen,
        year=one.year,
    )


def _candidates(titles: Sequence[tuple[Known, str, str]]) -> list[RecordView]:
    numbers = sorted({isbn for known, _title, _volume in titles for isbn in known.isbn})
    names = sorted({name for _known, title, volume in titles for name in (title, title + volume)})
    found = [*_asked(catalogue.records_by_number, numbers), *_asked(catalogue.records_by_title, names)]
    return list({one.id: one for one in found}.values())


def _asked(ask: Callable[[list[str]], Iterable[RecordView]], wanted: list[str]) -> Iterable[RecordView]:
    for start in range(0, len(wanted), CHUNK):
        yield from ask(wanted[start : start + CHUNK])
