from datetime import date

import pytest

from wenlan.activities import operations, queries
from wenlan.activities.errors import KindUnknown
from wenlan.activities.models import ActivityKind
from wenlan.activities.testing import make_held_session, make_programme, make_session
from wenlan.activities.types import CountingUnit, SessionStatus
from wenlan.facilities.testing import make_act, make_library
from wenlan.kernel.errors import NotFound
from wenlan.kernel.periods import Period

pytestmark = pytest.mark.django_db

MARCH = Period.month(2019, 3)


def test_every_shipped_kind_says_in_both_languages_what_it_is_and_how_it_is_counted():
    shipped = queries.shipped_kinds()

    assert [code for code, kind in shipped.items() if set(kind.words) != {"zh", "en"}] == []
    assert {code for code, kind in shipped.items() if kind.counted_by is not CountingUnit.SESSION} == {
        "exhibition",
        "training",
        "camp",
    }


def test_a_library_adds_kinds_and_gives_shipped_ones_its_own_words():
    ActivityKind.objects.create(code="opera", words={"zh": "戏曲", "en": "Opera"}, counted_by="session")
    ActivityKind.objects.create(code="lecture", words={"zh": "讲坛", "en": "Forum"}, counted_by="session")

    assert queries.kind("opera").words["zh"] == "戏曲"
    assert queries.kind("lecture").words["zh"] == "讲坛"
    with pytest.raises(KindUnknown):
        queries.kind("dance")


@pytest.mark.capability("J38")
def test_a_series_is_named_with_all_that_is_part_of_it_at_any_depth():
    library = make_library()
    make_programme(library, "series.year")
    make_programme(library, "series.spring", part_of="series.year")
    make_programme(library, "lecture.spring", part_of="series.spring")
    make_programme(library, "lecture.other")

    assert queries.programme_codes("series.year") == ("lecture.spring", "series.spring", "series.year")
    assert queries.programme_codes("lecture.other") == ("lecture.other",)
    with pytest.raises(NotFound):
        queries.programme_codes("lecture.unknown")


def test_programmes_are_found_by_words_and_code():
    library = make_library()
    make_programme(library, "lecture.culture")
    make_programme(library, "film.weekly")

    assert [found.code for found in queries.programmes([library], text="cult")] == ["lecture.culture"]
    assert [found.code for found in queries.programmes([library])] == ["film.weekly", "lecture.culture"]
    assert queries.programmes([]) == ()


def test_sessions_of_a_period_are_those_that_touch_it():
    library = make_library()
    code = make_programme(library)
    days = {"before": date(2019, 2, 27), "within": date(2019, 3, 5), "after": date(2019, 4, 1)}
    uids = {name: make_session(code, library, on=day) for name, day in days.items()}
    running = make_session(code, library, on=date(2019, 2, 20), days=20)

    found = queries.sessions([library], MARCH)

    assert [view.uid for view in found] == [running, uids["within"]]


def test_upcoming_leaves_out_what_was_cancelled():
    library = make_library()
    code = make_programme(library)
    stays = make_session(code, library, on=date(2019, 3, 6))
    goes = make_session(code, library, on=date(2019, 3, 5))
    operations.cancel_session(make_act(library), session=goes, reason="rain")

    found = queries.upcoming([library], date(2019, 3, 4), date(2019, 3, 11))

    assert [view.uid for view in found] == [stays]


def test_sessions_are_filtered_by_programme_and_status():
    library = make_library()
    held = make_held_session(make_programme(library, "film.a"), library)
    make_session(make_programme(library, "film.b"), library)

    assert [view.uid for view in queries.sessions([library], MARCH, status=SessionStatus.HELD)] == [held]
    assert [view.uid for view in queries.sessions([library], MARCH, programme="film.a")] == [held]


def test_a_list_of_sessions_costs_two_statements_for_any_number(django_assert_num_queries):
    library = make_library()
    code = make_programme(library)
    make_session(code, library)

    with django_assert_num_queries(2):
        assert len(queries.sessions([library], MARCH)) == 1
    for _ in range(2):
        make_session(code, library)
    with django_assert_num_queries(2):
        assert len(queries.sessions([library], MARCH)) == 3
