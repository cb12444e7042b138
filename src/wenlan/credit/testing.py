"""Factories for tests of accounts and of the till."""

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from wenlan.credit import operations
from wenlan.credit.till import receipts as books
from wenlan.credit.till import shifts
from wenlan.credit.types import EndedItem, NewRule, PointRule, RuleView
from wenlan.kernel.acts import Act, Channel

_numbers = count(1)
LONG_AGO = date(2015, 1, 1)
A_BOOK = EndedItem(barcode="0012345", title="平凡的世界", price_fen=3_000, published=2012)
POINTS = {"late": PointRule(points=-1, most_each=20), "damage": PointRule(points=-5), "loss": PointRule(points=-10)}


def make_act(node: int, on: date, *, key: str = "", staff: int | None = None, minutes: int = 0) -> Act:
    """Return an act of the desk at ten in the morning (China) plus `minutes`."""
    at = datetime.combine(on, time(2 + minutes // 60, minutes % 60), UTC)
    return Act(at=at, node=node, channel=Channel.DESK, key=key or f"credit-{next(_numbers)}", staff=staff)


def make_rule(node: int, *, code: str = "standard", since: date = LONG_AGO, **facts: Any) -> RuleView:
    """Make a rule for a place and all under it: 100 points, one less a day late, 20 a time; no money, no stops."""
    given: dict[str, Any] = {"start_points": 100, "most_points": 120, "points": POINTS} | facts
    rule = NewRule(code=code, words={"zh": code, "en": code}, node=node, from_day=since, **given)
    return operations.set_rule(make_act(node, since), rule=rule)


def make_drawer(act: Act, *, counted_fen: int = 0, receipts: int = 20) -> int:
    """Set up a drawer with a range of receipts, taken over by who acts with so much change; returns its id."""
    number = next(_numbers)
    drawer = shifts.add_drawer(act, name=f"drawer {number}").id
    book = books.enter_book(act, prefix=f"T{number}-", first=1, last=receipts, width=4)
    books.hand_book(act, book_id=book.id, drawer_id=drawer)
    shifts.sign_on(act, drawer_id=drawer, counted_fen=counted_fen)
    return drawer
