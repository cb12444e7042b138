from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client

from wenlan.activities import operations, queries
from wenlan.activities.testing import make_held_session, make_programme, make_session
from wenlan.activities.types import SessionPlan, SessionStatus, SignUpStatus
from wenlan.facilities.testing import counted, make_act, make_library
from wenlan.ledger.kinds import Kind
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db

LIST = "/desk/activities/"
DAY = date(2019, 3, 4)
PROGRAMME = {"key": "k1", "name": "文化大讲堂", "kind": "lecture", "mode": "onsite", "code_name": "culture"}
SESSION = {"key": "k1", "programme": "lecture.culture", "day": "2019-03-04", "starts": "14:30", "ends": "16:30"}


def session_url(uid: UUID, act: str = "") -> str:
    return f"{LIST}{uid}/{act}"


@pytest.mark.capability("J01")
def test_an_activity_is_founded_planned_held_and_counted_at_the_desk():
    library = make_library()
    desk = signed_in(library, "activities")

    desk.post(f"{LIST}programmes/new/", PROGRAMME | {"host": "市文旅局", "co_organiser": "书店、社区"})
    planned = desk.post(f"{LIST}new/", SESSION | {"node": library, "title": "太行山的春天", "place": "报告厅"})
    uid = UUID(planned.headers["Location"].split("/")[-2])
    desk.post(session_url(uid, "hold/"), {"persons": "86"})

    session = queries.session(uid)
    organisers = queries.programme("lecture.culture").details.organisers
    assert (session.status, session.persons, session.place) == (SessionStatus.HELD, 86, "报告厅")
    assert [(each.role.value, each.name) for each in organisers] == [
        ("host", "市文旅局"),
        ("co_organiser", "书店"),
        ("co_organiser", "社区"),
    ]
    assert counted(Kind.ACTIVITY_HELD, day=DAY, subject="lecture.culture") == 1
    assert counted(Kind.ACTIVITY_ATTENDED, day=DAY, subject="lecture.culture") == 86


def test_the_list_shows_the_sessions_of_the_month_asked_for():
    library = make_library()
    make_session(make_programme(library, "lecture.march"), library, on=DAY)
    make_session(make_programme(library, "lecture.april"), library, on=date(2019, 4, 2))

    answer = signed_in(library, "activities").get(f"{LIST}?month=2019-03")

    assert [line.title for line in answer.context["lines"]] == ["lecture.march"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [("", "lecture.culture"), ("lecture.culture no. 3", "lecture.culture no. 3"), ("Tea", "lecture.culture：Tea")],
)
def test_the_list_names_the_programme_once(title, shown):
    node = make_library()
    starts_at = make_act(node, date(2019, 3, 4)).at
    operations.plan_session(
        make_act(node, date(2019, 3, 1)),
        programme=make_programme(node, "lecture.culture"),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        plan=SessionPlan(title=title),
    )

    lines = signed_in(node, "activities").get("/desk/activities/?month=2019-03").context["lines"]

    assert [line.title for line in lines] == [shown]


def test_sending_a_form_twice_plans_one_session():
    library = make_library()
    make_programme(library, "lecture.culture")
    desk = signed_in(library, "activities")

    first, second = (desk.post(f"{LIST}new/", SESSION | {"node": library}) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]


@pytest.mark.parametrize(
    ("change", "field"),
    [({"ends": "14:00"}, "__all__"), ({"last_day": "2019-03-01"}, "last_day"), ({"programme": "film.x"}, "programme")],
)
def test_an_unsound_session_is_shown_with_what_is_wrong(change, field):
    library = make_library()
    make_programme(library, "lecture.culture")

    answer = signed_in(library, "activities").post(f"{LIST}new/", SESSION | {"node": library} | change)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_a_taken_code_is_refused_in_words():
    library = make_library()
    make_programme(library, "lecture.culture")

    answer = signed_in(library, "activities").post(f"{LIST}programmes/new/", PROGRAMME)

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "The code “lecture.culture” belongs to another programme. Choose another one."
    ]


def test_people_are_counted_by_day_and_a_count_is_corrected():
    library = make_library()
    uid = make_held_session(make_programme(library, "exhibition.photos"), library, days=3)
    desk = signed_in(library, "activities")

    desk.post(session_url(uid, "attendance/"), {"persons": "40", "day": "2019-03-05", "mode": "onsite"})
    tally = queries.tallies(uid)[0].uid
    desk.post(session_url(uid, "correct/"), {"tally": str(tally), "persons": "44"})

    assert counted(Kind.ACTIVITY_ATTENDED, day=date(2019, 3, 5)) == 44


def test_a_second_number_for_a_day_is_refused_in_words():
    library = make_library()
    uid = make_held_session(make_programme(library), library)
    operations.record_attendance(make_act(library), session=uid, persons=40)

    answer = signed_in(library, "activities").post(
        session_url(uid, "attendance/"), {"persons": "41", "day": "2019-03-04", "mode": "onsite"}
    )

    assert answer.status_code == 422
    assert answer.context["attendance_form"].non_field_errors() == [
        "40 people were already counted for 2019-03-04. Correct that count instead."
    ]


def test_a_reader_signs_up_and_checks_in_by_card():
    library = make_library()
    make_patron(node=library, card="R100", name="李明")
    uid = make_session(make_programme(library), library, on=clock.today())
    desk = signed_in(library, "activities")

    desk.post(session_url(uid, "sign-up/"), {"sign_up-key": "k1", "sign_up-card": "R100"})
    desk.post(session_url(uid, "check-in/"), {"check_in-key": "k2", "check_in-card": "R100"})

    assert [made.status for made in queries.sign_ups(uid)] == [SignUpStatus.CHECKED_IN]
    page = desk.get(session_url(uid))
    assert [each["name"] for each in page.context["sign_ups"]] == ["李*"]


def test_an_unknown_card_is_refused_in_words():
    library = make_library()
    uid = make_session(make_programme(library), library, on=clock.today())

    answer = signed_in(library, "activities").post(
        session_url(uid, "sign-up/"), {"sign_up-key": "k1", "sign_up-card": "R404"}
    )

    assert answer.status_code == 422
    assert len(answer.context["sign_up_form"].non_field_errors()) == 1


def test_a_session_is_called_off_with_a_reason():
    library = make_library()
    uid = make_session(make_programme(library), library)

    signed_in(library, "activities").post(session_url(uid, "cancel/"), {"reason": "大雪"})

    assert queries.session(uid).status is SessionStatus.CANCELLED


@pytest.mark.parametrize("page", ["", "programmes/", "programmes/new/", "new/"])
def test_a_stranger_is_asked_to_sign_in(page):
    answer = Client().get(LIST + page)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/desk/sign-in/")


def test_a_librarian_without_the_right_is_told_so():
    library = make_library()

    assert signed_in(library, "cataloguer").get(LIST).status_code == 403


@pytest.mark.parametrize("act", ["hold/", "attendance/", "correct/", "cancel/", "sign-up/", "check-in/"])
def test_a_librarian_of_another_branch_neither_sees_nor_changes_our_session(act):
    library = make_library()
    ours, theirs = make_library("OURS", parent=library), make_library("THEIRS", parent=library)
    uid = make_session(make_programme(ours), ours)
    desk = signed_in(theirs, "branch_manager")

    answer = desk.post(session_url(uid, act), {"persons": "5", "reason": "x"})

    assert (desk.get(session_url(uid)).status_code, answer.status_code) == (404, 404)
    assert desk.get(f"{LIST}?month=2019-03").context["lines"] == []
    assert queries.session(uid).status is SessionStatus.PLANNED


def test_a_count_is_corrected_only_on_the_page_of_its_own_session():
    library = make_library()
    ours, theirs = make_library("OURS", parent=library), make_library("THEIRS", parent=library)
    uid, other = make_held_session(make_programme(ours), ours), make_held_session(make_programme(theirs), theirs)
    operations.record_attendance(make_act(theirs), session=other, persons=40)
    (tally,) = queries.tallies(other)

    signed_in(ours, "branch_manager").post(session_url(uid, "correct/"), {"tally": tally.uid, "persons": "900"})

    assert queries.session(other).persons == 40


def test_a_librarian_plans_nothing_at_a_place_beyond_their_role():
    library = make_library()
    ours, theirs = make_library("OURS", parent=library), make_library("THEIRS", parent=library)
    make_programme(theirs, "lecture.culture")

    answer = signed_in(theirs, "branch_manager").post(f"{LIST}new/", SESSION | {"node": ours})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["node"]


def test_the_list_costs_the_same_number_of_statements_for_one_session_and_for_three(django_assert_max_num_queries):
    library = make_library()
    code = make_programme(library)
    make_session(code, library)
    desk = signed_in(library, "activities")
    desk.get(f"{LIST}?month=2019-03")

    with django_assert_max_num_queries(30) as few:
        desk.get(f"{LIST}?month=2019-03")
    for days in range(2):
        make_session(code, library, on=DAY + timedelta(days=days))
    with django_assert_max_num_queries(30) as many:
        answer = desk.get(f"{LIST}?month=2019-03")

    assert len(answer.context["lines"]) == 3
    assert len(many) == len(few)
