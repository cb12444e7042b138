"""What the subjects of our acts in the ledger are called: the volume that was chosen, or what it costs."""

from collections.abc import Collection

from wenlan.acquisitions.bookshop.types import Part
from wenlan.ledger.kinds import Kind


def subject_words(kinds: Collection[str], codes: Collection[str]) -> dict[str, str]:
    """Return what a row of a chosen book counts, by code."""
    return {code: str(Part(code).label) for code in codes if Kind.BOOK_CHOSEN in kinds and code in Part}
