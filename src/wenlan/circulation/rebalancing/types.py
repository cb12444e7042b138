"""What rebalancing looks at and proposes."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class Copy(NamedTuple):
    """An available copy: of which title and class, whose it is, where its shelf is and where it stands."""

    item: int
    record: int
    main_class: str
    owner: int
    material: str
    home: int
    place: int

    @property
    def floats(self) -> bool:
        """Whether it stands away from its shelf, and so may go on."""
        return self.home != self.place


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`most` copies of a title stand at a place that its rule gives no limit; one with fewer than `least` may get one.

    At most `per_pair` volumes of a class go from a place to another, and only what a place has beyond `slack` of a
    hundred over its share.
    """

    most: int = 2
    least: int = 1
    per_pair: int = 20
    slack: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A proposal: bring this copy from where it stands to there. `main_class` is set when it is for the class."""

    item: int
    record: int
    from_node: int
    to_node: int
    main_class: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """An accepted proposal that waits to be packed, as the pick list shows it."""

    id: int
    item: int
    title: str
    barcode: str
    call_number: str
    from_node: int
    to_node: int
    made_at: datetime
