"""Which facets a search counts, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from wenlan.catalogue.search.classes import MOST_LEVELS, class_path
from wenlan.catalogue.search.schema import FACETS, LEVELS
from wenlan.catalogue.types import Counts, FacetCount, SearchQuery, Subtree

MOST_VALUES, MOST_NODES, MOST_SUBTREES = 40, 20_000, 60


def wants_facets(query: SearchQuery, total: int) -> bool:
    """Tell whether facets are counted over so many hits."""
    return query.counts == Counts.ALWAYS or (query.counts == Counts.FEW and total <= SearchQuery.FEW_HITS)


def asked_facets(query: SearchQuery) -> dict[str, tuple[str, int]]:
    """Return for each facet but `node` the place of its values and how many are wanted at most."""
    named = [name for name in (*FACETS, "year") if name != "node"]
    asked = {"main_class": (LEVELS[0], MOST_VALUES), **{name: (name, MOST_VALUES) for name in named}}
    if asked_class := query.class_number or query.main_class:
        depth = len(class_path(asked_class))
        if 0 < depth < MOST_LEVELS:
            asked["class"] = (LEVELS[depth], MOST_VALUES)
    return asked


def in_subtrees(
    below: Sequence[Subtree], held: Mapping[int, int], together: Callable[[Subtree], int]
) -> tuple[FacetCount, ...]:
    """Return how many hits each subtree holds, each hit once however many of its places hold it.

    `held` counts the hits at each single place; only a subtree with several of them has to be counted by `together`.
    Of very many subtrees those with the most are counted.
    """
    at = {one: [place for place in one.nodes if held.get(place)] for one in below}
    holding = sorted((one for one in below if at[one]), key=lambda one: -sum(held[place] for place in at[one]))
    return ordered(
        FacetCount(str(one.node), held[at[one][0]] if len(at[one]) == 1 else together(one))
        for one in holding[:MOST_SUBTREES]
    )


def ordered(counts: Iterable[FacetCount]) -> tuple[FacetCount, ...]:
    """Return the places that hold something, those with the most first."""
    return tuple(sorted((one for one in counts if one.count), key=lambda one: (-one.count, one.value)))
