"""Laws of the timetable and of sharing acts between trips."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wenlan.outreach.bus.policies import COMPOSED, Span, composed, is_in_timetable, is_of, refilled
from wenlan.outreach.bus.types import Deed, Pattern

START = datetime(2019, 3, 4, 0, tzinfo=UTC)
minutes = st.integers(0, 600)
deeds = st.lists(
    st.builds(
        lambda at, by, kind, quantity: Deed(
            at=START + timedelta(minutes=at), operator=f"staff:{by}", kind=kind, quantity=quantity
        ),
        minutes,
        st.integers(1, 4),
        st.sampled_from([*COMPOSED, "place.opened"]),
        st.sampled_from([1, 1, 2, -1]),
    )
)
spans = st.lists(st.tuples(minutes, st.integers(1, 200), st.frozensets(st.integers(1, 4))), max_size=4)


@given(st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.integers(0, 6), st.sampled_from(Pattern))
def test_a_line_runs_on_its_weekday_only_and_never_before_its_first_day(day, weekday, pattern):
    since = date(2019, 3, 4)

    runs = is_in_timetable(day, weekday=weekday, pattern=pattern, since=since)

    assert not runs or (day.weekday() == weekday and day >= since)
    if pattern == Pattern.EVERY:
        assert runs == (day.weekday() == weekday and day >= since)
    if pattern == Pattern.ALTERNATE and runs:
        assert not is_in_timetable(day + timedelta(days=7), weekday=weekday, pattern=pattern, since=since)
        assert is_in_timetable(day + timedelta(days=14), weekday=weekday, pattern=pattern, since=since)


def test_the_first_and_third_thursday_of_a_month():
    days = [date(2019, 8, 1) + timedelta(days=offset) for offset in range(31)]

    runs = [day.day for day in days if is_in_timetable(day, weekday=3, pattern="first_third", since=days[0])]

    assert runs == [1, 15]


@given(deeds, spans)
def test_each_act_belongs_to_one_trip_at_most_and_to_one_whenever_a_bus_is_out(done, out):
    trips = [
        Span(
            id=number,
            start=START + timedelta(minutes=start),
            end=START + timedelta(minutes=start + length),
            aboard=frozenset(f"staff:{member}" for member in aboard),
        )
        for number, (start, length, aboard) in enumerate(out)
    ]
    for deed in done:
        owners = [trip for trip in trips if is_of(deed, trip, trips, on_the_bus=True)]
        assert len(owners) == any(trip.start <= deed.at < trip.end for trip in trips)
        crews = [trip for trip in trips if is_of(deed, trip, trips, on_the_bus=False)]
        assert all(deed.operator in trip.aboard for trip in crews)
        assert len(crews) <= 1


@given(deeds, st.lists(st.tuples(minutes, st.integers(1, 100)), max_size=4))
def test_the_stops_and_the_way_between_add_up_to_the_trip(done, called):
    stops = [
        (number, START + timedelta(minutes=start), START + timedelta(minutes=start + length))
        for number, (start, length) in enumerate(called)
    ]

    made = composed(done, stops)

    for name in COMPOSED.values():
        assert made.totals[name] == made.between[name] + sum(sums[name] for sums in made.by_stop.values())


def test_what_a_person_put_right_is_not_filled_again():
    values = {"loans": 5, "stops": 3, "note": "雨"}

    assert refilled(values, {"loans": 5, "stops": 2}, {"loans": 7, "stops": 2}) == {
        "loans": 7,
        "stops": 3,
        "note": "雨",
    }
