"""Reads of rebalancing: what is proposed by the rules of the places, and what was accepted and waits."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

from wenlan.circulation import rulebook
from wenlan.circulation.models import MoveOrder
from wenlan.circulation.rebalancing import policies, statements
from wenlan.circulation.rebalancing.types import Copy, Limits, Move, OrderView
from wenlan.circulation.transport.queries import words_of
from wenlan.circulation.types import Decision
from wenlan.jobs import queries as versions
from wenlan.network import trees

OF_LATE = timedelta(days=90)
MOST_MOVES = 500


def proposals(nodes: Collection[int], on: date, *, limits: Limits, of_class: bool = False) -> tuple[Move, ...]:
    """Return what could be brought elsewhere among the places, at most MOST_MOVES (three statements).

    A place's own rule says whether a copy may stay there and how many of a title; its shelf at home always takes it.
    """
    tree, book = trees.current(), rulebook.current(versions.version(rulebook.VERSION))

    @cache
    def decision(place: int, owner: int, material: str) -> Decision | None:
        return book.decision(tree, node=place, owner=owner, category="", material=material, on=on)

    def may_stand(place: int, copy: Copy) -> bool:
        said = decision(place, copy.owner, copy.material)
        return place == copy.home or (said is not None and said.floats)

    def most_at(place: int, copy: Copy) -> int | None:
        said = decision(place, copy.owner, copy.material)
        return said.float_limit if said is not None and said.floats else None

    copies = statements.copies(nodes, of_class=of_class)
    demand = statements.lent_since(nodes, on - OF_LATE)
    at_work = {node for copy in copies for node in (copy.home, copy.place)} | {node for _class, node in demand}
    places = sorted(at_work & set(nodes))  # no desk, no shelf, no loans: nothing is brought there
    if of_class:
        found = policies.by_class(copies, places=places, limits=limits, may_stand=may_stand, demand=demand)
    else:
        found = policies.by_title(
            copies, places=places, limits=limits, may_stand=may_stand, most_at=most_at, demand=demand
        )
    return found[:MOST_MOVES]


def orders(nodes: Collection[int], *, limit: int = 500) -> tuple[OrderView, ...]:
    """Return what was accepted and waits to be packed at the places, in the order of the shelves (three statements)."""
    rows = list(
        MoveOrder.objects.filter(from_node__in=nodes, sent_at=None, dropped_at=None).order_by(
            "from_node", "to_node", "item__call_key", "id"
        )[:limit]
    )
    words = words_of({row.item_id for row in rows})
    return tuple(
        OrderView(
            id=row.pk,
            **words[row.item_id],
            from_node=row.from_node_id,
            to_node=row.to_node_id,
            made_at=row.made_at,
        )
        for row in rows
    )
