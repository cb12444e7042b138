"""Reading rooms whose readers sign in: places, minors at computers, materials over the counter, down to the figures."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.circulation.reading import booking, operations, policies, queries, requests
from wenlan.circulation.reading.errors import (
    ApprovalMissing,
    BookingRefused,
    ItemNotToHand,
    MaterialsOut,
    NotSignedIn,
    RequestDecided,
)
from wenlan.circulation.reading.operations import Visitor
from wenlan.circulation.reading.types import BookingState, PlaceKind, Refusal, RoomKind, RoomRule
from wenlan.circulation.testing import A_DAY, make_act, scan
from wenlan.circulation.verification import differences
from wenlan.facilities import operations as facilities
from wenlan.facilities.signing.errors import RoomSignsIn
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as indicators
from wenlan.indicators import queries as figures
from wenlan.kernel.acts import Act
from wenlan.kernel.periods import Period
from wenlan.network.testing import make_department, make_network, open_every_day
from wenlan.network.types import DepartmentKind
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import make_member, signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
ELECTRONIC = RoomRule(
    kind=RoomKind.ELECTRONIC,
    takes_anonymous=False,
    gives_places=True,
    minor_minutes=120,
    school_from=time(8),
    school_until=time(16, 30),
    vacations=((date(2019, 7, 8), date(2019, 8, 31)),),
)
ANCIENT = RoomRule(kind=RoomKind.ANCIENT, takes_anonymous=False, needs_approval=True)
SATURDAY = date(2019, 3, 2)


@pytest.fixture
def branch() -> int:
    _, branch = make_network("EAST")
    open_every_day(branch.id)
    return branch.id


def make_room(branch: int, rule: RoomRule, *computers: str) -> int:
    """Set up a room that signs in from the first of March on."""
    act = make_act(branch, date(2019, 3, 1))
    department = make_department(branch, kind=DepartmentKind.READING_ROOM).id
    room = operations.set_room(act, department=department, rule=rule).id
    if computers:
        operations.add_places(act, room=room, kind=PlaceKind.COMPUTER, codes=list(computers))
    return room


def at(branch: int, day: date, hour: int, minute: int = 0) -> Act:
    """Return an act at a local time."""
    return replace(make_act(branch, day), at=datetime.combine(day, time(hour, minute), UTC) - timedelta(hours=8))


def card(reader) -> str:
    return reader.cards[0].number


def of(branch: int, *codes: str) -> list[object]:
    indicators.fold()
    found = figures.figures(list(codes), node=branch, period=Period.year(2019))
    return [found[code].value for code in codes]


@pytest.mark.capability("G07")
def test_story_of_a_saturday_in_the_electronic_reading_room(branch):
    # Two computers. Li (36) takes the first, a schoolboy the second, for two hours at most; the third has to wait.
    room = make_room(branch, ELECTRONIC, "1", "2")
    li, boy = make_patron(node=branch), make_patron(node=branch, birth_date=date(2004, 5, 1), sex="m")
    first = operations.sign_in(at(branch, SATURDAY, 9), room=room, visitor=Visitor(card=card(li)))
    second = operations.sign_in(at(branch, SATURDAY, 9, 30), room=room, visitor=Visitor(card=card(boy)))
    assert (first.place, first.until_at, second.place) == ("1", None, "2")
    assert second.until_at == at(branch, SATURDAY, 11, 30).at
    with pytest.raises(NotSignedIn) as full:
        operations.sign_in(at(branch, SATURDAY, 9, 40), room=room, visitor=Visitor(card=card(make_patron(node=branch))))
    assert full.value.refusals == (Refusal.NO_PLACE_LEFT,)

    # The boy leaves after ninety minutes, comes back for half an hour, and has had his time.
    operations.sign_out(at(branch, SATURDAY, 11), session=second.id)
    again = operations.sign_in(at(branch, SATURDAY, 14), room=room, visitor=Visitor(card=card(boy)))
    assert again.until_at == at(branch, SATURDAY, 14, 30).at
    operations.sign_out(at(branch, SATURDAY, 14, 30), session=again.id)
    with pytest.raises(NotSignedIn) as used:
        operations.sign_in(at(branch, SATURDAY, 15), room=room, visitor=Visitor(card=card(boy)))
    assert used.value.refusals == (Refusal.TIME_USED,)

    # Li forgets to sign out: he left at closing time. Three visits, 90 + 30 + 480 minutes, by department.
    assert operations.close_forgotten(at(branch, SATURDAY + timedelta(days=1), 1).at) == 1
    assert of(branch, "reading_room_visits", "computer_minutes") == [3, 600]
    department = queries.room(room).department
    cells = figures.breakdown("reading_room_visits", node=branch, period=Period.year(2019), by=("department",))
    assert {cell.keys: cell.value for cell in cells} == {(department,): 3}
    assert queries.sums([room], SATURDAY)[room].minutes == 600
    assert differences() == []


def try_to_book(room: int, reader, day: date, hour: int, key: str = "") -> tuple[Refusal, ...]:
    """Book on Friday at noon, and return why not."""
    branch = queries.room(room).node
    act = replace(at(branch, SATURDAY - timedelta(days=1), 12), key=key or f"{reader.id}:{day}:{hour}")
    try:
        booking.book(act, room=room, patron=reader.id, starts=at(branch, day, hour).at)
    except BookingRefused as refused:
        return refused.refusals
    return ()


@pytest.mark.capability("G06")
def test_story_of_a_computer_that_is_booked(branch):
    # Two computers, one out of order; open from nine to five, booked for two hours, a week ahead. On Friday Li books
    # Saturday at eleven. The boy finds nothing free then, may not book school hours, and books one o'clock.
    room = make_room(branch, replace(ELECTRONIC, booking_days=7), "1", "2")
    operations.mark_place(make_act(branch), place=queries.places(room)[1].id, is_out_of_order=True)
    li, boy = make_patron(node=branch), make_patron(node=branch, birth_date=date(2004, 5, 1))
    friday = SATURDAY - timedelta(days=1)

    assert [(slot.starts.hour, slot.free) for slot in booking.slots(queries.room(room), SATURDAY)] == [
        (9, 1), (11, 1), (13, 1), (15, 1)
    ]  # fmt: skip
    assert (try_to_book(room, li, SATURDAY, 11, "k"), try_to_book(room, li, SATURDAY, 11, "k")) == ((), ())
    assert try_to_book(room, li, SATURDAY, 15) == (Refusal.BOOKED_ALREADY,)
    assert try_to_book(room, boy, SATURDAY, 11) == (Refusal.FULLY_BOOKED,)
    assert try_to_book(room, boy, date(2019, 3, 4), 13) == (Refusal.SCHOOL_HOURS,)
    assert try_to_book(room, boy, SATURDAY, 10) == try_to_book(room, li, friday, 9) == (Refusal.NO_SUCH_SLOT,)
    assert try_to_book(room, boy, date(2019, 3, 10), 13) == (Refusal.TOO_FAR_AHEAD,)
    assert try_to_book(room, boy, SATURDAY, 13) == ()

    # At ten to eleven the computer waits for Li and is nobody else's; he sits down, and the booking is used. The boy
    # does not come: a quarter past one his booking lapses, and whoever comes gets the computer.
    with pytest.raises(NotSignedIn):
        operations.sign_in(at(branch, SATURDAY, 10, 50), room=room, visitor=Visitor(card=card(boy)))
    seated = operations.sign_in(at(branch, SATURDAY, 10, 55), room=room, visitor=Visitor(card=card(li)))
    operations.sign_out(at(branch, SATURDAY, 12, 55), session=seated.id)
    assert booking.lapse(at(branch, SATURDAY, 13, 15).at) == 1
    later = operations.sign_in(at(branch, SATURDAY, 13, 16), room=room, visitor=Visitor(card=card(li)))
    operations.sign_out(at(branch, SATURDAY, 13, 46), session=later.id)

    states = [booking.of_reader(one.id, SATURDAY)[0].state for one in (li, boy)]
    assert (seated.place, later.place, states) == ("1", "1", [BookingState.USED, BookingState.MISSED])
    assert of(branch, "reading_room_visits", "computer_minutes") == [2, 150]
    assert differences() == []


def test_a_booked_computer_that_is_still_taken_is_made_good_by_another(branch):
    room = make_room(branch, replace(ELECTRONIC, booking_days=7), "1", "2")
    li, wang, zhao = (make_patron(node=branch) for _ in range(3))
    assert try_to_book(room, li, SATURDAY, 11) == ()
    operations.sign_in(at(branch, SATURDAY, 9), room=room, visitor=Visitor(card=card(wang)))
    chosen = queries.places(room)[0].id

    seated = operations.sign_in(at(branch, SATURDAY, 11), room=room, visitor=Visitor(card=card(li)))

    with pytest.raises(NotSignedIn) as refused:
        operations.sign_in(at(branch, SATURDAY, 11), room=room, visitor=Visitor(card=card(zhao), place=chosen))
    assert (seated.place, refused.value.refusals) == ("2", (Refusal.PLACE_TAKEN,))
    assert booking.of_reader(li.id, SATURDAY)[0].state == BookingState.USED


def test_during_school_hours_computers_are_not_for_minors_but_in_vacations(branch):
    room, child = make_room(branch, ELECTRONIC, "1"), make_patron(node=branch, birth_date=date(2004, 5, 1))
    nobody_knows = make_patron(node=branch, birth_date=None)

    def refused(day: date, hour: int, reader=child) -> tuple[Refusal, ...]:
        try:
            operations.sign_in(at(branch, day, hour), room=room, visitor=Visitor(card=card(reader)))
        except NotSignedIn as refusal:
            return refusal.refusals
        return ()

    assert refused(A_DAY, 10) == (Refusal.SCHOOL_HOURS,)
    assert refused(A_DAY, 10, nobody_knows) == (Refusal.AGE_UNKNOWN,)
    assert refused(A_DAY, 17) == ()
    assert refused(date(2019, 7, 15), 10) == ()


def test_ancient_books_go_over_the_counter_on_an_approved_request(branch):
    room, reader, work = make_room(branch, ANCIENT), make_patron(node=branch), make_item(node=branch)
    desk, head = make_member(branch, "circulation").id, make_member(branch, "director").id
    act = make_act(branch, staff=desk)
    with pytest.raises(NotSignedIn):
        operations.sign_in(make_act(branch), room=room, visitor=Visitor(persons=2))
    seated = operations.sign_in(act, room=room, visitor=Visitor(card=card(reader)))
    with pytest.raises(ApprovalMissing):
        operations.hand_over(make_act(branch), session=seated.id, item=scan(work))

    asked = requests.ask(act, room=room, patron=reader.id, item=work.id, purpose="县志研究")
    with pytest.raises(RequestDecided):
        requests.decide(act, request=asked.id, is_granted=True)
    requests.decide(make_act(branch, staff=head), request=asked.id, is_granted=True)
    handed = operations.hand_over(make_act(branch, key="h"), session=seated.id, item=scan(work))
    assert operations.hand_over(make_act(branch, key="h"), session=seated.id, item=scan(work)) == handed

    with pytest.raises(ItemNotToHand):
        operations.hand_over(make_act(branch), session=seated.id, item=scan(work))
    with pytest.raises(MaterialsOut):
        operations.sign_out(make_act(branch), session=seated.id)
    back = operations.give_back(make_act(branch), handing=handed.id, note="完好")
    assert (back.note, operations.sign_out(make_act(branch), session=seated.id).out) == ("完好", ())
    assert of(branch, "reading_room_visits", "in_house_uses", "loans") == [1, 1, 0]
    assert differences() == []


def test_who_comes_without_a_card_is_counted_once_and_a_mistake_taken_back(branch):
    room = make_room(branch, RoomRule(kind=RoomKind.PERIODICALS))
    department = queries.room(room).department
    for key in ("a", "a", "b"):
        operations.sign_in(make_act(branch, key=key), room=room, visitor=Visitor(persons=3))
    reader = make_patron(node=branch)
    wrong = operations.sign_in(make_act(branch), room=room, visitor=Visitor(card=card(reader)))

    for _ in range(2):
        operations.cancel(make_act(branch), session=wrong.id)

    assert (of(branch, "reading_room_visits"), queries.present(room)) == ([6], ())
    with pytest.raises(RoomSignsIn):
        facilities.count_reading_room(make_act(branch), department=department, persons=40, day=A_DAY)
    assert differences() == []


def test_who_sits_down_elsewhere_has_left_the_first_room(branch):
    rooms = [make_room(branch, RoomRule()) for _ in range(2)]
    reader = make_patron(node=branch)

    for room in rooms:
        operations.sign_in(make_act(branch), room=room, visitor=Visitor(card=card(reader)))

    assert [len(queries.present(room)) for room in rooms] == [0, 1]


@given(st.integers(0, 200), st.integers(5, 30), st.integers(0, 400_000))
def test_a_minor_is_never_seated_beyond_the_limit_nor_into_school_hours(used, age, minutes):
    now = datetime(2019, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    facts = policies.SignInFacts(
        now=now, rule=ELECTRONIC, is_named=True, age=age, place_kind=PlaceKind.COMPUTER, minutes_used=used
    )
    ends = policies.time_is_over(facts)
    if policies.sign_in_refusals(facts) or age >= policies.OF_AGE:
        return
    assert now < ends <= now + timedelta(minutes=120 - used)
    assert not policies.in_school_hours(ELECTRONIC, ends - timedelta(minutes=1)) or ends <= now


def test_the_pages_seat_a_reader_hand_over_and_take_back(branch, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 3, 2, 3, tzinfo=UTC))
    department = make_department(branch, kind=DepartmentKind.READING_ROOM)
    head, desk, page = signed_in(branch, "director"), signed_in(branch, "circulation"), "/desk/circulation/reading/"
    reader, item = make_patron(node=branch, name="李雷"), make_item(node=branch)
    rule = {"kind": "electronic", "gives_places": "on", "minor_minutes": "120", "vacations": "2019-07-08 2019-08-31"}

    assert desk.get(f"{page}departments/{department.id}/").status_code == 403
    head.post(f"{page}departments/{department.id}/", rule)
    (room,) = queries.rooms([branch])
    head.post(f"{page}{room.id}/places", {"kind": "computer", "first": "1", "last": "12"})
    desk.post(f"{page}{room.id}/scan", {"code": card(reader), "key": "in"})
    shown = desk.get(f"{page}{room.id}/").content.decode()
    (session,) = queries.present(room.id)
    desk.post(f"{page}{room.id}/scan", {"code": item.barcode, "session": session.id, "key": "hand"})
    assert len(queries.session(session.id).out) == 1
    desk.post(f"{page}{room.id}/scan", {"code": item.barcode, "key": "back"})
    desk.post(f"{page}{room.id}/scan", {"code": card(reader), "key": "out"})
    said = desk.post(f"{page}{room.id}/scan", {"code": "nothing"}, follow=True).content.decode()

    assert ("李雷" in shown, len(queries.places(room.id)), room.rule.vacations) == (True, 12, ELECTRONIC.vacations)
    assert (queries.session(session.id).ended_at is not None, "nothing" in said) == (True, True)
    assert signed_in(branch, "finance").get(page).status_code == 403
