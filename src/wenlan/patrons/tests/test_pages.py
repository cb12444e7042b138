"""Pages of the readers' desk: who may see what, and what a form leads to."""

import re
from datetime import UTC, date, datetime, time
from io import BytesIO

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from wenlan.circulation.testing import make_act, make_rule
from wenlan.network import queries as network
from wenlan.network.testing import make_network, make_node
from wenlan.network.types import NodeKind
from wenlan.patrons import operations, queries
from wenlan.patrons.joining import operations as joining
from wenlan.patrons.joining.types import NewApplication
from wenlan.patrons.models import Application, FamilyBond, Patron
from wenlan.patrons.testing import make_patron
from wenlan.patrons.tests.test_policies import id_number
from wenlan.patrons.types import CardStatus, NewReader, PatronStatus
from wenlan.staff import queries as staff
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
NUMBER = id_number(date(1990, 5, 1), 13)
TODAY = date(2019, 3, 4)
CARD_ACTS = ("lost", "lift", "stop", "replace")
HOSTILE = ["a\0b", "长" * 10_000, "'\"><script>%s{{7*7}}\u202e\ufffe", "9" * 400]


@pytest.fixture
def places(monkeypatch) -> tuple[int, int]:
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(TODAY, time(2), UTC))
    operations.load_categories()
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    return east.id, west.id


def li(node: int, **more):
    facts = {"name": "李明", "category": "adult", "card_number": "R1", "id_number": NUMBER, "phone": "13903551234"}
    return operations.register(make_act(node, TODAY), reader=NewReader(**(facts | more)))


def text_of(page) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", page.content.decode())


def addresses_of(reader: int) -> list[str]:
    pages = ["", "register/", "applications/", "applications/1/", "lists/", "lists/1/", "lists/1/rejected.xlsx"]
    pages += ["strike-off/", "categories/", "categories/adult/", "joining/", f"?q={NUMBER}", f"{reader}/"]
    return [f"/desk/readers/{page}" for page in [*pages, f"{reader}/amend/", f"{reader}/merge/"]]


@pytest.mark.parametrize("role", ["system", "cataloguer", "finance", "statistician", "office", "auditor"])
def test_the_system_administrator_and_others_without_the_right_see_no_reader(places, role):
    east, _ = places
    reader = li(east)
    client = signed_in(east, role)

    found = {address: client.get(address) for address in addresses_of(reader.id)}
    read = client.post(f"/desk/readers/{reader.id}/id-number", {"reason": "x"})

    assert {page.status_code for page in found.values()} | {read.status_code} == {403}
    assert not any("李明" in page.content.decode() for page in found.values())


def test_a_reader_of_another_branch_is_masked_with_family_history_and_number(places):
    east, west = places
    reader = li(west)
    client = signed_in(east, "circulation")

    page = text_of(client.get(f"/desk/readers/{reader.id}/"))
    refused = [
        client.get(f"/desk/readers/{reader.id}/amend/"),
        client.get(f"/desk/readers/{reader.id}/merge/"),
        client.post(f"/desk/readers/{reader.id}/id-number", {"reason": "x"}),
        client.post(f"/desk/readers/{reader.id}/family", {"card": "R1", "sees": "both", "agreed": "on"}),
        client.post(f"/desk/readers/{reader.id}/password", {"password": "123456"}),
    ]

    assert ("李*" in page, "李明" in page, "13903551234" in page, NUMBER in page) == (True, False, False, False)
    assert "What was done to the account" not in page
    assert [one.status_code for one in refused] == [403] * 5
    assert staff.audit_trail(f"patron:{reader.id}")[0]["action"] == "patrons.register"


def test_a_number_is_shown_masked_and_in_full_only_with_a_reason_that_is_kept(places):
    east, _ = places
    reader = li(east)
    client, keeper = signed_in(east, "circulation"), signed_in(east, "village_keeper")

    page = text_of(client.get(f"/desk/readers/{reader.id}/"))
    without_reason = client.post(f"/desk/readers/{reader.id}/id-number", {"reason": ""}, follow=True)
    read = client.post(f"/desk/readers/{reader.id}/id-number", {"reason": "读者要求核对"})
    not_allowed = keeper.post(f"/desk/readers/{reader.id}/id-number", {"reason": "x"})

    assert (f"{NUMBER[:3]}{'*' * 13}{NUMBER[-2:]}" in page, NUMBER in page) == (True, False)
    assert NUMBER not in without_reason.content.decode()
    assert NUMBER in read.content.decode()
    assert read.headers["Cache-Control"].startswith("max-age=0")
    assert not_allowed.status_code == 403
    trail = [(line["action"], line["reason"]) for line in staff.audit_trail(f"patron:{reader.id}")]
    assert trail == [("patrons.read_id_number", "读者要求核对"), ("patrons.register", "")]


def test_the_page_tells_the_life_of_the_card_with_who_and_why(places):
    east, _ = places
    reader = li(east)
    client = signed_in(east, "circulation")
    card = reader.cards[0].id

    client.post(f"/desk/readers/{reader.id}/cards/{card}/lost", {"reason": "遗失"})
    lost = queries.patron(reader.id).cards[0].status
    client.post(f"/desk/readers/{reader.id}/cards/{card}/replace", {"number": "R2", "key": "k", "reason": "补证"})
    client.post(f"/desk/readers/{reader.id}/suspend", {"until": "2019-04-01", "reason": "污损"})
    client.post(f"/desk/readers/{reader.id}/lift", {"reason": "已赔"})
    client.post(f"/desk/readers/{reader.id}/extend", {"until": "2021-03-04", "reason": "年检"})
    page = text_of(client.get(f"/desk/readers/{reader.id}/"))

    assert lost == CardStatus.LOST
    told = ("Card reported lost R1", "遗失", "Card replaced R1 → R2", "Borrowing stopped until 2019-04-01", "污损")
    for words in (*told, "Borrowing allowed again", "valid until 2021-03-04"):
        assert words in page
    assert re.search(r"Staff\d+", page)


def test_a_lost_card_is_stopped_at_any_desk_and_serves_again_only_by_the_home_library(places):
    east, west = places
    reader = li(east)
    card = f"/desk/readers/{reader.id}/cards/{reader.cards[0].id}"
    away, home, keeper = (signed_in(*who) for who in ((west, "circulation"), (east, "circulation"), (west, "office")))

    page = text_of(away.get(f"/desk/readers/{reader.id}/"))
    answers = [away.post(f"{card}/{what}", {"reason": "遗失", "number": "R9", "key": "k"}) for what in CARD_ACTS]
    lost = queries.patron(reader.id).cards[0]
    home.post(f"{card}/lift", {"reason": "找到"})
    found = queries.patron(reader.id).cards[0].status
    home.post(f"{card}/stop", {"reason": "费用未缴"})

    assert ("Report lost" in page, "Replace" in page, reader.name in page) == (True, False, False)
    assert [answer.status_code for answer in answers] == [302, 403, 403, 403]
    assert (lost.status, lost.until_day, found) == (CardStatus.LOST, None, CardStatus.VALID)
    assert queries.patron(reader.id).cards[0].status == CardStatus.SUSPENDED
    assert keeper.post(f"{card}/lost", {"reason": "x"}).status_code == 403


def test_the_desk_says_what_is_not_settled(places):
    east, _ = places
    reader = li(east)
    Patron.objects.filter(pk=reader.id).update(owed_fen=350, deposit_fen=10000)

    page = text_of(signed_in(east, "circulation").post(f"/desk/readers/{reader.id}/deregister", follow=True))

    assert ("still owes 3.50 yuan" in page, "A deposit of 100.00 yuan" in page) == (True, True)
    assert queries.patron(reader.id).status == PatronStatus.VALID


def test_a_reader_who_looks_like_another_is_registered_after_a_second_look(places):
    east, _ = places
    li(east, id_number="", birth_date=date(1990, 5, 1))
    client = signed_in(east, "circulation")
    form = {"key": "k", "card_number": "R2", "card_kind": "barcode", "category": "adult", "name": "李明"}
    form |= {"birth_date": "1990-05-01"}

    looked = client.post("/desk/readers/register/", form)
    before = Patron.objects.count()
    done = client.post("/desk/readers/register/", form | {"anyway": "on"})

    assert (looked.status_code, before, done.status_code, Patron.objects.count()) == (422, 1, 302, 2)
    assert "R1" in text_of(looked)


def test_on_the_bus_a_reader_is_registered_by_the_bus(places):
    east, _ = places
    bus = make_node("BUS", parent=east, kind=NodeKind.BUS)
    form = {"key": "k", "card_number": "R2", "card_kind": "barcode", "category": "adult", "name": "李明"}

    signed_in(bus.id, "bus").post("/desk/readers/register/", form)

    event = apps.get_model("ledger", "ServiceEvent").objects.get(kind="patron.registered")
    assert (event.channel, event.node) == ("bus", bus.id)


def test_two_accounts_are_looked_at_and_merged(places):
    east, _ = places
    old, new = li(east, id_number=""), li(east, card_number="R2")
    client = signed_in(east, "circulation")

    offered = text_of(client.get(f"/desk/readers/{old.id}/merge/"))
    shown = text_of(client.get(f"/desk/readers/{old.id}/merge/", {"card": "R2"}))
    client.post(f"/desk/readers/{old.id}/merge/", {"gone": new.id, "key": "k", "reason": "重复办证"})
    gone = client.get(f"/desk/readers/{new.id}/")

    assert "R2" in offered
    assert "Identity number" in shown
    assert gone.headers["Location"] == f"/desk/readers/{old.id}/"
    assert {card.number for card in queries.patron(old.id).cards} == {"R1", "R2"}


def test_accounts_are_struck_off_as_they_were_looked_at(places):
    east, _west = places
    ours, theirs = (make_patron(node=node, on=date(2010, 1, 1)) for node in places)
    for reader in (ours, theirs):
        operations.extend(make_act(east), patron=reader.id, until=date(2012, 1, 1))
    client = signed_in(east, "branch_manager")
    form = {"key": "k", "years": "3", "reason": "过期三年"}

    shown = text_of(client.get("/desk/readers/strike-off/?years=3"))
    changed = client.post("/desk/readers/strike-off/", form | {"expected": "7"})
    done = client.post("/desk/readers/strike-off/", form | {"expected": "1"})

    assert "Strike off 1 accounts" in shown
    assert (changed.status_code, done.status_code) == (422, 302)
    assert queries.patron(ours.id).status == PatronStatus.DEREGISTERED
    assert queries.patron(theirs.id).status == PatronStatus.VALID


def test_a_category_is_changed_by_those_who_change_rules(places):
    east, _ = places
    form = {
        "zh": "成人",
        "en": "Adult",
        "loan_limit": "15",
        "loan_kind": "personal",
        "is_open": "on",
        "valid_days": "1095",
    }

    refused = signed_in(east, "circulation").post("/desk/readers/categories/adult/", form)
    done = signed_in(make_root(), "director").post("/desk/readers/categories/adult/", form)

    assert (refused.status_code, done.status_code) == (403, 302)
    assert (queries.category("adult").loan_limit, queries.category("adult").valid_days) == (15, 1095)


def make_root() -> int:
    return network.root().id


def test_the_queue_shows_the_own_branch_and_its_applications_are_decided_there(places):
    east, _west = places
    facts = {"name": "王芳", "category": "adult", "phone": "13903551234", "document": NUMBER}
    ours, theirs = (
        joining.apply(make_act(node, TODAY), application=NewApplication(node=node, **facts)) for node in places
    )
    client = signed_in(east, "circulation")

    queue = text_of(client.get("/desk/readers/applications/"))
    hidden = client.get(f"/desk/readers/applications/{theirs.id}/")
    page = text_of(client.get(f"/desk/readers/applications/{ours.id}/"))
    client.post(f"/desk/readers/applications/{ours.id}/", {"card_number": "R7", "category": "adult"})

    assert queue.count("王芳") == 1
    assert hidden.status_code == 404
    assert (NUMBER in page, "王芳" in page) == (False, True)
    assert queries.patron_by_card("R7").home_node == east
    assert client.post(f"/desk/readers/applications/{theirs.id}/refuse", {"reason": "x"}).status_code == 404


def test_the_queue_costs_the_same_for_one_and_for_three(places):
    east, _ = places
    client = signed_in(east, "circulation")
    costs = []

    for numbers in ([13], [22, 31]):
        for serial in numbers:
            asked = {"name": f"读者{serial}", "category": "adult", "phone": str(serial)}
            asked |= {"document": id_number(date(1990, 5, 1), serial)}
            joining.apply(make_act(east, TODAY), application=NewApplication(node=east, **asked))
        client.get("/desk/readers/applications/")
        with CaptureQueriesContext(connection) as cost:
            client.get("/desk/readers/applications/")
        costs.append(len(cost))

    assert costs[0] == costs[1]


def test_a_list_is_looked_at_run_and_its_rejected_lines_are_given_back(places):
    east, _ = places
    text = f"姓名,证号,身份证号\n李明,L1,{NUMBER}\n王芳,L2,140400900101123\n"
    client = signed_in(east, "branch_manager")

    form = {"key": "k", "profile": "plain", "source": "school-1", "category": "adult"}
    kept = client.post("/desk/readers/lists/", form | {"file": SimpleUploadedFile("班级.csv", text.encode("gb18030"))})
    page = text_of(client.get(kept.headers["Location"]))
    before = Patron.objects.count()
    client.post(f"{kept.headers['Location']}run")
    sheet = load_workbook(BytesIO(client.get(f"{kept.headers['Location']}rejected.xlsx").content)).worksheets[0]

    assert ("李明" in page, "Numbers of 15 places" in page, before, Patron.objects.count()) == (True, True, 0, 1)
    assert [row[0].value for row in sheet.iter_rows()] == ["姓名", "王芳"]
    other = signed_in(places[1], "branch_manager")
    assert other.get(kept.headers["Location"]).status_code == 403


def test_what_no_person_would_send_is_refused_without_a_crash(places):
    east, _ = places
    reader = li(east)
    wang = NewApplication(node=east, name="王芳", category="adult", phone="1", document=id_number(date(1980, 1, 1), 22))
    asked = joining.apply(make_act(east), application=wang)
    clients = [signed_in(east, "branch_manager"), signed_in(make_root(), "director")]
    fields = ("name", "reason", "card", "key", "gone", "years", "expected", "file", "profile", "source", "category")
    fields += ("code", "zh", "loan_limit", "way", "categories", "password", "document", "until", "sees", "phone")
    addresses = [*addresses_of(reader.id), f"/desk/readers/{reader.id}/family", f"/desk/readers/{reader.id}/contacts"]
    addresses += [f"/desk/readers/applications/{asked.id}/", f"/desk/readers/joining/{east}/", "/join/EAST/", "/join/"]
    addresses += ["/join/application/", "/my/card/", "/my/family/", f"/desk/readers/{reader.id}/id-number"]

    crashed = []
    for client in clients:
        for address in addresses:
            for rubbish in HOSTILE:
                sent = dict.fromkeys(fields, rubbish)
                for answer in (client.get(address, sent), client.post(address, sent)):
                    if answer.status_code >= 500:
                        crashed.append((address, rubbish[:5], answer.status_code))

    assert crashed == []
    assert Patron.objects.count() == 1
    assert (Application.objects.count(), FamilyBond.objects.count()) == (1, 0)
