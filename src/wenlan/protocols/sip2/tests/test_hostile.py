"""Terminals that send what they should not: others are served on, nothing is written, staff can see it."""

import socket
import time
from contextlib import ExitStack, closing, suppress
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from wenlan.circulation.models import Loan
from wenlan.circulation.testing import make_rule
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.protocols.models import Terminal, TerminalDay, TerminalFault
from wenlan.protocols.sip2 import codec, server, watching
from wenlan.protocols.sip2 import requests as ask_for
from wenlan.protocols.sip2.errors import MalformedMessage
from wenlan.protocols.sip2.requests import REQUESTS
from wenlan.protocols.sip2.responses import RESPONSES
from wenlan.protocols.sip2.terminals import enrol
from wenlan.protocols.sip2.tests.talking import NOW, ask, running_server, terminal
from wenlan.protocols.sip2.watching import shown

ENCODINGS = ("gbk", "gb18030", "utf-8")
GBK_LETTERS = st.characters(codec="gbk", exclude_characters="|\r\n", exclude_categories=["Cc"])
TYPES = [*REQUESTS.values(), *RESPONSES.values()]


@st.composite
def messages(draw):
    message_type = draw(st.sampled_from(TYPES))
    places = codec.LAYOUTS[message_type]
    digits = st.text("0123456789YN ", max_size=18)
    values = {name: draw(digits)[:width].ljust(width) for name, width in places.fixed}
    for name, _code, repeated in places.variable:
        word = st.text(GBK_LETTERS, max_size=12)
        values[name] = tuple(draw(st.lists(word, max_size=3))) if repeated else draw(word)
    return message_type(**values)


@given(message=messages(), encoding=st.sampled_from(ENCODINGS), sequence=st.none() | st.sampled_from("0123456789"))
def test_every_message_comes_back_from_the_wire_as_it_was(message, encoding, sequence):
    line = codec.encode(message, encoding=encoding, sequence=sequence)

    received = codec.decode(line[:-1], encoding)

    assert line.count(b"\r") == 1
    assert (received.message, received.sequence, received.is_checked) == (message, sequence, sequence is not None)


@given(message=messages(), encoding=st.sampled_from(ENCODINGS), place=st.integers(0, 400), byte=st.integers(0, 255))
def test_one_wrong_byte_in_a_checked_line_never_passes_unseen(message, encoding, place, byte):
    line = codec.encode(message, encoding=encoding, sequence="1")[:-1]
    place %= len(line) - 9  # before the sequence number and the checksum
    wrong = line[:place] + bytes([byte]) + line[place + 1 :]

    if wrong != line:
        with pytest.raises(MalformedMessage):
            codec.decode(wrong, encoding)


@settings(max_examples=300)
@given(start=st.sampled_from(sorted(REQUESTS)), rest=st.binary(max_size=120), encoding=st.sampled_from(ENCODINGS))
def test_whatever_follows_a_code_is_read_or_refused(start, rest, encoding):
    try:
        received = codec.decode(start.encode() + rest, encoding)
    except MalformedMessage:
        return
    assert type(received.message) is REQUESTS[start]


def test_what_is_kept_of_a_line_tells_no_password_and_no_person():
    line = "8120190304    101500AO|AAR1|ADsecret|AE王芳|XO11010519491231002X|MP13800000000|XK11|".encode("gbk")

    kept = shown(line, "gbk")

    assert kept == "8120190304    101500AO|AA***|AD***|AE***|XO***|MP***|XK11|"
    assert shown(b"9300CNK1|COsecret|\x00\xff", "gbk") == "9300CNK1|CO***|\\x00\\xff"
    assert shown(b"2300020190304    101500AAR1|AD1234|", "gbk") == "2300020190304    101500AA***|AD***|"


@pytest.fixture
def place():
    root, east = make_network("E")
    make_rule(root.id)
    make_patron(node=east.id, card="R1", name="李明")
    make_item(node=east.id, barcode="B1")
    enrol(code="K1", password="kiosk", node=east.id, encoding="gbk")
    return east


def status(connection):
    return ask(connection, b"9900802.00\r")[:2]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_garbage_huge_and_half_lines_end_their_own_connection_only(place):
    with running_server() as port, terminal(port, encoding="gbk") as good:
        for bad in (b"x" * 20_000, b"\xff\r" * 40, b"11YN2019\r" * 40, bytes(range(256)) * 50 + b"\r"):
            connection = socket.create_connection(("127.0.0.1", port), timeout=20)
            with closing(connection) as hostile, suppress(ConnectionError):
                hostile.sendall(bad)
                while hostile.recv(65536):
                    pass
        half = socket.create_connection(("127.0.0.1", port))
        half.sendall(b"11YN20190304")
        with closing(half):
            assert status(good.connection) == b"98"

    assert Loan.objects.count() == 0
    kinds = set(TerminalFault.objects.values_list("kind", flat=True))
    assert kinds == {"unreadable"}
    assert TerminalFault.objects.filter(line="x" * 200).count() == 1  # the huge one is seen, too


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_line_may_end_with_cr_lf_or_both_and_come_in_pieces_or_with_the_next_one(place):
    with running_server() as port, terminal(port, encoding="gbk") as kiosk:
        line = codec.encode(ask_for.ItemInformationRequest(transaction_date=NOW, item_identifier="B1"), encoding="gbk")
        for end in (b"\r", b"\n", b"\r\n", b"\n\r"):
            assert ask(kiosk.connection, line[:-1] + end)[:4] == b"1803"
        kiosk.connection.sendall(line[:30])
        time.sleep(0.05)
        assert ask(kiosk.connection, line[30:])[:4] == b"1803"
        both = ask(kiosk.connection, b"9900802.00\n" + line)
        while both.count(b"\r") < 2:
            both += kiosk.connection.recv(4096)

    assert [part[:2] for part in both.split(b"\r")] == [b"98", b"18", b""]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_machine_that_leaks_connections_keeps_nobody_out(place, monkeypatch):
    monkeypatch.setattr(server, "MOST_CONNECTIONS", 4)
    with running_server() as port, terminal(port, encoding="gbk") as good, ExitStack() as leaked:
        for _ in range(9):
            leaked.enter_context(closing(socket.create_connection(("127.0.0.1", port))))
            assert status(good.connection) == b"98"
        with terminal(port, encoding="gbk") as late:
            assert status(late.connection) == b"98"
        assert status(good.connection) == b"98"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_terminal_that_reads_no_answers_does_not_hold_up_the_others(place):
    with running_server() as port, terminal(port, encoding="gbk") as good, terminal(port, encoding="gbk") as deaf:
        deaf.connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        deaf.connection.settimeout(0.5)
        with suppress(TimeoutError):
            for _ in range(2000):
                deaf.connection.sendall(b"9900802.00\r" * 200)

        began = time.perf_counter()
        assert status(good.connection) == b"98"
        assert time.perf_counter() - began < 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_slow_sign_in_does_not_hold_up_who_lends(place, monkeypatch):
    from wenlan.protocols.sip2 import terminals

    def slowly(**_said):
        time.sleep(1.5)

    with running_server() as port, terminal(port, encoding="gbk") as good:
        monkeypatch.setattr(terminals, "sign_in", slowly)
        with closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as guesser:
            guesser.sendall(b"9300CNK1|COguess|\r")
            began = time.perf_counter()
            request = ask_for.CheckoutRequest(transaction_date=NOW, patron_identifier="R1", item_identifier="B1")
            assert good.say(request).ok == "1"
            assert time.perf_counter() - began < 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_sequence_jumps_and_wrong_checksums_are_borne_and_the_same_message_lends_once(place):
    request = ask_for.CheckoutRequest(transaction_date=NOW, patron_identifier="R1", item_identifier="B1")
    with running_server() as port, terminal(port, encoding="gbk") as kiosk:
        lines = [codec.encode(request, encoding="gbk", sequence=digit) for digit in "590"]
        torn = lines[0][:-5] + b"0000\r"
        assert ask(kiosk.connection, torn).startswith(b"96")
        answers = [codec.decode(ask(kiosk.connection, line)[:-1], "gbk") for line in lines]

    assert [(answer.message.ok, answer.sequence) for answer in answers] == [("1", "5"), ("1", "9"), ("1", "0")]
    assert Loan.objects.count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_who_guesses_passwords_is_held_back_and_the_other_machines_of_the_address_are_not(place):
    enrol(code="K2", password="kiosk", node=place.id, encoding="gbk")
    with running_server() as port, closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as guesser:
        for _ in range(10):
            assert ask(guesser, b"9300CNK1|COguess|\r") == b"940\r"
        assert ask(guesser, b"9300CNK1|COkiosk|\r") == b"940\r"
        assert ask(guesser, b"9300CNK2|COkiosk|\r") == b"941\r"

    assert TerminalFault.objects.filter(kind="sign_in", code="K1").count() == 10


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_a_terminal_does_is_counted_without_a_write_for_each_message(place, monkeypatch):
    monkeypatch.setattr(watching, "EVERY_SECONDS", 3600)
    request = ask_for.CheckoutRequest(transaction_date=NOW, patron_identifier="R1", item_identifier="B1")
    with running_server() as port, terminal(port, encoding="gbk") as kiosk:
        kiosk.say(request)
        kiosk.say(ask_for.CheckoutRequest(transaction_date=NOW, patron_identifier="nobody", item_identifier="B1"))
        kiosk.say(ask_for.StatusRequest())
        assert TerminalDay.objects.count() == 0

    day = TerminalDay.objects.get()
    assert (day.messages, day.acts, day.refusals, day.faults) == (4, 1, 1, 0)
    assert timezone.now() - Terminal.objects.get().last_seen_at < timedelta(minutes=1)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_switching_a_terminal_off_ends_what_it_may_do_within_seconds(place, monkeypatch):
    monkeypatch.setattr(watching, "EVERY_SECONDS", 0.05)
    request = ask_for.ItemInformationRequest(transaction_date=NOW, item_identifier="B1")
    with running_server() as port, terminal(port, encoding="gbk") as kiosk:
        assert kiosk.say(request).circulation_status == "03"
        Terminal.objects.update(is_active=False)
        until = time.monotonic() + 10
        line = codec.encode(request, encoding="gbk")
        while (answer := ask(kiosk.connection, line)) != b"940\r" and time.monotonic() < until:
            time.sleep(0.05)

    assert answer == b"940\r"
