"""Factories for tests that lend and take back."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from wenlan.circulation import operations
from wenlan.circulation.reserving import operations as reserving
from wenlan.circulation.reserving.types import ReservationView, Wish
from wenlan.circulation.types import CardRef, ItemRef, Lent, LoanRuleView, NewRule, Returned
from wenlan.holdings.types import ItemView
from wenlan.kernel.acts import Act, Channel
from wenlan.patrons.types import PatronView

_numbers = count(1)
A_DAY = date(2019, 3, 4)


def make_act(
    node: int,
    on: date = A_DAY,
    *,
    key: str = "",
    seconds: int = 0,
    staff: int | None = None,
    device: str = "D1",
    channel: Channel = Channel.DESK,
) -> Act:
    """Return an act at ten in the morning (China) plus `seconds`; without a key it gets one of its own."""
    at = datetime.combine(on, time(2), UTC) + timedelta(seconds=seconds)
    return Act(at=at, node=node, channel=channel, key=key or f"act-{next(_numbers)}", staff=staff, device=device)


def make_rule(
    node: int,
    *,
    code: str = "standard",
    loan_days: int = 30,
    renewals: int = 1,
    renew_from: str = "due",
    floats: bool = False,
    since: date = date(2015, 1, 1),
) -> LoanRuleView:
    """Make a lending rule for a node and all under it, for every category and material; renewals of 30 days."""
    rule = NewRule(
        code=code,
        words={"zh": code, "en": code},
        node=node,
        loan_days=loan_days,
        renewals=renewals,
        renewal_days=30,
        renew_from=renew_from,
        floats=floats,
        from_day=since,
    )
    return operations.set_rule(make_act(node, since), rule=rule)


def make_special_rule(
    node: int, *, code: str = "special", since: date = date(2015, 1, 1), **said: object
) -> LoanRuleView:
    """Make a rule that says only what is given, for the owner, category and material that are given."""
    words = {"zh": code, "en": code}
    rule = NewRule(code=code, words=words, node=node, from_day=since, **said)  # type: ignore[arg-type]
    return operations.set_rule(make_act(node, since), rule=rule)


def card_of(patron: PatronView) -> CardRef:
    """Return the reader's first card as scanned."""
    return CardRef(patron.cards[0].number)


def reserve(item: ItemView, patron: PatronView, act: Act, /, **more: int) -> ReservationView:
    """Reserve the title of an item for a reader, to be fetched where the act happens."""
    wish = Wish(patron=patron.id, record=item.record, pickup=act.node)
    return reserving.reserve(act, wish=replace(wish, **more))  # type: ignore[arg-type]


def scan(item: ItemView) -> ItemRef:
    """Return the item as scanned."""
    return ItemRef(item.barcode, item.barcode_scope)


def lend(item: ItemView, patron: PatronView, act: Act) -> Lent:
    """Lend an item to a reader."""
    return operations.check_out(act, item=scan(item), card=card_of(patron))


def take_back(item: ItemView, act: Act) -> Returned:
    """Take an item back."""
    return operations.check_in(act, item=scan(item))
