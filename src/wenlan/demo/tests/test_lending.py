"""The simulation of the year's lending: pure, so that every law of it can be tried."""

from collections import Counter

import pytest

from wenlan.demo.calendar import YearCalendar
from wenlan.demo.lending import BY_NAME, LIMITS, LOAN_DAYS, USUAL_LIMIT, Deed, Lending
from wenlan.demo.people import category_of
from wenlan.demo.plan import as_fraction, expected, read_plan
from wenlan.demo.stock import Stock, barcode, records_of

SCALE = as_fraction("0.003")


def make_lending(*, seed=1):
    plan = read_plan()
    calendar = YearCalendar(plan, seed)
    return Lending(plan, SCALE, seed, calendar, Stock(plan, SCALE, calendar))


@pytest.fixture(scope="module")
def year():
    lending = make_lending()
    return lending, [(day, act) for day in lending.calendar.days for act in lending.live(day)]


def test_the_departments_lend_exactly_what_is_planned(year):
    lending, acts = year
    lent = Counter(act.place for _, act in acts if act.deed is Deed.LEND)
    lent["CZ-YOUTH"] += lending.class_loans  # lent to a class, at once
    lent["CZ-GENERAL"] += BY_NAME  # lent to orders, at the door and at the bookshop

    departments = read_plan().figures["loans"]
    assert {place: lent[place] for place in departments} == {
        place: expected(f"loans.{place}", SCALE) for place in departments
    }


def test_an_item_is_lent_only_while_it_stands_on_its_shelf(year):
    lending, acts = year
    out, on_its_way = {}, set()
    for day, act in acts:
        if act.deed is Deed.LEND:
            assert act.item not in out
            assert act.item not in on_its_way
            assert lending.stock.pool_of(act.item) == act.place
            assert lending.stock.arrival[act.item] <= (day - lending.calendar.days[0]).days
            out[act.item] = act.reader
        elif act.deed is Deed.RETURN:
            assert out.pop(act.item) == act.reader
            if act.place != lending.stock.pool_of(act.item):
                on_its_way.add(act.item)
        elif act.deed is Deed.RECEIVE:
            on_its_way.remove(act.item)  # in the morning: whatever is lent that day is lent afterwards
        else:
            assert out[act.item] == act.reader


def test_nobody_holds_more_than_the_category_allows(year):
    _lending, acts = year
    held = Counter()
    for _, act in acts:
        if act.deed is Deed.LEND:
            held[act.reader] += 1
            assert held[act.reader] <= LIMITS.get(category_of(1, act.reader), USUAL_LIMIT)
        elif act.deed is Deed.RETURN:
            held[act.reader] -= 1


def test_a_loan_is_renewed_before_it_is_due(year):
    _lending, acts = year
    lent_on = {}
    for day, act in acts:
        if act.deed is Deed.LEND:
            lent_on[act.item] = day
        elif act.deed is Deed.RENEW:
            assert (day - lent_on[act.item]).days <= LOAN_DAYS


def test_nothing_happens_on_closed_days(year):
    lending, acts = year

    assert {day for day, _ in acts if not lending.calendar.is_open(day)} == set()


def test_the_same_seed_lives_the_same_year_and_another_another():
    first, second, other = (make_lending(seed=seed) for seed in (1, 1, 2))
    days = first.calendar.open_days[:20]

    lived = [[lending.live(day) for day in days] for lending in (first, second, other)]
    assert lived[0] == lived[1]
    assert lived[0] != lived[2]


def test_every_real_work_has_a_copy_on_the_shelves_of_the_main_library():
    stock = make_lending().stock
    main = {"CZ-GENERAL": "general", "CZ-LITERATURE": "literature", "CZ-YOUTH": "youth"}

    shelved = {
        block.shelf: {record for _, record in records_of(block)} for block in stock.opening if block.pool in main
    }
    assert {shelf: len(records) for shelf, records in shelved.items()} == stock.opening_records


def test_barcodes_are_as_many_as_items():
    stock = make_lending().stock

    blocks = [*stock.opening, *(block for batch in stock.batches for block in batch.blocks)]
    items = [item for block in blocks for item, _ in records_of(block)]
    assert sorted(items) == list(range(stock.items))
    assert len({barcode(item) for item in items}) == stock.items
