"""The village room: its keeper copies the paper register of the summer, and from November on opens with a telephone."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from random import Random
from struct import pack
from uuid import UUID
from zlib import compress, crc32

from wenlan.circulation import operations as circulation
from wenlan.circulation.paper import operations as paper
from wenlan.circulation.paper.types import NewLine, Written
from wenlan.circulation.tallies import operations as lending
from wenlan.circulation.tallies.operations import Tally
from wenlan.circulation.types import CardRef, ItemRef
from wenlan.demo import collections, people
from wenlan.demo.models import Demo
from wenlan.demo.stage import Deed, Stage
from wenlan.facilities.openings import operations as openings
from wenlan.facilities.openings.types import NoPosition, Position
from wenlan.facilities.tallies import operations as visits
from wenlan.kernel.acts import Act
from wenlan.patrons import operations as patrons
from wenlan.patrons.types import NewReader

ROOM, POINT = "CZ-V01", "CZ-P02"
PLACE = (36.2176, 113.0987)  # degrees, of a place that is made up
WEEKDAYS = (2, 5, 6)
OPENS, VISITED, LENDS, RETURNS, CLOSES, COPIES = 9 * 3600, 9 * 3600 + 2400, 10 * 3600, 10 * 3600 + 900, 41_400, 36_000
FORGOT, AWAY = 5, 9  # on the fifth opening the telephone found no place, on the ninth it was far off
VILLAGERS = ("adult", "senior", "adult", "child", "adult", "senior")
FIRST = 820_000  # numbers of invented people that no plan reaches
LINES = (  # as they stand on the page of August: day, who, what, and when it came back
    ("8.3", "李大爷", "三里湾", "8.17"),
    ("〃", "二小子", "小兵张嘎", "8.10"),
    ("8.6", "会计家", "家常菜谱", ""),
    ("8.10", "李大爷", "小二黑结婚", "8.24"),
    ("八月十四", "王老师", "太行山民歌集", ""),
    ("8.18", "妇女主任", "科学养猪", "8.31"),
    ("20", "二小子", "西游记连环画", "8.27"),
    ("8.24", "会计家", "家常菜谱", ""),
)
TWICE = 7  # the last line was copied twice
TOLD = ((10, 26, 41), (11, 30, 38), (12, 28, 44))  # what the point told by telephone: month, last day, volumes


def card(number: int) -> str:
    """Return the card of a villager."""
    return f"CZV{number + 1:07d}"


def build_village(stage: Stage, demo: Demo) -> None:
    """Register the villagers who have a card."""
    told = []
    for number, category in enumerate(VILLAGERS):
        like = people.reader(stage.seed, FIRST + number, home_node=stage.nodes[ROOM], on=stage.eve)
        elder = people.reader(stage.seed, FIRST + 100 + number, home_node=stage.nodes[ROOM], on=stage.eve)
        age = {"child": 11, "senior": 67}.get(category, 38 + number)
        told.append(
            NewReader(
                name=like.name,
                category=category,
                card_number=card(number),
                home_node=stage.nodes[ROOM],
                sex=like.sex,
                birth_date=date(stage.plan.year - age, 3, 5 + number),
                guardian=people.guardian(elder.name) if category == "child" else None,
                key=f"demo:villager:{number}",
            )
        )
    patrons.register_many(stage.taken_over("villagers", by="circulation"), readers=told)


def deeds(stage: Stage) -> Iterator[tuple[date, Deed]]:
    """Yield the openings of autumn with what happens in them, the pages that are copied, and what a point tells."""
    yield stage.on(11, 12), partial(copy_summer, stage)
    for at, day in enumerate(opened_days(stage)):
        yield day, partial(open_room, stage, at)
    yield stage.last(2), partial(photograph, stage)
    for month, last, volumes in TOLD:
        yield stage.on(month, last), partial(tell, stage, volumes)


def opened_days(stage: Stage) -> list[date]:
    """Return the days on which the room opens."""
    year = stage.plan.year
    return stage.calendar.open_between(date(year, 11, 13), date(year + 1, 1, 1), WEEKDAYS)


def keeper(stage: Stage, day: date, second: int, key: str) -> Act:
    """Return what the keeper does."""
    return stage.act(day, second, f"village:{key}", by="keeper", place=ROOM)


def open_room(stage: Stage, at: int, day: date) -> None:
    """Open the room for a morning: some come, one borrows, one brings something back."""
    dice = Random(f"{stage.seed}:village:{day}")
    latitude, longitude = (degrees + dice.uniform(-2e-4, 2e-4) + 0.03 * (at == AWAY) for degrees in PLACE)
    position = Position(latitude=latitude, longitude=longitude, accuracy_m=dice.randint(8, 40))
    signs = keeper(stage, day, OPENS + dice.randrange(600), f"{day}:open")
    if at == FORGOT:
        openings.open_room(signs, no_position=NoPosition.NO_SIGNAL)
    else:
        openings.open_room(signs, position=position)
    visits.tally(keeper(stage, day, VISITED, f"{day}:visits"), persons=dice.randint(3, 11))
    books = collections.refs("village")
    if at >= len(VILLAGERS):
        item = books[(at - len(VILLAGERS)) % len(books)]
        circulation.check_in(keeper(stage, day, RETURNS, f"{day}:back"), item=item)
    lend(stage, day, at, books[at % len(books)])
    openings.close_room(keeper(stage, day, CLOSES + dice.randrange(900), f"{day}:close"))


def open_this_morning(stage: Stage, day: date) -> None:
    """Open the room on the morning after the year: two have come so far."""
    latitude, longitude = PLACE
    position = Position(latitude=latitude, longitude=longitude, accuracy_m=12)
    openings.open_room(keeper(stage, day, OPENS, f"{day}:open"), position=position)
    visits.tally(keeper(stage, day, VISITED, f"{day}:visits"), persons=2)


def lend(stage: Stage, day: date, at: int, item: ItemRef) -> None:
    """Lend a book to a villager."""
    act = keeper(stage, day, LENDS, f"{day}:loan")
    circulation.check_out(act, item=item, card=CardRef(card(at % len(VILLAGERS))))


def page(stage: Stage, day: date, month: int, number: str) -> UUID:
    """Begin a page of the paper register with its photograph."""
    act = keeper(stage, day, COPIES, f"page:{month}")
    return paper.keep_page(
        act, month=date(stage.plan.year, month, 1), number=number, photo=ruled_page(), name="page.png"
    ).uid


def copy_summer(stage: Stage, day: date) -> None:
    """Copy August line by line; one line was copied twice and is struck."""
    uid = page(stage, day, 8, "3")
    for at, (written, reader, item, back) in enumerate(LINES):
        line = NewLine(what=Written.OUT, day_written=written, reader=reader, item=item, back_written=back)
        made = paper.enter_line(keeper(stage, day, COPIES + 60 * at, f"line:{at}"), line=line, page=uid)
        if at == TWICE:
            paper.strike(keeper(stage, day, COPIES + 900, "struck"), line=made[0].uid, reason="抄重了")
    people_came = NewLine(what=Written.VISIT, day_written="8.24", quantity=14)
    paper.enter_line(keeper(stage, day, COPIES + 1200, "line:visits"), line=people_came, page=uid)


def photograph(stage: Stage, day: date) -> None:
    """Photograph the page of September: nobody has copied its lines yet."""
    page(stage, day, 9, "4")


def tell(stage: Stage, volumes: int, day: date) -> None:
    """Enter what a point lent in a month, as its host told by telephone."""
    act = stage.act(day, COPIES, f"told:{day.month}", by="branch", place=POINT)
    lending.enter(
        act,
        tally=Tally(
            node=act.node,
            from_day=day.replace(day=1),
            day=day,
            loans=volumes,
            persons=volumes // 3,
            told_by="示例护理长",
        ),
    )


def ruled_page(width: int = 480, height: int = 640, step: int = 40) -> bytes:
    """Return the picture of an empty ruled page (PNG): a photograph of a demonstration shows nobody's hand."""
    columns = {60, 180, 360, 420}
    blank = bytes([0]) + bytes(0xB0 if at in columns else 0xFA for at in range(width))
    rule = bytes([0]) + bytes([0xB0]) * width
    rows = b"".join(rule if at % step == 0 else blank for at in range(height))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return pack(">I", len(content)) + kind + content + pack(">I", crc32(kind + content))

    head = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", compress(rows, 9)) + chunk(b"IEND", b"")
