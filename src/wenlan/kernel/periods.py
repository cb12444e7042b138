"""Half-open spans of local days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` until, but not with, `end`. Raises ValueError when `end` is earlier."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    @classmethod
    def year(cls, year: int) -> "Period":
        """Return the calendar year."""
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """Return the calendar month (1 to 12)."""
        following = date(year + month // 12, month % 12 + 1, 1)
        return cls(date(year, month, 1), following)

    @classmethod
    def day(cls, day: date) -> "Period":
        """Return the one day."""
        return cls(day, day + timedelta(days=1))

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def __iter__(self) -> Iterator[date]:
        for offset in range((self.end - self.start).days):
            yield self.start + timedelta(days=offset)

    @property
    def last_day(self) -> date:
        """The last day within. Raises ValueError for an empty period."""
        if self.start == self.end:
            raise ValueError("an empty period has no last day")
        return self.end - timedelta(days=1)
