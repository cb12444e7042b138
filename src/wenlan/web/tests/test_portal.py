import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wenlan.catalogue.indexing import index_posted, rebuild_index
from wenlan.catalogue.testing import make_record
from wenlan.circulation.models import Loan
from wenlan.circulation.testing import lend, make_act, make_rule
from wenlan.holdings.testing import make_item
from wenlan.kernel.acts import Act, Channel
from wenlan.ledger import operations as ledger
from wenlan.network import operations as network
from wenlan.network.testing import LONG_AGO, make_network, open_every_day
from wenlan.network.types import NodeFacts, NodeKind
from wenlan.patrons import passwords
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
PUBLIC_PAGES = (
    "/", "/search/", "/hours/", "/figures/", "/activities/", "/my/sign-in/", "/desk/sign-in/", "/nowhere/",
)  # fmt: skip


def a_reader_who_signed_in(node, card="R1", password="三里湾2019"):
    reader = make_patron(node=node, card=card, name="李明")
    act = Act(at=clock.now(), node=node, channel=Channel.DESK, key=f"password-{card}")
    passwords.set_password(act, patron=reader.id, password=password)
    browser = Client()
    answer = browser.post("/my/sign-in/", {"card": card, "password": password})
    assert answer.url == "/my/"
    return reader, browser


def a_network():
    root, east, west = make_network("E", "W")
    make_rule(root.id)
    open_every_day(root.id)
    return root, east, west


def test_a_work_is_found_by_two_middle_characters_and_says_where_it_is():
    _root, east, west = a_network()
    record = make_record(east.id, "太行山上的图书馆")
    make_item(node=east.id, record=record.id, barcode="B1")
    make_item(node=west.id, record=record.id, barcode="B2", status="missing")
    rebuild_index(at=clock.now())
    browser = Client()

    found = browser.get("/search/", {"q": "山上"}).content.decode()
    page = browser.get(f"/records/{record.uid}/").content.decode()

    assert f"/records/{record.uid}/" in found
    assert "1 of 2 can be borrowed now" in found
    assert page.index("Branch E") < page.index("Branch W")


def test_a_record_is_found_within_the_second_it_was_saved():
    _root, east, _west = a_network()
    rebuild_index(at=clock.now())
    record = make_record(east.id, "漳河两岸")

    index_posted(at=clock.now())

    assert f"/records/{record.uid}/" in Client().get("/search/", {"q": "河两"}).content.decode()


def test_a_search_that_finds_nothing_says_what_to_try():
    a_network()
    rebuild_index(at=clock.now())

    page = Client().get("/search/", {"q": "没有这本书"}).content.decode()

    assert "Nothing was found" in page
    assert "See the whole catalogue" in page


def test_a_reader_sees_own_loans_and_renews_one_once():
    _root, east, _west = a_network()
    reader, browser = a_reader_who_signed_in(east.id)
    item = make_item(node=east.id, barcode="B1")
    lend(item, reader, Act(at=clock.now(), node=east.id, channel=Channel.DESK, key="lend"))
    before = Loan.objects.get().due_on

    for _ in range(2):
        answer = browser.post("/my/renew/", {"barcode": "B1", "key": "web:1"}, follow=True)

    loan = Loan.objects.get()
    assert (loan.renewals, (loan.due_on - before).days) == (1, 30)
    assert "Renewed until" in answer.content.decode()


def test_a_reader_cannot_renew_the_loan_of_another():
    _root, east, _west = a_network()
    other = make_patron(node=east.id, card="R2")
    lend(make_item(node=east.id, barcode="B1"), other, make_act(east.id))
    _reader, browser = a_reader_who_signed_in(east.id)

    answer = browser.post("/my/renew/", {"barcode": "B1"}, follow=True)

    assert Loan.objects.get().renewals == 0
    assert "not lent to this reader" in answer.content.decode()


def test_strangers_and_staff_have_no_loans_to_see():
    root, _east, _west = a_network()

    for browser in (Client(), signed_in(root.id, "director")):
        assert browser.get("/my/").url == "/my/sign-in/"
        assert browser.post("/my/renew/", {"barcode": "B1"}).url == "/my/sign-in/"


def test_a_new_password_ends_older_sign_ins():
    _root, east, _west = a_network()
    reader, browser = a_reader_who_signed_in(east.id)
    act = Act(at=clock.now(), node=east.id, channel=Channel.DESK, key="again")

    passwords.set_password(act, patron=reader.id, password="另一个密码99")

    assert browser.get("/my/").url == "/my/sign-in/"


def test_hours_show_each_place_and_what_is_closed_ahead():
    root, _east, _west = a_network()
    today = clock.today()
    network.close_days(None, node=root.id, start=today, end=today.replace(year=today.year + 1), reason={"zh": "闭馆"})

    page = Client().get("/hours/").content.decode()

    assert "闭馆" in page
    assert "Branch E" in page


def test_public_figures_name_scope_and_definition():
    _root, east, _west = a_network()
    ledger.load_measures()
    lend(make_item(node=east.id), make_patron(node=east.id), make_act(east.id, clock.today()))

    page = Client().get("/figures/").content.decode()

    assert "Scope: the whole network" in page
    assert "ISO 2789" in page


def test_every_public_page_costs_the_same_with_one_and_with_three_rows():
    _root, east, _west = a_network()
    rebuild_index(at=clock.now())
    statements_of("/hours/")  # this process has read the tree
    counts = []
    for title in ("漳河一", "漳河二", "漳河三"):
        make_item(node=east.id, record=make_record(east.id, title).id)
        index_posted(at=clock.now())
        counts.append(statements_of("/search/?q=漳河"))

    assert counts[0] == counts[2]


def statements_of(address):
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(address).status_code == 200
    return len(captured)


def test_health_is_told_to_machines():
    a_network()

    answer = Client().get("/healthz")

    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert "wenlan_acts_not_summed" in Client().get("/metrics").content.decode()


@pytest.mark.capability("V31")
def test_the_mark_of_a_demonstration_stands_on_every_page():
    facts = NodeFacts(
        code="N", names={"zh": "示例·长治"}, kind=NodeKind.NETWORK, parent=None, since=LONG_AGO, is_demo=True
    )
    root = network.open_node(None, facts)
    ledger.load_measures()
    desk = signed_in(root.id, "director")

    for address in (
        "/",
        "/search/",
        "/hours/",
        "/figures/",
        "/activities/",
        "/my/sign-in/",
        "/desk/sign-in/",
        "/nowhere/",
    ):
        page = Client().get(address, headers={"accept-language": "zh-hans"}).content.decode()
        assert "演示数据" in page, address
    assert "演示数据" in desk.get("/desk/", headers={"accept-language": "zh-hans"}).content.decode()
