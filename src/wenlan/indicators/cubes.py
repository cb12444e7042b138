"""Which dimensions are kept summed together: a few narrow cubes in place of one wide one.

A question is answered by the first cube that has every dimension it names; the order is from small to large. All
acts stand in every cube, so that each breakdown of a figure adds up to the figure.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from wenlan.ledger.declarations import DIMENSIONS

NUMBERS = {"department": 0, "owner_node": 0, "home_node": 0, "age": -1}  # and what stands for "not known"
DAILY, MONTHLY = "d", "m"


@dataclass(frozen=True, slots=True)
class Cube:
    """A table of sums by kind, day (or month), node and `dimensions`."""

    name: str
    dimensions: tuple[str, ...]

    @property
    def table(self) -> str:
        """The table's name."""
        return f"indicators_{self.name}sum"

    def serves(self, names: Iterable[str]) -> bool:
        """Return whether a question about these dimensions can be answered."""
        return set(names) <= {*self.dimensions, "node", "day", "month", "branch"}


CUBES = (
    Cube("place", ("department", "channel", "subject", "loan_kind")),
    Cube("language", ("language", "material", "channel", "loan_kind")),
    Cube("reader", ("category", "sex", "special_group", "channel", "loan_kind")),
    Cube("age", ("age", "channel", "loan_kind")),
    Cube("exchange", ("owner_node", "home_node", "channel", "loan_kind")),
    Cube("item", ("material", "main_class", "audience", "channel", "loan_kind")),
    Cube("work", ("operator", "department", "channel", "loan_kind")),
)
PERSONS = Cube("person", ("token", "department", "channel", "loan_kind", "category", "sex", "age"))


def cube_for(names: Iterable[str]) -> Cube | None:
    """Return the smallest cube that serves, or None: then only the ledger itself can answer."""
    wanted = frozenset(names)
    return next((cube for cube in CUBES if cube.serves(wanted)), None)


def ledger_column(dimension: str) -> str:
    """Return the ledger's expression of a dimension, with the unknown as the cubes write it."""
    column = "person_token" if dimension == "token" else DIMENSIONS[dimension]
    return f"COALESCE({column}, {NUMBERS[dimension]})" if dimension in NUMBERS else column


def known(dimension: str, value: object) -> object:
    """Return a stored value as it is spoken of: None for what is not known."""
    return None if dimension in NUMBERS and value == NUMBERS[dimension] else value
