"""The call number of a copy: that of its title, with the collection's line, volume, year and number of the copy."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wenlan.catalogue import queries as catalogue
from wenlan.holdings.call_numbers import queries
from wenlan.holdings.call_numbers.policies import finished, split
from wenlan.holdings.models import Item
from wenlan.holdings.types import Scheme

CHUNK = 500
Title = tuple[str, int, str]  # the scheme's code, the record, the volume: what copies are counted in


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy to be numbered: its title, where its place is, and the scheme in force there."""

    record: int
    scheme: Scheme
    place: int
    department: int | None = None
    volume: str = ""


def copy_marks(copies: Sequence[Copy], marks: Mapping[tuple[str, int], str]) -> list[str]:
    """Return the call number of each copy; `marks` are those of the titles, by scheme and record.

    A scheme that adds nothing costs no statement. The number of a copy is one above the highest of its title and
    volume in the scheme, those that have left included: no number is given twice.
    """
    adding = {copy.scheme.code: copy.scheme for copy in copies if adds(copy.scheme)}
    if not adding:
        return [marks.get((copy.scheme.code, copy.record), "") for copy in copies]
    years = _years({copy.record for copy in copies if copy.scheme.with_year})
    highest = _highest({copy.record for copy in copies if copy.scheme.with_copy}, adding.values())
    found = []
    for copy in copies:
        title = copy.scheme.code, copy.record, copy.volume
        highest[title] += 1
        mark = marks.get((copy.scheme.code, copy.record), "")
        found.append(
            finished(
                mark,
                copy.scheme,
                department=copy.department,
                volume=copy.volume,
                year=years.get(copy.record, ""),
                copy=highest[title],
            )
        )
    return found


def adds(scheme: Scheme) -> bool:
    """Return whether a scheme adds anything to the number of a title."""
    return bool(scheme.lines) or scheme.with_volume or scheme.with_year or scheme.with_copy


def _years(records: Iterable[int]) -> dict[int, str]:
    wanted = sorted(records)
    found: dict[int, str] = {}
    for start in range(0, len(wanted), CHUNK):
        chunk = catalogue.records(wanted[start : start + CHUNK])
        found.update({record: str(view.year or "") for record, view in chunk.items()})
    return found


def _highest(records: Iterable[int], schemes: Iterable[Scheme]) -> dict[Title, int]:
    """The highest number of a copy by title: counted, or as it stands on an item when that is more."""
    wanted, found, counted = sorted(records), defaultdict[Title, int](int), Counter[Title]()
    places = {scheme.code: queries.places_of(scheme) for scheme in schemes if scheme.with_copy}
    for start in range(0, len(wanted), CHUNK):
        rows = Item.objects.filter(record__in=wanted[start : start + CHUNK]).exclude(call_number="").order_by("id")
        for record, mark, volume, place in rows.values_list("record_id", "call_number", "volume", "shelved_at_id"):
            for code, nodes in places.items():
                if place in nodes:
                    stated = split(mark).copy
                    number = int(stated) if stated.isascii() and stated.isdigit() else 1
                    title = code, record, volume
                    counted[title] += 1
                    found[title] = max(found[title], counted[title], number)
    return found
