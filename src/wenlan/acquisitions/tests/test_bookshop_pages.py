"""The bookshop's pages without a browser: the counter a clerk works at, and what the library arranges."""

import re
from datetime import UTC, date, datetime, time
from itertools import count
from urllib.parse import quote

import pytest
from django.test import Client

from wenlan.acquisitions.bookshop import operations, queries
from wenlan.acquisitions.bookshop.models import Choice, ChoiceRefusal
from wenlan.acquisitions.bookshop.testing import FIRST, SANTI, make_act, make_campaign, make_shop, make_wish
from wenlan.acquisitions.bookshop.types import SettlementState
from wenlan.acquisitions.testing import make_supplier
from wenlan.catalogue.testing import make_record
from wenlan.circulation import operations as circulation
from wenlan.circulation.testing import make_rule
from wenlan.circulation.types import ItemRef
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons import passes
from wenlan.patrons.operations import issue_card
from wenlan.patrons.testing import make_patron
from wenlan.patrons.types import CardKind
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
COUNTER = "/desk/bookshop/"
_numbers = count(1)


@pytest.fixture
def places(monkeypatch) -> tuple[int, int]:
    """The county library and a town's, on the first morning of the campaign."""
    at(monkeypatch, FIRST)
    root, county, town = make_network("LC", "ZW")
    make_rule(root.id)
    return county.id, town.id


def at(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(day, time(2), UTC))


def seated(node: int, *roles: str) -> Client:
    """Return a browser in Chinese in which somebody with the roles sits at the node."""
    client = signed_in(node, *roles)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-Hans"
    return client


def scanned(client: Client, **sent: str) -> str:
    """Return the page after a scan at the counter."""
    return client.post(COUNTER, {"key": f"scan-{next(_numbers)}", "shop": "XH", **sent}).content.decode()


def test_the_clerk_scans_card_book_and_label(places):
    county, _ = places
    make_campaign(county, make_shop(county, discount_permille=850), month_books=2)
    make_patron(node=county, card="LC000001", name="王小明")
    clerk = seated(county, "bookshop_clerk")

    empty = clerk.get(COUNTER).content.decode()
    reader = scanned(clerk, card="LC000001")
    book = scanned(clerk, card="LC000001", isbn="7-5366-9293-5")
    facts = {"isbn": SANTI, "title": "三体", "author": "刘慈欣", "price": "23"}
    bought = scanned(clerk, card="LC000001", label="xh00001", **facts)

    assert [name in empty for name in ('name="card" data-scan', "经费余额")] == [True, True]
    assert ("王*明" in reader or "王**" in reader, "王小明" in reader) == (True, False)
    assert ['name="isbn" data-scan' in reader, 'name="label" data-scan' in book] == [True, True]
    assert ["全网没有馆藏，也没有在途。" in book, "XH00001" in book] == [True, True]
    assert "《三体》已购已借，2020-11-04 前归还。条码：xh00001。" in bought
    assert (Choice.objects.get().paid_fen, Choice.objects.get().title) == (1955, "三体")
    assert 'name="isbn" data-scan' in bought


def test_the_counter_says_why_not_and_keeps_it(places):
    county, town = places
    make_campaign(county, make_shop(county))
    make_patron(node=county, card="LC000001")
    make_item(node=town, record=make_record(county, "三体", isbn=SANTI).id)
    clerk = seated(county, "bookshop_clerk")

    nobody = scanned(clerk, card="LC999999")
    held = scanned(clerk, card="LC000001", isbn=SANTI)
    wrong = scanned(clerk, card="LC000001", isbn="9787536692931")

    assert "没有这张读者证。请重新扫描，或到图书馆任一服务台办证。" in nobody
    assert "图书馆已有或已订购这本书。可预约，送到任一分馆。" in held
    assert ["ZW" in held, "校验位不符" in wrong] == [True, True]
    assert ChoiceRefusal.objects.count() == 2 + 1
    library = seated(county, "acquisitions").get("/desk/bookshop/refusals/").content.decode()
    assert [library.count(one) for one in ("图书馆已有或已订购这本书", "没有这张读者证")] == [1, 1]


def test_what_the_clerk_has_to_mend_keeps_what_was_typed(places):
    county, _ = places
    make_campaign(county, make_shop(county))
    make_patron(node=county, card="LC000001")
    clerk = seated(county, "bookshop_clerk")
    typed = {"card": "LC000001", "isbn": SANTI, "title": "三体", "label": "XH00001"}

    no_price = clerk.post(COUNTER, {"key": "k1", "shop": "XH", **typed, "price": ""})
    bad_price = clerk.post(COUNTER, {"key": "k2", "shop": "XH", **typed, "price": "abc"})
    bad_label = clerk.post(COUNTER, {"key": "k3", "shop": "XH", **typed, "price": "23", "label": "ZZ1"})

    assert [one.status_code for one in (no_price, bad_price, bad_label)] == [422, 422, 200]
    assert all('value="三体"' in one.content.decode() for one in (no_price, bad_price, bad_label))
    assert "请换一个条码。" in bad_label.content.decode()
    assert Choice.objects.count() == 0


def test_an_e_card_is_scanned_once_though_its_code_lives_a_minute(places, monkeypatch):
    county, _ = places
    make_campaign(county, make_shop(county))
    reader = make_patron(node=county, card="LC000001")
    e_card = issue_card(make_act(county), patron=reader.id, number="E000001", kind=CardKind.E_CARD)
    clerk = seated(county, "bookshop_clerk")

    page = scanned(clerk, card=passes.make(e_card.id, clock.now()))
    (kept,) = re.findall(r'name="card" value="([^"]+)"', page)
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(FIRST, time(2, 30), UTC))
    late = scanned(clerk, card=kept, isbn=SANTI, title="三体", price="23", label="XH00001")

    assert kept == "E000001"
    assert ["已购已借" in late, Choice.objects.count()] == [True, 1]


def test_the_clerk_gives_back_and_sees_nothing_else(places):
    county, _ = places
    shop = make_shop(county)
    make_campaign(county, shop)
    make_patron(node=county, card="LC000001")
    chosen = operations.choose(make_act(county), wish=make_wish(shop, "LC000001", label="XH00001")).choice
    clerk = seated(county, "bookshop_clerk")

    others = ("campaigns/", "chosen/", "statements/", "shops/", "refusals/", "arrivals/")
    assert {clerk.get(COUNTER + page).status_code for page in others} == {403}
    assert clerk.get("/desk/circulation/").status_code == 403
    clerk.post(f"{COUNTER}chosen/{chosen.number}/give-back", {"reason": "读者未取"})

    assert queries.choice(chosen.number).reason == "读者未取"


def test_a_shop_of_another_place_is_not_served(places):
    county, town = places
    shop = make_shop(county)
    make_campaign(county, shop)
    make_patron(node=county, card="LC000001")
    chosen = operations.choose(make_act(county), wish=make_wish(shop, "LC000001", label="XH00001")).choice
    stranger, librarian = seated(town, "bookshop_clerk"), seated(town, "acquisitions")

    assert "XH书店" not in scanned(stranger, card="LC000001")
    assert stranger.post(f"{COUNTER}chosen/{chosen.number}/give-back", {"reason": "x"}).status_code == 404
    assert librarian.get(f"{COUNTER}shops/XH/").status_code == 404
    assert librarian.get(f"{COUNTER}campaigns/{chosen.campaign}/").status_code == 404
    assert chosen.title not in librarian.get(f"{COUNTER}chosen/").content.decode()
    assert queries.choice(chosen.number).reason == ""


def test_shop_and_campaign_are_written_down_in_the_browser(places):
    county, _ = places
    supplier, librarian = make_supplier(county), seated(county, "acquisitions")
    shop = {"code": "XH", "name": "新华书店", "supplier": supplier.id, "node": county, "is_active": "on"}
    terms = {
        "key": "c1", "name": "你选书·我买单", "node": county, "processed_at": county, "from_day": "2020-10-05",
        "until_day": "2020-10-08", "budget": "5000", "copies_limit": "1", "price_limit": "80",
        "excluded_classes": "G4，H31", "excluded_words": "练习、试卷",
    }  # fmt: skip

    first = librarian.get(f"{COUNTER}campaigns/").content.decode()
    librarian.post(f"{COUNTER}shops/new/", shop)
    (made,) = queries.shops()
    librarian.post(f"{COUNTER}campaigns/new/", terms | {"shops": made.id})
    (campaign,) = queries.campaigns([county])
    refused = librarian.post(
        f"{COUNTER}campaigns/{campaign.id}/", terms | {"shops": made.id, "until_day": "2020-10-01"}
    )
    librarian.post(f"{COUNTER}campaigns/{campaign.id}/", terms | {"shops": made.id, "budget": "6000.50"})
    librarian.post(f"{COUNTER}campaigns/{campaign.id}/end")

    (after,) = queries.campaigns([county])
    assert "/desk/bookshop/shops/new/" in first
    assert (refused.status_code, after.terms.budget_fen, after.ended_on) == (422, 600_050, FIRST)
    assert (after.terms.excluded_classes, after.terms.excluded_words) == (("G4", "H31"), ("练习", "试卷"))
    pages = ("campaigns/", f"campaigns/{after.id}/", "shops/", "shops/XH/", "campaigns/new/")
    assert {librarian.get(COUNTER + page).status_code for page in pages} == {200}


def test_the_statement_goes_from_hand_to_hand(places, monkeypatch):
    county, _ = places
    shop = make_shop(county, discount_permille=850)
    make_campaign(county, shop)
    make_patron(node=county, card="LC000001")
    chosen = operations.choose(make_act(county), wish=make_wish(shop, "LC000001", label="XH00001")).choice
    circulation.check_in(make_act(county), item=ItemRef("XH00001"))
    at(monkeypatch, date(2020, 11, 2))
    librarian, money = seated(county, "acquisitions"), seated(county, "finance")
    page = f"{COUNTER}statements/"

    waits = librarian.get(page).content.decode()
    made = librarian.post(f"{page}make", {"key": "m1", "shop": shop.id, "month": "2020-10"})
    shown = librarian.get(made.headers["Location"]).content.decode()
    forbidden = librarian.post(f"{page}XH-202010/approve")
    money.post(f"{page}XH-202010/approve")
    money.post(f"{page}XH-202010/pay", {"voucher": "记-112"})
    sheet = money.get(f"{page}XH-202010/sheet/").content.decode()

    assert ["待结算月份" in waits, "19.55" in shown, forbidden.status_code] == [True, True, 403]
    assert queries.settlement("XH-202010").state == SettlementState.PAID
    assert [text in sheet for text in ("壹拾玖元伍角伍分", chosen.number, "书店经办", "盖章")] == [
        True,
        True,
        True,
        False,
    ]
    arrived = librarian.get(f"{COUNTER}arrivals/").content.decode()
    assert ["XH00001" in arrived, f"/desk/catalogue/{chosen.record}/" in arrived] == [True, True]
    assert f"/desk/catalogue/edit/{chosen.record}/" not in arrived  # completing it is the cataloguer's
    at_hers = seated(county, "cataloguer").get(f"{COUNTER}arrivals/").content.decode()
    assert f"/desk/catalogue/edit/{chosen.record}/" in at_hers
    assert quote("XH-202010") in librarian.get(page).content.decode()


def test_the_counter_costs_the_same_for_one_and_for_many_lines(places, django_assert_max_num_queries):
    county, _ = places
    shop = make_shop(county)
    make_campaign(county, shop)
    clerk = seated(county, "bookshop_clerk")
    for number, isbn in enumerate((SANTI, "9787020024759", "9787020008735"), start=1):
        make_patron(node=county, card=f"LC{number}")
        operations.choose(make_act(county), wish=make_wish(shop, f"LC{number}", isbn, label=f"XH0000{number}"))
        with django_assert_max_num_queries(20):
            clerk.get(COUNTER)
