"""Capped admission: booked, let in, turned away, and told beside the figures."""

from datetime import UTC, date, datetime

import pytest

from wenlan.facilities import testing as facilities
from wenlan.facilities.admission import operations, queries
from wenlan.facilities.admission.errors import BookedAlready, NotCapped, SlotFull, SlotOver
from wenlan.indicators import operations as cubes
from wenlan.indicators import queries as indicators
from wenlan.indicators.capping import capped
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.periods import Period
from wenlan.network.almanac import operations as almanac
from wenlan.network.almanac.errors import CapWrong
from wenlan.network.almanac.queries import cap_on
from wenlan.network.testing import make_network, open_every_day
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
REOPENED = date(2020, 3, 24)


def act(node, hour, key, day=REOPENED):
    """Return an act at a local hour."""
    return Act(
        at=datetime(day.year, day.month, day.day, hour - 8, 30, tzinfo=UTC), node=node, channel=Channel.DESK, key=key
    )


def nine(day=REOPENED):
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


@pytest.fixture
def places():
    """A county that lets three people in every two hours since it reopened, open from nine to five."""
    root, east = make_network("E")
    open_every_day(root.id)
    almanac.set_cap(
        act(root.id, 9, "cap"), node=root.id, most=3, slot_minutes=120, reason="疫情防控限流", from_day=REOPENED
    )
    return root.id, east.id


@pytest.mark.capability("C12")
def test_story_of_a_capped_morning(places):
    # Li books for two at nine. Two people come without a booking: one is let in, for the second no place is left and he
    # is turned away. Li comes and is let in with the child. After the cap is lifted nobody counts places any more, and
    # the figure of the visits says beside it when it was capped, and how.
    root, east = places
    li, wang = make_patron(node=east), make_patron(node=east, name="王二")
    operations.book(act(east, 8, "b"), node=east, patron=li.id, starts=nine(), persons=2)
    first = queries.slots(east, REOPENED)[0]
    with pytest.raises(SlotFull):
        operations.book(act(east, 8, "w"), node=east, patron=wang.id, starts=nine(), persons=2)

    operations.admit(act(east, 9, "one"))
    operations.admit(act(east, 9, "one"))
    with pytest.raises(SlotFull):
        operations.admit(act(east, 9, "two"))
    operations.turn_away(act(east, 9, "away"))
    after = operations.admit(act(east, 9, "li"), patron=li.id)
    almanac.end_cap(act(root, 16, "end", date(2020, 5, 31)), cap=cap_on(east, REOPENED).id)
    cubes.fold_all()

    assert (first.most, first.booked, first.free) == (3, 2, 1)
    assert (after.admitted, after.booked, after.free, after.turned_away) == (3, 0, 0, 1)
    assert queries.of_reader(li.id, REOPENED)[0].state == "used"
    year = Period.year(2020)
    visits = indicators.figures(["visits", "loans"], node=east, period=year)
    assert visits["visits"].value == 3
    (note,) = capped(visits["visits"])
    assert (note.cap.most, note.cap.from_day, note.cap.last_day) == (3, REOPENED, date(2020, 5, 31))
    assert capped(visits["loans"]) == ()
    assert capped(indicators.figures(["visits"], node=east, period=Period.year(2021))["visits"]) == ()
    with pytest.raises(NotCapped):
        operations.admit(act(east, 9, "june", date(2020, 6, 1)))


def test_the_slots_of_a_day_follow_its_openings_and_only_a_coming_one_is_booked(places):
    _root, east = places
    reader = make_patron(node=east)

    slots = queries.slots(east, REOPENED)
    with pytest.raises(SlotOver):
        operations.book(act(east, 12, "late"), node=east, patron=reader.id, starts=nine())
    with pytest.raises(SlotOver):
        operations.book(act(east, 8, "none"), node=east, patron=reader.id, starts=nine().replace(minute=10))
    made = operations.book(act(east, 8, "k"), node=east, patron=reader.id, starts=nine())
    with pytest.raises(BookedAlready):
        operations.book(act(east, 8, "twice"), node=east, patron=reader.id, starts=slots[1].starts)
    operations.cancel(act(east, 8, "c"), booking=made.id)
    operations.book(act(east, 8, "again"), node=east, patron=reader.id, starts=slots[1].starts)

    assert [slot.starts.hour for slot in slots] == [9, 11, 13, 15]
    assert [slot.booked for slot in queries.slots(east, REOPENED)] == [0, 1, 0, 0]


def test_where_a_gate_counts_the_door_counts_places_only(places):
    _root, east = places
    facilities.make_gate(east)

    slot = operations.admit(act(east, 9, "one"))
    cubes.fold_all()

    assert slot.admitted == 1
    assert indicators.figures(["visits"], node=east, period=Period.year(2020))["visits"].value == 0


def test_a_nearer_cap_goes_first_and_one_that_makes_no_sense_is_refused(places):
    root, east = places

    almanac.set_cap(act(east, 9, "own"), node=east, most=1, slot_minutes=60, reason="面积小", from_day=REOPENED)
    with pytest.raises(CapWrong):
        almanac.set_cap(act(east, 9, "x"), node=east, most=0, slot_minutes=60, reason="x", from_day=REOPENED)

    assert (cap_on(east, REOPENED).most, cap_on(root, REOPENED).most) == (1, 3)
    assert cap_on(east, date(2020, 3, 23)) is None


def test_the_door_and_the_cap_have_a_page(places, monkeypatch):
    root, east = places
    monkeypatch.setattr(clock, "now", lambda: nine(date(2021, 5, 6)))
    desk, other = signed_in(root, "director", "statistician"), signed_in(east, "cataloguer")
    day = clock.today()

    capped_today = desk.post(
        "/desk/visits/admission/cap",
        {"most": 2, "slot_minutes": 1440, "from_day": f"{day}", "reason": "雨天维修"},
        follow=True,
    )
    wrong = desk.post("/desk/visits/admission/cap", {"most": 0})
    page = desk.get("/desk/visits/admission/")
    for key in ("1", "2", "3"):
        desk.post("/desk/visits/admission/door", {"key": key, "persons": 1, "what": "in"})
    after = desk.get("/desk/visits/admission/")

    assert "雨天维修" in capped_today.content.decode()
    assert wrong.status_code == 422
    assert page.context["cap"].most == 2
    assert (page.context["now"].admitted, after.context["now"].admitted) == (0, 2)
    assert other.get("/desk/visits/admission/").status_code == 403
    desk.post(f"/desk/visits/admission/cap/{page.context['cap'].id}/end")
    assert cap_on(root, date.fromordinal(day.toordinal() + 1)) is None
