"""The desk without a line over HTTP: its acts, what it takes along, the queue of conflicts, files and the command."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenlan.circulation import queries
from wenlan.circulation.journals import statements
from wenlan.circulation.journals.errors import JournalUnreadable
from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.journals.reading import read_file
from wenlan.circulation.journals.snapshot import card_hash, salt_of, snapshot
from wenlan.circulation.models import Loan
from wenlan.circulation.testing import lend, make_act, make_rule, make_special_rule
from wenlan.config.commands import parser
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network, make_node, open_every_day
from wenlan.patrons.testing import make_category, make_patron
from wenlan.staff.models import StaffMember
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
NOON = datetime(2019, 3, 4, 4, tzinfo=UTC)
ACTS, TAKEN, QUEUE = (f"/desk/circulation/{page}" for page in ("off-line/acts", "off-line/snapshot", "journals/"))


@pytest.fixture
def places(monkeypatch):
    """A county library with a village room, at noon of a Monday; a librarian and a keeper."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    root, county = make_network("COUNTY")
    room = make_node("ROOM", parent=county.id)
    make_rule(root.id)
    return root, county, room


def line(card, item, *, by="", hours=-1, node="COUNTY", **more):
    told = {"uuid": str(uuid4()), "act": "checkout", "at": (NOON + timedelta(hours=hours)).isoformat(), "offset": 0}
    return json.dumps({**told, "node": node, "by": by, "card": card, "item": item, **more})


def post(client, address, body):
    return client.post(address, json.dumps(body), content_type="application/json")


def sent(*lines, at=NOON, **more):
    return {"device": "D-1", "sent_at": at.isoformat(), "offset": 0, "lines": list(lines), **more}


def number(reader):
    return reader.cards[0].number


def test_acts_are_answered_one_by_one_and_twice_alike(places):
    _root, county, _room = places
    client, li, book = signed_in(county.id, "circulation"), make_patron(node=county.id), make_item(node=county.id)
    good, wrong = line(number(li), book.barcode), line(number(li), "NOBODYS")

    first, again = (post(client, ACTS, sent(good, wrong)).json() for _ in range(2))

    assert first == again
    answers = [first["said"][json.loads(one)["uuid"]] for one in (good, wrong)]
    assert [(one["state"], one["problem"], one["tone"]) for one in answers] == [
        ("recorded", "", "good"), ("waiting", "item_unknown", "stop"),
    ]  # fmt: skip
    assert (answers[0]["due"], first["now"]) == ("2019-04-03", NOON.isoformat())
    assert queries.loan_of_item(book.id).patron == li.id


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", '{"lines": 5}', json.dumps(sent("x", offset="far")), json.dumps(sent("x", sent_at="noon")),
     json.dumps(sent(*["x"] * 201)), json.dumps(sent(device=None, offset=float("1e300")))],
)  # fmt: skip
def test_what_is_no_sending_changes_nothing(places, body):
    client = signed_in(places[1].id, "circulation")

    answer = client.post(ACTS, body, content_type="application/json")

    assert (answer.status_code, JournalLine.objects.count()) == (422, 0)


def test_a_device_whose_clock_was_turned_is_believed_in_nothing(places):
    _root, county, _room = places
    client, li, book = signed_in(county.id, "circulation"), make_patron(node=county.id), make_item(node=county.id)

    said = post(client, ACTS, sent(line(number(li), book.barcode), at=NOON - timedelta(hours=2))).json()["said"]

    assert [one["problem"] for one in said.values()] == ["clock_off"]
    assert Loan.objects.count() == 0


def test_who_overruled_a_refusal_with_the_right_has_settled_it(places):
    _root, county, _room = places
    make_category("child", loan_limit=0)
    client, child = signed_in(county.id, "circulation"), make_patron(node=county.id, category="child")
    by = StaffMember.objects.get().username
    books = [make_item(node=county.id) for _ in range(2)]
    told = [
        line(number(child), books[0].barcode, by=by, reason="班主任同意"),
        line(number(child), books[1].barcode, by=by),
    ]

    said = post(client, ACTS, sent(*told)).json()["said"]

    assert [said[json.loads(one)["uuid"]]["problem"] for one in told] == ["", "reader_blocked"]


def test_what_is_taken_along_names_nobody_and_holds_the_rules(places):
    root, county, room = places
    open_every_day(root.id, 0, 1, 2, 3, 4, 5)
    make_special_rule(root.id, code="summer", since=NOON.date() + timedelta(days=7), loan_days=60)
    li, wang = make_patron(node=county.id, name="李明"), make_patron(node=room.id, name="王小红")
    book, lent = make_item(node=room.id), make_item(node=room.id)
    make_item(node=county.id)
    lend(lent, wang, make_act(room.id, NOON.date()))
    client = signed_in(room.id, "village_keeper")

    found = post(client, TAKEN, {}).json()

    cards = {row[0]: row for _digest, rows in found["cards"]["changed"].values() for row in rows}
    hashes = {card_hash(found["salt"], number(one)) for one in (li, wang)}
    assert (set(cards), {row[1] for row in cards.values()}) == (hashes, {"李*", "王**"})
    assert not {number(li), "李明", "1990"} & set(json.dumps(found, ensure_ascii=False).split('"'))
    items = {row[0]: row for _digest, rows in found["items"]["changed"].values() for row in rows}
    assert {code: (row[3], row[7]) for code, row in items.items()} == {
        book.barcode: ("available", ""), lent.barcode: ("on_loan", "2019-04-03"),
    }  # fmt: skip
    (terms, *dated) = found["rules"]
    assert [(one["since"], terms["all"][one["terms"][found["usual"]][0]]["days"]) for one in dated] == [
        ("2019-03-04", 30), ("2019-03-11", 60),
    ]  # fmt: skip
    assert found["closed"][:2] == ["2019-03-10", "2019-03-17"]
    assert (found["node"], found["may_override"]) == ("ROOM", False)


def test_only_what_differs_is_fetched_again(places):
    _root, county, _room = places
    readers, books = [make_patron(node=county.id) for _ in range(3)], [make_item(node=county.id) for _ in range(3)]
    args = {"node": county.id, "now": NOON, "on": NOON.date()}
    first = snapshot(**args, have={})
    have = {part: {bucket: held[0] for bucket, held in first[part]["changed"].items()} for part in ("cards", "items")}

    lend(books[0], readers[0], make_act(county.id, NOON.date()))
    with CaptureQueriesContext(connection) as three:
        second = snapshot(**args, have=have | {"items": have["items"] | {"zz": "gone"}})
    make_item(node=county.id), make_patron(node=county.id)
    with CaptureQueriesContext(connection) as four:
        snapshot(**args, have=have)

    changed = [row for part in ("cards", "items") for _digest, rows in second[part]["changed"].values() for row in rows]
    assert {row[0] for row in changed} >= {card_hash(salt_of(county.id), number(readers[0])), books[0].barcode}
    assert (len(changed), second["items"]["gone"]) == (2, ["zz"])
    assert len(three) == len(four)


def test_the_readers_of_the_widest_place_that_fits_are_taken_along(places, monkeypatch):
    root, county, room = places
    for _ in range(2):
        make_patron(node=room.id), make_patron(node=root.id)

    assert statements.readers_around([root.id, county.id, room.id], most=3) == 3
    monkeypatch.setattr("wenlan.circulation.journals.snapshot.MOST_READERS", 3)
    assert snapshot(node=room.id, now=NOON, on=NOON.date(), have={})["counts"]["cards"] == 2


def test_the_queue_shows_conflicts_and_takes_the_three_decisions(places):
    _root, county, room = places
    li, books = make_patron(node=county.id), [make_item(node=county.id) for _ in range(2)]
    chief, keeper = signed_in(county.id, "circulation"), signed_in(room.id, "village_keeper")
    assert "没有待处理" in chief.get(QUEUE).content.decode() or "Nothing waits" in chief.get(QUEUE).content.decode()
    post(chief, ACTS, sent(*(line(number(li), f"TYPO{n}") for n in range(3))))
    rows = list(JournalLine.objects.order_by("id"))

    def decide(client, row, what, **fields):
        data = {f"line-{row.pk}-{name}": value for name, value in {"decision": what, **fields}.items()}
        return client.post(f"{QUEUE}{row.pk}/decide", data)

    assert chief.get(QUEUE).content.decode().count("<article") == 3
    assert chief.get(f"{QUEUE}?problem=card_unknown&device=D-1").content.decode().count("<article") == 0
    assert keeper.get(QUEUE).content.decode().count("<article") == 0
    decide(keeper, rows[0], "set_aside", reason="x")
    decide(chief, rows[0], "accept")
    decide(chief, rows[0], "correct", item=books[0].barcode)
    decide(chief, rows[1], "set_aside", reason="看错了")
    decide(chief, rows[2], "set_aside")
    decide(chief, rows[2], "fly")

    assert [row.state for row in JournalLine.objects.order_by("id")] == ["corrected", "set_aside", "waiting"]
    assert queries.loan_of_item(books[0].id).patron == li.id


def journal(*lines, acts=None):
    body = "".join(f"{one}\n" for one in lines).encode()
    head = {"journal": 1, "device": "BUS-7", "sequence": 1, "made_at": NOON.isoformat(), "acts": acts or len(lines)}
    return json.dumps({**head, "sha256": hashlib.sha256(body).hexdigest()}).encode() + b"\n" + body


def test_a_file_says_when_it_is_not_whole():
    whole = journal("a", "b")

    files = [
        whole, whole.replace(b"\n", b"\r\n", 1), whole[:-2], whole.replace(b"b\n", b"c\n"), b"a\nb\n", b"", b"\xff\n",
    ]  # fmt: skip
    assert [(found.is_whole, found.missing, len(found.lines)) for found in map(read_file, files)] == [
        (True, 0, 2), (True, 0, 2), (False, 1, 1), (False, 0, 2), (True, 0, 2), (True, 0, 0), (True, 0, 1),
    ]  # fmt: skip


def run(*arguments):
    options = parser().parse_args(arguments)
    return options.command.run(options)


def test_a_file_is_taken_in_at_a_desk_and_by_the_command(places, tmp_path, capsys):
    _root, county, _room = places
    li, books = make_patron(node=county.id), [make_item(node=county.id) for _ in range(2)]
    file = tmp_path / "usb.jsonl"
    file.write_bytes(journal(*(line(number(li), book.barcode) for book in books), line(number(li), "X"), acts=5))

    assert run("import", "journal", str(file), "--dry-run", "--json") == 0
    tried = json.loads(capsys.readouterr().out)
    assert JournalLine.objects.count() == 0
    assert run("import", "journal", str(file), "--json") == 0
    done = json.loads(capsys.readouterr().out)
    client = signed_in(county.id, "circulation")
    client.post(f"{QUEUE}files", {"file": SimpleUploadedFile("usb.jsonl", file.read_bytes())})

    assert tried == done
    assert (done["lines"], done["recorded"], done["conflicts"]) == (3, 2, {"item_unknown": 1})
    assert (done["missing"], done["is_whole"], done["by_act"]) == (2, False, {"checkout": 2})
    assert (Loan.objects.count(), JournalLine.objects.count()) == (2, 3)
    (tmp_path / "empty").write_bytes(b"")
    for nothing in ("empty", "none"):
        with pytest.raises(JournalUnreadable):
            run("import", "journal", str(tmp_path / nothing))


def test_the_page_and_what_keeps_it_there(places):
    _root, county, _room = places
    client = signed_in(county.id, "circulation")

    page = client.get("/desk/circulation/off-line/").content.decode()
    worker = client.get("/desk/circulation/worker.js").content.decode()
    manifest = client.get("/desk/circulation/off-line/manifest.webmanifest").json()

    assert 'data-node="COUNTY"' in page
    assert worker.startswith("self.WENLAN_OFFLINE = ")
    assert '"pages": ["/desk/circulation/off-line/"]' in worker
    assert manifest["scope"] == "/desk/circulation/"
