"""The end of a batch: part by part, with what was paid, and with barcodes of our own where none was glued in."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenlan.acquisitions import accepting, operations, queries
from wenlan.acquisitions.errors import BatchClosed, CopyHasBarcode, PaidTwice
from wenlan.acquisitions.models import Batch
from wenlan.acquisitions.paying import to_pay
from wenlan.acquisitions.testing import list_file, make_act, make_supplier, receive, supplied
from wenlan.acquisitions.types import BatchState, PaidBy
from wenlan.catalogue.models import BibRecord
from wenlan.holdings.accounts.queries import entries
from wenlan.holdings.errors import BarcodeTaken
from wenlan.holdings.models import Item
from wenlan.holdings.operations import change_state
from wenlan.holdings.testing import make_item
from wenlan.holdings.tracing import trace
from wenlan.holdings.types import Transition
from wenlan.kernel.periods import Period
from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db
YEAR = Period.year(2019)
PRICED = ["书名", "定价", "册数", "条码", "实洋"]


@pytest.fixture
def node():
    return make_network()[0].id


def titled(count):
    return [supplied(f"示例新书{number}", f"ZC{number}") for number in range(1, count + 1)]


def registered(node):
    """The line of the batch register: volumes, list prices, what was paid."""
    (line,) = entries(node, YEAR)
    return line.sums.units, line.sums.fen, line.paid_fen


def test_a_large_batch_is_accepted_part_by_part(node, monkeypatch):
    monkeypatch.setattr(accepting, "CHUNK", 3)
    number, parts = receive(node, *titled(7)), []
    monkeypatch.setattr(accepting, "sleep", lambda _seconds: parts.append(Item.objects.count()))

    accepted = operations.accept(make_act(node), batch=number)

    assert parts == [0, 0, 0, 3, 6, 7]
    assert (accepted.records, len(accepted.items), accepted.left_out) == (7, 7, 0)
    numbers = list(Item.objects.order_by("pk").values_list("accession_number", flat=True))
    assert numbers == [f"{one:07d}" for one in range(1, 8)]


@pytest.mark.django_db(transaction=True)
def test_what_a_power_cut_interrupts_is_gone_on_with(node, monkeypatch):
    monkeypatch.setattr(accepting, "CHUNK", 3)
    number = receive(node, *titled(7))

    def cut(_seconds):
        if Item.objects.count() == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(accepting, "sleep", cut)
    with pytest.raises(KeyboardInterrupt):
        operations.accept(make_act(node), batch=number)
    assert (queries.batch(number).state, queries.batch(number).accepted_copies) == (BatchState.ACCEPTING, 3)
    with pytest.raises(BatchClosed):
        operations.send_back(make_act(node), batch=number, reason="anders")

    monkeypatch.setattr(accepting, "sleep", lambda _seconds: None)
    accepted = operations.accept(make_act(node), batch=number)

    assert len(accepted.items) == 7
    assert (BibRecord.objects.count(), Item.objects.count()) == (7, 7)
    assert registered(node)[0] == 7


def test_a_barcode_that_is_taken_between_two_parts_leaves_its_copy_out(node, monkeypatch):
    monkeypatch.setattr(accepting, "CHUNK", 2)
    number = receive(node, *titled(4))
    taken = iter([lambda: make_item(node=node, barcode="ZC4")])
    monkeypatch.setattr(accepting, "sleep", lambda _seconds: next(taken, lambda: None)())

    accepted = operations.accept(make_act(node), batch=number)

    assert (len(accepted.items), accepted.left_out) == (3, 1)
    assert [(one.barcode, one.problem) for one in queries.copies(number, with_problem=True)] == [("ZC4", "taken")]


def test_a_part_costs_the_same_for_few_and_for_many(node):
    costs = []
    for count, supplier in ((5, "XH"), (accepting.CHUNK, "JT")):
        records = [supplied(f"{supplier}{one}", f"{supplier}{one}") for one in range(count)]
        number = receive(node, *records, supplier=make_supplier(node, supplier).id)
        with CaptureQueriesContext(connection) as seen:
            operations.accept(make_act(node), batch=number)
        costs.append(len(seen))

    assert costs[1] - costs[0] <= 10  # ids of tallies and numbers, none a copy


def test_what_the_list_says_was_paid_reaches_the_register_without_the_missing(node):
    rows = (["甲", 20, 3, "ZC1、ZC2、ZC3", 45.01], ["乙", 30, 1, "ZC4", 21])
    number = receive(node, packing_list=list_file(*rows, headings=PRICED))
    operations.scan(make_act(node), batch=number, parcel="1", code="ZC1")
    for code in ("ZC2", "ZC3"):
        operations.scan(make_act(node), batch=number, parcel="1", code=code)
    operations.close_parcel(make_act(node), batch=number, parcel="1")

    operations.accept(make_act(node), batch=number)

    assert registered(node) == (3, 6000, 4501)


@pytest.mark.parametrize(
    ("paid", "due"),
    [({"discount_permille": 735}, 3675), ({"total_fen": 3333}, 3333), ({}, None)],
)
def test_a_discount_or_a_sum_reaches_the_register_to_the_last_fen(node, paid, due):
    rows = (["甲", 20, 1, "ZC1", ""], ["乙", 20, 1, "ZC2", ""], ["丙", 10, 1, "ZC3", ""])
    number = receive(node, packing_list=list_file(*rows, headings=PRICED))

    operations.set_paid(make_act(node), batch=number, **paid)
    assert to_pay(number) == due
    operations.accept(make_act(node), batch=number)

    assert registered(node) == (3, 5000, due)


def test_the_discount_agreed_with_the_supplier_holds_unless_the_list_says_more(node):
    supplier = make_supplier(node, "XH", discount_permille=700)
    agreed = receive(node, supplied("甲", "ZC1", price="CNY20.00"), supplier=supplier.id)
    listed = receive(node, packing_list=list_file(["乙", 20, 1, "ZC2", 15], headings=PRICED), supplier=supplier.id)

    assert [Batch.objects.get(number=one).paid_by for one in (agreed, listed)] == [PaidBy.DISCOUNT, PaidBy.LIST]
    assert to_pay(listed) == 1500
    operations.set_paid(make_act(node), batch=listed, total_fen=1300)
    operations.set_paid(make_act(node), batch=listed)
    assert to_pay(listed) == 1500
    with pytest.raises(PaidTwice):
        operations.set_paid(make_act(node), batch=listed, total_fen=1300, discount_permille=700)


def test_a_copy_without_a_barcode_gets_one_of_ours_and_is_accepted(node):
    number = receive(node, packing_list=list_file(["甲", 20, 2, "", ""], headings=PRICED))
    first, second = queries.copies(number, with_problem=True)
    make_item(node=node, barcode="LC9")

    assert operations.give_barcodes(make_act(node), batch=number, barcodes={first.id: "LC1", second.id: "LC2"}) == 2
    assert operations.give_barcodes(make_act(node), batch=number, barcodes={first.id: "LC1"}) == 0
    with pytest.raises(CopyHasBarcode):
        operations.give_barcodes(make_act(node), batch=number, barcodes={first.id: "LC3"})

    accepted = operations.accept(make_act(node), batch=number)
    assert (len(accepted.items), accepted.left_out) == (2, 0)


def test_one_page_follows_the_batch_number_to_the_shelf(node):
    number = receive(node, packing_list=list_file(["甲", 20, 2, "ZC1、ZC2", 28], headings=PRICED))
    page = signed_in(node, "acquisitions")
    operations.accept(make_act(node), batch=number)
    first = Item.objects.order_by("pk")[0]
    change_state(make_act(node), item=first.pk, transition=Transition.FINISH)

    shown = page.get(f"/desk/acquisitions/{number}/").content.decode()

    followed = trace(number)
    (entered,) = followed.entered
    assert (entered.units, entered.list_price_fen, entered.paid_fen) == (2, 4000, 2800)
    assert dict(followed.by_status) == {"available": 1, "in_processing": 1}
    assert followed.by_place == ((node, 2),)
    assert entered.number in shown


def test_the_way_of_a_batch_costs_the_same_for_few_and_for_many(node, django_assert_num_queries):
    for count, code in ((1, "XH"), (3, "JT")):
        records = [supplied(f"{code}{one}", f"{code}{one}") for one in range(count)]
        number = receive(node, *records, supplier=make_supplier(node, code).id)
        operations.accept(make_act(node), batch=number)
        with django_assert_num_queries(5):
            trace(number)


@pytest.mark.parametrize("barcodes", [("LC9", "LC2"), ("LC2", "lc2")])
def test_a_barcode_of_another_is_given_to_none(node, barcodes):
    number = receive(node, packing_list=list_file(["甲", 20, 2, "", ""], headings=PRICED))
    make_item(node=node, barcode="LC9")
    copies = [one.id for one in queries.copies(number, with_problem=True)]

    with pytest.raises(BarcodeTaken):
        operations.give_barcodes(make_act(node), batch=number, barcodes=dict(zip(copies, barcodes, strict=True)))

    assert len(queries.copies(number, with_problem=True)) == 2


def test_a_closed_month_refuses_before_anything_is_written(node):
    from wenlan.holdings.accounts.models import LockedMonth
    from wenlan.holdings.errors import MonthLocked

    number = receive(node, *titled(2))
    sums = dict.fromkeys(
        ("opening_units", "opening_fen", "units_in", "fen_in", "units_out", "fen_out", "fen_corrected"), 0
    )
    LockedMonth.objects.create(
        owner_node_id=node, month=date(2019, 3, 1), locked_at=make_act(node).at, closing_units=0, closing_fen=0,
        digest="", **sums,
    )  # fmt: skip

    with pytest.raises(MonthLocked):
        operations.accept(make_act(node), batch=number)

    assert (queries.batch(number).state, BibRecord.objects.count()) == (BatchState.CHECKING, 0)
