"""Journals of acts that happened without a line: recorded as they happened, once, and every conflict decided."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wenlan.circulation import operations, queries
from wenlan.circulation.journals import deciding
from wenlan.circulation.journals import operations as operations_of_journals
from wenlan.circulation.journals.errors import DecisionWrong, StillConflicting
from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.journals.operations import replay
from wenlan.circulation.journals.types import Correction, Decision
from wenlan.circulation.models import Loan
from wenlan.circulation.testing import lend, make_act, make_rule, scan, take_back
from wenlan.circulation.verification import differences
from wenlan.holdings import queries as items
from wenlan.holdings.testing import make_item
from wenlan.kernel.acts import Channel
from wenlan.network.testing import make_network, make_node
from wenlan.network.types import NodeKind
from wenlan.patrons import operations as patrons
from wenlan.patrons.testing import make_category, make_patron
from wenlan.staff.testing import make_member

pytestmark = pytest.mark.django_db
DAY = date(2019, 3, 4)
HOME_AGAIN = date(2019, 3, 7)
NOON = datetime(2019, 3, 4, 4, tzinfo=UTC)


class Bus:
    """A bus on the road: what it writes down, hour by hour, and how it sends that."""

    def __init__(self):
        self.root, self.county, self.town = make_network("COUNTY", "TOWN")
        self.bus = make_node("BUS1", parent=self.county.id, kind=NodeKind.BUS)
        make_rule(self.root.id)
        self.qian = make_member(self.bus.id, "bus", username="qian")
        self.chief = make_member(self.county.id, "circulation", username="chief")
        self.lines = []

    def did(self, act, *, hours=0, days=0, **fields):
        number = len(self.lines) + 1
        at = NOON + timedelta(days=days, hours=hours, minutes=number)
        line = {
            "uuid": str(UUID(int=0x0190163D_8694_739B_AEA5_000000000000 + number)), "act": act,
            "at": (at - timedelta(seconds=90)).isoformat(), "offset": 90_000, "node": "BUS1", "by": "qian", **fields,
        }  # fmt: skip
        self.lines.append(json.dumps(line))
        return line["uuid"]

    def send(self, lines=None, **more):
        act = make_act(self.bus.id, HOME_AGAIN, staff=self.qian.id, device="")
        return replay(act, device="BUS-1", lines=self.lines if lines is None else lines, **more)

    def decide(self, uid, decision, reason="", **correction):
        row = JournalLine.objects.get(uid=uid)
        act = make_act(self.county.id, HOME_AGAIN, staff=self.chief.id)
        return deciding.decide(
            act, line=row.pk, decision=Decision(decision), correction=Correction(**correction), reason=reason
        )

    def reader(self, **more):
        return make_patron(node=self.county.id, **more)

    def book(self, **more):
        return make_item(node=self.bus.id, **more)


@pytest.fixture
def bus():
    return Bus()


def card(reader):
    return reader.cards[0].number


def problems(rows):
    return [row.problem for row in rows]


def test_what_happened_is_recorded_at_its_own_time_and_once(bus):
    li, book = bus.reader(), bus.book()
    out = bus.did("checkout", card=card(li), item=book.barcode, due="2019-04-20")
    bus.did("visit", persons=12)
    bus.did("checkin", days=2, item=book.barcode)

    rows = [bus.send(bus.lines[:2]), bus.send(), bus.send()][-1]

    assert [(row.state, row.problem) for row in rows] == [("recorded", "")] * 3
    loan = Loan.objects.get()
    assert (loan.out_key, loan.lent_at, loan.lent_on) == (out, NOON + timedelta(minutes=1), DAY)
    assert (loan.due_on, loan.loan_kind, loan.lent_by) == (date(2019, 4, 20), "bus", f"staff:{bus.qian.id}")
    assert (loan.returned_on, loan.overdue_days) == (date(2019, 3, 6), 0)
    assert differences() == []


def test_a_book_that_stood_as_lent_waits_for_a_decision_and_all_that_followed_with_it(bus):
    li, wang, book = bus.reader(), bus.reader(), bus.book()
    lend(book, li, make_act(bus.county.id, date(2019, 2, 20)))
    out = bus.did("checkout", card=card(wang), item=book.barcode)
    bus.did("checkin", days=1, item=book.barcode)
    bus.did("checkout", days=2, card=card(wang), item=book.barcode)

    assert problems(bus.send()) == ["already_lent", "waits", "waits"]
    bus.decide(out, "accept")

    assert [row.state for row in bus.send()] == ["accepted", "recorded", "recorded"]
    found = list(Loan.objects.order_by("lent_at").values_list("patron_id", "returned_on"))
    assert found == [(li.id, DAY), (wang.id, date(2019, 3, 5)), (wang.id, None)]
    assert differences() == []


def test_a_book_lent_elsewhere_since_makes_a_loan_that_is_over(bus):
    li, wang, book = bus.reader(), bus.reader(), bus.book()
    lend(book, wang, make_act(bus.county.id, date(2019, 3, 5)))
    out = bus.did("checkout", card=card(li), item=book.barcode)

    (row,) = bus.send()
    assert (row.problem, row.found["node"]) == ("acted_since", bus.county.id)
    bus.decide(out, "accept")

    found = list(Loan.objects.order_by("lent_at").values_list("patron_id", "returned_on", "returned_node_id"))
    assert found == [(li.id, date(2019, 3, 5), bus.county.id), (wang.id, None, None)]
    assert (items.item(book.id).loans, differences()) == (2, [])


def test_a_return_scanned_late_elsewhere_counts_from_its_own_day(bus):
    li, book = bus.reader(), bus.book()
    lend(book, li, make_act(bus.county.id, date(2019, 2, 2)))  # due on 4 March
    back = bus.did("checkin", item=book.barcode)
    take_back(book, make_act(bus.county.id, date(2019, 3, 6)))

    assert problems(bus.send()) == ["acted_since"]
    bus.decide(back, "accept")

    assert Loan.objects.values_list("overdue_days", "returned_on").get() == (0, date(2019, 3, 6))
    assert differences() == []


def test_what_stood_against_the_reader_is_recorded_and_can_be_taken_back_or_given_to_another(bus):
    make_category("child", loan_limit=0)
    child, mother = bus.reader(category="child"), bus.reader()
    books = [bus.book() for _ in range(3)]
    outs = [bus.did("checkout", card=card(child), item=book.barcode) for book in books]

    rows = bus.send()
    assert [(row.problem, row.is_recorded) for row in rows] == [("reader_blocked", True)] * 3
    bus.decide(outs[0], "accept")
    bus.decide(outs[1], "correct", card=card(mother))
    with pytest.raises(DecisionWrong):
        bus.decide(outs[2], "set_aside")
    bus.decide(outs[2], "set_aside", reason="没有借成，书还在车上")

    lent = {book.id: queries.loan_of_item(book.id) for book in books}
    assert [lent[book.id] and lent[book.id].patron for book in books] == [child.id, mother.id, None]
    assert [row.state for row in JournalLine.objects.order_by("id")] == ["accepted", "corrected", "set_aside"]
    assert differences() == []


def test_a_card_reported_lost_is_recorded_only_when_somebody_decides_so(bus):
    li, book = bus.reader(), bus.book()
    patrons.lose_card(make_act(bus.county.id, date(2019, 3, 1)), card=li.cards[0].id)
    out = bus.did("checkout", card=card(li), item=book.barcode)

    (row,) = bus.send()
    assert (row.problem, row.is_recorded, row.found["refusals"]) == ("reader_blocked", False, ["card_lost"])
    bus.decide(out, "accept")

    assert queries.loan_of_item(book.id).patron == li.id


def test_unknown_cards_and_items_are_put_right_or_tried_again(bus):
    li, book = bus.reader(), bus.book()
    typo = bus.did("checkout", card=card(li), item="ZC9")
    nobody = bus.did("checkout", card="R-NEW", item=book.barcode)

    assert problems(bus.send()) == ["item_unknown", "card_unknown"]
    with pytest.raises(StillConflicting):
        bus.decide(nobody, "accept")
    late = bus.reader(card="R-NEW")
    other = bus.book()
    bus.decide(nobody, "accept")
    bus.decide(typo, "correct", item=other.barcode)

    assert [queries.loan_of_item(one.id).patron for one in (book, other)] == [late.id, li.id]


def test_a_clock_that_is_off_is_never_believed(bus):
    li, books = bus.reader(), [bus.book() for _ in range(3)]
    ahead = bus.did("checkout", days=40, card=card(li), item=books[0].barcode)
    long_ago = bus.did("checkout", days=-60, card=card(li), item=books[1].barcode)
    (first, second) = bus.send()
    changed = bus.did("checkout", card=card(li), item=books[2].barcode)
    (third,) = bus.send(bus.lines[2:], is_clock_sure=False)

    assert problems([first, second, third]) == ["clock_off"] * 3
    with pytest.raises(StillConflicting):
        bus.decide(ahead, "accept")
    bus.decide(ahead, "correct", happened_at=NOON)
    bus.decide(changed, "accept")
    bus.decide(long_ago, "set_aside", reason="时间不对，书在车上")

    assert set(Loan.objects.values_list("lent_on", flat=True)) == {DAY}
    assert Loan.objects.count() == 2


def test_only_who_may_lend_there_has_lent_there(bus):
    li, book = bus.reader(), bus.book()
    make_member(bus.town.id, "village_keeper", username="keeper")
    wrong = bus.did("checkout", by="keeper", card=card(li), item=book.barcode)
    unknown = bus.did("visit", by="nobody", persons=3)
    nowhere = bus.did("visit", node="X", persons=3)

    assert problems(bus.send()) == ["not_permitted"] * 3
    bus.decide(wrong, "accept")
    bus.decide(unknown, "correct", by="qian")
    bus.decide(nowhere, "set_aside", reason="地点不明")
    assert queries.loan_of_item(book.id).patron == li.id


def test_lines_that_are_no_act_are_kept_and_entered_by_hand(bus):
    li, book = bus.reader(), bus.book()
    bus.lines += ["", "no json", '{"uuid": 5}', '{"act": "checkout"}', "[" * 5000, json.dumps({"uuid": "x" * 9})]

    rows = bus.send([line for line in bus.lines if line])
    again = bus.send([line for line in bus.lines if line])

    assert (problems(rows), [row.pk for row in rows]) == (["unreadable"] * 5, [row.pk for row in again])
    row = bus.decide(
        rows[0].uid, "correct", act="checkout", card=card(li), item=book.barcode, by="qian", happened_at=NOON
    )
    assert row.state == "corrected"
    assert queries.loan_of_item(book.id).lent_on == DAY


def test_devices_may_send_in_any_order(bus):
    # The hand scanner took the book back; the laptop that had lent it sends a day later.
    li, book = bus.reader(), bus.book()
    bus.did("checkout", card=card(li), item=book.barcode)
    bus.did("checkin", days=1, item=book.barcode)

    bus.send(bus.lines[1:])
    (row,) = bus.send(bus.lines[:1])

    assert (row.state, row.problem) == ("recorded", "")
    assert Loan.objects.values_list("patron_id", "lent_on", "returned_on").get() == (li.id, DAY, date(2019, 3, 5))
    assert (items.item(book.id).status, differences()) == ("available", [])


def test_a_loan_that_came_back_before_the_next_act_elsewhere_needs_nobody(bus):
    # Li had the book for a day on the bus; only then was it lent at the county library.
    li, wang, book = bus.reader(), bus.reader(), bus.book()
    lend(book, wang, make_act(bus.county.id, date(2019, 3, 6)))
    bus.did("checkout", card=card(li), item=book.barcode)
    bus.did("checkin", days=1, item=book.barcode)

    assert [row.state for row in bus.send()] == ["recorded"] * 2
    found = Loan.objects.order_by("lent_at").values_list("patron_id", "returned_on", "returned_node_id")
    assert list(found) == [(li.id, date(2019, 3, 5), bus.bus.id), (wang.id, None, None)]
    assert differences() == []


def test_the_same_act_by_the_desk_and_by_the_journal_is_one(bus):
    li, book = bus.reader(), bus.book()
    out = bus.did("checkout", card=card(li), item=book.barcode)
    lend(book, li, make_act(bus.bus.id, DAY, key=out, channel=Channel.BUS))
    operations.check_in(make_act(bus.bus.id, HOME_AGAIN), item=scan(book))

    (row,) = bus.send()

    assert (row.state, Loan.objects.count()) == ("recorded", 1)


def test_a_line_costs_the_act_and_two_statements_more(bus):
    readers = [bus.reader() for _ in range(4)]
    books = [bus.book() for _ in range(4)]
    for li, book in zip(readers, books, strict=True):
        bus.did("checkout", card=card(li), item=book.barcode)
    bus.send(bus.lines[:1])
    is_sqlite = connection.vendor == "sqlite"

    # Each act: begin, what happened since, the act (SQLite: read and five writes; PostgreSQL: one and one), the line,
    # commit; and the key of the year, which an act asks for again only while no act of the year is committed.
    with CaptureQueriesContext(connection) as one:
        bus.send(bus.lines[1:2])
    with CaptureQueriesContext(connection) as two:
        bus.send(bus.lines[2:4])

    assert len(two) - len(one) == (11 if is_sqlite else 7), [one["sql"][:60] for one in two]


def test_a_replay_that_is_killed_goes_on_where_it_was(bus, monkeypatch):
    li, books = bus.reader(), [bus.book() for _ in range(4)]
    for book in books:
        bus.did("checkout", card=card(li), item=book.barcode)
    whole, lived = operations_of_journals.settle, iter([True, True, False])

    def killed(row, outcome):
        assert next(lived), "killed between the act and its line"
        whole(row, outcome)

    with monkeypatch.context() as patched:
        patched.setattr(operations_of_journals, "settle", killed)
        with pytest.raises(AssertionError):
            bus.send()
    assert (Loan.objects.count(), differences()) == (JournalLine.objects.count(), [])
    assert Loan.objects.count() < 4

    assert [row.state for row in bus.send()] == ["recorded"] * 4
    assert (Loan.objects.count(), differences()) == (4, [])


def test_lines_forget_whom_they_told_of_unless_they_wait(bus):
    li, book = bus.reader(), bus.book()
    bus.did("checkout", card=card(li), item=book.barcode)
    bus.did("checkout", card=card(li), item="NOBODYS")
    bus.send()

    assert operations_of_journals.forget_told(before=datetime(2019, 3, 7, tzinfo=UTC)) == 0
    assert operations_of_journals.forget_told(before=datetime(2019, 3, 8, tzinfo=UTC)) == 1

    assert [row.told is None for row in JournalLine.objects.order_by("id")] == [True, False]
    assert [row.state for row in bus.send()] == ["recorded", "waiting"]


@given(st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sendings_that_break_off_and_repeat_end_alike(bus, data):
    # Five acts on two books. A sending takes any run of lines and may be repeated; what was sent first stays first.
    with transaction.atomic():
        bus.lines = []
        li, wang, books = bus.reader(), bus.reader(), [bus.book(), bus.book()]
        bus.did("checkout", card=card(li), item=books[0].barcode)
        bus.did("checkin", days=1, item=books[0].barcode)
        bus.did("checkout", days=1, card=card(wang), item=books[0].barcode)
        bus.did("checkout", days=2, card=card(li), item=books[1].barcode)
        bus.did("visit", days=2, persons=7)
        sent = 0
        while sent < len(bus.lines):
            first = data.draw(st.integers(0, sent))
            last = data.draw(st.integers(sent + 1, len(bus.lines)))
            bus.send(bus.lines[first:last] * data.draw(st.integers(1, 2)))
            sent = last

        found = Loan.objects.order_by("lent_at").values_list("patron_id", "item_id", "returned_on")
        assert list(found) == [
            (li.id, books[0].id, date(2019, 3, 5)), (wang.id, books[0].id, None), (li.id, books[1].id, None),
        ]  # fmt: skip
        assert (JournalLine.objects.count(), differences()) == (5, [])
        transaction.set_rollback(True)
