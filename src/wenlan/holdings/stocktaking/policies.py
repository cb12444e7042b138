"""What a scan, or the want of one, says about an item."""

from dataclasses import dataclass
from datetime import date

from wenlan.holdings.policies import GONE
from wenlan.holdings.stocktaking.types import FindingKind
from wenlan.holdings.types import ItemStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class CountFacts:
    """An item as recorded, and whether it was scanned. `belongs_here` is whether place, room and class are counted."""

    status: str
    status_since: date
    belongs_here: bool
    stands_here: bool
    was_scanned: bool


def finding(facts: CountFacts, *, opened_on: date) -> FindingKind | None:
    """Return how shelf and record differ; None when they agree, or when lending moved the item during the count.

    What came back or went out since the count was opened is not missing: the shelf may have been passed before.
    """
    if facts.was_scanned:
        return _of_scanned(facts)
    expected = facts.belongs_here and facts.stands_here and facts.status == ItemStatus.AVAILABLE
    return FindingKind.MISSING if expected and facts.status_since < opened_on else None


def _of_scanned(facts: CountFacts) -> FindingKind | None:
    if facts.status == ItemStatus.WITHDRAWN:
        return FindingKind.WITHDRAWN
    if facts.status == ItemStatus.ON_LOAN:
        return FindingKind.ON_LOAN
    if facts.status in GONE:
        return FindingKind.TURNED_UP
    if not facts.belongs_here:
        return FindingKind.MISPLACED
    return None if facts.status == ItemStatus.AVAILABLE else FindingKind.OTHER_STATE
