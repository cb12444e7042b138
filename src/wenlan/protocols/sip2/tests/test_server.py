"""The server over TCP: with an independent client, and with bytes of our own."""

import socket
from contextlib import closing, contextmanager

import pytest
from Sip2.wrapper import Sip2Wrapper

from wenlan.circulation.models import Loan
from wenlan.circulation.testing import make_rule
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.protocols.sip2 import codec
from wenlan.protocols.sip2.requests import CheckoutRequest
from wenlan.protocols.sip2.server import Sip2Server
from wenlan.protocols.sip2.terminals import enrol

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@contextmanager
def running_server():
    server = Sip2Server("127.0.0.1", 0)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


def a_branch(*, encoding="utf-8"):
    root, east = make_network("E")
    make_rule(root.id)
    enrol(code="K1", password="kiosk", node=east.id, encoding=encoding)
    return east


def ask(connection, line):
    connection.sendall(line)
    answer = b""
    while not answer.endswith(b"\r"):
        part = connection.recv(4096)
        if not part:
            break
        answer += part
    return answer


def settings_of_client(port, folder):
    where = {"hostName": "127.0.0.1", "hostPort": port, "tlsEnable": False, "hostEncoding": "utf-8"}
    return where | {"logfile_path": str(folder)}


@pytest.mark.capability("C01")
def test_an_independent_client_signs_in_lends_renews_and_takes_back(tmp_path):
    east = a_branch()
    reader = make_patron(node=east.id, name="李明", card="R1")
    item = make_item(node=east.id, barcode="B1")

    with running_server() as port:
        client = Sip2Wrapper(settings_of_client(port, tmp_path))
        client.login_device("K1", "kiosk")
        client._sip2.patron = "R1"  # its own session turns the flags of "may not" round, so lend before it opens one
        lent = client.sip_item_checkout("B1")
        renewed = client.sip_item_renew("B1")
        assert client.login_patron("R1") is True
        info = client.sip_patron_information("charged")
        known = client.sip_item_information("B1")
        back = client.sip_item_checkin("B1")
        client.disconnect()

    assert (lent["fixed"]["Ok"], lent["variable"]["AB"]) == ("1", ["B1"])
    assert lent["variable"]["AJ"][0].startswith("书")
    assert renewed["fixed"]["Ok"] == "1"
    assert (info["fixed"]["ChargedItemsCount"], info["variable"]["AU"], info["variable"]["AE"]) == (
        "0001",
        ["B1"],
        ["李*"],
    )
    assert known["fixed"]["CirculationStatus"] == "04"
    assert back["fixed"]["Ok"] == "1"
    loan = Loan.objects.get()
    assert (loan.patron_id, loan.item_id, loan.lent_by, loan.returned_by) == (
        reader.id, item.id, "device:K1", "device:K1",
    )  # fmt: skip


def test_a_message_sent_again_is_answered_again_and_lends_once():
    east = a_branch()
    make_patron(node=east.id, card="R1")
    make_item(node=east.id, barcode="B1")
    request = CheckoutRequest(transaction_date="20190304    101500", patron_identifier="R1", item_identifier="B1")

    with running_server() as port:
        answers = []
        for sequence in ("1", "7"):  # a new connection, another sequence: still the same message
            with closing(socket.create_connection(("127.0.0.1", port))) as kiosk:
                ask(kiosk, b"9300CNK1|COkiosk|\r")
                line = codec.encode(request, encoding="utf-8", sequence=sequence)
                answers.append(codec.decode(ask(kiosk, line)[:-1], "utf-8").message)

    assert [answer.ok for answer in answers] == ["1", "1"]
    assert answers[0].due_date == answers[1].due_date
    assert Loan.objects.count() == 1


def test_a_refusal_says_every_reason_in_the_terminals_encoding():
    east = a_branch(encoding="gbk")
    make_patron(node=east.id, card="R1", name="李明")
    make_item(node=east.id, barcode="B1", status="missing")
    request = CheckoutRequest(transaction_date="20190304    101500", patron_identifier="R1", item_identifier="B1")

    with running_server() as port, closing(socket.create_connection(("127.0.0.1", port))) as kiosk:
        ask(kiosk, b"9300CNK1|COkiosk|\r")
        refused = codec.decode(ask(kiosk, codec.encode(request, encoding="gbk"))[:-1], "gbk").message

    assert refused.ok == "0"
    assert len(refused.screen_messages) == 2  # the reason, and how to ask a person to look again
    assert any("\u4e00" <= letter <= "\u9fff" for letter in refused.screen_messages[0])
    assert Loan.objects.count() == 0


def test_nothing_is_answered_before_a_terminal_has_signed_in():
    a_branch()

    with running_server() as port, closing(socket.create_connection(("127.0.0.1", port))) as stranger:
        assert ask(stranger, b"9300CNK1|COwrong|\r") == b"940\r"
        assert ask(stranger, b"11YN20190304    101500                  AOX|AAR1|ABB1|AC|\r") == b"940\r"
        assert ask(stranger, b"9900802.00\r").startswith(b"98YYYYNY100003")


def test_garbage_is_asked_for_again_and_other_terminals_are_served():
    east = a_branch()
    make_patron(node=east.id, card="R1")

    with (
        running_server() as port,
        closing(socket.create_connection(("127.0.0.1", port))) as mute,
        closing(socket.create_connection(("127.0.0.1", port))) as kiosk,
    ):
        mute.sendall(b"63")  # begins, and never ends
        assert ask(kiosk, b"\xff\xfe garbage\r") == b"96\r"
        assert ask(kiosk, b"9300CNK1|COkiosk|AY0AZ0000\r") == b"96\r"
        assert ask(kiosk, b"9300CNK1|COkiosk|\r") == b"941\r"
        assert b"|BLY|" in ask(kiosk, b"2300020190304    101500AOX|AAR1|AC|AD|\r")
        resent = ask(kiosk, b"97\r")
        assert b"|BLY|" in resent


def test_a_return_at_another_branch_names_the_place_it_belongs_to():
    root, east, west = make_network("E", "W")
    make_rule(root.id)
    enrol(code="K2", password="kiosk", node=west.id)
    make_item(node=east.id, barcode="B1")

    with running_server() as port, closing(socket.create_connection(("127.0.0.1", port))) as machine:
        ask(machine, b"9300CNK2|COkiosk|\r")
        line = b"09N20190304    10150020190304    101500AP|AOX|ABB1|AC|\r"
        answer = codec.decode(ask(machine, line)[:-1], "utf-8").message

    assert (answer.ok, answer.alert, answer.alert_type, answer.destination) == ("1", "Y", "04", "E分馆")
