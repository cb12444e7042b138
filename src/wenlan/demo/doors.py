"""Books brought to the door: who is served there, and the runs of the winter: two were made, one is planned."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from wenlan.circulation.ordering import operations as orders
from wenlan.circulation.ordering import queries as order_queries
from wenlan.circulation.ordering.types import NewLine, NewOrder, OrderChannel, OrderView
from wenlan.demo import collections, people
from wenlan.demo.guests import OLD_PEOPLES_HOME
from wenlan.demo.orders import ASKED, BOOKS, DESK, TAKEN, bring, choose, desk, set_ready
from wenlan.demo.stage import Deed, Stage
from wenlan.kernel.acts import Act
from wenlan.outreach.doorstep import operations, visiting
from wenlan.outreach.doorstep.types import (
    Doorplate,
    DoorReaderView,
    Ground,
    NewDoorReader,
    NewDoorRule,
    NewRun,
    Outcome,
    VisitReport,
)
from wenlan.patrons import operations as patrons
from wenlan.patrons import queries as readers
from wenlan.patrons.types import NewReader

FIRST = 840_000  # numbers of invented people that no plan reaches
OLD, DISABLED = "CZD0000001", "CZD0000002"
PEOPLE = ((OLD, "senior", 81), (DISABLED, "adult", 46))
SERVED_FROM_AGE = 80
SET, PLANNED, CALLED, CLOSED = 10 * 3600, 16 * 3600, 9 * 3600 + 1200, 17 * 3600
HOME_PERSONS = 14
CREW = "示例驾驶员甲、志愿者一名"
FIRST_RUN, SECOND_RUN = range(16, 20), range(20, 24)  # which copies of the collection they bring
DOORS = {
    OLD: ("东街社区", Doorplate(address="东街社区示例小区 3 号楼 2 单元 301", note="耳背，敲门要大声")),
    DISABLED: ("西街社区", Doorplate(address="西街社区示例巷 12 号", note="有坡道，从东门进")),
    OLD_PEOPLES_HOME: ("东街社区", Doorplate(address="东街社区示例路 8 号", note="找值班护理员")),
}


def deeds(stage: Stage) -> Iterator[tuple[date, Deed]]:
    """Yield who is taken in, and the runs."""
    yield stage.on(11, 6), partial(take_in, stage)
    yield stage.last(18), partial(plan, stage, 1, stage.last(16))
    yield stage.last(16), partial(make_first_run, stage)
    yield stage.last(6), partial(ask_by_telephone, stage)
    yield stage.last(4), partial(plan, stage, 2, stage.last(2))
    yield stage.last(2), partial(make_second_run, stage)
    yield stage.last(1), partial(plan_next, stage)


def act(stage: Stage, day: date, second: int, key: str) -> Act:
    """Return what the main library's desk does for those served at the door."""
    return stage.act(day, second, f"door:{key}", by="circulation", place=DESK)


def take_in(stage: Stage, day: date) -> None:
    """Register two readers who cannot come, and take them and a home in: by rule, for a time, as a group."""
    told = []
    for number, (card, category, age) in enumerate(PEOPLE):
        like = people.reader(stage.seed, FIRST + number, home_node=stage.library, on=stage.eve)
        told.append(
            NewReader(
                name=like.name,
                category=category,
                card_number=card,
                home_node=stage.library,
                sex=like.sex,
                birth_date=date(stage.plan.year - age, 2 + number, 17),
                key=f"demo:door:{number}",
            )
        )
    patrons.register_many(act(stage, day, SET, "readers"), readers=told)
    rule = NewDoorRule(ground=Ground.SENIOR, age_from=SERVED_FROM_AGE)
    operations.set_rule(stage.act(day, SET, "door:rule", by="deputy"), rule=rule)
    for card in DOORS:
        served(stage, card)


def served(stage: Stage, card: str) -> DoorReaderView:
    """Return somebody served at the door; asked again, it is the same."""
    area, doorplate = DOORS[card]
    ground = {OLD: "", DISABLED: Ground.DISABLED, OLD_PEOPLES_HOME: Ground.GROUP}[card]
    new = NewDoorReader(
        patron=readers.patron_id_by_card(card),
        doorplate=doorplate,
        area=area,
        ground=ground,
        valid_until=date(stage.plan.year + 1, 6, 30) if card == DISABLED else None,
    )
    return operations.admit(act(stage, stage.on(11, 6), SET + 600, f"served:{card}"), reader=new)


def plan(stage: Stage, number: int, on: date, day: date) -> int:
    """Plan a run to all who are served; asked again, the same stands."""
    new = NewRun(day=on, name=f"东西街送书第{number}班", crew=CREW)
    return operations.plan(act(stage, day, PLANNED, f"run:{number}"), run=new).id


def visit(stage: Stage, day: date, run: int, card: str, order: int | None = None) -> int:
    """Put a door on a run."""
    key = f"run:{run}:{card}"
    return operations.add_visit(
        act(stage, day, CALLED - 600, key), run=run, reader=served(stage, card).id, order=order
    ).id


def call(stage: Stage, day: date, run: int, card: str, report: VisitReport, order: int | None = None) -> None:
    """Call at a door, and enter what happened there."""
    door = visit(stage, day, run, card, order)
    second = CALLED + 1800 * list(DOORS).index(card)
    visiting.settle(act(stage, day, second, f"{run}:{card}"), visit=door, report=report)


def given(copies: Sequence[int], *, back: Sequence[int] = (), persons: int = 1) -> VisitReport:
    """Return that copies were given and others collected."""
    books = collections.refs(BOOKS)
    return VisitReport(
        outcome=Outcome.GIVEN,
        given=[books[copy] for copy in copies],
        collected=[books[copy] for copy in back],
        persons=persons,
    )


def make_first_run(stage: Stage, day: date) -> None:
    """Bring the first books: two of three doors are opened."""
    run = plan(stage, 1, day, day)
    call(stage, day, run, OLD, given(FIRST_RUN[:2]))
    call(stage, day, run, DISABLED, VisitReport(outcome=Outcome.NOBODY, note="电话约下一班"))
    call(stage, day, run, OLD_PEOPLES_HOME, given(FIRST_RUN[2:], persons=HOME_PERSONS))
    visiting.close(act(stage, day, CLOSED, f"run:{run}:closed"), run=run)


def order_of_old(stage: Stage) -> OrderView:
    """Return what the old reader wishes for; asked again, the same stands."""
    wish = NewOrder(
        patron=readers.patron_id_by_card(OLD),
        place=stage.library,
        channel=OrderChannel.PHONE,
        lines=[NewLine(text="大字本小说两本，不要太厚", class_number="I", wanted=2)],
        to_door=True,
        address=DOORS[OLD][1].address,
    )
    return orders.ask(act(stage, stage.last(6), ASKED, "order"), order=wish)


def ask_by_telephone(stage: Stage, day: date) -> None:
    """Take an order to the door, and set its books aside."""
    order = order_of_old(stage).id
    orders.take(act(stage, day, TAKEN, "order:taken"), order=order)
    choose(stage, day, order, order_queries.lines(order)[0].id, SECOND_RUN[:2])
    bring(stage, day, SECOND_RUN[:2])
    set_ready(stage, day, order)


def make_second_run(stage: Stage, day: date) -> None:
    """Bring what was ordered and what the library chose, and take back what has been read."""
    run = plan(stage, 2, day, day)
    call(stage, day, run, OLD, given(SECOND_RUN[:2], back=FIRST_RUN[:2]), order_of_old(stage).id)
    call(stage, day, run, DISABLED, given(SECOND_RUN[2:3]))
    call(stage, day, run, OLD_PEOPLES_HOME, given(SECOND_RUN[3:], back=FIRST_RUN[2:3], persons=HOME_PERSONS))
    visiting.close(act(stage, day, CLOSED, f"run:{run}:closed"), run=run)


def plan_next(stage: Stage, day: date) -> None:
    """Plan the first run of the new year, with an order that is brought on it."""
    run = plan(stage, 3, stage.calendar.next_open(day + timedelta(days=3)), day)
    wish = NewOrder(
        patron=readers.patron_id_by_card(DISABLED),
        place=stage.library,
        channel=OrderChannel.PHONE,
        lines=[NewLine(text="剪纸图案书", class_number="J", wanted=1)],
        to_door=True,
        address=DOORS[DISABLED][1].address,
    )
    order = orders.ask(desk(stage, day, ASKED, "next"), order=wish)
    visit(stage, day, run, OLD)
    visit(stage, day, run, DISABLED, order.id)
