from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from wenlan.activities import errors, operations, queries
from wenlan.activities.testing import make_held_session, make_programme, make_session
from wenlan.activities.types import (
    CountingUnit,
    Lesson,
    Mode,
    Organiser,
    OrganiserRole,
    ProgrammeDetails,
    SessionPlan,
    SessionStatus,
)
from wenlan.facilities.testing import counted, make_act, make_library
from wenlan.kernel.errors import NotFound
from wenlan.ledger.kinds import Kind

pytestmark = pytest.mark.django_db

DAY = date(2019, 3, 4)
TEN = datetime(2019, 3, 4, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.capability("J37")
def test_a_programme_keeps_what_was_said_of_it():
    library = make_library()
    organisers = (
        Organiser(role=OrganiserRole.HOST, name="市文旅局"),
        Organiser(role=OrganiserRole.CO_ORGANISER, name="书店"),
    )
    details = ProgrammeDetails(is_brand=True, edition=16, organisers=organisers)
    make_programme(library, "series.science_day")

    made = operations.plan_programme(
        make_act(library),
        code="lecture.science",
        words={"zh": "科普讲座", "en": "Science"},
        kind="lecture",
        part_of="series.science_day",
        details=details,
    )

    assert queries.programme("lecture.science") == made
    assert (made.node, made.part_of, made.details) == (library, "series.science_day", details)


def test_a_programme_without_a_code_takes_the_next_number_of_its_kind():
    library = make_library()

    codes = [
        operations.plan_programme(make_act(library), words={"zh": "一", "en": "a"}, kind=kind).code
        for kind in ("lecture", "lecture", "film")
    ]

    assert codes == ["lecture.0001", "lecture.0002", "film.0001"]


def test_planning_a_programme_twice_with_one_key_plans_it_once():
    library = make_library()

    first, second = (
        operations.plan_programme(make_act(library, key="k1"), words={"zh": "一", "en": "a"}, kind="film")
        for _ in range(2)
    )

    assert first == second
    assert len(queries.programmes([library])) == 1


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"kind": "dance"}, errors.KindUnknown),
        ({"code": "film.culture"}, errors.ProgrammeCodeInvalid),
        ({"code": "lecture.taken"}, errors.ProgrammeCodeTaken),
        ({"part_of": "series.unknown"}, NotFound),
    ],
)
def test_an_unsound_programme_is_refused_and_writes_nothing(given, error):
    library = make_library()
    make_programme(library, "lecture.taken")

    with pytest.raises(error):
        operations.plan_programme(make_act(library), **{"words": {"zh": "一"}, "kind": "lecture", **given})

    assert [programme.code for programme in queries.programmes([library])] == ["lecture.taken"]


def test_a_session_takes_mode_and_group_from_its_programme_unless_it_says_otherwise():
    library = make_library()
    code = make_programme(library, mode=Mode.ONLINE, special_group="blind")

    plain = operations.plan_session(make_act(library), programme=code, starts_at=TEN, ends_at=TEN + HOUR)
    other = operations.plan_session(
        make_act(library),
        programme=code,
        starts_at=TEN,
        ends_at=TEN + HOUR,
        plan=SessionPlan(mode=Mode.ONSITE, special_group=""),
    )

    assert (plain.mode, plain.special_group, plain.node) == (Mode.ONLINE, "blind", library)
    assert (other.mode, other.special_group) == (Mode.ONSITE, "")


def test_a_session_that_ends_before_it_starts_is_refused():
    library = make_library()
    code = make_programme(library)

    with pytest.raises(errors.SessionTimesInvalid):
        operations.plan_session(make_act(library), programme=code, starts_at=TEN, ends_at=TEN)


def test_planning_a_session_twice_with_one_key_plans_it_once():
    library = make_library()
    code = make_programme(library)

    first, second = (
        operations.plan_session(make_act(library, key="k1"), programme=code, starts_at=TEN, ends_at=TEN + HOUR)
        for _ in range(2)
    )

    assert first == second


def test_a_held_session_counts_once_at_its_own_place_and_on_its_own_day():
    library = make_library()
    branch = make_library("B", parent=library)
    code = make_programme(library, "lecture.culture", special_group="senior")
    uid = make_session(code, branch)

    for _ in range(2):
        held = operations.hold_session(make_act(library, date(2019, 3, 6)), session=uid)

    assert held.status is SessionStatus.HELD
    assert counted(Kind.ACTIVITY_HELD) == 1
    assert counted(Kind.ACTIVITY_HELD, day=DAY, node=branch, subject="lecture.culture", special_group="senior") == 1


def test_a_session_ahead_cannot_be_held_yet():
    library = make_library()
    uid = make_session(make_programme(library), library)

    with pytest.raises(errors.SessionStillAhead):
        operations.hold_session(make_act(library, date(2019, 3, 3)), session=uid)

    assert counted(Kind.ACTIVITY_HELD) == 0


def test_an_unknown_session_is_not_found():
    with pytest.raises(NotFound):
        operations.hold_session(make_act(make_library()), session=uuid4())


@pytest.mark.parametrize(
    ("kind", "unit"),
    [("exhibition", CountingUnit.SHOWING), ("training", CountingUnit.CLASS), ("lecture", CountingUnit.SESSION)],
)
def test_a_showing_of_ten_days_and_a_class_of_many_lessons_count_once_and_their_people_every_day(kind, unit):
    library = make_library()
    uid = make_held_session(make_programme(library, f"{kind}.x"), library, days=10)

    for offset in range(3):
        day = DAY + timedelta(days=offset)
        operations.record_attendance(make_act(library, date(2019, 4, 1)), session=uid, persons=20, day=day)

    assert queries.kind(kind).counted_by is unit
    assert counted(Kind.ACTIVITY_HELD) == 1
    assert counted(Kind.ACTIVITY_ATTENDED, subject=f"{kind}.x") == 60
    assert queries.session(uid).persons == 60


def test_lessons_are_kept_with_their_class_and_not_counted():
    library = make_library()
    code = make_programme(library, "training.phones")
    lessons = tuple(
        Lesson(starts_at=TEN + timedelta(days=n), ends_at=TEN + timedelta(days=n, hours=2), topic=f"{n}")
        for n in range(4)
    )

    made = operations.plan_session(
        make_act(library),
        programme=code,
        starts_at=TEN,
        ends_at=TEN + timedelta(days=3, hours=2),
        plan=SessionPlan(lessons=lessons),
    )
    operations.hold_session(make_act(library), session=made.uid)

    assert queries.session(made.uid).lessons == lessons
    assert counted(Kind.ACTIVITY_HELD) == 1


@pytest.mark.capability("J04", "J06")
def test_online_sessions_and_people_are_told_apart_by_channel():
    library = make_library()
    uid = make_held_session(make_programme(library, mode=Mode.ONLINE), library)

    operations.record_attendance(make_act(library), session=uid, persons=300)
    operations.record_attendance(make_act(library), session=uid, persons=12, mode=Mode.ONSITE)

    assert counted(Kind.ACTIVITY_HELD, channel="web") == 1
    assert counted(Kind.ACTIVITY_ATTENDED, channel="web") == 300
    assert counted(Kind.ACTIVITY_ATTENDED, channel="desk") == 12


def test_who_comes_to_an_activity_outside_the_house_is_among_the_persons_served():
    library = make_library()
    inside = make_held_session(make_programme(library), library)
    outside = make_held_session(make_programme(library, mode=Mode.OUTSIDE), library)

    operations.record_attendance(make_act(library), session=inside, persons=80)
    operations.record_attendance(make_act(library), session=outside, persons=60)

    assert counted(Kind.ACTIVITY_ATTENDED, channel="desk") == 80
    assert counted(Kind.ACTIVITY_ATTENDED, channel="outside") == 60


def test_people_are_counted_only_at_held_sessions_on_their_days():
    library = make_library()
    planned = make_session(make_programme(library), library)
    held = make_held_session(make_programme(library), library)

    with pytest.raises(errors.SessionNotHeld):
        operations.record_attendance(make_act(library), session=planned, persons=5)
    with pytest.raises(errors.AttendanceDayInvalid):
        operations.record_attendance(make_act(library), session=held, persons=5, day=date(2019, 3, 3))
    with pytest.raises(errors.PersonsInvalid):
        operations.record_attendance(make_act(library), session=held, persons=-5)

    assert counted(Kind.ACTIVITY_ATTENDED) == 0


def test_the_same_count_again_changes_nothing_and_another_one_is_refused():
    library = make_library()
    uid = make_held_session(make_programme(library), library)
    first = operations.record_attendance(make_act(library), session=uid, persons=50)

    again = operations.record_attendance(make_act(library), session=uid, persons=50)
    with pytest.raises(errors.AttendanceAlreadyRecorded):
        operations.record_attendance(make_act(library), session=uid, persons=51)

    assert again == first
    assert counted(Kind.ACTIVITY_ATTENDED) == 50


def test_a_corrected_count_is_reversed_and_written_anew():
    library = make_library()
    uid = make_held_session(make_programme(library), library)
    first = operations.record_attendance(make_act(library), session=uid, persons=500)

    operations.correct_attendance(make_act(library, date(2019, 3, 9)), tally=first.uid, persons=50)

    assert counted(Kind.ACTIVITY_ATTENDED, day=DAY) == 50
    assert counted(Kind.ACTIVITY_ATTENDED, quantity=-500) == -500
    assert [tally.persons for tally in queries.tallies(uid)] == [50]
    with pytest.raises(NotFound):
        operations.correct_attendance(make_act(library), tally=first.uid, persons=60)


def test_a_cancelled_session_counts_nothing_even_when_it_had_been_held():
    library = make_library()
    uid = make_held_session(make_programme(library), library)
    operations.record_attendance(make_act(library), session=uid, persons=50)

    cancelled = operations.cancel_session(make_act(library), session=uid, reason="entered for the wrong day")

    assert cancelled.status is SessionStatus.CANCELLED
    assert (counted(Kind.ACTIVITY_HELD), counted(Kind.ACTIVITY_ATTENDED)) == (0, 0)
    with pytest.raises(errors.SessionNotOpen):
        operations.hold_session(make_act(library), session=uid)
