"""A village room's week on the keeper's phone: plain forms, as light as a message."""

import json
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from wenlan.catalogue.brief import queries as brief
from wenlan.catalogue.testing import make_record
from wenlan.circulation import queries as loans
from wenlan.circulation.paper import queries as paper
from wenlan.circulation.testing import make_act, make_rule
from wenlan.circulation.verification import differences
from wenlan.facilities.openings import queries as openings
from wenlan.facilities.testing import counted, make_gate
from wenlan.facilities.verification import differences as facility_differences
from wenlan.holdings import queries as items
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as cubes
from wenlan.kernel.acts import Channel
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.network.testing import make_network, make_node
from wenlan.network.types import NodeKind
from wenlan.patrons import operations as patrons
from wenlan.patrons.testing import make_category
from wenlan.patrons.types import NewReader
from wenlan.staff.testing import PASSWORD, make_member, signed_in
from wenlan.ui import assets, clock
from wenlan.web.keeper.urls import urlpatterns

pytestmark = pytest.mark.django_db

MONDAY = date(2019, 3, 4)
ISBN = "9787020002207"
BUDGET = 60_000
PHOTO = b"\xff\xd8\xff\xe0 a page of the register"
_numbers = count(1)
HERE = {"latitude": "35.775", "longitude": "113.28", "accuracy": "18.4"}


class Phone:
    """The keeper's phone: a browser whose pages are read, and whose clock the test sets."""

    def __init__(self, client, monkeypatch):
        self.client, self.monkeypatch = client, monkeypatch
        self.at(MONDAY, 9)

    def at(self, day, hour, minute=0):
        """Let it be that time in China."""
        now = datetime.combine(day, time(hour, minute), ZoneInfo("Asia/Shanghai"))
        self.monkeypatch.setattr(clock, "now", lambda: now)
        self.monkeypatch.setattr(clock, "today", lambda: day)

    def get(self, page, **asked):
        """Open a page."""
        return self.client.get(reverse(f"keeper:{page}"), asked)

    def post(self, page, **typed):
        """Send a form and go where it leads; return the page and what it says."""
        answer = self.client.post(reverse(f"keeper:{page}"), typed, follow=True)
        return answer, [str(message) for message in answer.context["messages"]] if answer.context else []


@pytest.fixture
def village(monkeypatch):
    """A county with a village room: a shelf of six, two readers, a keeper with the shipped role, at nine on Monday."""
    root, township = make_network("FUCHENG")
    room = make_node("FUCHENG-V3", parent=township.id, kind=NodeKind.VILLAGE_ROOM)
    make_rule(root.id)
    novel = make_record(root.id, "红楼梦", isbn=ISBN)
    for n in range(2):
        make_item(node=room.id, record=novel.id, barcode=f"HLM{n}")
    for n in range(4):
        make_item(node=room.id, barcode=f"SW{n}")
    register(room.id, "秦桂花", phone="13835601234", id_number="140524196203154824")
    return room.id, Phone(signed_in(room.id, "village_keeper"), monkeypatch)


def register(node, name, **more):
    """Register an adult at a node."""
    make_category()
    act = make_act(node, date(2019, 1, 2))
    reader = NewReader(name=name, category="adult", card_number=f"C{next(_numbers):06d}", sex="f", **more)
    return patrons.register(act, reader=reader)


@pytest.mark.capability("V17")
def test_story_of_a_village_rooms_week(village):
    room, phone = village
    monday_morning(phone, room)
    card = lending(phone, room)
    a_book_without_a_record(phone, room)
    last_months_register(phone, room, card)

    # Tuesday: the keeper forgot to sign out; the phone asks before it opens, and a book is back.
    tuesday = date(2019, 3, 5)
    phone.at(tuesday, 9)
    assert "nobody signed out" in phone.get("today").content.decode()
    _, said = phone.post("open", **HERE, key="tue")
    assert "Nobody signed out" in said[0]
    phone.post("close", told="11:30", key="mon-late")
    phone.post("open", **HERE, key="tue2")
    (line,) = [one for one in phone.get("return").context["out"] if one["loan"].barcode == "SW1"]
    assert line["reader"] == "秦桂花"
    _, said = phone.post("return", chosen="SW1", scope="", key="back")
    assert said[0].startswith("Taken back")

    # What the branch and the report see: each figure once, under its channel.
    assert (counted("loan.made", node=room, channel=Channel.DESK), counted("loan.made", channel=Channel.PAPER)) == (
        5,
        2,
    )
    assert counted("visit.counted", node=room, day=MONDAY) == 12
    assert counted("visit.counted", channel=Channel.PAPER, day=date(2019, 2, 20)) == 8
    assert counted("place.opened", subject="day") == 2
    assert counted("place.opened", subject="minutes", estimated=True) == 150
    assert (differences(), facility_differences()) == ([], [])


def monday_morning(phone, room):
    """Open by place and time; twelve come in, one press too many is taken back."""
    _, said = phone.post("open", **HERE, key="mon")
    phone.post("open", **HERE, key="mon")
    phone.at(MONDAY, 9, 2)
    assert said == ["Open since 09:00."]
    for n in range(3):
        phone.post("visit", persons="1", key=f"v{n}")
    phone.post("visit", persons="1", key="v2")
    phone.post("visit", persons="10", key="class")
    phone.post("visit", what="back", key="back1")
    page, _ = phone.post("visit", persons="9", key="class2")
    assert page.context["persons"] == 12
    assert openings.standing(room).has_position


def lending(phone, room):
    """Lend by name and barcode, and one by its ISBN and "this one"; a fifth is refused nothing."""
    assert [one.name for one in phone.get("lend", reader="1234").context["found"]] == ["秦桂花"]
    assert [one.phone for one in phone.get("lend", reader="秦").context["found"]] == ["*******1234"]
    card = phone.get("lend", reader="秦桂花").context["found"][0].card
    for n in range(4):
        _, said = phone.post("lend", card=card, book=f"sw{n}", key=f"out{n}")
        assert "2019-04-03" in said[0]
    phone.post("lend", card=card, book="sw3", key="out3")  # the line was slow, and it was pressed again

    page, _ = phone.post("lend", card=card, book=ISBN, key="novel")
    assert [one.item.barcode for one in page.context["found"]] == ["HLM0", "HLM1"]
    phone.post("lend", card=card, chosen="HLM1", scope="", key="novel")
    cubes.fold()
    assert phone.get("today").context["done"] == {"loans": 5, "returns": 0}
    page, _ = phone.post("lend", card=card, book="HLM1", key="again")
    assert page.status_code == 422
    return card


def a_book_without_a_record(phone, room):
    """A book that the county knows is registered by its ISBN; one that it does not know, by three fields."""
    found = phone.get("book", isbn=ISBN).context["found"]
    _, said = phone.post("book", record=found[0].id, isbn=ISBN, key="copy3", was_here="yes")
    assert said[0] == "Registered. Its barcode: FUCHENG-V3-0000007"

    assert phone.get("book", isbn="9787544291170").context["found"] == ()
    page, _ = phone.post("book", isbn="9787544291170", title="", key="brief")
    assert page.status_code == 422
    phone.post(
        "book", isbn="9787544291170", title="百年孤独", author="马尔克斯", price="39.5元", barcode="BN1", key="brief"
    )
    book = items.item_by_barcode("BN1")
    assert (book.shelved_at, book.list_price_fen, brief.waiting_count()) == (room, 3950, 1)


def last_months_register(phone, room, card):
    """Copy February's page with its photograph: a loan with a return, one still out, eight visitors."""
    answer, _ = phone.post("paper", month="2019-02", number="7", photo=SimpleUploadedFile("x.jpg", PHOTO), key="page")
    page = answer.context["page"]
    here = reverse("keeper:paper_page", args=[page.uid])
    send = lambda **typed: phone.client.post(here, {"quantity": "1", **typed}, follow=True)  # noqa: E731

    send(what="out", day_written="2.18", reader="李大爷", item="水浒传", back_written="25", key="p1")
    asked = send(what="out", day_written="2.20", reader="秦桂花", item="HLM0", key="p2")
    assert [one.card for one in asked.context["readers"]] == [card]
    chosen = {"card": card, "chosen": "HLM0\t", "looked": "1"}
    send(what="out", day_written="2.20", reader="秦桂花", item="HLM0", key="p2", **chosen)
    doubtful = send(what="out", day_written="3.2", reader="王二", item="西游记", key="p3")
    assert doubtful.status_code == 422
    send(what="visit", day_written="2.20", quantity="8", key="p4")

    assert [(one.day.day, one.what, one.is_known) for one in paper.lines_of(page.uid)] == [
        (20, "visit", False), (20, "out", True), (25, "in", False), (18, "out", False),
    ]  # fmt: skip
    assert loans.loan_of_item(items.item_by_barcode("HLM0").id).due_on == date(2019, 3, 22)
    assert phone.client.get(reverse("keeper:paper_photo", args=[page.uid])).content == PHOTO


def test_a_line_copied_wrongly_is_taken_back(village):
    _room, phone = village
    answer, _ = phone.post("paper", month="2019-02", key="page")
    here = reverse("keeper:paper_page", args=[answer.context["page"].uid])
    phone.client.post(here, {"what": "out", "day_written": "2.3", "item": "某书", "quantity": "3", "key": "one"})
    (line,) = paper.lines_of(answer.context["page"].uid)

    phone.client.post(reverse("keeper:paper_strike", args=[line.uid]), {"key": "strike"})

    assert counted("loan.made") == 0
    assert paper.lines_of(answer.context["page"].uid)[0].struck_at is not None


def test_a_reader_is_found_by_the_end_of_the_identity_card_and_a_stranger_by_the_whole_only(village):
    _room, phone = village
    stranger = register(make_node(parent=network.root().id).id, "郭春生", phone="13900004824")
    card = stranger.cards[0].number

    found = {asked: [one.name for one in phone.get("lend", reader=asked).context["found"]] for asked in (
        "4824", "154824", "824", "140524196203154824", "郭春生",
    )}  # fmt: skip
    masked = phone.get("lend", reader=card[:-1]).context["found"], phone.get("lend", reader=card)

    assert found == {
        "4824": ["秦桂花"], "154824": ["秦桂花"], "824": [], "140524196203154824": ["秦桂花"], "郭春生": [],
    }  # fmt: skip
    assert (masked[0], masked[1].status_code) == ((), 302)


def test_where_a_gate_counts_nobody_is_counted_by_hand(village):
    room, phone = village
    make_gate(room)

    page, said = phone.post("visit", persons="1", key="one")

    assert (page.context["has_gate"], counted("visit.counted")) == (True, 0)
    assert said[0].startswith("A gate counts")


@pytest.mark.parametrize(
    "sent",
    [{}, {"latitude": "x", "longitude": "1", "accuracy": "1"}, {"latitude": "nan", "longitude": "1", "accuracy": "1"},
     {"latitude": "91", "longitude": "1", "accuracy": "1"}],
)  # fmt: skip
def test_a_room_is_not_opened_from_nowhere_without_a_reason(village, sent):
    room, phone = village
    phone.post("open", **sent, key="one")
    assert openings.standing(room) is None

    phone.post("open", **sent, no_position="not_allowed", key="two")
    assert openings.standing(room).no_position == "not_allowed"


def test_only_who_keeps_the_room_opens_its_pages(village):
    room, phone = village
    uid = "0190163d-8694-739b-aea5-966c26f8ad91"
    named = {"paper_page": [uid], "paper_photo": [uid], "paper_strike": [uid], "county_part": [0, "d"]}
    names = [one.name for one in urlpatterns if one.name not in {"sign_in", "sign_out", "worker", "off_line_acts"}]
    addresses = [reverse(f"keeper:{name}", args=named.get(name, [])) for name in names]
    stranger, cataloguer = type(phone.client)(), signed_in(room, "cataloguer")

    for address in addresses:
        for method in ("get", "post"):
            away = getattr(stranger, method)(address)
            refused = getattr(cataloguer, method)(address)
            assert away.status_code == 405 or away.headers["Location"].startswith("/keeper/sign-in/")
            assert refused.status_code in {403, 405}


def test_another_rooms_page_is_not_there(village):
    room, phone = village
    answer, _ = phone.post("paper", month="2019-02", photo=SimpleUploadedFile("x.jpg", PHOTO), key="page")
    uid = answer.context["page"].uid
    other = signed_in(make_node(parent=room, kind=NodeKind.VILLAGE_ROOM).id, "village_keeper")

    assert [other.get(reverse(f"keeper:{name}", args=[uid])).status_code for name in ("paper_page", "paper_photo")] == [
        404,
        404,
    ]


def test_a_keeper_signs_in_on_the_phone_and_stays(village):
    room, _phone = village
    make_member(room, "village_keeper", username="qin")
    client = Client()
    wrong = client.post("/keeper/sign-in/", {"username": "qin", "password": "no"})
    client.post("/keeper/sign-in/", {"username": "qin", "password": PASSWORD, "mine": "1", "next": "//evil.example/"})

    assert wrong.status_code == 422
    assert client.get("/keeper/").context["room"] == "Branch FUCHENG-V3"
    assert client.session.get_expiry_age() == 30 * 24 * 3600


def a_line(act, at, **more):
    """Return a line of the phone's journal."""
    return json.dumps(
        {"uuid": str(new_uid()), "act": act, "at": at.isoformat(), "offset": 0, "node": "FUCHENG-V3", **more}
    )


def test_what_was_done_without_a_line_is_taken_in_once_and_in_its_order(village):
    _room, phone = village
    phone.at(MONDAY, 12)
    nine = datetime(2019, 3, 4, 1, tzinfo=UTC)
    lines = [
        a_line("open", nine, latitude=35.775, longitude=113.28, accuracy=9.5),
        a_line("visit", nine, persons=4),
        a_line("close", nine + timedelta(hours=2)),
        a_line("open", nine + timedelta(days=3)),
    ]
    sent = {"device": "ROOM-1", "sent_at": clock.now().isoformat(), "offset": 0, "lines": lines}

    def send(body):
        return phone.client.post("/keeper/off-line/acts", json.dumps(body), content_type="application/json")

    first, again = send(sent).json()["said"], send(sent).json()["said"]

    assert [said["tone"] for said in first.values()] == ["good", "good", "good", "stop"]
    assert [said["state"] for said in again.values()] == [said["state"] for said in first.values()]
    assert (counted("place.opened", subject="minutes"), counted("visit.counted")) == (120, 4)
    assert counted("place.opened", subject="day", channel=Channel.OFFLINE) == 1
    wrong = ([], {}, {**sent, "lines": ["[]", "x"]}, {**sent, "offset": "x"}, {**sent, "lines": lines * 60})
    assert [send(body).status_code for body in wrong] == [422] * 5


@pytest.mark.capability("V17")
def test_the_first_view_is_light(village):
    _room, phone = village
    pages = [len(phone.get(name).content) for name in ("today", "lend", "return", "book", "paper")]
    pages.append(len(phone.get("off_line").content))
    built = {*assets.files("keeper"), *assets.files("keeper-off-line"), assets.asset("offline-worker").script}

    sent = max(pages) + sum(Path(str(finders.find(path))).stat().st_size for path in built)

    assert sent < BUDGET
