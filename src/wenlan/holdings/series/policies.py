"""Which numbers of a series are free: pure."""

from collections.abc import Collection


def gaps(first: int, last: int, used: Collection[int]) -> tuple[tuple[int, int], ...]:
    """Return the numbers from `first` to `last` that are not used, as spans with both ends, in order."""
    found: list[tuple[int, int]] = []
    begins = first
    for number in (*sorted(one for one in set(used) if first <= one <= last), last + 1):
        if begins < number:
            found.append((begins, number - 1))
        begins = number + 1
    return tuple(found)
