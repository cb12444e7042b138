"""Where floating copies are too many and where too few, as pure functions: by title, then by class."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from wenlan.circulation.rebalancing.types import Copy, Limits, Move

MayStand = Callable[[int, Copy], bool]
"""Whether a copy may stay at a place: the rule of the place lets it float, or its shelf is there."""
MostAt = Callable[[int, Copy], int | None]
"""How many copies of a title the rule of a place lets stay; None where it does not say."""
Demand = Mapping[tuple[str, int], int]
"""Loans of late, by class and place."""


def by_title(
    copies: Sequence[Copy],
    *,
    places: Sequence[int],
    limits: Limits,
    may_stand: MayStand,
    most_at: MostAt,
    demand: Demand,
) -> tuple[Move, ...]:
    """Return what takes the surplus of titles to who has too few: to their shelf first, then where the class is asked.

    No place falls below its limit by it, and none rises above `limits.least`.
    """
    standing = Counter((copy.record, copy.place) for copy in copies)
    moves = []
    for copy in sorted((one for one in copies if one.floats), key=lambda one: (one.record, one.place, one.item)):
        most = most_at(copy.place, copy)
        if standing[copy.record, copy.place] <= (limits.most if most is None else most):
            continue
        asking = sorted(places, key=lambda place: (-demand.get((copy.main_class, place), 0), place))
        for place in [copy.home, *asking]:
            if place != copy.place and standing[copy.record, place] < limits.least and may_stand(place, copy):
                standing[copy.record, copy.place] -= 1
                standing[copy.record, place] += 1
                moves.append(Move(item=copy.item, record=copy.record, from_node=copy.place, to_node=place))
                break
    return tuple(moves)


def by_class(
    copies: Sequence[Copy], *, places: Sequence[int], limits: Limits, may_stand: MayStand, demand: Demand
) -> tuple[Move, ...]:
    """Return what takes floating copies of a class from places with more than their share to places with less.

    A place's share of the class is its share of the loans of late. No title is brought where it stands already.
    """
    moves: list[Move] = []
    standing = {(copy.record, copy.place) for copy in copies}
    for main_class, ours in sorted(grouped(copies).items()):
        here = Counter(copy.place for copy in ours)
        share = shares(main_class, here, places, demand)
        surplus = {place: max(0, int(here[place] - share[place] * (1 + limits.slack / 100))) for place in places}
        wanted = {place: max(0, int(share[place] - here[place])) for place in places}
        pairs: Counter[tuple[int, int]] = Counter()
        for copy in sorted((one for one in ours if one.floats), key=lambda one: (one.place, one.item)):
            for place in sorted(places, key=lambda place: (-wanted[place], place)):
                fits = wanted[place] > 0 and pairs[copy.place, place] < limits.per_pair
                is_new = (copy.record, place) not in standing
                if surplus.get(copy.place, 0) > 0 and fits and is_new and may_stand(place, copy):
                    surplus[copy.place] -= 1
                    wanted[place] -= 1
                    pairs[copy.place, place] += 1
                    standing.add((copy.record, place))
                    moves.append(
                        Move(
                            item=copy.item,
                            record=copy.record,
                            from_node=copy.place,
                            to_node=place,
                            main_class=main_class,
                        )
                    )
                    break
    return tuple(moves)


def grouped(copies: Iterable[Copy]) -> dict[str, list[Copy]]:
    """Return the copies by their class."""
    found: dict[str, list[Copy]] = defaultdict(list)
    for copy in copies:
        found[copy.main_class].append(copy)
    return found


def shares(main_class: str, here: Mapping[int, int], places: Sequence[int], demand: Demand) -> dict[int, float]:
    """Return how many of the copies each place would have by the loans of late; nothing was lent: as they stand."""
    asked = {place: demand.get((main_class, place), 0) for place in places}
    total, copies = sum(asked.values()), sum(here.get(place, 0) for place in places)
    if not total:
        return {place: float(here.get(place, 0)) for place in places}
    return {place: copies * loans / total for place, loans in asked.items()}
