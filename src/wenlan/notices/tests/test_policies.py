"""Quiet hours, pauses, and letters whose sentences are whole."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wenlan.notices import policies, wordings
from wenlan.notices.models import Means
from wenlan.notices.types import Wording

moments = st.integers(0, 10**9).map(lambda seconds: datetime(2019, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))
hours = st.times()


@given(moments, hours, hours)
def test_a_letter_leaves_at_the_first_hour_that_is_not_quiet(at, quiet_from, quiet_until):
    leaves = policies.first_hour(at, quiet_from=quiet_from, quiet_until=quiet_until.replace(second=0, microsecond=0))

    assert at <= leaves <= at + timedelta(days=1)
    until = quiet_until.replace(second=0, microsecond=0)
    assert not policies.is_quiet(leaves.time(), quiet_from=quiet_from, quiet_until=until)
    if not policies.is_quiet(at.time(), quiet_from=quiet_from, quiet_until=until):
        assert leaves == at


def test_quiet_hours_reach_across_midnight_and_the_same_twice_is_none():
    night = {"quiet_from": time(21), "quiet_until": time(8)}

    assert [policies.is_quiet(time(hour), **night) for hour in (20, 21, 0, 7, 8)] == [False, True, True, True, False]
    assert not policies.is_quiet(time(12), quiet_from=time(12), quiet_until=time(12))


def test_a_sentence_whose_fact_is_not_known_is_left_out():
    text = "您借的《{title}》{due_on}到期。共{items}册即将到期。可在线续借。"

    assert policies.filled(text, {"items": "3"}) == "共3册即将到期。可在线续借。"
    assert policies.filled("It costs {sum}. v1.2 is out.", {}) == "v1.2 is out."


def test_days_and_sums_are_said_as_a_reader_writes_them():
    facts = {"due_on": "2020-02-09", "fen": 10_050, "owed_fen": 200, "note": ""}

    assert policies.spoken(facts, language="zh") == {"due_on": "2月9日", "sum": "100.50元", "owed": "2元"}
    assert policies.spoken(facts, language="en") == {"due_on": "9 February", "sum": "100.50 yuan", "owed": "2 yuan"}


def test_every_shipped_wording_names_only_facts_it_knows_in_two_languages_and_is_short_enough_for_a_telephone():
    for said in wordings.shipped().values():
        assert isinstance(said, Wording)
        assert set(said.title) == set(said.text) == set(said.name) == {"zh", "en"}
        assert policies.unknown_facts(said, [*said.title.values(), *said.text.values()]) == ()
        assert len(said.text["zh"]) <= 100, said.code


def test_what_stands_in_braces_and_is_no_fact_is_found_however_it_was_typed():
    said = Wording(code="x", name={}, title={}, text={}, keeps=True, facts=("title", "due_on"))

    assert policies.unknown_facts(said, ["{reader}：《{title}》{due_on}到期"]) == ()
    assert policies.unknown_facts(said, ["{Title} ｛title｝ { title } {due on} {titel} {title", ""]) == (
        "Title", "title", " title ", "due on", "titel", "title",
    )  # fmt: skip


def test_pauses_grow_to_two_hours():
    assert [policies.pause(tries) // timedelta(minutes=1) for tries in range(1, 10)] == [
        1,
        2,
        4,
        8,
        16,
        32,
        64,
        120,
        120,
    ]


def test_each_way_has_its_own_word():
    assert len({str(one.label) for one in Means}) == len(Means)
