"""Family bonds and contacts as others see them."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BondView:
    """`holder` may see and renew for `member`; `is_asked` while the member has not agreed yet. `name` is the other's.

    `holds` is True on the side of the one who may see.
    """

    id: int
    holder: int
    member: int
    other: int
    name: str
    relation: str
    asked_at: datetime
    is_asked: bool
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    """A person whom an institution sends."""

    id: int
    name: str
    phone: str
    duty: str
    from_day: date
