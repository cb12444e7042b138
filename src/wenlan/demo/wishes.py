"""Reservations of the year's last weeks: ready, in line, to be fetched, on the way, not collected, and one recalled."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from wenlan.circulation import operations as circulation
from wenlan.circulation.recalling import operations as recalling
from wenlan.circulation.reserving import operations as reserving
from wenlan.circulation.reserving.types import ReservationView
from wenlan.circulation.reserving.types import Wish as Wanted
from wenlan.circulation.types import CardRef
from wenlan.demo import collections
from wenlan.demo.guests import card
from wenlan.demo.people import card_number
from wenlan.demo.stage import Deed, Stage
from wenlan.holdings import queries as items
from wenlan.patrons import queries as readers

LENT, ASKED, BROUGHT, CLEARED = 10 * 3600, 20 * 3600, 16 * 3600, 17 * 3600
BRANCH, MAIN = "CZ-B01", "CZ-M"
BORROWERS = (0, 0, 0, 1, 1, 1, 2, 2, 2)  # which guest has which of the branch's books
RESTS_DAYS = 20
SHOWN = -1  # the reader whose password the command prints


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A guest asks for a copy of a collection, to be fetched at a place; `back` is when and where it comes back."""

    guest: int
    collection: str
    copy: int
    pickup: str
    asked: int
    back: tuple[int, str] | None = None

    @property
    def code(self) -> str:
        """Its name in the keys of acts."""
        return f"wish:{self.guest}:{self.collection}:{self.copy}"

    @property
    def card(self) -> str:
        """The card of who asks."""
        return card_number(0) if self.guest == SHOWN else card(self.guest)


WISHES = (
    Wish(guest=3, collection="branch", copy=0, pickup=MAIN, asked=12),
    Wish(guest=4, collection="branch", copy=0, pickup=BRANCH, asked=11),
    Wish(guest=5, collection="branch", copy=0, pickup=BRANCH, asked=10),
    Wish(guest=7, collection="branch", copy=3, pickup=BRANCH, asked=16, back=(15, BRANCH)),
    Wish(guest=SHOWN, collection="branch", copy=1, pickup=MAIN, asked=9, back=(4, BRANCH)),
    Wish(guest=6, collection="branch", copy=2, pickup=BRANCH, asked=8, back=(1, BRANCH)),
    Wish(guest=8, collection="branch", copy=4, pickup=MAIN, asked=6, back=(1, BRANCH)),
    Wish(guest=SHOWN, collection="wished", copy=0, pickup=BRANCH, asked=1),
    Wish(guest=0, collection="wished", copy=1, pickup=MAIN, asked=1),
    Wish(guest=3, collection="wished", copy=2, pickup="CZ-B05", asked=1),
    Wish(guest=9, collection="branch", copy=12, pickup=MAIN, asked=1),
    Wish(guest=SHOWN, collection="branch", copy=0, pickup=MAIN, asked=5),
)
FIRST, RESTS = WISHES[0], WISHES[2]


def deeds(stage: Stage) -> Iterator[tuple[date, Deed]]:
    """Yield what is lent, asked for, brought back and cleared."""
    yield stage.last(18), partial(lend, stage)
    for wish in WISHES:
        yield stage.last(wish.asked), partial(ask, stage, wish)
        if wish.back:
            yield stage.last(wish.back[0]), partial(bring_back, stage, wish)
    yield stage.last(RESTS.asked), partial(let_rest, stage)
    yield stage.last(3), partial(recall, stage)
    yield stage.last(1), partial(clear, stage)


def lend(stage: Stage, day: date) -> None:
    """Lend the branch's books to guests."""
    for at, (guest, item) in enumerate(zip(BORROWERS, collections.refs("branch"), strict=False)):
        act = stage.act(day, LENT + 10 * at, f"guest-loan:{at}", by="branch", place=BRANCH)
        circulation.check_out(act, item=item, card=CardRef(card(guest)))


def ask(stage: Stage, wish: Wish, day: date) -> ReservationView:
    """Ask on line, in the evening; asked again, the same stands."""
    item = items.item_by_barcode(collections.barcodes(wish.collection)[wish.copy])
    wanted = Wanted(
        patron=readers.patron_id_by_card(wish.card),
        record=item.record,
        item=item.id,
        pickup=stage.node_of(wish.pickup),
    )
    return reserving.reserve(stage.by_reader(day, ASKED, wish.code, place=wish.pickup), wish=wanted)


def bring_back(stage: Stage, wish: Wish, day: date) -> None:
    """Take the wished copy back: it is kept for who waits, here or where they fetch it."""
    assert wish.back is not None
    by = "branch" if wish.back[1] == BRANCH else "circulation"
    act = stage.act(day, BROUGHT, f"{wish.code}:back", by=by, place=wish.back[1])
    circulation.check_in(act, item=collections.refs(wish.collection)[wish.copy])


def let_rest(stage: Stage, day: date) -> None:
    """Somebody is away until after the holidays: their place in line is kept."""
    reservation = ask(stage, RESTS, day).id
    act = stage.by_reader(day, ASKED + 60, f"{RESTS.code}:rests", place=BRANCH)
    reserving.suspend(act, reservation=reservation, until=day + timedelta(days=RESTS_DAYS))


def recall(stage: Stage, day: date) -> None:
    """Ask for the copy that three people wait for."""
    act = stage.act(day, CLEARED, f"{FIRST.code}:recalled", by="branch", place=BRANCH)
    recalling.recall(act, reservation=ask(stage, FIRST, day).id)


def clear(stage: Stage, day: date) -> None:
    """Take off the hold shelf what was not collected in time."""
    reserving.expire(stage.at(day, CLEARED))
