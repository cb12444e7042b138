"""The order of a shelf: which area a call number belongs to, and which volumes stand out of order."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from wenlan.shelving.types import AreaView

EMPTY = "00"  # the separator of the parts of a key, in hexadecimal digits


def bare(key: str) -> str:
    """Return a key without its empty parts at the end: the beginning of all that is made from it."""
    while key.endswith(EMPTY):
        key = key[: -len(EMPTY)]
    return key


def holds(area: AreaView, key: str) -> bool:
    """Return whether a call number's key lies in an area; its last class with all that is made from it."""
    return area.first_key <= key and (not area.last_key or key[: len(area.last_key)] <= area.last_key)


def area_of(areas: Iterable[AreaView], key: str, department: int | None) -> int | None:
    """Return the id of the first area that holds a key, None for a key that no area holds or an empty one."""
    if not key:
        return None
    fits = (area for area in areas if area.department in (None, department) and holds(area, key))
    return next((area.id for area in fits), None)


def in_order(keys: Sequence[str]) -> frozenset[int]:
    """Return the positions of a longest run of volumes that stand in order: the others are the fewest to move.

    Equal keys (copies) are in order in any sequence. Costs n log n.
    """
    tails: list[str] = []
    at: list[int] = []
    before: list[int | None] = []
    for position, key in enumerate(keys):
        length = bisect_right(tails, key)
        before.append(at[length - 1] if length else None)
        tails[length : length + 1] = [key]
        at[length : length + 1] = [position]
    kept: set[int] = set()
    position_or_none = at[-1] if at else None
    while position_or_none is not None:
        kept.add(position_or_none)
        position_or_none = before[position_or_none]
    return frozenset(kept)


def belongs_behind(ordered: Sequence[str], key: str) -> int:
    """Return the index in a sequence of keys in order after which a key belongs; -1 for the beginning."""
    return bisect_left(ordered, key) - 1
