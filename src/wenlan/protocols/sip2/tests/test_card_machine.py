"""A card machine in the hall: from the day it is unpacked to the first reader's new telephone."""

import socket
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from wenlan.circulation.testing import make_rule
from wenlan.credit.till import receipts, shifts
from wenlan.network.testing import make_network
from wenlan.patrons import passwords
from wenlan.patrons import queries as readers
from wenlan.patrons.testing import make_category
from wenlan.protocols.models import Terminal, TerminalFault
from wenlan.protocols.sip2 import codec, watching
from wenlan.protocols.sip2 import requests as ask_for
from wenlan.protocols.sip2.queries import signed_in
from wenlan.protocols.sip2.terminals import enrol
from wenlan.protocols.sip2.tests.talking import NOW, ask, running_server
from wenlan.protocols.sip2.types import usual_rights
from wenlan.ui import clock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NUMBER = "11010519491231002X"
KNOWN = ask_for.DuplicateCheckRequest(transaction_date=NOW, id_number=NUMBER, operation="1")
WANTED = ask_for.RegistrationRequest(
    transaction_date=NOW, patron_identifier="0086001", patron_password="860114", personal_name="王芳",
    id_number=NUMBER, category="01", sex="0", birth_date="19491231", mobile="13800000000", deposit="100.00",
    operation="01",
)  # fmt: skip


def said(connection, message):
    answer = ask(connection, codec.encode(message, encoding="gbk"))
    return answer, codec.decode(answer[:-1], "gbk").message


@pytest.mark.capability("V23")
def test_story_of_a_card_machine():
    root, hall = make_network("一馆")
    make_rule(root.id)
    make_category("adult")
    enrol(code="办证机1", password="kiosk", node=hall.id, encoding="gbk")

    with running_server() as port:
        # It speaks GBK from its first byte, and does what every machine does; cards it may not issue.
        with closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as machine:
            assert ask(machine, "9300CN办证机1|COkiosk|\r".encode("gbk")) == b"941\r"
            line, refused = said(machine, WANTED)
            assert (refused.ok, refused.outcome) == ("0", "0")
            assert "请到服务台办理".encode("gbk") in line
            assert said(machine, KNOWN)[1].outcome == "0"

        # The librarian ticks the right, writes down the machine's types, and opens its drawer.
        allow(hall)
        with closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as machine:
            ask(machine, "9300CN办证机1|COkiosk|\r".encode("gbk"))
            assert said(machine, KNOWN)[1].is_known == "0"
            made = said(machine, WANTED)[1]
            again = said(machine, WANTED)[1]
            assert said(machine, KNOWN)[1].is_known == "1"
            other_card = said(machine, replace(WANTED, patron_identifier="0086002"))[1]
            changed = said(machine, replace(WANTED, operation="02", mobile="13900000000", new_password="140186"))[1]

    assert (made.ok, made.outcome, made.receipt, again.receipt) == ("1", "1", "A00000001", "A00000001")
    assert (other_card.ok, changed.ok) == ("0", "1")
    reader = readers.patron_by_card("0086001")
    assert (reader.name, reader.sex, reader.birth_date.isoformat(), reader.category.code) == (
        "王芳", "f", "1949-12-31", "adult",
    )  # fmt: skip
    assert (reader.phone, reader.deposit_fen, reader.home_node) == ("13900000000", 10000, hall.id)
    assert passwords.check_sign_in(card="0086001", password="140186", at=clock.now()).id == reader.id
    assert not readers.is_card_known("0086002")
    watching.write_down()
    assert TerminalFault.objects.filter(kind="not_allowed", code="办证机1").count() == 2


def allow(hall):
    Terminal.objects.update(rights=[*usual_rights(), "register"], reader_types={"01": "adult"})
    act = signed_in(Terminal.objects.get().pk).act(at=datetime.now(UTC), content=b"drawer")
    drawer = shifts.add_drawer(act, name="办证机1")
    book = receipts.enter_book(act, prefix="A", first=1, last=50)
    receipts.hand_book(act, book_id=book.id, drawer_id=drawer.id)
    shifts.sign_on(act, drawer_id=drawer.id, counted_fen=0)
