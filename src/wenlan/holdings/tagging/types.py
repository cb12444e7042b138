"""What is told of tags."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TagView:
    """A tag that was written. `part` of `total` counts the pieces of a set; both are 0 for a single piece."""

    uid: str
    item: int
    barcode: str
    record: int
    profile: str
    part: int
    total: int
    written_at: datetime
    written_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many of a place's items carry a tag; withdrawn ones are not counted."""

    node: int
    items: int
    tagged: int

    @property
    def percent(self) -> int:
        """Whole percents, 100 only when nothing is left."""
        return self.tagged * 100 // self.items if self.items else 0
