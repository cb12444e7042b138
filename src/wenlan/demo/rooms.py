"""Reading rooms that sign their readers in from December on, seats that are booked, and books used in the house."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cached_property, partial
from random import Random

from wenlan.circulation.errors import ItemUnknown
from wenlan.circulation.inhouse import operations as inhouse
from wenlan.circulation.reading import booking, operations, queries, requests
from wenlan.circulation.reading.operations import MOST_TOGETHER, Visitor
from wenlan.circulation.reading.types import PlaceKind, RoomKind, RoomRule, RoomView
from wenlan.circulation.types import ItemRef
from wenlan.demo import collections
from wenlan.demo.guests import CHILDREN, card, reader_id
from wenlan.demo.people import card_number
from wenlan.demo.stage import Deed, Stage
from wenlan.holdings import queries as items
from wenlan.patrons import queries as readers

DAYS = 15  # since when the rooms sign their readers in, in open days before the end of the year
TALLIED_DAYS = 12
PERIODICALS, LOCAL, ELECTRONIC = "CZ-R-PERIODICALS", "CZ-R-LOCAL", "CZ-R-ELECTRONIC"
TALLIED = {"CZ-R-NEWSPAPERS": (20, 60), "CZ-R-YOUTH": (40, 120), "CZ-R-ANCIENT": (2, 9)}
REGULARS = {PERIODICALS: (3, 9), LOCAL: (1, 2), ELECTRONIC: (0, CHILDREN[0])}
SETS, COMES, LEAVES, CROWD, ASKS = 8 * 3600, 9 * 3600 + 1800, 11 * 3600, 15 * 3600, 10 * 3600 + 600
AFTER_SCHOOL, HOME = 16 * 3600 + 2400, 17 * 3600 + 1200
MORNING = 8 * 3600 + 2100
MINOR_MINUTES = 60
COMPUTERS, SEATS = 20, 36
PURPOSES = ("编修村志，查阅县志", "家谱整理，核对旧志人物")
DAY = timedelta(days=1)
SHOWN = -1  # the reader whose password the command prints


def rules(year: int) -> dict[str, RoomRule]:
    """Return how each of the rooms takes readers in; school is out on New Year's day and in the winter."""
    holidays = ((date(year + 1, 1, 1), date(year + 1, 1, 1)), (date(year + 1, 1, 11), date(year + 1, 2, 9)))
    return {
        PERIODICALS: RoomRule(kind=RoomKind.PERIODICALS),
        LOCAL: RoomRule(kind=RoomKind.LOCAL, gives_places=True, needs_approval=True, booking_days=7),
        ELECTRONIC: RoomRule(
            kind=RoomKind.ELECTRONIC,
            gives_places=True,
            minor_minutes=MINOR_MINUTES,
            school_from=time(8),
            school_until=time(16, 30),
            vacations=holidays,
            booking_days=7,
        ),
    }


@dataclass
class Rooms:
    """The rooms that sign in. Their visitors of a day are as many as planned: some by card, the others counted."""

    stage: Stage

    @cached_property
    def since(self) -> date:
        """The first day on which the rooms sign in."""
        return self.stage.last(DAYS)

    def signs_in(self, room: str, day: date) -> bool:
        """Return whether the readers of a room sign in on a day, and are not summed up in the evening."""
        return room in REGULARS and day >= self.since

    @cached_property
    def _views(self) -> dict[str, RoomView]:
        codes = {number: code for code, number in self.stage.departments.items()}
        return {codes[room.department]: room for room in queries.rooms([self.stage.library])}

    def room(self, code: str) -> RoomView:
        """Return a room."""
        return self._views[code]

    def receive(self, day: date, room: str, persons: int) -> None:
        """Sign in the readers of a day."""
        regulars = REGULARS[room][:persons]
        for number in regulars:
            self.come_and_go(day, room, number)
        left = persons - len(regulars)
        for at, start in enumerate(range(0, left, MOST_TOGETHER)):
            act = self.stage.act(day, CROWD + at, f"room:{room}:{day}:{at}", by="circulation", place=room)
            crowd = Visitor(persons=min(MOST_TOGETHER, left - start))
            operations.sign_in(act, room=self.room(room).id, visitor=crowd)

    def come_and_go(self, day: date, room: str, number: int) -> None:
        """Let a guest sit in a room for a while; a child comes after school."""
        comes, goes = (AFTER_SCHOOL, HOME) if number in CHILDREN else (COMES + 60 * number, LEAVES)
        key = f"room:{room}:{day}:guest:{number}"
        act = self.stage.act(day, comes, key, by="circulation", place=room)
        session = operations.sign_in(act, room=self.room(room).id, visitor=Visitor(card=card(number)))
        leaves = self.stage.act(day, goes, f"{key}:left", by="circulation", place=room)
        operations.sign_out(leaves, session=session.id)


def deeds(stage: Stage, rooms: Rooms) -> Iterator[tuple[date, Deed]]:
    """Yield what is set up, asked for, booked and tallied."""
    yield rooms.since, partial(set_up, stage)
    yield stage.last(4), partial(ask, stage, rooms, 0)
    yield stage.last(3), partial(grant, stage, rooms)
    yield stage.last(1), partial(ask, stage, rooms, 1)
    yield stage.last(1), partial(book, stage, rooms)
    for which in range(TALLIED_DAYS, 0, -1):
        yield stage.last(which), partial(tally, stage)
    for which in range(5, 0, -1):
        yield stage.last(which), partial(scan, stage)


def set_up(stage: Stage, day: date) -> None:
    """Let three rooms sign their readers in, and number the seats and computers."""
    for code, rule in rules(stage.plan.year).items():
        act = stage.act(day, SETS, f"room:{code}", by="deputy")
        room = operations.set_room(act, department=stage.departments[code], rule=rule)
        kind, count = (PlaceKind.COMPUTER, COMPUTERS) if code == ELECTRONIC else (PlaceKind.SEAT, SEATS)
        if rule.gives_places:
            mark = "P" if kind == PlaceKind.COMPUTER else "L"
            operations.add_places(act, room=room.id, kind=kind, codes=[f"{mark}{at:02d}" for at in range(1, count + 1)])


def ask(stage: Stage, rooms: Rooms, which: int, day: date) -> int:
    """Write down what a reader asks to see of the local documents; somebody else decides."""
    (item,) = collections.ids(stage, "wished", 18 + which, 19 + which)
    act = stage.act(day, ASKS, f"request:{which}", by="circulation", place=LOCAL)
    patron = reader_id(REGULARS[LOCAL][which])
    return requests.ask(act, room=rooms.room(LOCAL).id, patron=patron, item=item, purpose=PURPOSES[which]).id


def grant(stage: Stage, rooms: Rooms, day: date) -> None:
    """Grant the first request."""
    act = stage.act(day, ASKS, "request:0:granted", by="deputy")
    requests.decide(act, request=ask(stage, rooms, 0, stage.last(4)), is_granted=True, days=30)


def book(stage: Stage, rooms: Rooms, day: date) -> None:
    """Book places for the first days of the new year, on line."""
    first, second = day + DAY, day + 2 * DAY
    for room, on, slot, guest in (
        (ELECTRONIC, first, 0, 4), (ELECTRONIC, first, 1, 5), (LOCAL, first, 1, 6), (LOCAL, first, 2, 7),
        (LOCAL, second, 0, SHOWN), (ELECTRONIC, second, 1, 8),
    ):  # fmt: skip
        patron = readers.patron_id_by_card(card_number(0)) if guest == SHOWN else reader_id(guest)
        act = stage.by_reader(day, 20 * 3600 + 60 * slot, f"seat:{on}:{guest}")
        free = booking.slots(rooms.room(room), on)
        booking.book(act, room=rooms.room(room).id, patron=patron, starts=free[slot].starts)


def tally(stage: Stage, day: date) -> None:
    """Enter how many volumes each room put back (馆内阅览册次)."""
    dice = Random(f"{stage.seed}:tally:{day}")
    for room, (least, most) in TALLIED.items():
        act = stage.act(day, 17 * 3600, f"put-back:{room}:{day}", by="circulation", place=room)
        inhouse.enter_tally(act, department=stage.departments[room], day=day, quantity=dice.randint(least, most))


def scan(stage: Stage, day: date) -> None:
    """Scan what was left on the tables beside the loan desk."""
    for at, item in enumerate(collections.refs("wished")[20:23]):
        act = stage.act(day, CROWD + 600 + at, f"left:{day}:{at}", by="circulation", place="CZ-LITERATURE")
        inhouse.scan_use(act, item=item)


def open_doors(stage: Stage, rooms: Rooms, day: date) -> None:
    """Sign in who comes first on the morning after the year: one of them is a child, whose hour is over at ten."""
    for room, number in ((ELECTRONIC, 4), (ELECTRONIC, CHILDREN[1]), (ELECTRONIC, 0), (LOCAL, 1), (PERIODICALS, 3)):
        act = stage.act(day, MORNING + 60 * number, f"room:{room}:{day}:{number}", by="circulation", place=room)
        session = operations.sign_in(act, room=rooms.room(room).id, visitor=Visitor(card=card(number)))
        if room != ELECTRONIC:
            hand_over(stage, session.id, ItemRef("CZP0000001") if room == PERIODICALS else wanted(), day)


def wanted() -> ItemRef:
    """Return the item that somebody was allowed to see."""
    return collections.refs("wished")[18]


def hand_over(stage: Stage, session: int, item: ItemRef, day: date) -> None:
    """Hand something over the counter; at a very small scale the volume is not there."""
    try:
        items.item_by_barcode(item.barcode)
    except ItemUnknown:
        return
    act = stage.act(day, MORNING + 1800, f"handed:{session}", by="circulation")
    operations.hand_over(act, session=session, item=item)
