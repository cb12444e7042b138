from datetime import date
from decimal import Decimal

import pytest

from wenlan.indicators import operations, queries
from wenlan.indicators.errors import BreakdownUnknown
from wenlan.indicators.testing import make_node, make_tree
from wenlan.indicators.types import Cell
from wenlan.kernel.acts import Channel
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.testing import make_act
from wenlan.ledger.types import ItemDimensions, MeasureView, ReaderDimensions
from wenlan.network import operations as network
from wenlan.network.types import NodeKind

pytestmark = pytest.mark.django_db

YEAR = Period.year(2019)
MARCH_4 = date(2019, 3, 4)


@pytest.fixture
def tree():
    return make_tree()


def declare(code, **declared):
    ledger.declare_measure(MeasureView(code=code, words={"zh": code, "en": code}, origin="browser", **declared))


def record(node, kind=Kind.LOAN_MADE, day=MARCH_4, *, channel=Channel.DESK, **given):
    record.number += 1
    return ledger.record(
        make_act(day, node=node, channel=channel), kind, source=given.pop("source", f"test:{record.number}"), **given
    )


record.number = 0


def value(code, node, period=YEAR, **scope):
    operations.fold_all()
    return queries.figures([code], node=node, period=period, **scope)[code].value


def cells(code, node, *by, period=YEAR, **scope):
    operations.fold_all()
    return {cell.keys: cell.value for cell in queries.breakdown(code, node=node, period=period, by=by, **scope)}


def test_a_figure_sums_the_subtree_and_the_library_itself_apart(tree):
    declare("test_loans", kinds=("loan.made",))
    for node, quantity in (("MAIN", 5), ("BUS", 2), ("EAST", 1)):
        record(tree[node], quantity=quantity)

    assert value("test_loans", tree["NET"]) == 8
    assert value("test_loans", tree["MAIN"]) == 7
    assert value("test_loans", tree["MAIN"], scope="own") == 7
    assert value("test_loans", tree["NET"], scope="own") == 0


def test_a_figure_rolls_up_by_the_tree_of_the_day(tree):
    declare("test_loans", kinds=("loan.made",))
    room = make_node("ROOM", kind=NodeKind.VILLAGE_ROOM, parent=tree["EAST"])
    record(room, day=date(2019, 3, 14), quantity=3)
    record(room, day=date(2019, 3, 15), quantity=4)
    network.move_node(make_act(), node=room, parent=tree["WEST"], since=date(2019, 3, 15))

    assert value("test_loans", tree["EAST"]) == 3
    assert value("test_loans", tree["WEST"]) == 4
    assert cells("test_loans", tree["NET"], "branch") == {(tree["EAST"],): 3, (tree["WEST"],): 4}


def test_a_figure_says_how_far_it_is_complete(tree):
    declare("test_loans", kinds=("loan.made",))
    record(tree["MAIN"])
    operations.fold_all()
    record(tree["MAIN"], day=date(2019, 5, 1))

    figure = queries.figures(["test_loans"], node=tree["NET"], period=YEAR)["test_loans"]

    assert (figure.value, figure.complete_until, figure.is_complete) == (1, date(2019, 5, 1), False)


def test_minutes_are_shown_in_hours(tree):
    record(tree["MAIN"], Kind.VOLUNTEER_SERVED, quantity=49_590)
    declare("test_hours", kinds=("volunteer.served",), divisor=60, decimals=1)

    assert value("test_hours", tree["NET"]) == Decimal("826.5")


def test_filters_take_prefixes_and_leave_out_what_is_not_wanted(tree):
    declare("test_lectures", kinds=("activity.held",), filter={"subject": ["lecture.*", "talk"]})
    declare(
        "test_added", kinds=("stock.accessioned",), filter={"channel_not": ["import"], "material_not": ["electronic"]}
    )
    declare("test_young", kinds=("loan.made",), filter={"age_until": 18})
    for subject in ("lecture.a", "lecture.b", "talk", "lecturer"):
        record(tree["MAIN"], Kind.ACTIVITY_HELD, subject=subject)
    for material, channel in (("book", Channel.DESK), ("electronic", Channel.DESK), ("book", Channel.IMPORT)):
        record(tree["MAIN"], Kind.STOCK_ACCESSIONED, channel=channel, item=ItemDimensions(material=material))
    for age in (17, 18, None):
        record(tree["MAIN"], reader=ReaderDimensions(age=age))

    assert value("test_lectures", tree["NET"]) == 3
    assert value("test_added", tree["NET"]) == 1
    assert value("test_young", tree["NET"]) == 1


def test_a_stock_is_what_came_less_what_went_until_the_end(tree):
    declare("test_stock", kinds=("stock.accessioned",), minus_kinds=("stock.deregistered",), sums="stock")
    record(tree["MAIN"], Kind.STOCK_ACCESSIONED, day=date(2015, 6, 1), quantity=1000)
    record(tree["MAIN"], Kind.STOCK_ACCESSIONED, quantity=20)
    record(tree["MAIN"], Kind.STOCK_DEREGISTERED, quantity=5)
    record(tree["MAIN"], Kind.STOCK_ACCESSIONED, day=date(2020, 1, 1), quantity=7)

    assert value("test_stock", tree["NET"]) == 1015
    assert value("test_stock", tree["NET"], Period.month(2020, 1)) == 1022
    with pytest.raises(BreakdownUnknown):
        queries.breakdown("test_stock", node=tree["NET"], period=YEAR, by=("month",))


def test_persons_are_counted_once_and_visits_once_a_day_and_place(tree):
    declare("test_borrowers", kinds=("loan.made",), counts="persons", sums="not additive")
    declare("test_visits", kinds=("loan.made",), counts="visits")
    li, wang = ReaderDimensions(sex="f", person_token=1), ReaderDimensions(sex="m", person_token=2)
    for node, day, reader in (
        ("MAIN", MARCH_4, li),
        ("MAIN", MARCH_4, li),
        ("EAST", MARCH_4, li),
        ("MAIN", date(2019, 3, 5), li),
        ("MAIN", MARCH_4, wang),
    ):
        record(tree[node], day=day, reader=reader)
    record(tree["WEST"], reader=ReaderDimensions(person_token=3), source="loan:undone")
    ledger.reverse(make_act(), day=MARCH_4, source="loan:undone")

    assert value("test_borrowers", tree["NET"]) == 2
    assert value("test_borrowers", tree["EAST"]) == 1
    assert value("test_visits", tree["NET"]) == 4
    assert cells("test_borrowers", tree["NET"], "sex") == {("f",): 1, ("m",): 1}
    assert cells("test_visits", tree["NET"], "node") == {(tree["MAIN"],): 3, (tree["EAST"],): 1}
    assert value("test_borrowers", tree["NET"], Period(date(2019, 1, 1), date(2021, 1, 1))) is None


def test_a_formula_adds_and_divides_other_figures(tree):
    declare("test_in", kinds=("visit.counted",))
    declare("test_out", kinds=("stop.served",))
    declare("test_served", sums="formula", plus=("test_in", "test_out"))
    declare("test_rate", sums="formula", plus=("test_out",), over=("test_in",), times=100, decimals=1)
    record(tree["MAIN"], Kind.VISIT_COUNTED, quantity=30)
    record(tree["EAST"], Kind.STOP_SERVED, quantity=10)

    assert value("test_served", tree["NET"]) == 40
    assert cells("test_served", tree["NET"], "node") == {(tree["MAIN"],): 30, (tree["EAST"],): 10}
    assert value("test_rate", tree["NET"]) == Decimal("33.3")
    assert value("test_rate", tree["EAST"]) is None


def test_a_snapshot_is_read_as_of_the_end_of_the_period(tree):
    declare("test_cards", sums="stock", snapshot="valid_cards")
    declare("test_child_cards", sums="stock", snapshot="valid_cards", filter={"age_until": 15})
    rows = [(tree["MAIN"], {"category": "adult", "age": 40}, 9), (tree["EAST"], {"category": "child", "age": 8}, 4)]
    ledger.take_snapshot(measure="valid_cards", day=date(2019, 12, 30), rows=[(tree["MAIN"], {}, 1)])
    ledger.take_snapshot(measure="valid_cards", day=date(2019, 12, 31), rows=rows)

    assert value("test_cards", tree["NET"]) == 13
    assert value("test_cards", tree["EAST"]) == 4
    assert value("test_child_cards", tree["NET"]) == 4
    assert cells("test_cards", tree["NET"], "category") == {("adult",): 9, ("child",): 4}
    assert value("test_cards", tree["NET"], Period.year(2018)) is None


def test_a_measure_counts_each_span_as_it_was_defined_then(tree):
    ends = date(2019, 7, 1)
    declare("test_changing", kinds=("loan.made",), valid_from=date(2000, 1, 1), valid_until=ends)
    declare("test_changing", kinds=("loan.made", "loan.renewed"), valid_from=ends)
    for day in (MARCH_4, date(2019, 8, 1)):
        record(tree["MAIN"], day=day)
        record(tree["MAIN"], Kind.LOAN_RENEWED, day=day)

    assert value("test_changing", tree["NET"]) == 3


def test_breakdowns_by_time_and_unknown_dimensions(tree):
    declare("test_loans", kinds=("loan.made",))
    record(tree["MAIN"], department=7)
    record(tree["MAIN"], day=date(2019, 4, 1))

    assert cells("test_loans", tree["NET"], "month") == {(date(2019, 3, 1),): 1, (date(2019, 4, 1),): 1}
    assert cells("test_loans", tree["NET"], "day", "department") == {(MARCH_4, 7): 1, (date(2019, 4, 1), None): 1}
    assert queries.breakdown("test_loans", node=tree["NET"], period=YEAR, by=()) == (Cell(keys=(), value=2),)
    with pytest.raises(BreakdownUnknown):
        queries.breakdown("test_loans", node=tree["NET"], period=YEAR, by=("colour",))


def test_a_question_that_no_cube_serves_is_answered_by_the_ledger(tree):
    declare("test_loans", kinds=("loan.made",))
    record(tree["MAIN"], department=7, reader=ReaderDimensions(category="adult"), item=ItemDimensions(language="chi"))
    operations.fold_all()
    record(tree["MAIN"], department=8)  # not folded, so in no figure yet

    by = ("department", "category", "language")
    found = queries.breakdown("test_loans", node=tree["NET"], period=YEAR, by=by)

    assert found == (Cell(keys=(7, "adult", "chi"), value=1),)


def test_the_acts_behind_a_cell_come_page_by_page(tree):
    declare("test_loans", kinds=("loan.made",))
    for day in (MARCH_4, date(2019, 3, 5), date(2019, 6, 1)):
        for _ in range(3):
            record(tree["MAIN"], day=day, department=7)
    record(tree["EAST"], department=8)
    record(tree["MAIN"], Kind.LOAN_RETURNED, department=7)
    operations.fold_all()

    seen, after = [], None
    while True:
        page = queries.acts_of(
            "test_loans", node=tree["NET"], period=YEAR, cell={"department": 7}, after=after, limit=2
        )
        seen += page.rows
        after = page.next
        if after is None:
            break

    assert [row.day for row in seen] == [MARCH_4] * 3 + [date(2019, 3, 5)] * 3 + [date(2019, 6, 1)] * 3
    assert len({row.id for row in seen}) == 9
    assert {row.department for row in seen} == {7}


def test_acts_of_a_branch_and_month(tree):
    declare("test_loans", kinds=("loan.made",))
    record(tree["BUS"], source="loan:bus")
    record(tree["EAST"], source="loan:east")
    operations.fold_all()

    page = queries.acts_of(
        "test_loans", node=tree["NET"], period=YEAR, cell={"branch": tree["MAIN"], "month": date(2019, 3, 1)}
    )

    assert [row.source for row in page.rows] == ["loan:bus"]
