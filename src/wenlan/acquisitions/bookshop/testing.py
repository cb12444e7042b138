"""Factories for bookshops and campaigns."""

from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from wenlan.acquisitions.bookshop import operations
from wenlan.acquisitions.bookshop.types import (
    BookOnPaper,
    CampaignFacts,
    CampaignView,
    ShopFacts,
    ShopView,
    Terms,
    Wish,
)
from wenlan.acquisitions.testing import make_supplier
from wenlan.holdings.series.operations import Wanted, make_series
from wenlan.kernel.acts import Act, Channel

FIRST, LAST = date(2020, 10, 5), date(2020, 12, 31)
SANTI, LUOTUO = "9787536692930", "9787020024759"
_numbers = count(1)


def make_act(node: int, on: date = FIRST, *, key: str = "", staff: int | None = None) -> Act:
    """Return an act at ten in the morning (China); without a key it gets one of its own."""
    at = datetime.combine(on, time(2), UTC)
    return Act(at=at, node=node, channel=Channel.DESK, key=key or f"shop-act-{next(_numbers)}", staff=staff)


def make_shop(node: int, code: str = "XH", *, labels: int = 100, discount_permille: int | None = None) -> ShopView:
    """Return a shop at a place, with a roll of labels of its own: the code and five digits."""
    supplier = make_supplier(node, f"S-{code}", discount_permille=discount_permille)
    wanted = Wanted(prefix=code, digits=5, count=labels)
    series = (make_series(make_act(node), wanted=wanted).id,) if labels else ()
    facts = ShopFacts(code=code, name=f"{code}书店", supplier=supplier.id, node=node, series=series)
    return operations.save_shop(make_act(node), facts=facts)


def make_campaign(node: int, *shops: ShopView, budget_fen: int = 1_000_000, **terms: Any) -> CampaignView:
    """Begin a campaign of the autumn of 2020 at some shops, without conditions unless said."""
    said: dict[str, Any] = {"from_day": FIRST, "until_day": LAST, "budget_fen": budget_fen} | terms
    facts = CampaignFacts(
        name="你选书·我买单", node=node, processed_at=node, shops=tuple(one.id for one in shops), terms=Terms(**said)
    )
    return operations.begin_campaign(make_act(node), facts=facts)


def make_wish(shop: ShopView, card: str, isbn: str = SANTI, *, label: str = "", **book: Any) -> Wish:
    """Return a wish for a book that the clerk reads as 《三体》 at 23.00 unless said otherwise."""
    said: dict[str, Any] = {"title": "三体", "author": "刘慈欣", "price_fen": 2300} | book
    return Wish(shop=shop.id, card=card, isbn=isbn, book=BookOnPaper(**said), label=label)
