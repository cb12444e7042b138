"""How copies are dealt out to places."""

from collections import Counter
from collections.abc import Sequence


def deal(items: Sequence[tuple[int, int]], shares: Sequence[int], *, in_turn: bool) -> dict[int, int]:
    """Return for each item the index of its share; `items` are (item, record) in the order of dealing.

    By copy: of each title the first `shares[0]` copies go to share 0, the next `shares[1]` to share 1 ..., and round
    again. In turn: each item goes to the place that has the least for its weight, so that every place has at least
    the whole items of its share at any time. Every item is dealt once; a share of 0 gets nothing.
    """
    if in_turn:
        return _in_turn([item for item, _ in items], shares)
    order = [share for share, copies in enumerate(shares) for _ in range(copies)]
    seen: Counter[int] = Counter()
    dealt = {}
    for item, record in items:
        dealt[item] = order[seen[record] % len(order)]
        seen[record] += 1
    return dealt


def _in_turn(items: Sequence[int], weights: Sequence[int]) -> dict[int, int]:
    given = [0] * len(weights)
    dealt = {}
    for item in items:
        share = min(
            (place for place, weight in enumerate(weights) if weight),
            key=lambda place: ((given[place] + 1) / weights[place], place),
        )
        given[share] += 1
        dealt[item] = share
    return dealt
