"""Readers registered without a line: recorded as they happened and once, and every conflict decided."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from wenlan.circulation.journals import deciding, files
from wenlan.circulation.journals.errors import StillConflicting
from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.journals.operations import forget_told, replay
from wenlan.circulation.journals.reading import write_file
from wenlan.circulation.journals.types import Correction, Decision
from wenlan.circulation.models import Loan
from wenlan.circulation.testing import make_act, make_rule
from wenlan.circulation.verification import differences
from wenlan.facilities.testing import counted
from wenlan.holdings.testing import make_item
from wenlan.kernel.acts import Channel
from wenlan.network import queries as network
from wenlan.network.testing import make_network, make_node
from wenlan.network.types import NodeKind
from wenlan.patrons import operations as patrons
from wenlan.patrons import queries as readers
from wenlan.patrons.sealing import seal, unseal
from wenlan.patrons.testing import make_category, make_patron
from wenlan.patrons.types import NewReader
from wenlan.staff.models import AuditEntry
from wenlan.staff.testing import make_member, signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
DAY, HOME_AGAIN = date(2019, 3, 4), date(2019, 3, 7)
NOON = datetime(2019, 3, 4, 4, tzinfo=UTC)
DOCUMENT = "140524196203154824"
CHILD = {
    "name": "小梅",
    "birth": "2010-05-01",
    "guardian": {"name": "秦桂花", "phone": "13835601234", "consents": True},
}


@dataclass
class Bus:
    """A bus on the road that registers readers, and the county that decides."""

    node: int
    county: int
    qian: int
    chief: int
    lines: list[str] = field(default_factory=list)

    def did(self, act, *, hours=0, **fields):
        """Write an act down."""
        number = len(self.lines) + 1
        at = NOON + timedelta(hours=hours, minutes=number)
        uid = str(UUID(int=0x0190163D_8694_739B_AEA5_000000000000 + number))
        told = {"uuid": uid, "act": act, "at": at.isoformat(), "offset": 0, "node": "BUS1", "by": "qian", **fields}
        self.lines.append(json.dumps(told, ensure_ascii=False))
        return uid

    def registered(self, card="NEW1", category="adult", **person):
        """Register somebody on the road: what is said of them lies sealed in the line."""
        said = json.dumps(
            {"name": "秦桂花", "document": DOCUMENT, "phone": "13835601234", **person}, ensure_ascii=False
        )
        return self.did("register", card=card, category=category, sealed=seal(said, bound_to=card))

    def lent(self, card="NEW1", **more):
        """Lend a book of the bus on a card."""
        item = make_item(node=self.node)
        self.did("checkout", card=card, item=item.barcode, **more)
        return item

    def send(self, device="BUS-1"):
        """Hand the journal over."""
        return replay(
            make_act(self.node, HOME_AGAIN, staff=self.qian, device=""), device=device, lines=list(self.lines)
        )

    def decide(self, uid, decision, reason="", **correction):
        """Let the chief decide about a line."""
        row = JournalLine.objects.get(uid=uid)
        act = make_act(self.county, HOME_AGAIN, staff=self.chief)
        chosen = Correction(**correction)
        return deciding.decide(act, line=row.pk, decision=Decision(decision), correction=chosen, reason=reason)


@pytest.fixture
def bus():
    root, county, _town = make_network("COUNTY", "TOWN")
    node = make_node("BUS1", parent=county.id, kind=NodeKind.BUS)
    make_rule(root.id)
    make_category()
    make_category("child")
    qian, chief = (
        make_member(node.id, "bus", username="qian"),
        make_member(county.id, "branch_manager", username="chief"),
    )
    return Bus(node=node.id, county=county.id, qian=qian.id, chief=chief.id)


def problems(rows):
    return [row.problem for row in rows]


def borrower(item):
    return Loan.objects.get(item=item.id).patron_id


@pytest.mark.capability("B15")
def test_a_reader_is_registered_on_the_bus_and_borrows_before_anybody_at_home_knows(bus):
    uid = bus.registered()
    book = bus.lent(hours=1)

    rows = [bus.send(), bus.send()][-1]
    again = files.take_in(
        make_act(bus.county, HOME_AGAIN),
        name="usb",
        content=write_file(device="BUS-1", sequence=1, made_at=NOON, lines=[json.loads(one) for one in bus.lines]),
    )

    assert [(row.state, row.problem) for row in rows] == [("recorded", "")] * 2
    made = readers.patron_by_card("new1")
    assert (made.name, made.registered_on, made.home_node, made.has_id_number) == ("秦桂花", DAY, bus.node, True)
    assert (made.sex, made.birth_date, made.phone) == ("f", date(1962, 3, 15), "13835601234")
    assert (borrower(book), Loan.objects.get().lent_on) == (made.id, DAY)
    assert counted("patron.registered", node=bus.node, channel=Channel.BUS, day=DAY) == 1
    assert (again.lines, again.known, counted("patron.registered")) == (2, 2, 1)
    audited = AuditEntry.objects.get(action="patrons.register", subject=f"patron:{made.id}")
    assert (audited.after["channel"], JournalLine.objects.get(uid=uid).by) == ("bus", "qian")
    assert differences() == []


def test_nothing_of_the_person_lies_in_clear_in_the_journal(bus):
    uid = bus.registered()
    assert DOCUMENT not in bus.lines[0]
    assert "秦桂花" not in bus.lines[0]
    bus.did("register", card="NEW2", category="nobody", person={"name": "王五", "document": "11010519491231002X"})

    bus.send()

    recorded, waits = JournalLine.objects.order_by("id")
    assert (str(recorded.uid), "sealed" in recorded.told, waits.problem) == (uid, False, "category_closed")
    assert ("person" in waits.told, "11010519491231002X" in json.dumps(waits.told)) == (False, False)
    assert json.loads(unseal(waits.told["sealed"], bound_to="NEW2"))["name"] == "王五"


@pytest.mark.parametrize("change", [lambda s: s[:-4], lambda s: f"2{s[1:]}", lambda s: s[:20] + "AAAA" + s[24:]])
def test_a_seal_that_does_not_open_waits_for_the_person_to_be_entered(bus, change):
    uid = bus.did("register", card="NEW1", category="adult", sealed=change(seal("{}", bound_to="NEW1")))
    book = bus.lent()
    assert problems(bus.send()) == ["person_wrong", "waits"]

    bus.decide(uid, "correct", name="秦桂花", document=DOCUMENT)

    assert borrower(book) == readers.patron_by_card("NEW1").id
    assert "秦桂花" not in json.dumps(list(AuditEntry.objects.values_list("after", flat=True)), ensure_ascii=False)


def test_a_person_moved_to_another_line_is_nobody(bus):
    bus.did("register", card="NEW9", category="adult", sealed=seal('{"name": "秦桂花"}', bound_to="NEW1"))

    assert problems(bus.send()) == ["person_wrong"]


def test_a_card_that_is_somebody_elses_never_lends_to_them(bus):
    stranger = make_patron(node=bus.county, card="NEW1")
    uid = bus.registered()
    first, second = bus.lent(), bus.lent()
    assert problems(bus.send()) == ["card_taken", "waits", "waits"]
    with pytest.raises(StillConflicting):
        bus.decide(uid, "accept")
    assert Loan.objects.count() == 0

    bus.decide(uid, "correct", card="NEW77")

    made = readers.patron_by_card("NEW77")
    assert (borrower(first), borrower(second)) == (made.id, made.id)
    third = bus.lent(hours=2)  # the bus is still out, and lends on what is printed on the card
    assert problems(bus.send()) == [""] * 4
    assert (borrower(third), readers.patron(stranger.id).open_loans) == (made.id, 0)


def test_a_registration_that_is_set_aside_leaves_its_loans_to_a_person(bus):
    stranger = make_patron(node=bus.county, card="NEW1")
    uid, book = bus.registered(), bus.lent()
    bus.send()

    bus.decide(uid, "set_aside", reason="card given back")

    loan = JournalLine.objects.get(act="checkout")
    assert (loan.problem, Loan.objects.count()) == ("card_unknown", 0)
    assert "sealed" not in JournalLine.objects.get(uid=uid).told
    with pytest.raises(StillConflicting):
        bus.decide(loan.uid, "accept")
    bus.decide(loan.uid, "correct", card=make_patron(node=bus.county).cards[0].number)
    assert borrower(book) != stranger.id


def test_who_is_a_reader_already_gets_the_loans_and_a_person_decides_about_the_card(bus):
    there = patrons.register(
        make_act(bus.county, date(2019, 1, 2)),
        reader=NewReader(name="秦桂花", category="adult", card_number="OLD1", id_number=DOCUMENT),
    )
    uid, book = bus.registered(), bus.lent()

    assert problems(bus.send()) == ["already_reader", ""]
    assert (borrower(book), [card.number for card in readers.patron(there.id).cards]) == (there.id, ["OLD1"])

    bus.decide(uid, "accept")

    assert [card.number for card in readers.patron(there.id).cards] == ["OLD1", "NEW1"]
    bus.lent(hours=1)
    assert problems(bus.send()) == [""] * 3
    assert (readers.patron(there.id).open_loans, counted("patron.registered", node=bus.node)) == (2, 0)


def test_a_second_card_that_is_not_given_leaves_the_loans_with_the_reader(bus):
    there = patrons.register(
        make_act(bus.county, date(2019, 1, 2)),
        reader=NewReader(name="秦桂花", category="adult", card_number="OLD1", id_number=DOCUMENT),
    )
    uid = bus.registered()
    bus.send()
    bus.decide(uid, "set_aside", reason="card taken back")
    bus.lent()

    assert problems(bus.send()) == ["already_reader", ""]
    assert (readers.patron(there.id).open_loans, readers.is_card_known("NEW1")) == (1, False)


def test_the_same_person_on_the_same_card_told_twice_is_one(bus):
    bus.registered()
    bus.registered()

    assert problems(bus.send()) == ["", ""]
    assert counted("patron.registered") == 1


def test_a_child_needs_a_guardian_who_consents(bus):
    bus.registered("KID1", "child", document="", **CHILD)
    without = bus.registered("KID2", "child", document="", **{**CHILD, "guardian": None})
    unsigned = bus.registered("KID3", "child", document="", **{**CHILD, "guardian": {"name": "李四"}})
    book = bus.lent("KID3")
    assert problems(bus.send()) == ["", "consent_missing", "consent_missing", "waits"]

    with pytest.raises(StillConflicting):
        bus.decide(without, "accept")
    bus.decide(without, "correct", guardian="王五", guardian_phone="13900000000")
    bus.decide(unsigned, "accept")

    guardians = [readers.patron_by_card(f"KID{n}").guardian.name for n in (1, 2, 3)]
    assert guardians == ["秦桂花", "王五", "李四"]
    assert borrower(book) == readers.patron_by_card("KID3").id


def test_an_unknown_category_and_a_clock_that_is_off_keep_loans_waiting_until_decided(bus):
    closed = bus.registered("NEW1", "tourist")
    early = bus.registered("NEW2", document="11010519491231002X", name="王五")
    first, second = bus.lent("NEW1"), bus.lent("NEW2")
    told = json.loads(bus.lines[1])
    bus.lines[1] = json.dumps({**told, "at": "2001-01-01T00:00:00Z"}, ensure_ascii=False)
    assert problems(bus.send()) == ["category_closed", "clock_off", "waits", "waits"]

    bus.decide(closed, "correct", category="adult")
    bus.decide(early, "correct", happened_at=NOON)

    assert [borrower(one) for one in (first, second)] == [readers.patron_by_card(f"NEW{n}").id for n in (1, 2)]
    assert readers.patron_by_card("NEW2").registered_on == DAY


def test_who_may_not_register_has_registered_nobody(bus):
    make_member(bus.node, "cataloguer", username="qiao")
    bus.registered()
    bus.lines = [bus.lines[0].replace('"qian"', '"qiao"')]

    assert problems(bus.send()) == ["not_permitted"]


def test_another_device_with_the_number_of_that_card_is_not_meant(bus):
    stranger = make_patron(node=bus.county, card="NEW1")
    bus.registered()
    bus.send()
    bus.lines = []
    book = bus.lent(hours=3)
    bus.lines = [bus.lines[0].replace("000000000001", "0000000000ff")]

    assert problems(bus.send(device="DESK-9")) == [""]
    assert borrower(book) == stranger.id


def test_the_queue_shows_who_it_is_as_far_as_the_desk_may_see_and_takes_the_answer(bus, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=3))
    there = patrons.register(
        make_act(bus.county, date(2019, 1, 2)),
        reader=NewReader(name="秦桂花", category="adult", card_number="OLD1", id_number=DOCUMENT),
    )
    twice = bus.registered("NEW1")
    closed = bus.registered("NEW2", "tourist", name="王五", document="11010519491231002X")
    bus.send()
    chief = signed_in(bus.county, "branch_manager")
    elsewhere = signed_in(network.node_by_code("TOWN").id, "branch_manager")
    queue = "/desk/circulation/journals/"

    page = chief.get(queue).content.decode()
    assert all(said in page for said in ("秦桂花", "140*************24", "王五", f"/readers/{there.id}/"))
    assert DOCUMENT not in page
    assert "秦桂花" not in elsewhere.get(queue).content.decode()

    for uid, more in ((twice, {"decision": "accept"}), (closed, {"decision": "correct", "category": "adult"})):
        row = JournalLine.objects.get(uid=uid)
        chief.post(f"{queue}{row.pk}/decide", {f"line-{row.pk}-{name}": value for name, value in more.items()})
    assert not JournalLine.objects.filter(state="waiting").exists()
    assert readers.patron_by_card("NEW1").id == there.id
    assert readers.patron_by_card("NEW2").name == "王五"


def test_a_registration_is_forgotten_with_its_card_when_nobody_waits_for_it(bus):
    bus.registered()
    bus.send()

    assert forget_told(before=datetime(2019, 7, 1, tzinfo=UTC)) == 1

    row = JournalLine.objects.get()
    assert (row.told, row.card_key, row.said) == (None, "", {})
