"""What the list of recalls shows, and what a reader is told of them."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """How many loans of a reader are overdue; `recalled` of them somebody waits for."""

    loans: int
    recalled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallView:
    """A loan that was recalled and is still out. `patron` has it, `waiting` reserved it, to be fetched at `pickup`."""

    id: int
    item: int
    title: str
    barcode: str
    patron: int
    lent_node: int
    waiting: int
    pickup: int
    recalled_at: datetime
    due_before: date
    due_on: date

    @property
    def was_shortened(self) -> bool:
        """Whether the loan is due earlier than it was."""
        return self.due_on < self.due_before
