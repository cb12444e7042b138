from datetime import date

import pytest

from wenlan.facilities import errors, operations, queries
from wenlan.facilities.testing import counted, make_act, make_gate, make_library, make_room
from wenlan.facilities.types import DayEntered, Direction
from wenlan.kernel.errors import NotFound
from wenlan.ledger.kinds import Kind

pytestmark = pytest.mark.django_db

DAY = date(2019, 3, 4)


@pytest.mark.capability("C09")
def test_visits_of_a_gate_are_one_row_of_the_ledger_at_the_gates_place():
    library = make_library()
    gate = make_gate(library, "EAST")

    operations.count_visits(make_act(library), gate="EAST", persons=1214, day=DAY)

    assert counted(Kind.VISIT_COUNTED, day=DAY, node=library, subject="EAST") == 1214
    assert queries.gate_counts_on(DAY, [gate.id])[gate.id].persons == 1214


def test_counting_the_same_number_again_changes_nothing():
    library = make_library()
    make_gate(library, "EAST")

    for _ in range(2):
        operations.count_visits(make_act(library), gate="EAST", persons=1214, day=DAY)

    assert counted(Kind.VISIT_COUNTED) == 1214


def test_another_number_for_a_counted_day_is_refused_and_writes_nothing():
    library = make_library()
    make_gate(library, "EAST")
    operations.count_visits(make_act(library), gate="EAST", persons=1214, day=DAY)

    with pytest.raises(errors.CountStands) as caught:
        operations.count_visits(make_act(library), gate="EAST", persons=99, day=DAY)

    assert caught.value.params == {"persons": 1214, "day": DAY}
    assert counted(Kind.VISIT_COUNTED) == 1214


def test_a_correction_reverses_the_first_row_and_writes_another():
    library = make_library()
    make_gate(library, "EAST")
    operations.count_visits(make_act(library), gate="EAST", persons=1214, day=DAY)

    operations.correct_visits(make_act(library, date(2019, 3, 5)), gate="EAST", persons=1241, day=DAY)

    assert counted(Kind.VISIT_COUNTED, day=DAY) == 1241
    assert counted(Kind.VISIT_COUNTED, quantity=-1214) == -1214


@pytest.mark.parametrize(
    ("persons", "day", "error"),
    [
        (-1, DAY, errors.CountInvalid),
        (1, date(2019, 3, 5), errors.CountAhead),
        (1, date(2014, 12, 31), errors.GateNotInUse),
    ],
)
def test_an_impossible_count_is_refused(persons, day, error):
    library = make_library()
    make_gate(library, "EAST")

    with pytest.raises(error):
        operations.count_visits(make_act(library, DAY), gate="EAST", persons=persons, day=day)

    assert counted(Kind.VISIT_COUNTED) == 0


def test_an_estimate_needs_a_person_and_a_method_and_is_marked():
    library = make_library()
    make_gate(library, "EAST")

    with pytest.raises(errors.EstimateUnexplained):
        operations.count_visits(make_act(library), gate="EAST", persons=900, day=DAY, estimated=True)
    operations.count_visits(
        make_act(library), gate="EAST", persons=900, day=DAY, estimated=True, method="mean of the four Mondays before"
    )

    assert counted(Kind.VISIT_COUNTED, estimated=True) == 900


def test_a_closed_gate_is_not_counted_any_more():
    library = make_library()
    make_gate(library, "EAST")
    operations.close_gate(make_act(library), gate="EAST", until=DAY)

    with pytest.raises(errors.GateNotInUse):
        operations.count_visits(make_act(library), gate="EAST", persons=1, day=DAY)

    assert queries.gates([library], DAY) == ()


def test_a_gate_code_is_given_once():
    library = make_library()
    make_gate(library, "EAST")

    with pytest.raises(errors.GateCodeTaken):
        make_gate(library, "EAST")


@pytest.mark.capability("C08")
def test_visits_to_a_reading_room_are_counted_by_room_and_corrected_by_reversal():
    library = make_library()
    room = make_room(library, "PERIODICALS")
    operations.count_reading_room(make_act(library), department=room, persons=132, day=DAY)

    with pytest.raises(errors.CountStands):
        operations.count_reading_room(make_act(library), department=room, persons=123, day=DAY)
    operations.correct_reading_room(make_act(library), department=room, persons=123, day=DAY)

    assert counted(Kind.READING_ROOM_VISITED, department=room, node=library, subject="PERIODICALS") == 123


def test_a_day_is_entered_whole_with_counters_of_both_directions_halved():
    library = make_library()
    make_gate(library, "EAST")
    make_gate(library, "WEST", direction=Direction.TWO_WAY)
    room = make_room(library)

    first = operations.enter_day(make_act(library), day=DAY, readings={"EAST": 100, "WEST": 301}, rooms={room: 40})
    second = operations.enter_day(make_act(library), day=DAY, readings={"EAST": 110, "WEST": 301}, rooms={room: 40})

    assert first == DayEntered(new=3, corrected=0, unchanged=0)
    assert second == DayEntered(new=0, corrected=1, unchanged=2)
    assert counted(Kind.VISIT_COUNTED, day=DAY) == 110 + 150


def test_a_day_with_one_impossible_number_is_not_entered_at_all():
    library = make_library()
    make_gate(library, "EAST")

    with pytest.raises(NotFound):
        operations.enter_day(make_act(library), day=DAY, readings={"EAST": 100, "NOWHERE": 5}, rooms={})

    assert counted(Kind.VISIT_COUNTED) == 0


def test_reading_the_days_counts_costs_one_statement_for_any_number_of_gates(django_assert_num_queries):
    library = make_library()
    gates = [make_gate(library).id for _ in range(3)]

    with django_assert_num_queries(1):
        queries.gate_counts_on(DAY, gates[:1])
    with django_assert_num_queries(1):
        queries.gate_counts_on(DAY, gates)
