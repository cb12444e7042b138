"""What readers do at home: apply, see how it stands, show the e-card, and look after their family's loans."""

import re
from datetime import UTC, date, datetime, time

import pytest
from django.test import Client

from wenlan.circulation import queries as loans
from wenlan.circulation.testing import lend, make_act, make_rule
from wenlan.holdings.testing import make_item
from wenlan.jobs.queries import posted
from wenlan.network.testing import make_network
from wenlan.patrons import operations, passes, passwords, queries
from wenlan.patrons.families.queries import family
from wenlan.patrons.joining import operations as joining
from wenlan.patrons.joining.types import Way
from wenlan.patrons.models import Application, Patron
from wenlan.patrons.testing import make_patron
from wenlan.patrons.tests.test_policies import id_number
from wenlan.patrons.types import CardKind
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
TODAY = date(2019, 3, 4)
PASSWORD = "三里湾2019"
ENTRIES = {"category": "adult", "name": "李明", "phone": "13903551234", "password": PASSWORD, "agrees": "on"}


@pytest.fixture
def east(monkeypatch) -> int:
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(TODAY, time(2), UTC))
    operations.load_categories()
    root, east = make_network("EAST")
    make_rule(root.id)
    return east.id


def signed_in_reader(node: int, **facts) -> tuple[Client, int]:
    reader = make_patron(node=node, **facts)
    passwords.set_password(make_act(node), patron=reader.id, password=PASSWORD)
    client = Client()
    client.post("/my/sign-in/", {"card": reader.cards[0].number, "password": PASSWORD})
    return client, reader.id


def text_of(page) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", page.content.decode())


def test_an_application_is_sent_once_and_stands_in_this_browser_only(east):
    client, other = Client(), Client()
    entries = ENTRIES | {"key": "k1", "document": id_number(date(1990, 5, 1), 13)}

    client.post("/join/EAST/", entries)
    client.post("/join/EAST/", entries)
    page = text_of(client.get("/join/application/"))

    assert Application.objects.count() == 1
    assert ("李*" in page, "李明" in page, "A librarian looks" in page) == (True, False, True)
    assert other.get("/join/application/").headers["Location"] == "/join/"
    client.post("/join/application/forget/")
    assert client.get("/join/application/").headers["Location"] == "/join/"


def test_a_refused_applicant_reads_why(east):
    client = Client()
    client.post("/join/EAST/", ENTRIES | {"key": "k1", "document": id_number(date(1990, 5, 1), 13)})
    joining.refuse(make_act(east), application=Application.objects.get().pk, reason="请本人到馆办理")

    assert "请本人到馆办理" in text_of(client.get("/join/application/"))


def test_a_library_that_does_not_register_on_line_is_not_offered(east):
    joining.set_rule(make_act(east), node=east, way=Way.NONE)

    offered = text_of(Client().get("/join/"))
    sent = Client().post("/join/EAST/", ENTRIES | {"key": "k1", "document": id_number(date(1990, 5, 1), 13)})

    assert "not offered" in offered
    assert (sent.status_code, Application.objects.count()) == (422, 0)


def test_a_guardian_who_mistypes_the_code_may_try_again(east):
    joining.set_rule(make_act(east), node=east, way=Way.AT_ONCE)
    client = Client()
    child = ENTRIES | {"key": "k1", "category": "child", "document": id_number(date(2010, 5, 1), 13)}
    client.post("/join/EAST/", child | {"guardian_name": "李梅", "guardian_phone": "13803558888"})
    code = posted("notices", 1)[0][1]["facts"]["code"]

    wrong = client.post("/join/application/", {"code": "000000" if code != "000000" else "111111"})
    right = client.post("/join/application/", {"code": code}, follow=True)

    assert wrong.status_code == 422
    assert Patron.objects.get().cards.get().number in text_of(right)


def test_an_e_card_is_had_at_once_and_its_code_opens_the_account(east):
    client, reader = signed_in_reader(east)

    client.post("/my/card/")
    client.post("/my/card/")
    page = client.get("/my/card/")
    (card,) = (one for one in queries.patron(reader).cards if one.kind == CardKind.E_CARD)

    assert "<svg" in page.content.decode()
    assert passes.card_number(passes.make(card.id, clock.now()), clock.now()) == card.number
    assert client.get("/my/card/code/").status_code == 200
    assert Client().get("/my/card/code/").status_code == 204


def test_the_loans_of_the_family_are_seen_and_renewed_only_after_a_yes(east):
    mother, _ = signed_in_reader(east, name="李梅", card="M1")
    son, son_id = signed_in_reader(east, name="李小明", card="S1")
    book = make_item(node=east, barcode="B1")
    lend(book, queries.patron(son_id), make_act(east, date(2019, 2, 20)))
    due = loans.open_loans(son_id)[0].due_on
    asks = {"barcode": "B1", "member": son_id, "key": "1"}

    mother.post("/my/family/", {"card": "S1", "relation": "母子"})
    mother.post("/my/renew/", asks)
    before = loans.open_loans(son_id)[0].due_on
    bond = family(son_id)[0].id
    refused = mother.post(f"/my/family/{bond}/agree/").status_code
    son.post(f"/my/family/{bond}/agree/")
    page = text_of(mother.get("/my/"))
    mother.post("/my/renew/", asks | {"key": "2"})

    assert before == due
    assert refused == 404
    assert "李**" in page
    renewed = loans.open_loans(son_id)[0].due_on
    assert renewed > due
    son.post(f"/my/family/{bond}/end/")
    mother.post("/my/renew/", asks | {"key": "3"})
    assert loans.open_loans(son_id)[0].due_on == renewed


def test_whether_a_card_exists_is_not_told_to_who_asks(east):
    client, _ = signed_in_reader(east, card="M1")
    make_patron(node=east, card="S1")

    said = {
        text_of(client.post("/my/family/", {"card": card}, follow=True)).split("Asked")[1][:60]
        for card in ("S1", "NOBODY")
    }

    assert len(said) == 1
