"""你选书·我买单: what happens at the counter of a bookshop, with the shop's bill, and when the book comes back."""

from dataclasses import replace
from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenlan.acquisitions.bookshop import operations, queries
from wenlan.acquisitions.bookshop.errors import (
    BookIncomplete,
    ChoiceRefused,
    ChoiceReturned,
    ChoiceSettled,
    LabelMissing,
    NothingToSettle,
    SameHand,
)
from wenlan.acquisitions.bookshop.models import Choice, ChoiceRefusal
from wenlan.acquisitions.bookshop.testing import (
    FIRST,
    LUOTUO,
    SANTI,
    make_act,
    make_campaign,
    make_shop,
    make_wish,
)
from wenlan.acquisitions.bookshop.types import BookOnPaper, ChoiceState, ChoiceView, SettlementState
from wenlan.acquisitions.testing import receive, supplied
from wenlan.acquisitions.verification import differences
from wenlan.catalogue.brief.queries import waiting
from wenlan.catalogue.testing import make_record
from wenlan.circulation import operations as circulation
from wenlan.circulation.models import Loan
from wenlan.circulation.testing import make_rule
from wenlan.circulation.types import ItemRef, NextStep
from wenlan.circulation.verification import differences as loans_differ
from wenlan.holdings import operations as holdings
from wenlan.holdings import queries as items
from wenlan.holdings.accounts.queries import entries
from wenlan.holdings.models import Item
from wenlan.holdings.testing import make_item, withdrawn
from wenlan.holdings.types import ItemStatus, Lending, Transition
from wenlan.holdings.verification import differences as stock_differs
from wenlan.kernel.periods import Period
from wenlan.network.testing import make_network
from wenlan.patrons import operations as patrons
from wenlan.patrons.testing import make_category, make_patron
from wenlan.staff.testing import make_member

pytestmark = pytest.mark.django_db
ServiceEvent = apps.get_model("ledger", "ServiceEvent")
YEAR = Period.year(2020)


@pytest.fixture
def places() -> tuple[int, int, int]:
    """A network with a library and a branch of it, and one rule: thirty days."""
    root, county, town = make_network("LC", "ZW")
    make_rule(root.id)
    return root.id, county.id, town.id


def counted() -> dict[str, int]:
    """What the ledger says of chosen books, reversals taken off."""
    found: dict[str, int] = {}
    for subject, quantity in ServiceEvent.objects.filter(kind="book.chosen").values_list("subject", "quantity"):
        found[subject] = found.get(subject, 0) + quantity
    return found


def all_books_agree() -> bool:
    return [*differences(), *stock_differs(), *loans_differ()] == []


def codes(reasons: object) -> list[str]:
    return [reason.code for reason in reasons]


def comes_home(choice: ChoiceView, county: int, town: int) -> None:
    """The volume goes from the town's desk to cataloguing at home, and from there to the shelf."""
    back = circulation.check_in(make_act(town, date(2020, 11, 2)), item=ItemRef("XH00001"))
    home = circulation.check_in(make_act(county, date(2020, 11, 3)), item=ItemRef("XH00001"))
    assert (back.next_step, home.next_step) == (NextStep.SEND, NextStep.PROCESS)
    assert [one.number for one in queries.to_process([county])] == [choice.number]
    holdings.change_state(make_act(county, date(2020, 11, 5)), item=choice.item, transition=Transition.FINISH)
    assert (queries.to_process([county]), items.item(choice.item).is_available) == ((), True)


def is_settled(shop: int, county: int) -> None:
    """The shop's statement of October is made, approved by another hand, and paid."""
    zhao, qian = make_member(county).id, make_member(county).id
    made = operations.settle(make_act(county, date(2020, 11, 2), staff=zhao), shop=shop, month=FIRST)
    assert (made.number, made.volumes, made.list_price_fen, made.paid_fen) == ("XH-202010", 1, 2300, 1955)
    with pytest.raises(SameHand):
        operations.approve(make_act(county, date(2020, 11, 3), staff=zhao), number=made.number)
    operations.approve(make_act(county, date(2020, 11, 3), staff=qian), number=made.number)
    paid = operations.pay(make_act(county, date(2020, 11, 9), staff=zhao), number=made.number, voucher="记-112")
    assert (paid.state, paid.voucher) == (SettlementState.PAID, "记-112")


@pytest.mark.capability("C18")
def test_story_of_a_book_chosen_at_the_shop(places):
    # In October 2020 the county library pays what its readers choose at the Xinhua bookshop and it does not have.
    _, county, town = places
    shop = make_shop(county, discount_permille=850)
    campaign = make_campaign(county, shop, budget_fen=10_000, price_limit_fen=8000, month_books=2)
    reader = make_patron(node=town, card="LC000001", on=date(2020, 1, 2))
    wish = make_wish(shop, "LC000001", label="XH00001")

    # Li brings 《三体》 to the counter. Nobody in the network has it: it is bought at 85 % and lent at once.
    asked = operations.ask(make_act(county), wish=wish)
    chosen = operations.choose(make_act(county, key="scan-1"), wish=wish)
    assert (asked.is_good, asked.copies.counted, asked.paid_fen) == (True, 0, 1955)
    assert (chosen.due_on, chosen.left_fen) == (date(2020, 11, 4), 10_000 - 1955)

    # The volume is the library's: registered, with a record in brief that waits for the cataloguer, and on loan.
    item = items.item(chosen.choice.item)
    assert (item.status, item.lending, item.accession_number) == (ItemStatus.ON_LOAN, Lending.FIRST_LOAN, "0000001")
    assert [one.record.id for one in waiting()] == [item.record]
    assert Loan.objects.get(uid=chosen.choice.loan).patron_id == reader.id
    (line,) = entries(county, YEAR)
    assert (line.voucher, line.source, line.sums.units, line.sums.fen, line.paid_fen) == (
        "XH-202010", "S-XH书店", 1, 2300, 1955,
    )  # fmt: skip

    # Wang asks for the same book an hour later at the counter: it is in the network now. The refusal is kept.
    make_patron(node=county, card="LC000002", on=date(2020, 1, 2))
    with pytest.raises(ChoiceRefused) as refused:
        operations.choose(make_act(county), wish=make_wish(shop, "LC000002", label="XH00002"))
    assert codes(refused.value.reasons) == ["held"]
    (kept,) = queries.refusals([shop.id])
    assert (kept.isbn, kept.title, codes(kept.reasons)) == (SANTI, "三体", ["held"])

    # Li brings the book back in the town; in November the shop is paid.
    comes_home(chosen.choice, county, town)
    is_settled(shop.id, county)

    # One volume, one reader, 19.55 yuan; a loan and an addition besides. The books agree.
    assert counted() == {"volume": 1, "fen": 1955}
    assert queries.campaign(campaign.id).spent_fen == 1955
    assert all_books_agree()


@pytest.mark.capability("C19")
def test_holdings_are_looked_up_by_isbn_when_a_reader_chooses(places):
    # Copies count wherever they stand in the network, on loan too; lost and withdrawn ones do not.
    root, county, town = places
    shop = make_shop(county)
    make_campaign(county, shop, copies_limit=3)
    make_patron(node=county, card="LC000001")
    record = make_record(county, "三体", isbn=SANTI).id
    first, lost = make_item(node=town, record=record), make_item(node=county, record=record)
    make_item(node=county, record=record, status=ItemStatus.ON_LOAN)
    holdings.change_state(make_act(county), item=lost.id, transition=Transition.LOSE, reason="盘亏")
    withdrawn(make_act(county), make_item(node=county, record=record))
    wish = make_wish(shop, "LC000001", title="", price_fen=None)

    asked = operations.ask(make_act(county), wish=wish)
    assert {(place.node, place.held, place.available) for place in asked.copies.places} == {
        (town, 1, 1), (county, 1, 0),
    }  # fmt: skip
    assert (asked.book.title, asked.book.price_fen, asked.book.record) == ("三体", 2300, record)
    assert asked.is_good

    # The same book by its old number, by hyphens, by a scanner that reads the price code behind it.
    spellings = ("7-5366-9293-5", "7536692935", "978-7-5366-9293-0", "９７８７５３６６９２９３０", "978753669293051")
    for typed in spellings:
        assert operations.ask(make_act(county), wish=replace(wish, isbn=typed)).book == asked.book, typed

    # A copy on its way from a supplier counts: now there are three.
    receive(root, supplied("三体", "ZC9", isbn=SANTI))
    ordered = operations.ask(make_act(county), wish=wish)
    assert (ordered.copies.held, ordered.copies.on_order, codes(ordered.reasons)) == (2, 1, ["held"])
    assert ordered.reasons[0].because == "2 + 1"

    # A mistyped number is told as such, and no copies are claimed for it.
    wrong = operations.ask(make_act(county), wish=replace(wish, isbn="9787536692931"))
    assert (codes(wrong.reasons), wrong.book, wrong.copies.counted) == (["isbn_wrong"], None, 0)
    assert first.id


def test_what_a_supplier_file_or_an_earlier_choice_says_counts(places):
    root, county, _ = places
    shop = make_shop(county)
    make_campaign(county, shop, copies_limit=2)
    make_patron(node=county, card="LC000001")
    receive(root, supplied("骆驼祥子", "ZC1", isbn=LUOTUO))
    bare = make_wish(shop, "LC000001", LUOTUO, title="", price_fen=None)

    asked = operations.ask(make_act(county), wish=bare)
    operations.choose(make_act(county), wish=replace(bare, label="XH00001"))
    other = operations.ask(make_act(county), wish=bare)

    assert (asked.book.title, asked.book.price_fen, asked.book.record) == ("骆驼祥子", 2300, None)
    assert (other.copies.held, other.copies.on_order, other.copies.chosen) == (1, 1, 1)
    assert codes(other.reasons) == ["chosen_before", "held"]


@pytest.mark.capability("B04")
def test_only_who_holds_a_valid_card_and_meets_the_conditions_takes_part(places):
    # 凡持有陵川县图书馆读者证的读者: the card decides, then what the campaign asks besides.
    _, county, _ = places
    shop = make_shop(county)
    make_category("child")
    make_campaign(county, shop, categories=("adult",), credit_floor=60, registered_before=date(2020, 10, 1))
    readers = {
        "GOOD": make_patron(node=county, card="GOOD"),
        "CHILD": make_patron(node=county, card="CHILD", category="child"),
        "LATE": make_patron(node=county, card="LATE", on=date(2020, 10, 2)),
        "LOST": make_patron(node=county, card="LOST"),
        "STOPPED": make_patron(node=county, card="STOPPED"),
        "POOR": make_patron(node=county, card="POOR"),
        "GONE": make_patron(node=county, card="GONE"),
    }
    patrons.lose_card(make_act(county), card=readers["LOST"].cards[0].id)
    patrons.suspend(make_act(county), patron=readers["STOPPED"].id, reason="污损")
    apps.get_model("patrons", "Patron").objects.filter(pk=readers["POOR"].id).update(credit_points=40)
    patrons.deregister(make_act(county), patron=readers["GONE"].id)

    told = {
        card: codes(operations.ask(make_act(county), wish=make_wish(shop, card)).reasons)
        for card in (*readers, "NOBODY")
    }

    assert told == {
        "GOOD": [],
        "CHILD": ["category"],
        "LATE": ["registered_late"],
        "LOST": ["loan.card_lost"],
        "STOPPED": ["loan.reader_suspended"],
        "POOR": ["credit_floor"],
        "GONE": ["loan.card_ended", "loan.reader_deregistered"],
        "NOBODY": ["card_unknown"],
    }
    # Each refusal is written down with what to do next, and nobody's name.
    sentences = [reason.text for one in queries.refusals([shop.id]) for reason in one.reasons]
    assert len(sentences) == 8
    assert all("." in text for text in sentences)


def test_a_refusal_gives_every_reason_and_leaves_nothing_behind(places):
    _, county, _ = places
    shop = make_shop(county)
    terms = {"price_limit_fen": 2000, "earliest_year": 2018, "excluded_classes": ("G4",), "excluded_words": ("练习",)}
    make_campaign(county, shop, budget_fen=2000, **terms)
    record = make_record(county, "小学数学练习", isbn=SANTI, class_number="G624.5", year="2008").id
    make_patron(node=county, card="LC000001", category=make_category("small", loan_limit=0))

    with pytest.raises(ChoiceRefused) as refused:
        operations.choose(make_act(county), wish=make_wish(shop, "LC000001", label="ZZ1"))

    assert codes(refused.value.reasons) == [
        "loan.loan_limit_reached", "price_over", "year_old", "word_excluded", "budget_spent", "label_wrong",
    ]  # fmt: skip
    assert [reason.because for reason in refused.value.reasons] == [
        "0 / 0", "23.00 > 20.00", "2008 < 2018", "练习", "0.00 / 20.00", "",
    ]  # fmt: skip
    assert (Item.objects.count(), Loan.objects.count(), Choice.objects.count(), counted()) == (0, 0, 0, {})
    assert (ChoiceRefusal.objects.count(), record > 0) == (1, True)


@pytest.mark.parametrize(("excluded", "reasons"), [("G6", ["class_excluded"]), ("g62", ["class_excluded"]), ("I", [])])
def test_a_class_is_excluded_with_all_under_it(places, excluded, reasons):
    _, county, _ = places
    shop = make_shop(county)
    make_campaign(county, shop, excluded_classes=(excluded,))
    make_record(county, "小学数学", isbn=SANTI, class_number="G624.5")
    make_patron(node=county, card="LC000001")

    assert codes(operations.ask(make_act(county), wish=make_wish(shop, "LC000001")).reasons) == reasons


def test_the_limits_of_a_month_begin_anew_with_the_next(places):
    _, county, _ = places
    shop = make_shop(county)
    make_campaign(county, shop, month_books=1, month_fen=4000)
    make_patron(node=county, card="LC000001")
    operations.choose(make_act(county), wish=make_wish(shop, "LC000001", label="XH00001"))

    second = make_wish(shop, "LC000001", LUOTUO, title="骆驼祥子")
    october = operations.ask(make_act(county, date(2020, 10, 31)), wish=second)
    november = operations.ask(make_act(county, date(2020, 11, 1)), wish=second)

    assert codes(october.reasons) == ["month_books", "month_sum"]
    assert [reason.because for reason in october.reasons] == ["1 / 1", "46.00 > 40.00"]
    assert (november.reasons, november.month_books) == ((), 0)


@pytest.mark.parametrize(
    ("on", "label", "reasons"),
    [
        (date(2020, 10, 4), "XH00001", ["campaign_over"]),
        (date(2021, 1, 1), "XH00001", ["campaign_over"]),
        (FIRST, "XH00101", ["label_wrong"]),
        (FIRST, "xh00007", ["label_used"]),
    ],
)
def test_outside_the_days_and_with_a_wrong_label_nothing_is_bought(places, on, label, reasons):
    _, county, _ = places
    shop = make_shop(county)
    make_campaign(county, shop)
    make_patron(node=county, card="LC000001")
    make_item(node=county, barcode="XH00007")

    with pytest.raises(ChoiceRefused) as refused:
        operations.choose(make_act(county, on), wish=make_wish(shop, "LC000001", label=label))

    assert codes(refused.value.reasons) == reasons


def test_a_scan_that_comes_twice_buys_once(places):
    _, county, _ = places
    shop = make_shop(county)
    campaign = make_campaign(county, shop)
    make_patron(node=county, card="LC000001")
    wish = make_wish(shop, "LC000001", label="XH00001")

    first = operations.choose(make_act(county, key="same"), wish=wish)
    again = operations.choose(make_act(county, key="same"), wish=wish)

    assert (again.choice, again.due_on, again.was_repeated) == (first.choice, first.due_on, True)
    assert (Choice.objects.count(), Loan.objects.count(), queries.campaign(campaign.id).spent_fen) == (1, 1, 2300)


def test_without_title_price_or_label_nothing_is_bought(places):
    _, county, _ = places
    shop = make_shop(county)
    make_campaign(county, shop)
    make_patron(node=county, card="LC000001")
    whole = make_wish(shop, "LC000001", label="XH00001")

    with pytest.raises(BookIncomplete):
        operations.choose(make_act(county), wish=replace(whole, book=BookOnPaper(price_fen=2300)))
    with pytest.raises(BookIncomplete):
        operations.choose(make_act(county), wish=replace(whole, book=BookOnPaper(title="三体")))
    with pytest.raises(LabelMissing):
        operations.choose(make_act(county), wish=replace(whole, label=" "))

    assert (Item.objects.count(), ChoiceRefusal.objects.count()) == (0, 0)


def test_a_book_that_was_not_fetched_is_given_back_whole(places):
    # V26: bill, volume and loan go together, and the books agree afterwards.
    _, county, _ = places
    shop = make_shop(county)
    campaign = make_campaign(county, shop, month_books=1)
    reader = make_patron(node=county, card="LC000001")
    chosen = operations.choose(make_act(county), wish=make_wish(shop, "LC000001", label="XH00001"))

    for _twice in range(2):
        given = operations.give_back(make_act(county), number=chosen.choice.number, reason="读者未取")

    assert (given.state, given.reason) == (ChoiceState.CANCELLED, "读者未取")
    assert items.item(given.item).status == ItemStatus.WITHDRAWN
    assert [(line.direction, line.sums.units, line.paid_fen) for line in entries(county, YEAR)] == [
        ("in", 1, 0), ("out", 1, None),
    ]  # fmt: skip
    assert apps.get_model("patrons", "Patron").objects.get(pk=reader.id).open_loans == 0
    assert (queries.campaign(campaign.id).spent_fen, counted()) == (0, {"volume": 0, "fen": 0})
    assert all_books_agree()
    # The reader may choose again this month; the label is spent.
    again = operations.ask(make_act(county), wish=make_wish(shop, "LC000001", label="XH00001"))
    assert (codes(again.reasons), queries.next_label(shop)) == (["label_used"], "XH00002")


def test_what_came_back_or_is_billed_is_not_given_back(places):
    _, county, _ = places
    shop = make_shop(county)
    make_campaign(county, shop)
    make_patron(node=county, card="LC000001")
    first = operations.choose(make_act(county), wish=make_wish(shop, "LC000001", label="XH00001")).choice
    circulation.check_in(make_act(county, date(2020, 10, 9)), item=ItemRef("XH00001"))

    with pytest.raises(ChoiceReturned):
        operations.give_back(make_act(county, date(2020, 10, 9)), number=first.number, reason="不要了")
    operations.settle(make_act(county, date(2020, 11, 1)), shop=shop.id, month=FIRST)
    with pytest.raises(ChoiceSettled):
        operations.give_back(make_act(county, date(2020, 11, 1)), number=first.number, reason="不要了")

    assert queries.campaign(first.campaign).spent_fen == 2300
    assert all_books_agree()


def test_a_statement_is_of_a_month_that_is_over_and_may_be_made_anew(places):
    _, county, _ = places
    shop = make_shop(county)
    make_campaign(county, shop)
    make_patron(node=county, card="LC000001")
    operations.choose(make_act(county), wish=make_wish(shop, "LC000001", label="XH00001"))

    with pytest.raises(NothingToSettle):
        operations.settle(make_act(county, date(2020, 10, 31)), shop=shop.id, month=FIRST)
    first = operations.settle(make_act(county, date(2020, 11, 1), key="m"), shop=shop.id, month=FIRST)
    assert operations.settle(make_act(county, date(2020, 11, 1), key="m"), shop=shop.id, month=FIRST) == first
    with pytest.raises(NothingToSettle):
        operations.settle(make_act(county, date(2020, 11, 1)), shop=shop.id, month=FIRST)
    operations.send_back(make_act(county, date(2020, 11, 2)), number=first.number, reason="单价有误")
    second = operations.settle(make_act(county, date(2020, 11, 3)), shop=shop.id, month=FIRST)

    assert (first.number, second.number) == ("XH-202010", "XH-202010-2")
    assert [one.state for one in queries.settlements([shop.id])] == [SettlementState.MADE, SettlementState.SENT_BACK]
    assert queries.unsettled([shop.id], date(2020, 12, 1)) == {}
    assert all_books_agree()


def test_verify_finds_what_does_not_agree_with_the_choices(places):
    _, county, _ = places
    shop = make_shop(county)
    campaign = make_campaign(county, shop)
    make_patron(node=county, card="LC000001")
    operations.choose(make_act(county), wish=make_wish(shop, "LC000001", label="XH00001"))
    operations.settle(make_act(county, date(2020, 11, 1)), shop=shop.id, month=FIRST)

    Choice.objects.update(paid_fen=2200)

    assert [(one.check, one.expected, one.found) for one in differences()] == [
        ("acquisitions.chosen_in_ledger", 2200, 2300),
        ("acquisitions.campaign_spent", 2200, 2300),
        ("acquisitions.settlement_sums", (1, 2300, 2200), (1, 2300, 2300)),
    ]
    assert queries.campaign(campaign.id).volumes == 1


def test_a_question_and_a_choice_cost_the_same_for_few_and_for_many_copies(places):
    _, county, town = places
    shop = make_shop(county)
    make_campaign(county, shop, copies_limit=100)
    record = make_record(county, "三体", isbn=SANTI).id
    costs = []
    for number in (1, 2, 3):
        for place in (county, town) * number:
            make_item(node=place, record=record)
        make_patron(node=county, card=f"LC00000{number}")
        wish = make_wish(shop, f"LC00000{number}", label=f"XH0000{number}")
        with CaptureQueriesContext(connection) as asked:
            operations.ask(make_act(county), wish=wish)
        with CaptureQueriesContext(connection) as chosen:
            operations.choose(make_act(county), wish=wish)
        costs.append((len(asked), len(chosen)))

    assert costs[1] == costs[2] == (18, {"sqlite": 60, "postgresql": 54}[connection.vendor])
