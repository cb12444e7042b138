"""Who is on duty: the week from the opening calendar, gaps, swaps, absences, and the file for the telephone."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from wenlan.circulation.roster import operations, policies, queries
from wenlan.circulation.roster.calendar import OCTETS, folded
from wenlan.circulation.roster.errors import DutyOver, NoSuchShift, NotYours, OnDutyAlready, PostWrong
from wenlan.circulation.roster.types import LONGEST_SHIFT, Span
from wenlan.circulation.testing import make_act
from wenlan.credit.till import shifts as till
from wenlan.kernel.errors import NotFound
from wenlan.network import operations as network
from wenlan.network import queries as network_queries
from wenlan.network.testing import make_network, make_node, open_every_day
from wenlan.staff.models import StaffMember
from wenlan.staff.testing import make_member, signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, SUNDAY = date(2019, 3, 4), date(2019, 3, 5), date(2019, 3, 10)
MORNING, AFTERNOON = time(9), time(13)
NAMES = {"zh": "借还台", "en": "Lending desk"}
PAGE = "/desk/circulation/roster/"


@pytest.fixture
def east(monkeypatch) -> int:
    """A branch that is shut on Mondays, on a Monday morning."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 3, 4, 2, tzinfo=UTC))
    root, east = make_network("EAST")
    open_every_day(root.id, 1, 2, 3, 4, 5, 6)
    return east.id


def browser_of(member: int) -> Client:
    client = Client()
    client.force_login(StaffMember.objects.get(pk=member), backend="django.contrib.auth.backends.ModelBackend")
    return client


def gaps(node: int, monday: date = MONDAY) -> int:
    return sum(shift.gap for shift in queries.roster(node, monday))


def put(post: int, node: int, day: date, starts: time, member: int) -> int:
    return operations.assign(make_act(node, MONDAY), post=post, day=day, starts=starts, member=member).id


def asked(post: int, day: date, starts: time) -> dict[str, object]:
    """What the planner's form says of a shift."""
    return {"post": post, "day": f"{day}", "starts": f"{starts:%H:%M}"}


def a_post_with_a_till(planner: Client, node: int) -> int:
    """The lending desk, where one person stands."""
    planner.post(f"{PAGE}posts", {"key": "p", "name": "借还台", "people": "1", "has_till": "on"})
    (post,) = queries.posts([node], MONDAY, SUNDAY)
    return post.id


def plan_the_week(planner: Client, post: int, *, mornings: int, afternoons: int) -> None:
    """One has the mornings from Tuesday to Sunday, the other the afternoons."""
    for number in range(1, 7):
        for starts, member in ((MORNING, mornings), (AFTERNOON, afternoons)):
            said = asked(post, MONDAY + timedelta(days=number), starts)
            planner.post(f"{PAGE}assign", said | {"key": "a", "member": member, "week": f"{MONDAY}"})


def swap_the_first_shifts(wang: int, li: int) -> None:
    """Wang asks; Li sees it and agrees, twice."""
    mine, theirs = queries.mine(wang, MONDAY, SUNDAY)[0], queries.mine(li, MONDAY, SUNDAY)[0]
    browser_of(wang).post(f"{PAGE}mine/{mine.id}/swap", {"theirs": theirs.id})
    (swap,) = queries.swaps(li, MONDAY)
    assert "Wang asks you to swap" in browser_of(li).get(f"{PAGE}mine/").content.decode()
    for _twice in range(2):
        browser_of(li).post(f"{PAGE}swaps/{swap.id}", {"agree": "1"})


def fall_ill(member: int) -> int:
    """The first shift of the week is reported as an absence."""
    duty = queries.mine(member, MONDAY, SUNDAY)[0].id
    browser_of(member).post(f"{PAGE}mine/{duty}/absent", {"reason": "病假"})
    return duty


def repeat_the_week(planner: Client, node: int) -> None:
    """The next week is closed on its Wednesday and Thursday; the planner takes this one over, twice."""
    holiday = {"zh": "检修", "en": "Works"}
    network.close_days(None, node=node, start=date(2019, 3, 13), end=date(2019, 3, 14), reason=holiday)
    for _twice in range(2):
        planner.post(f"{PAGE}repeat", {"week": "2019-03-11"})


def on_the_telephone(member: int) -> list[str]:
    """When the shifts in somebody's own calendar begin."""
    lines = browser_of(member).get(f"{PAGE}mine/calendar.ics").content.decode().splitlines()
    return [line for line in lines if line.startswith(("BEGIN:VEVENT", "DTSTART"))]


@pytest.mark.capability("C24")
def test_story_of_the_circulation_team(east):
    # 陵川's 读者常态化借阅服务组: one post with a till, two shifts a day as the house is open, none on Monday.
    planner = signed_in(east, "branch_manager")
    post = a_post_with_a_till(planner, east)
    wang, li, zhao = (make_member(east, "circulation", username=name).id for name in ("wang", "li", "zhao"))
    assert [f"{shift.day:%a} {shift.span}" for shift in queries.roster(east, MONDAY)][:3] == [
        "Tue 09:00–13:00", "Tue 13:00–17:00", "Wed 09:00–13:00",
    ]  # fmt: skip
    assert gaps(east) == 12

    # Wang has the mornings, Li the afternoons; nobody stands twice; whoever does not plan cannot.
    plan_the_week(planner, post, mornings=wang, afternoons=li)
    assert gaps(east) == 0
    with pytest.raises(OnDutyAlready):
        put(post, east, TUESDAY, MORNING, wang)
    assert browser_of(wang).post(f"{PAGE}assign", asked(post, SUNDAY, AFTERNOON)).status_code == 403

    # Wang asks Li to swap Tuesday's shifts; Li sees it and agrees, and a second yes changes nothing.
    swap_the_first_shifts(wang, li)
    assert queries.mine(wang, MONDAY, SUNDAY)[0].span.starts == AFTERNOON
    assert (queries.mine(li, MONDAY, SUNDAY)[0].span.starts, gaps(east)) == (MORNING, 0)

    # Li falls ill on Tuesday: a gap is shown, and Zhao stands in.
    ill = fall_ill(li)
    week = planner.get(PAGE).content.decode()
    assert (gaps(east), "病假" in week, "People wanting: 1" in week) == (1, True, True)
    planner.post(f"{PAGE}duties/{ill}/cover", {"member": zhao})
    assert (gaps(east), [one.covers for one in queries.mine(zhao, MONDAY, SUNDAY)]) == (0, [ill])

    # The next week is taken over, but for the holiday; the stand-in is not, and twice is as once.
    repeat_the_week(planner, east)
    following = queries.roster(east, date(2019, 3, 11))
    assert (len(following), sum(shift.gap for shift in following)) == (10, 0)
    assert queries.mine(zhao, SUNDAY, date(2019, 4, 1)) == ()

    # It is printed, and goes to each one's telephone with their own shifts only.
    printed = planner.get(f"{PAGE}print/?week=2019-03-04").content.decode()
    assert all(part in printed for part in ("Zhao", "09:00–13:00", "Shut on this day."))
    assert on_the_telephone(zhao) == ["BEGIN:VEVENT", "DTSTART:20190305T010000Z"]


def test_the_week_says_who_has_taken_over_the_drawer(east):
    post = operations.open_post(make_act(east, MONDAY), words=NAMES, has_till=True)
    wang = make_member(east, "circulation", username="wang").id
    put(post.id, east, TUESDAY, MORNING, wang)
    planner = signed_in(east, "branch_manager")
    before = planner.get(PAGE).content.decode()

    by_wang = make_act(east, TUESDAY, staff=wang, device="")
    drawer = till.add_drawer(by_wang, name="总台").id
    till.sign_on(by_wang, drawer_id=drawer, counted_fen=0)

    after = planner.get(PAGE).content.decode()
    assert ("has the drawer" in before, "has the drawer" in after) == (False, True)


def test_what_cannot_be_on_a_roster_is_refused(east):
    post = operations.open_post(make_act(east, MONDAY), words=NAMES)
    wang, li = (make_member(east, "circulation").id for _person in range(2))
    with pytest.raises(PostWrong):
        operations.open_post(make_act(east, MONDAY), words=NAMES, people=0)
    for day, starts in ((MONDAY, MORNING), (TUESDAY, time(10))):
        with pytest.raises(NoSuchShift):
            put(post.id, east, day, starts, wang)
    mine, theirs = put(post.id, east, TUESDAY, MORNING, wang), put(post.id, east, TUESDAY, AFTERNOON, li)
    with pytest.raises(NotYours):
        operations.ask_swap(make_act(east, MONDAY, staff=li), mine=mine, theirs=theirs)
    with pytest.raises(DutyOver):
        operations.report_absence(make_act(east, SUNDAY), duty=mine, reason="病假")
    with pytest.raises(DutyOver):
        operations.cover(make_act(east, MONDAY), duty=mine, member=li)

    swap = operations.ask_swap(make_act(east, MONDAY, staff=wang), mine=mine, theirs=theirs)
    operations.answer_swap(make_act(east, MONDAY, staff=li), swap=swap, agree=False)
    assert (queries.duty(mine).staff, queries.swaps(wang, MONDAY)) == (wang, ())


@pytest.fixture
def team(east) -> tuple[int, int, int, int]:
    """A post, two people on it on Tuesday, and a third; the mornings and afternoons as ids of duties too."""
    post = operations.open_post(make_act(east, MONDAY), words=NAMES).id
    wang, li, zhao = (make_member(east, "circulation", username=name).id for name in ("wang", "li", "zhao"))
    put(post, east, TUESDAY, MORNING, wang)
    put(post, east, TUESDAY, AFTERNOON, li)
    return post, wang, li, zhao


def first_duty(member: int) -> int:
    return queries.mine(member, MONDAY, SUNDAY)[0].id


def test_a_wish_to_swap_ends_with_the_duty_that_it_is_of(east, team):
    _post, wang, li, _zhao = team
    mine, theirs = first_duty(wang), first_duty(li)
    operations.ask_swap(make_act(east, MONDAY, staff=wang), mine=mine, theirs=theirs)

    operations.take_off(make_act(east, MONDAY), duty=mine)

    assert (queries.swaps(wang, MONDAY), queries.swaps(li, MONDAY)) == ((), ())


def test_a_stand_in_who_swaps_is_still_a_stand_in(east, team):
    post, wang, li, zhao = team
    ill = fall_ill(wang)
    covering = operations.cover(make_act(east, MONDAY), duty=ill, member=zhao)
    with pytest.raises(DutyOver):
        operations.cover(make_act(east, MONDAY), duty=ill, member=make_member(east).id)

    swap = operations.ask_swap(make_act(east, MONDAY, staff=zhao), mine=covering.id, theirs=first_duty(li))
    operations.answer_swap(make_act(east, MONDAY, staff=li), swap=swap, agree=True)

    covers = {one.staff: one.covers for shift in queries.roster(east, MONDAY) for one in shift.on_duty}
    assert covers == {li: ill, zhao: None}
    assert queries.posts([east], MONDAY, SUNDAY)[0].id == post


def test_a_duty_at_another_place_is_not_swapped(east, team):
    west = make_node("WEST", parent=network_queries.root().id).id
    open_every_day(west)
    there = operations.open_post(make_act(west, MONDAY), words=NAMES).id
    far = put(there, west, TUESDAY, AFTERNOON, make_member(west).id)

    with pytest.raises(NotFound):
        operations.ask_swap(make_act(east, MONDAY, staff=team[1]), mine=first_duty(team[1]), theirs=far)


def test_who_has_left_is_not_taken_over_and_a_week_costs_the_same_however_many_stood_in_it(
    east, team, django_assert_num_queries
):
    StaffMember.objects.filter(pk=team[1]).update(is_active=False)
    following = MONDAY + timedelta(days=7)

    assert operations.repeat_week(make_act(east, MONDAY), node=east, monday=following) == 1
    put(team[0], east, SUNDAY, MORNING, team[3])
    put(team[0], east, SUNDAY + timedelta(days=7), MORNING, team[3])
    with django_assert_num_queries(8):
        assert operations.repeat_week(make_act(east, MONDAY), node=east, monday=following) == 0


def test_duties_for_which_the_house_is_shut_later_are_shown_to_the_planner(east, team):
    network.close_days(
        None, node=east, start=TUESDAY, end=TUESDAY + timedelta(days=1), reason={"zh": "检修", "en": "x"}
    )

    assert [one.staff for one in queries.strays(east, MONDAY)] == [team[1], team[2]]
    page = signed_in(east, "branch_manager").get(PAGE).content.decode()
    assert "not open any more" in page


@pytest.mark.parametrize("week", ["9999-12-31", "0001-01-01", "nonsense", ""])
def test_a_week_that_cannot_be_shown_is_this_week(east, week):
    assert "Week from 2019-03-04" in signed_in(east, "branch_manager").get(PAGE, {"week": week}).content.decode()


def test_what_is_done_with_a_duty_is_one_of_three_things(east, team):
    planner, duty = signed_in(east, "branch_manager"), first_duty(team[1])

    assert planner.post(f"{PAGE}duties/{duty}/praise", {"member": team[3]}).status_code == 404
    answer = planner.post(f"{PAGE}duties/{duty}/cover", {"member": ""}, follow=True)
    assert "Choose who is on duty." in answer.content.decode()


def test_the_roster_is_read_in_two_statements(east, django_assert_num_queries):
    post = operations.open_post(make_act(east, MONDAY), words=NAMES, people=3)
    for member in (make_member(east).id, make_member(east).id):
        put(post.id, east, TUESDAY, MORNING, member)
        with django_assert_num_queries(2):
            assert len(queries.roster(east, MONDAY)) == 12


OPENINGS = st.tuples(st.integers(0, 40), st.integers(1, 7)).map(
    lambda said: (policies.at_minutes(said[0] * 15), policies.at_minutes(said[0] * 15 + said[1] * 120 - 1))
)


@given(OPENINGS)
def test_the_shifts_of_an_opening_are_the_whole_of_it_without_overlap(opening):
    found = policies.shifts([opening])

    assert (found[0].starts, found[-1].ends) == opening
    assert all(one.ends == following.starts for one, following in pairwise(found))
    assert all(policies.minutes(one.ends) - policies.minutes(one.starts) <= LONGEST_SHIFT + 30 for one in found)


def test_spans_clash_only_where_they_overlap():
    morning = Span(starts=MORNING, ends=AFTERNOON)
    assert not policies.clashes(morning, [Span(starts=AFTERNOON, ends=time(17))])
    assert policies.clashes(morning, [Span(starts=time(12), ends=time(17))])


@given(st.text(alphabet="a文", max_size=120))
def test_a_folded_line_unfolds_to_itself_and_no_part_is_too_long(line):
    parts = folded(line).split("\r\n")

    assert "\r\n".join(parts).replace("\r\n ", "") == line
    assert all(len(part.encode()) <= OCTETS for part in parts)
