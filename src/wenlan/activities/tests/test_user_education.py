"""Readers learn to use the library: sessions with attendance, an item of the plan, and the count of the year."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.test import Client

from wenlan.activities import queries
from wenlan.activities.planning import operations as planning
from wenlan.activities.planning import policies
from wenlan.activities.planning import queries as plans
from wenlan.activities.planning.errors import PlanItemWrong
from wenlan.activities.planning.types import NewItem, Progress
from wenlan.activities.testing import make_held_session, make_programme, make_session
from wenlan.annual_report.shapes import shape
from wenlan.circulation.testing import make_act
from wenlan.indicators import operations as indicators
from wenlan.indicators import queries as figures
from wenlan.kernel.periods import Period
from wenlan.ledger.declarations import declared_measures
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.staff.models import StaffMember
from wenlan.staff.operations import grant
from wenlan.staff.queries import audit_trail
from wenlan.staff.testing import make_member, signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db

DAY = date(2019, 3, 4)
CODES = ("user_education", "user_education_attendance", "activity_sessions")
ITEM = NewItem(title="以利用图书馆为主题的读者教育", kind="education", due_on=date(2019, 12, 31), target_sessions=2)


def of(node: int) -> list[object]:
    indicators.fold()
    found = figures.figures(list(CODES), node=node, period=Period.year(2019))
    return [found[code].value for code in CODES]


@pytest.mark.capability("B17")
def test_story_of_readers_who_learn_to_use_the_library(monkeypatch):
    # 陵川's plan: user education on how to use the library, twice this year, one session in a branch.
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 3, 4, 10, tzinfo=UTC))
    root, east, west = make_network("EAST", "WEST")
    desk = signed_in(root.id, "activities")
    for _twice in range(2):
        desk.post("/desk/activities/plan/", {
            "key": "p", "title": ITEM.title, "kind": "education", "due_on": "2019-12-31", "target_sessions": "2",
            "target_persons": "60", "carried_by": "流通部",
        })  # fmt: skip
    (item,) = plans.items([root.id], 2019, on=DAY)
    assert (item.carried_by, item.held, item.progress) == ("流通部", 0, Progress.BEHIND)

    # The kind stands among the shipped ones; the first session is planned and held as any other, with attendance
    # by head and by name.
    programme = {"key": "k", "name": "走进图书馆", "kind": "education", "mode": "onsite", "code_name": "welcome"}
    desk.post("/desk/activities/programmes/new/", programme)
    session = {"key": "s", "programme": "education.welcome", "node": east.id, "title": "检索与自助借还",
               "place": "电子阅览室", "day": "2019-03-04", "starts": "14:30", "ends": "16:00"}  # fmt: skip
    uid = UUID(desk.post("/desk/activities/new/", session).headers["Location"].split("/")[-2])
    assert plans.item(item.id, on=DAY).progress == Progress.ON_THE_WAY
    reader = make_patron(node=east.id, card="R1")
    desk.post(f"/desk/activities/{uid}/check-in/", {"check_in-key": "c", "check_in-card": reader.cards[0].number})
    desk.post(f"/desk/activities/{uid}/hold/", {"persons": "45"})

    # A second one in a branch, and a lecture that is none of it.
    west_desk = make_held_session(make_programme(west.id, "education.school"), west.id)
    make_held_session(make_programme(west.id, "lecture.culture"), west.id)
    signed_in(west.id, "activities").post(f"/desk/activities/{west_desk}/attendance/", {
        "persons": "20", "day": "2019-03-04", "mode": "onsite",
    })  # fmt: skip

    # The plan is reached: two sessions, 66 people; the figures say the same and where; the report has the words.
    reached = plans.item(item.id, on=DAY)
    assert (reached.held, reached.persons, reached.progress) == (2, 66, Progress.REACHED)
    assert (of(root.id), of(east.id)) == ([2, 66, 3], [1, 46, 1])
    page = desk.get("/desk/activities/plan/").content.decode()
    assert all(part in page for part in (ITEM.title, "2 / 2", "66 / 60", "Target reached"))
    assert shape("standard").figures["education"].measure == "user_education"


def test_an_item_of_the_plan_counts_its_own_year_place_and_kind():
    root, east, west = make_network("EAST", "WEST")
    item = planning.plan(make_act(east.id, date(2019, 1, 5)), item=ITEM)
    education = make_programme(root.id, "education.welcome")
    make_held_session(education, east.id, on=date(2019, 3, 4))
    make_held_session(education, west.id, on=date(2019, 3, 4))
    make_held_session(education, east.id, on=date(2018, 12, 31))
    make_session(education, east.id, on=date(2019, 9, 1))

    found = plans.item(item.id, on=date(2019, 6, 1))

    assert (found.held, found.planned, found.progress) == (1, 1, Progress.ON_THE_WAY)
    assert plans.item(item.id, on=date(2020, 1, 2)).progress == Progress.MISSED
    assert plans.items([west.id], 2019, on=DAY) == ()


def test_an_item_of_nothing_is_refused_and_a_dropped_one_stays_readable():
    _root, east, west = make_network("EAST", "WEST")
    with pytest.raises(PlanItemWrong):
        planning.plan(make_act(east.id), item=NewItem(title=" ", kind="education", due_on=DAY, target_sessions=1))
    item = planning.plan(make_act(east.id), item=ITEM)

    refused = signed_in(west.id, "activities").post(f"/desk/activities/plan/{item.id}/drop")
    signed_in(east.id, "activities").post(f"/desk/activities/plan/{item.id}/drop")

    assert refused.status_code == 403
    assert [one.dropped_on is not None for one in plans.items([east.id], 2019, on=DAY)] == [True]


def test_who_may_not_change_an_item_is_not_offered_to_and_who_may_says_why():
    _root, east, west = make_network("EAST", "WEST")
    item = planning.plan(make_act(east.id), item=ITEM)
    both = make_member(west.id, "activities", username="zhang").id
    grant(None, staff=both, role="circulation", node=east.id, from_day=DAY)
    browser = Client()
    browser.force_login(StaffMember.objects.get(pk=both), backend="django.contrib.auth.backends.ModelBackend")
    seen = browser.get("/desk/activities/plan/?year=2019").content.decode()
    shown = signed_in(east.id, "activities").get("/desk/activities/plan/?year=2019").content.decode()

    assert [(ITEM.title in page, "data-dialog" in page) for page in (seen, shown)] == [(True, False), (True, True)]
    signed_in(east.id, "activities").post(f"/desk/activities/plan/{item.id}/drop", {"reason": "场地维修"})
    assert audit_trail(f"plan:{item.id}")[0]["reason"] == "场地维修"


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_beyond_the_calendar_is_no_day_of_a_plan(day):
    _root, east = make_network("EAST")
    said = {"key": "k", "title": "读者教育", "kind": "education", "due_on": day, "target_sessions": 1}

    refused = signed_in(east.id, "activities").post("/desk/activities/plan/", said)

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["due_on"])


def test_more_held_never_makes_an_item_less_reached():
    ranks = [Progress.BEHIND, Progress.ON_THE_WAY, Progress.REACHED]
    said = {"planned": 0, "persons": 0, "targets": (3, None), "due_on": DAY, "on": DAY}
    found = [ranks.index(policies.progress(held=held, **said)) for held in range(6)]
    assert found == sorted(found)


def test_the_plan_is_read_in_a_fixed_number_of_statements(django_assert_num_queries):
    _root, east = make_network("EAST")
    education = make_programme(east.id, "education.welcome")
    planning.plan(make_act(east.id), item=ITEM)
    for _round in range(2):
        make_held_session(education, east.id)
        with django_assert_num_queries(3):
            assert len(plans.items([east.id], 2019, on=DAY)) >= 1
        planning.plan(make_act(east.id), item=ITEM)


def test_the_kind_and_its_measures_are_shipped():
    assert queries.kind("education").words["zh"] == "读者教育"
    assert {"user_education", "user_education_attendance"} <= {one.code for one in declared_measures()}
