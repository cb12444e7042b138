"""Which lines of a journal hang together, so that a journal can be tried in small parts. Pure."""

from collections.abc import Iterator, Sequence

from wenlan.circulation.journals.types import Line, Unreadable
from wenlan.holdings.policies import barcode_key
from wenlan.patrons.identity import card_key


def parts(told: Sequence[Line | Unreadable], most: int) -> list[list[int]]:
    """Return the places of the lines in parts of at most `most`, each in the order of the journal.

    Lines on the same item or the same card stand in one part, and so does what hangs together through others. Of what
    is longer than a part, only the beginning is in one: nothing that comes after it is in any.
    """
    found: list[list[int]] = []
    for chain in chains(told):
        first = chain[:most]
        if found and len(found[-1]) + len(first) <= most:
            found[-1] += first
        else:
            found.append(first)
    return [sorted(part) for part in found]


def chains(told: Sequence[Line | Unreadable]) -> list[list[int]]:
    """Return the places of the lines that hang together, in the order of their first lines."""
    leads: dict[str, str] = {}

    def first_of(key: str) -> str:
        while (before := leads.setdefault(key, key)) != key:
            leads[key] = leads[before]
            key = before
        return key

    for line in told:
        first, *others = keys(line)
        for other in others:
            leads[first_of(other)] = first_of(first)
    found: dict[str, list[int]] = {}
    for place, line in enumerate(told):
        found.setdefault(first_of(next(keys(line))), []).append(place)
    return list(found.values())


def keys(line: Line | Unreadable) -> Iterator[str]:
    """Yield by what a line hangs together with others: itself, its item, its card."""
    yield f"line:{line.uid}"
    if isinstance(line, Line):
        if line.item:
            yield f"item:{barcode_key(line.item)}"
        if line.card:
            yield f"card:{card_key(line.card)}"
