"""What the subjects of our acts in the ledger are called: the kinds of work at the shelves."""

from collections.abc import Collection

from wenlan.ledger.kinds import Kind
from wenlan.shelving.types import TaskKind

PREFIX = "shelving."


def subject_words(kinds: Collection[str], codes: Collection[str]) -> dict[str, str]:
    """Return the kinds of work by code."""
    if Kind.RECORD_ENTERED not in kinds:
        return {}
    return {f"{PREFIX}{kind.value}": str(kind.label) for kind in TaskKind if f"{PREFIX}{kind.value}" in codes}
