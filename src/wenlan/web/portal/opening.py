"""A week's opening hours said shortly, for a narrow screen."""

from collections.abc import Sequence
from datetime import date, time
from itertools import groupby

from wenlan.ui.typography import weekday

Openings = tuple[tuple[time, time], ...]


def in_spans(week: Sequence[date], days: Sequence[Openings]) -> list[tuple[str, Openings]]:
    """Return neighbouring days with the same hours together: ("周二–周日", hours)."""
    spans = []
    for hours, found in groupby(zip(week, days, strict=True), key=lambda pair: pair[1]):
        named = [weekday(day) for day, _hours in found]
        spans.append((named[0] if len(named) == 1 else f"{named[0]}–{named[-1]}", hours))
    return spans
