"""Orders for books (你点书·我送书): of a class by telephone, of a fire station from the menu, of a reader on line."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from wenlan.circulation import operations as circulation
from wenlan.circulation.ordering import handing, menus, operations, queries
from wenlan.circulation.ordering.types import NewLine, NewOrder, NewThemedSet, OrderChannel, OrderView, ThemedTitle
from wenlan.demo import collections
from wenlan.demo.guests import FIRE_STATION, SCHOOL, reader_id
from wenlan.demo.people import card_number
from wenlan.demo.stage import Deed, Stage
from wenlan.holdings import queries as items
from wenlan.kernel.acts import Act
from wenlan.patrons import queries as readers

BOOKS, DESK = "ordered", "CZ-GENERAL"
OFFERED, ASKED, TAKEN, CHOSEN, READY = 9 * 3600, 9 * 3600 + 1800, 9 * 3600 + 2400, 10 * 3600, 15 * 3600
GIVEN, BROUGHT, ON_LINE = 10 * 3600 + 600, 14 * 3600, 20 * 3600
MENU = range(6)  # which copies of the collection belong to the first set, to the second, and go to the class
HILLS, CLASS = range(6, 10), range(10, 16)
SETS = (
    (MENU, {"zh": "冬日围炉", "en": "By the winter stove"}, {"zh": "冬夜慢读的书。", "en": "For long evenings."}),
    (HILLS, {"zh": "太行人家", "en": "Homes of the Taihang"}, {"zh": "山里人家的故事。", "en": "Life in the hills."}),
)
OFFERED_DAYS = timedelta(days=180)
UNIT, PUPILS = "八（1）班", 44
SAID_NO = "该书已绝版，全市联网馆均无馆藏，已转采编部登记荐购。"


def deeds(stage: Stage) -> Iterator[tuple[date, Deed]]:
    """Yield the menu, and what is done for each order."""
    yield stage.on(11, 5), partial(offer, stage)
    yield stage.last(15), partial(ask_for_class, stage)
    yield stage.last(14), partial(fetch_for_class, stage)
    yield stage.last(12), partial(lend_to_class, stage)
    yield stage.last(9), partial(ask_in_vain, stage)
    yield stage.last(3), partial(choose_from_menu, stage)
    yield stage.last(1), partial(ask_on_line, stage)


def desk(stage: Stage, day: date, second: int, key: str) -> Act:
    """Return what the main library's desk does for an order."""
    return stage.act(day, second, f"order:{key}", by="circulation", place=DESK)


def offer(stage: Stage, day: date) -> None:
    """Put two themed sets on the menu of the whole network."""
    for number in range(len(SETS)):
        themed_set(stage, number)


def themed_set(stage: Stage, number: int) -> int:
    """Return a themed set; asked again, it is the one that was offered first."""
    copies, words, about = SETS[number]
    day = stage.on(11, 5)
    known = items.items_by_id(collections.ids(stage, BOOKS, copies.start, copies.stop))
    titles = [ThemedTitle(record=item.record) for item in known.values()]
    new = NewThemedSet(words=words, about=about, titles=titles, from_day=day, until_day=day + OFFERED_DAYS)
    act = stage.act(day, OFFERED + number, f"menu:{number}", by="circulation", place="CZ")
    return menus.offer(act, themed=new).id


def class_order(stage: Stage) -> OrderView:
    """Return the order of a class by telephone; asked again, the same stands."""
    wish = NewOrder(
        patron=readers.patron_id_by_card(SCHOOL),
        place=stage.library,
        channel=OrderChannel.PHONE,
        unit=UNIT,
        persons=PUPILS,
        lines=[NewLine(text="乡土文学与民间故事，供班级共读", class_number="I", wanted=len(CLASS))],
        wanted_on=stage.last(12),
    )
    return operations.ask(desk(stage, stage.last(15), ASKED, "class"), order=wish)


def ask_for_class(stage: Stage, day: date) -> None:
    """Take the order of the class, and look after it."""
    operations.take(desk(stage, day, TAKEN, "class:taken"), order=class_order(stage).id)


def fetch_for_class(stage: Stage, day: date) -> None:
    """Choose copies, bring them from the shelves, and tell the school that they are ready."""
    order = class_order(stage).id
    choose(stage, day, order, queries.lines(order)[0].id, CLASS)
    bring(stage, day, CLASS)
    set_ready(stage, day, order)


def lend_to_class(stage: Stage, day: date) -> None:
    """Hand the books out: one loan of a group."""
    books = [collections.refs(BOOKS)[copy] for copy in CLASS]
    handing.lend(desk(stage, day, GIVEN, "class:given"), order=class_order(stage).id, items=books)


def choose(stage: Stage, day: date, order: int, line: int, copies: range) -> None:
    """Choose copies for a line of an order: each stands on the pick list of its shelf."""
    chosen = collections.ids(stage, BOOKS, copies.start, copies.stop)
    operations.choose(desk(stage, day, CHOSEN, f"{order}:chosen:{line}"), order=order, line=line, items=chosen)


def bring(stage: Stage, day: date, copies: range) -> None:
    """Bring copies from the shelves: they are set aside for who asked."""
    for copy in copies:
        act = desk(stage, day, BROUGHT + 10 * copy, f"brought:{copy}")
        circulation.check_in(act, item=collections.refs(BOOKS)[copy])


def set_ready(stage: Stage, day: date, order: int) -> None:
    """Tell who asked that the books are ready."""
    operations.ready(desk(stage, day, READY, f"{order}:ready"), order=order)


def ask_in_vain(stage: Stage, day: date) -> None:
    """Take the wish for a book that cannot be had, and say why."""
    wish = NewOrder(patron=reader_id(2), place=stage.library, lines=[NewLine(text="《示例县志》民国石印本")])
    asked = operations.ask(desk(stage, day, ASKED, "in vain"), order=wish)
    operations.refuse(desk(stage, day, READY, "in vain:said"), order=asked.id, reason=SAID_NO)


def choose_from_menu(stage: Stage, day: date) -> None:
    """Take a themed set for the fire station: three of its books are set aside, the others are being fetched."""
    wish = NewOrder(
        patron=readers.patron_id_by_card(FIRE_STATION),
        place=stage.library,
        channel=OrderChannel.PHONE,
        themed=themed_set(stage, 0),
        wanted_on=day + timedelta(days=10),
    )
    asked = operations.ask(desk(stage, day, ASKED, "menu"), order=wish)
    operations.take(desk(stage, day, TAKEN, "menu:taken"), order=asked.id)
    for copy, line in zip(MENU, queries.lines(asked.id), strict=True):
        choose(stage, day, asked.id, line.id, range(copy, copy + 1))
    bring(stage, day, MENU[: len(MENU) // 2])


def ask_on_line(stage: Stage, day: date) -> None:
    """Let the reader whose password is shown ask in their account, in the evening: nobody has looked at it yet."""
    wish = NewOrder(
        patron=readers.patron_id_by_card(card_number(0)),
        place=stage.library,
        channel=OrderChannel.PORTAL,
        lines=[NewLine(text="适合学龄前孩子的科普绘本", class_number="N", age_from=4, age_to=6, wanted=5)],
        wish="周末带孩子来取，麻烦配齐五本。",
        wanted_on=day + timedelta(days=5),
    )
    operations.ask(stage.by_reader(day, ON_LINE, "order:on line"), order=wish)
