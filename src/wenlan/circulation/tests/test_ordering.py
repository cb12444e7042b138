"""Orders in the reader's words and from the menu: from the asking to the last book back, each volume once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenlan.catalogue.testing import make_record
from wenlan.circulation.models import BookOrder, Reservation
from wenlan.circulation.operations import undo
from wenlan.circulation.ordering import handing, menus, operations, queries
from wenlan.circulation.ordering.errors import NothingReady, OrderOver, OrderRefused, ReasonMissing, SetWrong
from wenlan.circulation.ordering.types import NewLine, NewOrder, NewThemedSet, OrderRefusal, OrderState, ThemedTitle
from wenlan.circulation.reserving import operations as reserving
from wenlan.circulation.reserving import queries as reservations
from wenlan.circulation.testing import lend, make_act, make_rule, make_special_rule, scan, take_back
from wenlan.circulation.verification import differences
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as cubes
from wenlan.indicators.queries import figures
from wenlan.jobs.queries import posted
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_institution, make_patron
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
YEAR = Period.year(2019)
MONDAY, FRIDAY, JUNE = date(2019, 3, 4), date(2019, 3, 8), date(2019, 6, 3)


@pytest.fixture
def places(monkeypatch) -> tuple[int, int, int]:
    """Two branches that lend for thirty days; units keep their books for ninety."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 3, 4, 2, tzinfo=UTC))
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    make_special_rule(root.id, code="units", category="large_capacity", loan_days=90)
    ledger.load_measures()
    return root.id, east.id, west.id


def values(*codes: str, node: int) -> tuple[int, ...]:
    cubes.fold()
    found = figures(codes, node=node, period=YEAR)
    return tuple(int(found[code].value or 0) for code in codes)


def told(patron: int) -> list[tuple[str, str]]:
    """Return which notices a reader was sent about orders, with the state they name."""
    sent = [one for _id, one in posted("notices", 500) if one["patron"] == patron]
    return [(one["template"], one["facts"]["state_en"]) for one in sent]


def ask(act, patron: int, *lines: NewLine, **said):
    return operations.ask(act, order=NewOrder(patron=patron, place=act.node, lines=lines, **said))


def ask_by_telephone(east: int, school: int):
    """Take down the teacher's wish; repeated under its key, it is the same order."""
    wish = NewLine(text="昆虫图画书", class_number="q96", age_from=6, age_to=8, wanted=5)
    act = make_act(east, key="wish")
    order = ask(act, school, wish, channel="phone", unit="二（1）班", persons=42, wanted_on=FRIDAY)
    assert (ask(act, school, wish).id, BookOrder.objects.count()) == (order.id, 1)
    assert (order.state, order.wanted, order.channel_label) == (OrderState.ASKED, 5, "By telephone")
    return order


def put_on_the_lists(order: int, here, there, *, east: int, west: int) -> None:
    """Choose two copies of each branch for the order; they stand on the lists of both."""
    (line,) = queries.lines(order)
    assert (line.class_number, line.missing) == ("Q96", 5)
    operations.take(make_act(east, staff=7), order=order)
    near = queries.candidates([book.record for book in (*there, *here)], place=east, on=MONDAY)
    assert [one.item for one in near][:3] == [book.id for book in here]
    chosen = [here[0].id, here[1].id, there[0].id, there[1].id]
    picked = operations.choose(make_act(east, key="pick"), order=order, line=line.id, items=chosen)
    again = operations.choose(make_act(east, key="pick"), order=order, line=line.id, items=chosen)
    assert (picked.found, again.found, Reservation.objects.count()) == (4, 4, 4)
    assert queries.order(order).state == OrderState.PICKING
    assert [copy.barcode for _number, copy in queries.to_pick([west])] == [there[0].barcode, there[1].barcode]
    assert len(reservations.to_fetch([east])) == 2


def make_ready(order: int, *, lost, near, far, east: int, west: int) -> None:
    """Report the lost copy, scan one near copy on the spot and the far ones at both ends."""
    (missing,) = [one for one in reservations.to_fetch([east]) if one.item == lost.id]
    reserving.not_found(make_act(east), reservation=missing.id)
    with pytest.raises(NothingReady):
        operations.ready(make_act(east), order=order)
    take_back(near, make_act(east))
    for book in far:
        take_back(book, make_act(west))
        take_back(book, make_act(east))
    operations.ready(make_act(east), order=order)
    now = queries.order(order)
    assert (now.state, now.ready, now.given) == (OrderState.READY, 3, 0)


def hand_out_and_close_short(order: int, fetched, *, east: int, school: int) -> None:
    """Lend the four copies once, under a key used twice, and end the order without the fifth."""
    scans = [scan(book) for book in fetched]
    filled = handing.lend(make_act(east, FRIDAY, key="out"), order=order, items=scans)
    assert handing.lend(make_act(east, FRIDAY, key="out"), order=order, items=scans).lent == ()
    assert (len(filled.lent), filled.refused) == (4, ())
    assert queries.order(order).state == OrderState.PARTLY
    operations.close_short(make_act(east, FRIDAY), order=order, reason="第五册未找到，正在补购")
    done = queries.order(order)
    assert (done.state, done.given, done.due_on) == (OrderState.GIVEN, 4, date(2019, 6, 6))
    assert reservations.of_reader(school) == ()


def bring_all_back(order: int, fetched, *, east: int, west: int) -> None:
    """Take the copies back at the other branch; the clock ends the order."""
    for book in fetched:
        take_back(book, make_act(west, JUNE))
    assert operations.carry_on(make_act(east, JUNE).at) == 1
    assert queries.order(order).state == OrderState.RETURNED


def expect_each_step_and_what_the_school_heard(order: int, school: int) -> None:
    history = [(step.kind, step.told) for step in queries.steps(order)]
    assert history == [
        ("asked", True),
        ("taken", False),
        ("picking", True),
        ("ready", True),
        ("partly", True),
        ("short", True),
        ("given", True),
        ("returned", True),
    ]
    assert told(school) == [
        ("order_changed", "Asked for"),
        ("order_changed", "Picking has begun"),
        ("order_ready", "Made ready"),
        ("order_changed", "Partly handed out"),
        ("order_not_met", "Closed without the rest"),
        ("order_changed", "Handed out"),
        ("order_changed", "All back"),
    ]


def offer_red_classics(root: int, east: int, *, twice: int, once: int):
    """Offer a set of two titles, one of them in two copies; repeated under its key, it is the same set."""
    titles = [ThemedTitle(record=twice, copies=2), ThemedTitle(record=once)]
    red = NewThemedSet(words={"zh": "红色经典"}, about={}, titles=titles, from_day=JUNE)
    offered = menus.offer(make_act(root, JUNE, key="menu"), themed=red)
    again = menus.offer(make_act(root, JUNE, key="menu"), themed=red)
    assert (offered.titles, offered.volumes, again) == (2, 3, offered)
    assert [one.id for one in queries.menu(JUNE, at=east)] == [offered.id]
    return offered


def choose_from_the_menu(east: int, reader: int, themed: int):
    """Ask for the set and pick it: two copies are found, one is waited for."""
    order = ask(make_act(east, JUNE), reader, themed=themed, channel="portal")
    assert (order.kind, order.wanted, queries.themed(themed).orders) == ("menu", 3, 1)
    found = operations.pick(make_act(east, JUNE, key="menu pick"), order=order.id)
    assert (found.found, found.waited_for, found.refused) == (2, 1, ())
    assert operations.pick(make_act(east, JUNE, key="menu pick"), order=order.id) == found
    return order


def lend_the_set_at_the_desk(order: int, books, reader, *, east: int) -> None:
    """Gather the copies in June and lend them in September: the order knows."""
    for book in books:
        take_back(book, make_act(east, date(2019, 6, 20)))
    assert {one.state for one in reservations.of_reader(reader.id)} == {"ready"}
    late = date(2019, 9, 2)
    reserving.expire(make_act(east, late).at)
    for book in books:
        lend(book, reader, make_act(east, late))
    assert operations.carry_on(make_act(east, late).at) == 1
    assert queries.order(order).state == OrderState.GIVEN


@pytest.mark.capability("C20")
def test_story_of_an_order_in_words_and_one_from_the_menu(places):
    # A teacher rings up: five picture books on insects for a class of seven-year-olds, by Friday.
    root, east, west = places
    school = make_institution(node=east, name="第一小学", card="XX0001")
    here = [make_item(node=east) for _ in range(3)]
    there = [make_item(node=west) for _ in range(3)]
    order = ask_by_telephone(east, school.id)

    # Wang takes it up, looks along the shelves, and puts four copies on the lists: two here, two in the west.
    put_on_the_lists(order.id, here, there, east=east, west=west)

    # One is not on its shelf; the others are scanned where they stand, and what comes by crate when it arrives.
    make_ready(order.id, lost=here[1], near=here[0], far=there[:2], east=east, west=west)

    # On Friday the teacher fetches three and takes a fourth from the shelf; the fifth is not coming, and she hears why.
    fetched = (here[0], there[0], there[1], here[2])
    hand_out_and_close_short(order.id, fetched, east=east, school=school.id)

    # In summer all of them are back; the clock finds it.
    bring_all_back(order.id, fetched, east=east, west=west)
    expect_each_step_and_what_the_school_heard(order.id, school.id)

    # Li chooses "Red classics" from the menu: two titles, one of them twice; one copy is out and is waited for.
    li, other = make_patron(node=east), make_patron(node=west)
    first, second = make_item(node=east), make_item(node=west)
    out = make_item(node=west, record=first.record)
    lend(out, other, make_act(west, JUNE))
    offered = offer_red_classics(root, east, twice=first.record, once=second.record)
    mine = choose_from_the_menu(east, li.id, offered.id)

    # The third comes back; they wait beyond any hold day, and go out at the desk like any other book: the order knows.
    take_back(out, make_act(west, date(2019, 6, 20)))
    lend_the_set_at_the_desk(mine.id, (first, second, out), li, east=east)

    # Every volume is one loan; the class is one group loan and one visit, and no request from a shelf was counted.
    codes = ("loans", "loans_group", "group_loans", "book_orders", "book_orders_menu", "book_orders_met")
    assert values(*codes, "volumes_on_order", "requests", "reservations", node=root) == (8, 4, 1, 2, 1, 2, 7, 0, 0)
    assert differences() == []


def test_an_order_is_refused_with_every_reason_and_nothing_is_written(places):
    _, east, _ = places
    reader = make_patron(node=east)
    line = NewLine(text="x", age_from=9, age_to=6, wanted=501)

    with pytest.raises(OrderRefused) as caught:
        ask(make_act(east), reader.id, line, wanted_on=MONDAY - timedelta(days=1), to_door=True)
    assert caught.value.refusals == (
        OrderRefusal.TOO_MUCH,
        OrderRefusal.DAY_OVER,
        OrderRefusal.AGES,
        OrderRefusal.NO_ADDRESS,
    )
    for said, refusal in (({}, OrderRefusal.NOTHING), ({"themed": 99}, OrderRefusal.NOT_OFFERED)):
        with pytest.raises(OrderRefused) as caught:
            ask(make_act(east), reader.id, NewLine(), **said)
        assert caught.value.refusals == (refusal,)
    assert (BookOrder.objects.count(), told(reader.id)) == (0, [])


def test_what_cannot_be_met_says_why_and_gives_its_copies_back(places):
    _, east, _ = places
    reader, next_one, book = make_patron(node=east), make_patron(node=east), make_item(node=east)
    order = ask(make_act(east), reader.id, NewLine(record=book.record))
    operations.pick(make_act(east), order=order.id)
    take_back(book, make_act(east))

    with pytest.raises(ReasonMissing):
        operations.refuse(make_act(east), order=order.id, reason=" ")
    operations.refuse(make_act(east), order=order.id, reason="该书已破损下架")

    assert (queries.order(order.id).state, queries.order(order.id).reason) == ("impossible", "该书已破损下架")
    assert told(reader.id)[-1] == ("order_not_met", "Not possible")
    lend(book, next_one, make_act(east))
    for late in (operations.take, operations.cancel, operations.pick, operations.ready):
        with pytest.raises(OrderOver):
            late(make_act(east), order=order.id)
    assert differences() == []


def test_a_loan_taken_back_at_the_desk_makes_the_order_open_again_and_counts_nothing(places):
    root, east, _ = places
    reader, book = make_patron(node=east), make_item(node=east)
    order = ask(make_act(east), reader.id, NewLine(text="小说"))

    handing.lend(make_act(east, key="out"), order=order.id, items=[scan(book)])
    assert queries.order(order.id).state == OrderState.GIVEN
    undo(make_act(east, seconds=20), key="out/0")
    # A met order without loans is looked at by the clock: it is open again, and its figures are taken back.
    assert operations.carry_on(make_act(east, seconds=60).at) == 1
    assert queries.order(order.id).state == OrderState.READY
    assert values("loans", "book_orders", "book_orders_met", "volumes_on_order", node=root) == (0, 1, 0, 0)

    handing.lend(make_act(east, seconds=90), order=order.id, items=[scan(book)])
    assert values("loans", "book_orders_met", "volumes_on_order", node=root) == (1, 1, 1)
    assert differences() == []


def test_an_address_is_sealed_and_forgotten_with_the_order(places):
    _, east, _ = places
    reader, book = make_patron(node=east), make_item(node=east)
    order = ask(make_act(east), reader.id, NewLine(record=book.record), to_door=True, address="东大街 3 号 2 单元 501")

    assert queries.address(order.id) == "东大街 3 号 2 单元 501"
    assert "东大街".encode() not in bytes(BookOrder.objects.get().address_cipher)
    operations.cancel(make_act(east), order=order.id)
    assert operations.forget_ended(before=make_act(east).at + timedelta(seconds=1)) == 1
    after = queries.order(order.id)
    assert (after.patron, after.has_address, queries.address(order.id)) == (None, False, "")


def test_a_themed_set_needs_titles_we_know_and_stands_for_its_days(places):
    root, east, west = places
    good = {"words": {"zh": "节气"}, "about": {}, "from_day": MONDAY}
    record = make_item(node=east).record
    for titles in ((), (ThemedTitle(record=10**6),), (ThemedTitle(record=record), ThemedTitle(record=record))):
        with pytest.raises(SetWrong):
            menus.offer(make_act(root), themed=NewThemedSet(titles=titles, **good))

    made = menus.offer(make_act(east), themed=NewThemedSet(titles=[ThemedTitle(record=record)], **good))
    assert ([one.id for one in queries.menu(MONDAY, at=east)], queries.menu(MONDAY, at=west)) == ([made.id], ())
    menus.end(make_act(east), themed=made.id, until=MONDAY + timedelta(days=5))
    assert queries.menu(MONDAY + timedelta(days=5), at=east) == ()


def test_a_list_of_orders_costs_the_same_with_one_and_with_three(places):
    _, east, _ = places
    spent = []
    for _ in range(3):
        reader, book = make_patron(node=east), make_item(node=east)
        order = ask(make_act(east), reader.id, NewLine(record=book.record))
        operations.pick(make_act(east), order=order.id)
        with CaptureQueriesContext(connection) as found:
            queries.orders([east])
        spent.append(len(found))
    assert spent == [3, 3, 3]


def test_another_copy_is_picked_when_the_first_is_not_on_its_shelf(places):
    _, east, west = places
    record = make_record(node=east).id
    near, far = make_item(node=east, record=record), make_item(node=west, record=record)
    order = ask(make_act(east), make_patron(node=east).id, NewLine(record=record))
    operations.pick(make_act(east), order=order.id)
    (wish,) = reservations.to_fetch([east])

    after = reserving.not_found(make_act(east), reservation=wish.id)

    assert (wish.item, after.item, after.state) == (near.id, far.id, "to_pick")
    assert differences() == []


def test_verify_tells_when_orders_and_the_ledger_part(places):
    _, east, _ = places
    book = make_item(node=east)
    order = ask(make_act(east), make_patron(node=east).id, NewLine(text="小说"))
    handing.lend(make_act(east), order=order.id, items=[scan(book)])
    assert differences() == []

    BookOrder.objects.filter(pk=order.id).update(made_on=MONDAY - timedelta(days=1), counted_on=date(2019, 3, 5))

    assert {one.check for one in differences()} == {"circulation.orders_in_ledger", "circulation.orders_met_in_ledger"}
