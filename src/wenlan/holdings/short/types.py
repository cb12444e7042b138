"""A book as somebody without a cataloguer takes it in."""

from dataclasses import dataclass

from wenlan.catalogue.brief.types import BriefFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class BookInHand:
    """A book of a room: `record` is the county's, or None and `facts` say what stands on its title page.

    `barcode` is the one glued into it; empty: its accession number serves. `was_here` says that it is no addition of
    this year, but stood in the room before.
    """

    record: int | None = None
    facts: BriefFacts | None = None
    barcode: str = ""
    was_here: bool = True
    price_fen: int | None = None
