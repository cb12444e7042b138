"""What `wenlan verify` proves of loans and what goes with them: each check finds the damage that it is for."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from wenlan.circulation import comparing_statements
from wenlan.circulation.closing.models import DueDateMove, MovedLoan
from wenlan.circulation.drifting import operations as drifting
from wenlan.circulation.drifting.types import NewDriftBook
from wenlan.circulation.groups import operations as groups
from wenlan.circulation.groups.types import Group
from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.journals.operations import replay
from wenlan.circulation.models import (
    DriftBook,
    Handing,
    Loan,
    PaperLine,
    PlaceBooking,
    ReadingRoom,
    ReadingSession,
    Renewal,
    Reservation,
    Transit,
)
from wenlan.circulation.operations import renew
from wenlan.circulation.reading import operations as reading
from wenlan.circulation.reading.operations import Visitor
from wenlan.circulation.reading.types import PlaceKind, RoomRule
from wenlan.circulation.recalling import operations as recalling
from wenlan.circulation.tallies import operations as tallies
from wenlan.circulation.tallies.operations import Tally
from wenlan.circulation.testing import A_DAY, card_of, lend, make_act, make_rule, reserve, scan, take_back
from wenlan.circulation.verification import differences
from wenlan.holdings.testing import make_item
from wenlan.ledger import operations as ledger
from wenlan.ledger.models import ServiceEvent
from wenlan.network.testing import make_department, make_network
from wenlan.network.types import DepartmentKind
from wenlan.patrons.testing import make_institution, make_patron

pytestmark = pytest.mark.django_db
NOON = datetime(2019, 3, 4, 4, tzinfo=UTC)


@pytest.fixture
def places() -> tuple[int, int]:
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    return east.id, west.id


def found() -> list[tuple[str, object, object]]:
    return [(one.check, one.expected, one.found) for one in differences()]


def test_the_renewals_of_a_loan_are_those_that_stand_in_its_book(places):
    east, _ = places
    book = make_item(node=east)
    lend(book, make_patron(node=east), make_act(east))
    renew(make_act(east, date(2019, 3, 20)), item=scan(book))
    assert found() == []

    Loan.objects.update(renewals=2)
    assert found() == [("circulation.renewals_of_loan", 1, 2)]

    Loan.objects.update(out_key="moved:ilas:1")  # another system renewed it too
    assert found() == []


def a_class_of(east: int) -> None:
    unit, books = make_institution(node=east, name="一中"), [make_item(node=east) for _ in range(2)]
    group = Group(card=card_of(unit), name="三（2）班", persons=42)
    groups.lend(make_act(east), group=group, items=[scan(book) for book in books])


def test_group_loans_and_the_persons_they_told_are_in_the_ledger(places):
    east, west = places
    a_class_of(east)
    tallies.enter(make_act(west), tally=Tally(node=west, from_day=A_DAY, day=A_DAY, loans=9, persons=5))
    assert found() == []

    for row in ServiceEvent.objects.filter(subject__in=["group_loan", "lending_tally.persons"]):
        ledger.reverse(make_act(east), day=row.day, source=row.source)

    assert found() == [
        ("circulation.groups_in_ledger", 1, 0),
        ("circulation.told_persons_in_ledger", 47, 42),
    ]


def test_a_group_loan_stands_on_one_card(places):
    east, _ = places
    a_class_of(east)

    Loan.objects.filter(pk=Loan.objects.latest("id").pk).update(patron=make_patron(node=east).id)

    assert ("circulation.cards_of_group", 1, 2) in found()


def test_every_recorded_line_of_a_journal_stands_in_its_table(places):
    east, _ = places
    reader, book, other = make_patron(node=east), make_item(node=east), make_item(node=east)
    said = [
        {"act": "checkout", "card": reader.cards[0].number, "item": book.barcode},
        {"act": "renew", "item": book.barcode, "due": "2019-05-01"},
        {"act": "use", "item": other.barcode},
    ]
    code = {"node": "EAST", "offset": 0}
    lines = [
        json.dumps({"uuid": str(uuid4()), "at": (NOON + timedelta(minutes=n)).isoformat(), **code, **one})
        for n, one in enumerate(said)
    ]
    rows = replay(make_act(east, date(2019, 3, 5)), device="BUS-1", lines=lines)
    assert ([row.is_recorded for row in rows], found()) == ([True] * 3, [])

    for row in rows:
        JournalLine.objects.filter(pk=row.pk).update(uid=uuid4())

    lines_of_journals = [one for one in found() if one[0] == "circulation.lines_of_journals"]
    assert [act for _check, act, _found in lines_of_journals] == ["checkout", "renew", "use"]


def test_a_copied_line_that_says_it_was_done_is_a_line_of_a_journal(places):
    east, _ = places
    at = {"day": A_DAY, "day_written": "3.4", "entered_at": NOON, "entered_on": A_DAY}

    PaperLine.objects.create(node_id=east, what="out", line_key="x", key="k", journal_uid=uuid4(), **at)

    assert found() == [("circulation.lines_of_registers", "a line of a journal", "nothing")]


def test_what_is_in_transit_was_sent_and_what_was_sent_is_in_transit(places):
    east, west = places
    book = make_item(node=east)
    lend(book, make_patron(node=east), make_act(east))
    take_back(book, make_act(west))
    assert found() == []

    Transit.objects.update(arrived_at=NOON)
    assert found() == [("circulation.items_in_transit", "nothing sent", "in_transit")]

    take_back(book, make_act(east))
    Transit.objects.update(arrived_at=None)
    assert found() == [("circulation.items_in_transit", "in_transit", "available")]


def test_a_drifting_book_stands_where_it_was_last_left_and_was_taken_so_often(places):
    east, _ = places
    park = drifting.open_point(make_act(east), words={"zh": "公园", "en": "Park"}).id
    books = [drifting.release(make_act(east), point=park, book=NewDriftBook(title=title)) for title in ("三体", "活着")]
    drifting.take(make_act(east), number=books[0].number)
    assert found() == []

    DriftBook.objects.filter(number=books[0].number).update(point=park)
    DriftBook.objects.filter(number=books[1].number).update(times_taken=1)

    assert found() == [
        ("circulation.drifting_books", "nowhere", str(park)),
        ("circulation.books_taken", 0, 1),
    ]


def a_room_of(east: int) -> int:
    department = make_department(east, kind=DepartmentKind.READING_ROOM).id
    room = reading.set_room(make_act(east), department=department, rule=RoomRule(gives_places=True)).id
    reading.add_places(make_act(east), room=room, kind=PlaceKind.SEAT, codes=["1"])
    return room


def test_a_place_is_booked_by_one_at_a_time(places):
    east, _ = places
    room = ReadingRoom.objects.get(pk=a_room_of(east))
    about = {"room": room, "place": room.places.get(), "day": A_DAY, "made_at": NOON}
    hours = [(0, 2), (2, 4), (3, 5)]

    for start, end in hours:
        span = {"starts": NOON + timedelta(hours=start), "ends": NOON + timedelta(hours=end)}
        PlaceBooking.objects.create(patron_id=make_patron(node=east).id, key=f"b{start}", **span, **about)

    assert [check for check, *_ in found()] == ["circulation.places_booked"]
    PlaceBooking.objects.filter(key="b3").update(state="cancelled")
    assert found() == []


def test_what_was_handed_over_came_back_before_its_reader_left(places):
    east, _ = places
    room, reader, book = a_room_of(east), make_patron(node=east), make_item(node=east)
    seated = reading.sign_in(make_act(east), room=room, visitor=Visitor(card=reader.cards[0].number))
    reading.hand_over(make_act(east), session=seated.id, item=scan(book))
    assert found() == []

    ReadingSession.objects.update(ended_at=NOON)

    assert found() == [("circulation.handed_over", "handed back", "still out")]
    Handing.objects.update(returned_at=NOON)
    assert found() == []


def test_who_waits_knows_of_the_recall_that_stands(places):
    east, _ = places
    book = make_item(node=east)
    lend(book, make_patron(node=east), make_act(east))
    wish = reserve(book, make_patron(node=east), make_act(east))
    recall = recalling.recall(make_act(east), reservation=wish.id)
    assert found() == []

    Reservation.objects.update(recalled_at=None)
    assert found() == [("circulation.recalls", "recalled", "no recall")]

    recalling.withdraw(make_act(east), recall=recall)
    Reservation.objects.update(recalled_at=NOON)
    assert found() == [("circulation.recalls", "no recall", "recalled")]


def test_a_move_that_was_undone_left_no_loan_behind(places):
    east, _ = places
    lend(make_item(node=east), make_patron(node=east), make_act(east))
    loan = Loan.objects.get()
    when = {"made_at": NOON, "finished_at": NOON, "undone_at": NOON, "undo_finished_at": NOON}
    span = {"start": A_DAY, "end": date(2019, 3, 9), "due_again": date(2019, 3, 9)}
    move = DueDateMove.objects.create(node_id=east, reason="x", key="m", **when, **span)
    moved = MovedLoan.objects.create(
        move=move, loan=loan, due_before=loan.due_on - timedelta(days=1), due_on=loan.due_on
    )

    assert found() == [("circulation.due_dates_restored", "restored", "moved")]
    MovedLoan.objects.filter(pk=moved.pk).update(restored=True)
    assert found() == []


def test_a_renewal_that_is_in_no_ledger_is_found(places):
    east, _ = places
    book = make_item(node=east)
    lend(book, make_patron(node=east), make_act(east))
    renew(make_act(east, date(2019, 3, 20)), item=scan(book))

    Renewal.objects.all().delete()

    assert found() == [("circulation.renewals_in_ledger", 0, 1), ("circulation.renewals_of_loan", 0, 1)]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite how it goes about it")
def test_a_million_acts_are_read_through_and_not_fetched_one_by_one_along_an_index():
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + comparing_statements.DIFFERING_RENEWALS, (1,))
        steps = [row[-1] for row in cursor.fetchall()]

    assert [step for step in steps if "ledger_serviceevent" in step] == ["SCAN ledger_serviceevent"]
