"""What the subjects of our acts in the ledger are called: the programmes."""

from collections.abc import Collection

from wenlan.activities import queries
from wenlan.ledger.kinds import Kind

KINDS = frozenset({Kind.ACTIVITY_HELD, Kind.ACTIVITY_ATTENDED})


def subject_words(kinds: Collection[str], codes: Collection[str]) -> dict[str, str]:
    """Return the names of programmes by code (one statement)."""
    return queries.programme_names(codes) if KINDS & set(kinds) else {}
