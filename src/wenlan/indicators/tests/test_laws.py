"""The laws of the sums: whatever is recorded, in whatever order it is folded."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wenlan.indicators import operations, queries, verification
from wenlan.indicators.cubes import CUBES, PERSONS
from wenlan.indicators.models import PersonSum, PlaceSum
from wenlan.indicators.testing import make_tree
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.testing import make_act
from wenlan.ledger.types import ItemDimensions, MeasureView, ReaderDimensions

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FIRST = date(2019, 1, 20)
PLACES = ("NET", "MAIN", "BUS", "EAST", "WEST")
laws = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
events = st.lists(
    st.fixed_dictionaries(
        {
            "place": st.sampled_from(PLACES),
            "kind": st.sampled_from([Kind.LOAN_MADE, Kind.VISIT_COUNTED]),
            "after": st.integers(0, 60),
            "quantity": st.integers(0, 50),
            "department": st.sampled_from([None, 1, 2]),
            "age": st.sampled_from([None, 0, 9, 40]),
            "token": st.sampled_from([None, 1, 2]),
            "material": st.sampled_from(["", "book"]),
            "reversed": st.booleans(),
        }
    ),
    max_size=25,
)


def write(recorded, tree):
    """Record the events; return those that stand."""
    write.round += 1
    for number, event in enumerate(recorded):
        act = make_act(FIRST + timedelta(days=event["after"]), node=tree[event["place"]])
        source = f"law:{write.round}:{number}"
        ledger.record(
            act,
            event["kind"],
            quantity=event["quantity"],
            department=event["department"],
            reader=ReaderDimensions(age=event["age"], person_token=event["token"]),
            item=ItemDimensions(material=event["material"]),
            source=source,
        )
        if event["reversed"]:
            ledger.reverse(act, day=act.day, source=source)
    return [event for event in recorded if not event["reversed"]]


write.round = 0


def declare(code, **declared):
    ledger.declare_measure(MeasureView(code=code, words={"zh": code, "en": code}, origin="browser", **declared))


def contents():
    return {
        model.__name__: sorted(
            tuple(value for name, value in sorted(row.items()) if name != "pk") for row in model.objects.values()
        )
        for model in (PlaceSum, PersonSum)
    }


@pytest.fixture
def tree():
    return make_tree()


@laws
@given(recorded=events, first=st.integers(0, 30), length=st.integers(0, 60))
def test_a_total_is_what_was_recorded_and_not_reversed(tree, recorded, first, length):
    before = Period(FIRST + timedelta(days=first), FIRST + timedelta(days=first + length))
    declare("law_loans", kinds=("loan.made",))
    operations.fold_all()
    old = queries.figures(["law_loans"], node=tree["NET"], period=before)["law_loans"].value
    standing = write(recorded, tree)

    operations.fold_all()

    expected = sum(
        event["quantity"]
        for event in standing
        if event["kind"] == Kind.LOAN_MADE and first <= event["after"] < first + length
    )
    assert queries.figures(["law_loans"], node=tree["NET"], period=before)["law_loans"].value - old == expected


@laws
@given(recorded=events, by=st.sampled_from(["branch", "node", "department", "age", "material", "month", "day"]))
def test_the_parts_of_an_additive_figure_add_up_to_it(tree, recorded, by):
    declare("law_loans", kinds=("loan.made",))
    write(recorded, tree)
    operations.fold_all()
    year = Period.year(2019)

    cells = queries.breakdown("law_loans", node=tree["NET"], period=year, by=(by,))
    branches = Counter(
        {place: queries.figures(["law_loans"], node=tree[place], period=year)["law_loans"].value for place in PLACES}
    )

    assert sum(cell.value for cell in cells) == branches["NET"]
    own = queries.figures(["law_loans"], node=tree["NET"], period=year, scope="own")["law_loans"].value
    assert branches["MAIN"] + branches["EAST"] + branches["WEST"] + own == branches["NET"]


@laws
@given(recorded=events, batch=st.integers(1, 9))
def test_any_order_of_folding_gives_the_sums_of_a_rebuild(tree, recorded, batch):
    write(recorded, tree)
    while operations.fold(batch):
        pass
    folded = contents()

    operations.rebuild_cubes()

    assert contents() == folded
    assert verification.differences() == []


@laws
@given(recorded=events)
def test_what_is_reversed_leaves_nothing(tree, recorded):
    declare("law_all", kinds=tuple(Kind.values))
    operations.fold_all()
    before = queries.figures(["law_all"], node=tree["NET"], period=Period.year(2019))["law_all"].value

    write([event | {"reversed": True} for event in recorded], tree)
    operations.fold_all()

    assert queries.figures(["law_all"], node=tree["NET"], period=Period.year(2019))["law_all"].value == before


@pytest.mark.parametrize("grain", ["d", "m"])
def test_a_touched_sum_is_found_and_names_its_acts(tree, grain):
    ledger.record(make_act(FIRST, node=tree["MAIN"]), Kind.VISIT_COUNTED, quantity=3, source="gate:1")
    operations.fold_all()
    PlaceSum.objects.filter(grain=grain).update(quantity=4)

    found = [
        difference for difference in verification.differences() if (difference.expected, difference.found) == (3, 4)
    ]

    assert [(difference.check, difference.rows) for difference in found] == [("indicators.cube_place", ("gate:1",))]


def test_every_breakdown_has_a_cube():
    named = {dimension for cube in (*CUBES, PERSONS) for dimension in cube.dimensions}

    assert set(queries.BREAKDOWNS) - named == {"node", "day", "month", "branch"}
