"""Which place of the network a source means by its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wenlan.network import queries as network


@dataclass(frozen=True, slots=True)
class Place:
    """A node, and a department of it when the words name one."""

    node: int
    department: int | None = None


class Places:
    """The places that words stand for: told ones first, then codes and names of nodes and departments.

    A name that two places bear stands for the one at or under `home`, else for none.
    """

    def __init__(self, *, home: int, told: Mapping[str, int] | None = None) -> None:
        self.home = Place(home)
        self.told = {words: Place(node) for words, node in (told or {}).items()}
        self.known = self._names(network.subtree(home))

    def _names(self, near: frozenset[int]) -> dict[str, Place]:
        found: dict[str, set[Place]] = {}
        for node in network.nodes():
            for words in (node.code, *node.names.values()):
                found.setdefault(words, set()).add(Place(node.id))
        for department in network.departments():
            for words in (department.code, *department.names.values()):
                found.setdefault(words, set()).add(Place(department.node, department.id))
        single: dict[str, Place] = {}
        for words, places in found.items():
            here = [one for one in places if one.node in near]
            if len(places) == 1 or len(here) == 1:
                single[words] = next(iter(here or places))
        return single

    def find(self, words: str) -> Place | None:
        """Return the place, the home for no words at all, or None when nobody knows."""
        if not words:
            return self.home
        return self.told.get(words) or self.known.get(words)
