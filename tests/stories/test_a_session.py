"""The story of a session with attendance; told in docs/explanation/a-session.md."""

from datetime import date, timedelta

import pytest

from wenlan.activities import operations, queries
from wenlan.activities.testing import make_programme, make_session
from wenlan.activities.types import SignUpStatus
from wenlan.facilities.testing import make_act, make_library
from wenlan.indicators import operations as cubes
from wenlan.indicators import queries as indicators
from wenlan.kernel.periods import Period
from wenlan.patrons.testing import make_patron

YEAR = Period.year(2019)
LECTURE_DAY = date(2019, 3, 9)
WEEK_BEFORE = date(2019, 3, 2)


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.capability("J02")
def test_story_of_a_session():
    library = make_library("CZ")
    li, wang, zhao = (make_patron(node=library, name=name).id for name in ("李芳", "王建军", "赵静"))
    make_programme(library, "lecture.culture")
    make_programme(library, "exhibition.photographs")
    make_programme(library, "film.weekly")

    # The lecture has two places for readers who sign up. Zhao comes third and waits; Wang gives his place back.
    lecture = make_session("lecture.culture", library, on=LECTURE_DAY, capacity=2)
    for reader in (li, wang, zhao):
        operations.sign_up(make_act(library, WEEK_BEFORE), session=lecture, patron=reader)
    operations.withdraw_sign_up(make_act(library, WEEK_BEFORE), session=lecture, patron=wang)

    # On the day Li shows her card at the door, Zhao stays at home; 84 others are counted in the hall. The number is
    # typed as 840 on Monday and put right on Tuesday.
    operations.check_in_reader(make_act(library, LECTURE_DAY), session=lecture, patron=li)
    operations.hold_session(make_act(library, LECTURE_DAY), session=lecture)
    operations.close_sign_up(make_act(library, LECTURE_DAY), session=lecture)
    wrong = operations.record_attendance(make_act(library, date(2019, 3, 11)), session=lecture, persons=840)
    operations.correct_attendance(make_act(library, date(2019, 3, 12)), tally=wrong.uid, persons=84)

    # Photographs hang for ten days and are counted on three of them. A film is announced and called off.
    photographs = make_session("exhibition.photographs", library, on=LECTURE_DAY, days=10)
    operations.hold_session(make_act(library, LECTURE_DAY), session=photographs)
    for offset in range(3):
        day = LECTURE_DAY + timedelta(days=offset)
        operations.record_attendance(make_act(library, day), session=photographs, persons=40, day=day)
    film = make_session("film.weekly", library, on=LECTURE_DAY)
    operations.cancel_session(make_act(library, LECTURE_DAY), session=film, reason="the projector failed")

    # Two activities were held: one lecture, one exhibition however many days it hung. 1 + 84 people heard the
    # lecture, 120 saw the photographs. The wrong 840 and the film count nowhere.
    cubes.fold()
    codes = ("activity_sessions", "activity_attendance", "lectures", "exhibitions", "film_screenings")
    found = indicators.figures(codes, node=library, period=YEAR)
    assert {code: figure.value for code, figure in found.items()} == {
        "activity_sessions": 2,
        "activity_attendance": 205,
        "lectures": 1,
        "exhibitions": 1,
        "film_screenings": 0,
    }
    cells = indicators.breakdown("activity_attendance", node=library, period=YEAR, by=("subject",))
    assert {cell.keys: cell.value for cell in cells} == {("exhibition.photographs",): 120, ("lecture.culture",): 85}
    assert {made.patron: made.status for made in queries.sign_ups(lecture)} == {
        li: SignUpStatus.CHECKED_IN,
        wang: SignUpStatus.WITHDRAWN,
        zhao: SignUpStatus.NO_SHOW,
    }
