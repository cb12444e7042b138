"""Which facets a search counts, and where."""

from __future__ import annotations

from wenlan.catalogue.search.classes import MOST_LEVELS, class_path
from wenlan.catalogue.search.schema import FACETS, LEVELS
from wenlan.catalogue.types import Counts, SearchQuery

MOST_VALUES, MOST_NODES = 40, 400


def wants_facets(query: SearchQuery, total: int) -> bool:
    """Tell whether facets are counted over so many hits."""
    return query.counts == Counts.ALWAYS or (query.counts == Counts.FEW and total <= SearchQuery.FEW_HITS)


def asked_facets(query: SearchQuery) -> dict[str, tuple[str, int]]:
    """Return for each facet the place of its values and how many are wanted at most."""
    sizes = {name: MOST_NODES if name == "node" else MOST_VALUES for name in (*FACETS, "year")}
    asked = {"main_class": (LEVELS[0], MOST_VALUES), **{name: (name, size) for name, size in sizes.items()}}
    if asked_class := query.class_number or query.main_class:
        depth = len(class_path(asked_class))
        if 0 < depth < MOST_LEVELS:
            asked["class"] = (LEVELS[depth], MOST_VALUES)
    return asked
