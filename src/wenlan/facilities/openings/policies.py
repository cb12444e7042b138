"""Where a room is, as far as its openings tell, and how far off somebody signs."""

from collections.abc import Sequence
from datetime import datetime
from math import asin, cos, radians, sin, sqrt
from statistics import median

EARTH_M = 6_371_000
FEWEST = 3  # before the third opening nobody knows where the room is
NEAR_M = 300
Place = tuple[float, float]


def usual_place(signed: Sequence[Place]) -> Place | None:
    """Return the median of the places it was signed from, in degrees; None while there are fewer than FEWEST.

    The median: one opening signed from home does not move the room.
    """
    if len(signed) < FEWEST:
        return None
    return median(latitude for latitude, _ in signed), median(longitude for _, longitude in signed)


def metres_between(one: Place, other: Place) -> int:
    """Return the distance over the ground between two places in degrees (haversine)."""
    (lat1, lon1), (lat2, lon2) = ((radians(a), radians(b)) for a, b in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return round(2 * EARTH_M * asin(min(1.0, sqrt(half))))


def is_far(metres_off: int | None, accuracy_m: int | None) -> bool:
    """Tell whether somebody signed too far away, the phone's own doubt taken off."""
    return metres_off is not None and metres_off - (accuracy_m or 0) > NEAR_M


def is_closing_sound(opened_at: datetime, closed_at: datetime, *, now: datetime, same_day: bool) -> bool:
    """Tell whether a room opened then can have been closed then."""
    return same_day and opened_at < closed_at <= now
