"""What another system says of its loans and reservations."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OldLoan:
    """A loan of another system; `key` tells it from all others, also in a later trial.

    `returned_at` None: it is open. Then `item` and `patron` are known; of a past one either may be gone (None).
    """

    key: str
    item: int | None
    patron: int | None
    lent_at: datetime
    lent_on: date
    lent_node: int
    due_on: date
    renewals: int = 0
    returned_at: datetime | None = None
    returned_on: date | None = None
    returned_node: int | None = None
    late_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLoan:
    """A loan that was taken over before: as it stands now."""

    id: int
    key: str
    item: int
    patron: int | None
    due_on: date
    renewals: int
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OldReservation:
    """A wish of another system. `item` is the copy that lies ready for the reader until `pick_up_by`, if one does."""

    key: str
    patron: int
    record: int
    pickup: int
    made_at: datetime
    made_on: date
    item: int | None = None
    pick_up_by: date | None = None
