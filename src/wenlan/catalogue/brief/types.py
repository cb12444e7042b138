"""What somebody can read off a title page, and a brief record that waits."""

from dataclasses import dataclass
from datetime import datetime

from wenlan.catalogue.types import RecordView


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefFacts:
    """What was written down of a book; all but the title may be empty. `price_fen` and `year` are None when nobody
    knows them."""

    title: str
    author: str = ""
    publisher: str = ""
    isbn: str = ""
    price_fen: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRecord:
    """A brief record that nobody has finished; `also` is a full record of the same number that came since."""

    record: RecordView
    node: int
    by: str
    made_at: datetime
    also: RecordView | None
