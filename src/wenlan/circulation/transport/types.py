"""What the lists of transport show."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict


@dataclass(frozen=True, slots=True, kw_only=True)
class CrateView:
    """A crate or a return machine's box. `items` counts what is in it; `days` since it was opened, until received."""

    id: int
    code: str
    from_node: int
    to_node: int
    opened_at: datetime
    sent_at: datetime | None
    received_at: datetime | None
    run: str
    items: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheWay:
    """An item that was sent and not signed for; `days` since it was sent."""

    transit: int
    item: int
    title: str
    barcode: str
    call_number: str
    from_node: int
    to_node: int
    sent_at: datetime
    days: int
    crate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """How many items went from one place to another: a cell of the 互还 matrix, or what stands away from home."""

    from_node: int
    to_node: int
    items: int


class ItemWords(TypedDict):
    """By what an item is known on a list of what travels."""

    item: int
    title: str
    barcode: str
    call_number: str
