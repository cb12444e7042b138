"""What lines of open loans and of past ones have in common: the item, the reader, the place and the days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wenlan.holdings import takeover
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.takeover import KnownItem
from wenlan.moving import policies
from wenlan.moving.steps.readers import Known
from wenlan.moving.tables import Line
from wenlan.moving.types import Outcome, Part, Problem
from wenlan.moving.work import Work


@dataclass(frozen=True, slots=True)
class Sought:
    """The items and readers that a batch of lines names, those of a trial without an id."""

    items: Mapping[str, KnownItem]
    imagined: frozenset[str]
    readers: Mapping[str, tuple[int | None, bool]]

    def has_item(self, key: str) -> bool:
        """Return whether there is an item, or would be."""
        return key in self.items or key in self.imagined


def sought(work: Work, pairs: Sequence[tuple[str, str]]) -> Sought:
    """Return what is known of (barcode, reader) of a batch."""
    barcodes = {barcode_key(barcode) for barcode, _ in pairs} - {""}
    return Sought(
        items=takeover.known_items(barcodes, scope=work.order.scope),
        imagined=frozenset(barcodes & work.items) if work.is_trial else frozenset(),
        readers=Known(work).find([reader for _, reader in pairs]),
    )


def moment_of(work: Work, part: Part, line: Line, what: str, barcode: str) -> tuple[datetime | None, bool]:
    """Return a moment, and whether it could be read."""
    try:
        return policies.moment(line.text(what)), True
    except ValueError:
        work.note(part, line.number, barcode, Problem.DAY_UNREADABLE, line.text(what))
        return None, False


def place_of(work: Work, part: Part, line: Line, what: str, barcode: str) -> int | None:
    """Return the place that a cell names, None for an empty one or a word that nobody knows."""
    words = line.text(what)
    if not words:
        return None
    place = work.place(words)
    if place is None:
        work.word(part, "place", words, line, barcode, Problem.PLACE_UNKNOWN)
    return place.node if place else None


def renewals_of(work: Work, part: Part, line: Line, barcode: str) -> int:
    """Return how often it was renewed."""
    try:
        return min(policies.number(line.text("renewals")), 999)
    except ValueError:
        work.note(part, line.number, barcode, Problem.NUMBER_UNREADABLE, line.text("renewals"))
        return 0


def kept_out(work: Work, part: Part, where: int, what: str, problem: Problem) -> None:
    """Count a line that is kept out."""
    work.note(part, where, what, problem)
    work.count(part, Outcome.REJECTED)
    if part in {Part.LOANS, Part.RESERVATIONS}:
        work.kept_out[part.value] += 1
