"""The server as machines of other hands see it: pysip2's strict codec for every message, over TCP."""

import socket
from contextlib import closing

import pysip2 as other
import pytest

from wenlan.circulation.testing import make_rule
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.protocols.models import Terminal
from wenlan.protocols.sip2.requests import REQUESTS
from wenlan.protocols.sip2.responses import RESPONSES
from wenlan.protocols.sip2.terminals import enrol
from wenlan.protocols.sip2.tests.talking import NOW, ask, running_server
from wenlan.protocols.sip2.types import TerminalRight

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
OF_CARD_MACHINES = {"81", "82", "91", "92"}


class Stranger:
    """A client made of pysip2's codec, with sequence numbers and checksums."""

    def __init__(self, connection):
        self.connection, self.sequence = connection, 0

    def say(self, message, expected):
        frame = other.encode_message(message, sequence_number=self.sequence, checksum=True, encoding="utf-8")
        decoded = other.decode_as(ask(self.connection, frame), expected, encoding="utf-8")
        assert decoded.checksum is not None
        assert decoded.sequence_number == self.sequence
        self.sequence = (self.sequence + 1) % 10
        return decoded.message


@pytest.fixture
def stranger():
    root, east = make_network("E")
    make_rule(root.id)
    make_patron(node=east.id, card="R1", name="李明")
    for number in (1, 2):
        make_item(node=east.id, barcode=f"B{number}")
    enrol(code="K1", password="kiosk", node=east.id)
    Terminal.objects.update(rights=TerminalRight.values)
    with running_server() as port, closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as connection:
        client = Stranger(connection)
        login = other.LoginRequest(uid_algorithm="0", pwd_algorithm="0", login_user_id="K1", login_password="kiosk")
        assert client.say(login, other.LoginResponse).ok == "1"
        yield client


def said(**fields):
    return {"transaction_date": NOW, "institution_id": "", "terminal_password": ""} | fields


def lend(client, barcode):
    return client.say(
        other.CheckoutRequest(
            sc_renewal_policy="N", no_block="N", nb_due_date=NOW,
            **said(patron_identifier="R1", item_identifier=barcode),
        ),
        other.CheckoutResponse,
    )  # fmt: skip


def information(client, place):
    summary = " " * place + "Y" + " " * (9 - place)
    return client.say(
        other.PatronInformationRequest(language="019", summary=summary, **said(patron_identifier="R1")),
        other.PatronInformationResponse,
    )


def test_we_know_every_message_that_pysip2_knows():
    ours = set(REQUESTS) | set(RESPONSES)

    assert {spec.command_id for spec in other.models.MESSAGE_SPECS_BY_TYPE.values()} == ours - OF_CARD_MACHINES


def test_a_reader_at_a_self_check_of_another_hand(stranger):
    status = stranger.say(
        other.SCStatusRequest(status_code="0", max_print_width="080", protocol_version="2.00"), other.ACSStatusResponse
    )
    lent = [lend(stranger, barcode) for barcode in ("B1", "B2")]
    renewed = stranger.say(
        other.RenewRequest(
            third_party_allowed="N", no_block="N", nb_due_date=NOW,
            **said(patron_identifier="R1", item_identifier="B1"),
        ),
        other.RenewResponse,
    )  # fmt: skip
    all_renewed = stranger.say(other.RenewAllRequest(**said(patron_identifier="R1")), other.RenewAllResponse)
    known = stranger.say(other.ItemInformationRequest(**said(item_identifier="B1")), other.ItemInformationResponse)
    lists = [information(stranger, place) for place in range(6)]
    back = stranger.say(
        other.CheckinRequest(no_block="N", return_date=NOW, current_location="", **said(item_identifier="B1")),
        other.CheckinResponse,
    )
    end = stranger.say(other.EndPatronSessionRequest(**said(patron_identifier="R1")), other.EndSessionResponse)

    assert (status.supported_messages, status.checkout_ok) == ("YYYYYYYYYYYYYYYY", "Y")
    assert [one.ok for one in lent] == ["1", "1"]
    assert all(one.title_identifier.startswith("书") and one.media_type == "001" for one in lent)
    assert (renewed.ok, renewed.renewal_ok) == ("1", "Y")
    assert (all_renewed.renewed_items, all_renewed.unrenewed_items) == (("B2",), ("B1",))
    assert (known.circulation_status, known.media_type) == ("04", "001")
    assert {one.charged_items_count for one in lists} == {"0002"}
    assert sorted(lists[2].charged_items) == ["B1", "B2"]
    assert (back.ok, back.alert, back.magnetic_media) == ("1", "N", "N")
    assert end.end_session == "Y"


def test_reservations_and_payments_in_form(stranger):
    lend(stranger, "B1")
    mine = stranger.say(
        other.HoldRequest(hold_mode="+", **said(patron_identifier="R1", item_identifier="B1")), other.HoldResponse
    )
    other_copy = stranger.say(
        other.HoldRequest(hold_mode="+", hold_type="2", **said(patron_identifier="R1", item_identifier="B2")),
        other.HoldResponse,
    )
    paid = stranger.say(
        other.FeePaidRequest(
            fee_type="01", payment_type="00", currency_type="CNY", fee_amount="1.00", **said(patron_identifier="R1")
        ),
        other.FeePaidResponse,
    )

    assert (mine.ok, len(mine.screen_message)) == ("0", 2)  # the reader has it at home, and may ask a person to look
    assert other_copy.ok in {"0", "1"}
    assert (paid.payment_accepted, len(paid.screen_message)) == ("N", 1)  # nothing is owed


def test_cards_items_and_readers_in_form(stranger):
    update = other.ItemStatusUpdateRequest(**said(item_identifier="B1", item_properties="miss"))
    block = other.BlockPatronRequest(card_retained="N", blocked_card_message="", **said(patron_identifier="R1"))
    status = other.PatronStatusRequest(language="001", patron_password="", **said(patron_identifier="R1"))

    assert stranger.say(update, other.ItemStatusUpdateResponse).item_properties_ok == "1"
    assert stranger.say(block, other.PatronStatusResponse).patron_status[:4] == "YYYY"
    assert stranger.say(other.PatronEnableRequest(**said(patron_identifier="R1")), other.PatronEnableResponse)
    assert stranger.say(status, other.PatronStatusResponse).patron_status == " " * 14


def test_a_line_that_did_not_arrive_whole_is_asked_for_again_with_a_checksum(stranger):
    answer = ask(stranger.connection, b"2300020190304    101500AO|AAR1|AC|AD|AY0AZ0000\r")
    again = ask(stranger.connection, other.encode_message(other.RequestACSResend(), checksum=True))

    assert other.decode_as(answer, other.RequestSCResend).checksum is not None
    assert other.decode_as(again, other.LoginResponse, encoding="utf-8").message.ok == "1"
