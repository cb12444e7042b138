"""What the subjects of our acts in the ledger are called: who asked for a renewal."""

from collections.abc import Collection

from wenlan.circulation.types import Initiative
from wenlan.ledger.kinds import Kind


def subject_words(kinds: Collection[str], codes: Collection[str]) -> dict[str, str]:
    """Return who asked, by code."""
    return {code: str(Initiative(code).label) for code in codes if Kind.LOAN_RENEWED in kinds and code in Initiative}
