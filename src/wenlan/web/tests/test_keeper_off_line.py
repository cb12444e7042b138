"""What a keeper did without a line: books by the county's file, lines of the paper register; each taken in once."""

import gzip
import json
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from wenlan.catalogue.brief import queries as brief
from wenlan.catalogue.pocket.operations import refresh
from wenlan.catalogue.testing import make_record
from wenlan.circulation import queries as loans
from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.paper import queries as paper
from wenlan.circulation.testing import make_rule
from wenlan.circulation.verification import differences
from wenlan.facilities.testing import counted
from wenlan.holdings import queries as items
from wenlan.holdings.testing import make_item
from wenlan.holdings.verification import differences as stock_differences
from wenlan.kernel.acts import Channel
from wenlan.kernel.ids import new_uid
from wenlan.network.testing import make_network, make_node
from wenlan.network.types import NodeKind
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2019, 3, 4), date(2019, 3, 5)
NINE = datetime(2019, 3, 4, 1, tzinfo=UTC)
ISBN = "9787020002207"


class Phone:
    """A keeper's phone at a village room: what it wrote down without a line, and how it hands that over."""

    def __init__(self, monkeypatch):
        self.root, township = make_network("FC")
        self.room = make_node("FC-V3", parent=township.id, kind=NodeKind.VILLAGE_ROOM).id
        make_rule(self.root.id)
        self.client = signed_in(self.room, "village_keeper")
        now = datetime.combine(TUESDAY, time(9), ZoneInfo("Asia/Shanghai"))
        monkeypatch.setattr(clock, "now", lambda: now)
        monkeypatch.setattr(clock, "today", lambda: TUESDAY)
        self.lines = []
        self.page = str(new_uid())

    def did(self, act, **fields):
        at = NINE + timedelta(minutes=len(self.lines))
        told = {"uuid": str(new_uid()), "act": act, "at": at.isoformat(), "offset": 0, "node": "FC-V3", **fields}
        self.lines.append(json.dumps(told, ensure_ascii=False))
        return told["uuid"]

    def copied(self, what="out", **fields):
        place = {"page": self.page, "month": "2019-02", "number": "7"}
        return self.did("paper", what=what, quantity="1", **place, **fields)

    def send(self, *lines):
        told = {"device": "ROOM-1", "sent_at": clock.now().isoformat(), "offset": 0, "lines": list(lines or self.lines)}
        answer = self.client.post("/keeper/off-line/acts", json.dumps(told), content_type="application/json")
        return answer.json()["said"]


@pytest.fixture
def phone(monkeypatch):
    return Phone(monkeypatch)


def test_the_countys_file_comes_in_parts_to_who_keeps_a_room(phone):
    record = make_record(phone.root.id, "红楼梦", isbn=ISBN)
    assert phone.client.get(reverse("keeper:county")).json() == {"records": 1000, "parts": [], "made": False}
    refresh()

    told = phone.client.get(reverse("keeper:county")).json()
    ((number, digest, size, lines),) = told["parts"]
    came = phone.client.get(reverse("keeper:county_part", args=[number, digest]))

    isbn, place, title, _author, _class = gzip.decompress(came.content).decode().splitlines()[0].split("\t")
    assert (isbn, number * told["records"] + int(place), title) == (ISBN, record.id, "红楼梦")
    assert (len(came.content), lines, came.headers["Cache-Control"]) == (
        size,
        1,
        "private, max-age=31536000, immutable",
    )
    assert phone.client.get(reverse("keeper:county_part", args=[number, "0" * 12])).status_code == 404
    assert signed_in(phone.room, "cataloguer").get(reverse("keeper:county")).status_code == 403


def test_a_book_found_in_the_countys_file_is_registered_later_and_once(phone):
    record = make_record(phone.root.id, "红楼梦", isbn=ISBN)
    uid = phone.did("book", isbn=ISBN, record=record.id, title="红楼梦", barcode="HLM1", was_here="yes")
    loan = phone.did("checkout", card=make_patron(node=phone.room).cards[0].number, item="HLM1")

    said = [phone.send(), phone.send()][-1]

    book = items.item_by_barcode("HLM1")
    assert (book.record, book.shelved_at, book.accessioned_on) == (record.id, phone.room, MONDAY)
    assert (said[uid]["tone"], said[loan]["tone"], counted("loan.made")) == ("good", "good", 1)
    assert len(items.items_with_barcode("HLM1")) == 1
    assert (differences(), stock_differences()) == ([], [])


@pytest.mark.parametrize("meant", [0, 10**9, "x", None])
def test_a_record_that_is_gone_is_found_by_its_number_and_an_unknown_one_made_in_brief(phone, meant):
    record = make_record(phone.root.id, "红楼梦", isbn=ISBN)
    phone.did("book", isbn=ISBN, record=meant, title="红楼梦", barcode="B1")
    phone.did(
        "book", isbn="9787544291170", record=meant, title="百年孤独", author="马尔克斯", price="39.5", barcode="B2"
    )

    phone.send()

    assert items.item_by_barcode("B1").record == record.id
    assert (items.item_by_barcode("B2").list_price_fen, brief.waiting_count()) == (3950, 1)


def test_a_book_that_cannot_be_is_said_and_changes_nothing(phone):
    make_item(node=phone.room, barcode="B1")
    taken, nameless = phone.did("book", title="某书", barcode="B1"), phone.did("book", barcode="B9")

    said = phone.send()

    assert [(said[uid]["tone"], bool(said[uid]["label"])) for uid in (taken, nameless)] == [("stop", True)] * 2
    assert (len(items.items_with_barcode("B1")), brief.waiting_count()) == (1, 0)


def test_lines_of_the_register_count_on_their_day_and_once(phone):
    reader, book = make_patron(node=phone.room, card="C7"), make_item(node=phone.room, barcode="SW1")
    phone.copied(day_written="2.18", item="水浒传", reader="李大爷", back_written="25")
    phone.copied(day_written="2.20", item="sw1", reader="c7")
    phone.copied("visit", day_written="2.20")

    said = [phone.send(), phone.send()][-1]

    assert [one["tone"] for one in said.values()] == ["good"] * 3
    (page,) = paper.pages([phone.room])
    assert (page.month, page.number, page.lines) == (date(2019, 2, 1), "7", 4)
    assert loans.loan_of_item(book.id).patron == reader.id
    assert counted("loan.made", channel=Channel.PAPER) == 2
    assert counted("visit.counted", channel=Channel.PAPER, day=date(2019, 2, 20)) == 1
    assert differences() == []


def test_a_line_that_may_mean_somebody_known_counts_when_somebody_has_looked(phone):
    reader = make_patron(node=phone.room, name="秦桂花", card="C7")
    book = make_item(node=phone.room, barcode="SW1")
    uid = phone.copied(day_written="2.20", item="SW1", reader="秦桂花")
    said = phone.send()[uid]
    assert (said["tone"], said["state"], counted("loan.made")) == ("look", "waiting", 0)

    # The row on the phone leads to the page, as it was typed; there the keeper says who it was, under the line's id.
    typed = {"what": "out", "day_written": "2.20", "item": "SW1", "reader": "秦桂花", "quantity": "1", "key": uid}
    shown = phone.client.post(said["href"], typed)
    assert (shown.context["key"], [one.card for one in shown.context["readers"]]) == (uid, ["C7"])
    phone.client.post(said["href"], {**typed, "looked": "1", "card": "C7", "chosen": "SW1\t"})

    assert phone.send()[uid]["tone"] == "good"
    assert (loans.loan_of_item(book.id).patron, counted("loan.made")) == (reader.id, 1)


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ({"day_written": "heute"}, {}),
        ({"day_written": "2.20"}, {"day_written": "2.20"}),
        ({"day_written": "2.20", "item": ""}, {}),
    ],
)
def test_a_line_that_is_doubtful_waits_to_be_looked_at(phone, first, again):
    if again:
        phone.copied(item="某书", **again)
    uid = phone.copied(**{"item": "某书", **first})

    said = phone.send()[uid]

    assert (said["tone"], said["href"] != "", bool(said["label"])) == ("look", True, True)
    assert counted("loan.made") == bool(again)


@pytest.mark.parametrize("page", ["", "x", 7, None])
def test_a_line_without_a_page_is_said_and_changes_nothing(phone, page):
    uid = phone.did("paper", what="visit", day_written="2.20", quantity="3", month="2019-02", page=page)

    assert (phone.send()[uid]["tone"], counted("visit.counted")) == ("stop", 0)


def test_another_rooms_keeper_takes_nothing_in_here(phone):
    uid = phone.did("book", title="某书", barcode="B1")
    phone.client = signed_in(make_node(parent=phone.root.id, kind=NodeKind.VILLAGE_ROOM).id, "village_keeper")

    assert (phone.send()[uid]["tone"], items.items_with_barcode("B1")) == ("stop", ())


def test_a_file_of_a_phone_whose_line_never_came_back_is_taken_in_once(phone):
    phone.did("open")
    phone.copied(day_written="2.5", item="三里湾", reader="李", back_written="")
    phone.did("visit", persons=3)
    phone.did("open", node="NOWHERE")
    file = "\n".join([*phone.lines, "half a li"])

    def bring():
        given = SimpleUploadedFile("ROOM-7F3A9C.jsonl", file.encode())
        page = phone.client.post(reverse("keeper:off_line_file"), {"file": given}, follow=True)
        return [str(message) for message in page.context["messages"]]

    first, again = bring(), bring()

    assert first[0] == "Taken in: 3. To be looked at: 0. Not taken in: 2."
    assert again[0] == first[0]
    assert counted("visit.counted", node=phone.room) == 3
    assert [row.device for row in JournalLine.objects.all()] == ["ROOM-7F3A9C", "ROOM-7F3A9C"]
    assert phone.send()  # the phone has its line after all
    assert counted("visit.counted", node=phone.room) == 3
