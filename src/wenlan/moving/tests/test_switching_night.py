"""The switching night: a first load, a week of life in the old system, the last run, and the first morning."""

from datetime import date

import pytest
from django.apps import apps

from wenlan.catalogue import queries as titles
from wenlan.circulation import operations as circulation
from wenlan.circulation import queries as loans
from wenlan.circulation.errors import RenewalRefused
from wenlan.circulation.reserving import queries as reservations
from wenlan.circulation.testing import make_act
from wenlan.circulation.types import CardRef, ItemRef
from wenlan.credit.money import operations as money
from wenlan.credit.money.operations import Wish
from wenlan.credit.money.types import ApprovalKind, Means
from wenlan.credit.testing import make_drawer
from wenlan.credit.testing import make_rule as make_credit_rule
from wenlan.holdings import queries as items
from wenlan.indicators import operations as cubes
from wenlan.indicators import queries as figures
from wenlan.indicators.commands import all_differences
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.moving.models import Run
from wenlan.moving.tests import exports
from wenlan.moving.tests.exports import FILES, NIGHT, TRIAL_DAY, moved, written
from wenlan.moving.types import Totals
from wenlan.patrons import queries as readers
from wenlan.staff.testing import make_member

pytestmark = pytest.mark.django_db
MORNING = date(2019, 3, 12)
NEW_READER = "A009,钱九,1,成人读者,WEST,2019-03-06,2029-03-06,1,,50,\n"
# In the week: Li brought B002 back, Wang has it now; Wang renewed B003; a new reader; a new book; B001 to the bindery.
WEEK = {
    **FILES,
    "readers.csv": exports.READERS + NEW_READER,
    "items.csv": exports.ITEMS.replace("001,2,39.80,12", "001,8,39.80,12")
    + "B006,,EAST,,EAST,001,2,45.00,0,I247.5/3,100006,活着,9787506365437\n",
    "loans.csv": """rdid,barcode,loanDate,returnDate,loanCount,loanlib
A002,B002,2019-03-08,2019-04-07,0,EAST
A002,B003,2019-02-25,2019-04-26,1,EAST
""",
    "log.csv": exports.LOG
    + """30001,A001,B002,2019-02-20 09:12:00,EAST
30002,A001,B002,2019-03-07 15:00:00,EAST
""",
}


def tables() -> dict[str, int]:
    """Return how many rows stand in the tables that a move fills."""
    models = ("patrons.Patron", "holdings.Item", "circulation.Loan", "ledger.ServiceEvent", "catalogue.BibRecord")
    return {name: apps.get_model(name).objects.count() for name in models}


def test_a_trial_counts_everything_and_writes_nothing(places, tmp_path):
    before = tables()

    report = moved(written(tmp_path, FILES), places["root"], on=TRIAL_DAY, run=False, is_last=True)

    assert tables() == before
    assert report.stated == report.here == report.after
    assert report.stated == Totals(
        readers=3, deposit_fen=120_000, owed_fen=250, items=5, price_fen=138_280, loans=2, reservations=1
    )
    assert (report.before, report.differences) == (Totals(), {})
    assert {part: counts.get("new", 0) for part, counts in report.outcomes.items()} == {
        "records": 4, "readers": 3, "items": 5, "history": 2, "loans": 2, "reservations": 1, "sums": 7,
    }  # fmt: skip
    assert [(one.file, one.where, one.what) for one in report.found] == [
        ("readers.csv", 5, "A004"), ("items.csv", 6, "B005"),
    ]  # fmt: skip
    assert [one.is_trial for one in Run.objects.all()] == [True]


def loaded_a_week_before(root, folder):
    """Load all once, a week before the night; deposits stay where they are. The same files again change nothing."""
    first = moved(written(folder, FILES), root)
    assert (first.differences, first.here.items, first.here.loans, first.after.deposit_fen) == ({}, 5, 2, 0)
    assert list(all_differences()) == []
    (camel,) = items.items_with_barcode("B010")
    assert (titles.titles({camel.record})[camel.record], camel.list_price_fen, camel.loans) == ("骆驼祥子", 2000, 4)
    there = tables()
    again = moved(folder, root)
    assert {part: set(counts) - {"skipped"} for part, counts in again.outcomes.items() if part != "records"} == {
        "readers": {"same"}, "items": {"same"}, "history": {"same"}, "loans": {"same", "changed"},
        "reservations": {"same", "changed"}, "sums": {"same"},
    }  # fmt: skip
    assert (again.outcomes["loans"]["changed"], tables()) == (0, there)


def moved_in_the_night(root, folder):
    """Let the night's trial say what has changed in the week of the old system, then move; the books balance."""
    trial = moved(written(folder, WEEK), root, on=NIGHT, run=False, is_last=True)
    last = moved(folder, root, on=NIGHT, is_last=True)
    for report in (trial, last):
        assert (report.differences, report.stated) == ({}, report.here)
    assert last.outcomes["readers"] == trial.outcomes["readers"] == {"new": 1, "same": 3, "skipped": 1}
    assert (last.outcomes["items"]["new"], last.outcomes["items"]["changed"]) == (1, 1)
    assert (last.after.deposit_fen, last.after.owed_fen, last.after.loans) == (125_000, 250, 2)
    assert list(all_differences()) == []


def brought_back_in_the_morning(east, west, *, wang, zhao):
    """Let Wang bring back B003, which was renewed in the old system, in the west, where it belongs; and B002."""
    assert [(one.barcode, one.renewals, one.due_on) for one in loans.open_loans(wang)] == [
        ("B002", 0, date(2019, 4, 7)), ("B003", 1, date(2019, 4, 26)),
    ]  # fmt: skip
    with pytest.raises(RenewalRefused):
        circulation.renew(make_act(east, MORNING), item=ItemRef("B003"), card=CardRef("A002"))
    back = circulation.check_in(make_act(west, MORNING), item=ItemRef("B003"))
    assert (back.was_on_loan, back.patron, back.next_step) == (True, wang, "shelve")

    # Zhao waits for B002 since February: it goes to him when it comes back.
    kept = circulation.check_in(make_act(east, MORNING), item=ItemRef("B002"))
    assert (kept.next_step, kept.destination) == ("send", west)
    assert [one.state for one in reservations.of_reader(zhao)] == ["on_the_way"]


def paid_back_in_the_morning(root, east, *, li):
    """Let Li, who leaves the town, have her deposit back from the drawer, as it came over."""
    cashier, finance = make_member(east, "circulation").id, make_member(root, "finance").id
    make_drawer(make_act(east, MORNING, staff=cashier), counted_fen=20_000)
    wish = Wish(kind=ApprovalKind.REFUND_DEPOSIT, patron=li, amount_fen=10_000, reason="迁居")
    asked = money.ask(make_act(east, MORNING, staff=cashier), wish=wish)
    money.decide(make_act(root, MORNING, staff=finance), approval_id=asked.id, is_granted=True)
    money.pay_out(make_act(east, MORNING, staff=cashier), approval_id=asked.id, means=Means.CASH, voucher="退1")
    assert readers.patron(li).deposit_fen == 0


def month(node, *codes, start):
    """Return the figures of a place in a month."""
    following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    found = figures.figures(list(codes), node=node, period=Period(start, following))
    return {code: one.value for code, one in found.items()}


@pytest.mark.slow
@pytest.mark.capability("V01")
@pytest.mark.capability("D10")
def test_story_of_a_switching_night(places, tmp_path):
    # A week before the night all is loaded once. The old system lives on; in the night what has changed comes over. In
    # the morning Wang brings books back, one of them for Zhao, and Li has her deposit paid back.
    ledger.load_measures()
    make_credit_rule(places["root"], start_points=None, points={}, deposit_fen=10_000, refund_days=30)
    root, east, west = places["root"], places["EAST"], places["WEST"]

    loaded_a_week_before(root, tmp_path)
    moved_in_the_night(root, tmp_path)
    li, wang, zhao = (readers.patron_by_card(card).id for card in ("A001", "a002", "A003"))
    brought_back_in_the_morning(east, west, wang=wang, zhao=zhao)
    paid_back_in_the_morning(root, east, li=li)

    # Figures: the months of last year are there to compare with, the stock is what the items are.
    cubes.fold_all()
    flows, stocks = ("loans", "registrations"), ("stock_held", "registered_patrons")
    assert month(root, *flows, "returns", "visits", *stocks, start=date(2018, 11, 1)) == {
        "loans": 120, "returns": 0, "visits": 3400, "registrations": 12, "stock_held": 0, "registered_patrons": 0,
    }  # fmt: skip
    assert month(root, "stock_held", "additions", start=date(2018, 12, 1)) == {"stock_held": 5000, "additions": 0}
    assert month(root, *flows, "additions", *stocks, start=date(2019, 3, 1)) == {
        "loans": 1, "registrations": 0, "additions": 0, "stock_held": 6, "registered_patrons": 4,
    }  # fmt: skip
    assert month(east, "renewals", "loans", start=date(2018, 12, 1)) == {"renewals": 0, "loans": 90}
    assert items.item(loans.loan_history(wang)[0].item).loans == 3
    assert list(all_differences()) == []
