"""Every message of the standard from another hand's codec, and the Chinese ones byte for byte, in UTF-8 and in GBK."""

import re
import socket
from contextlib import closing, contextmanager

import pysip2 as other
import pytest

from wenlan.circulation.models import Loan
from wenlan.circulation.testing import make_rule
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons import queries as readers
from wenlan.patrons.testing import make_category, make_patron
from wenlan.protocols.models import Terminal
from wenlan.protocols.sip2.requests import REQUESTS
from wenlan.protocols.sip2.terminals import enrol
from wenlan.protocols.sip2.tests.talking import NOW, ask, running_server
from wenlan.protocols.sip2.types import TerminalRight

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.parametrize("encoding", ["utf-8", "gbk"]),
]
AT = {"transaction_date": NOW, "institution_id": "", "terminal_password": ""}
READER, ITEM = {"patron_identifier": "R1"}, {"item_identifier": "B1"}
LISTS, PAID = (
    {"language": "019", "summary": "  Y       "},
    {"fee_type": "01", "payment_type": "00", "fee_amount": "1.00"},
)
STOPPED = {"card_retained": "N", "blocked_card_message": "卡面涂改"}
PLAIN = {"no_block": "N", "nb_due_date": NOW}
CONVERSATION = [
    (other.SCStatusRequest(status_code="0", max_print_width="080", protocol_version="2.00"), other.ACSStatusResponse),
    (other.PatronStatusRequest(language="019", patron_password="", **AT, **READER), other.PatronStatusResponse),
    (other.CheckoutRequest(sc_renewal_policy="N", **PLAIN, **AT, **READER, **ITEM), other.CheckoutResponse),
    (other.RenewRequest(third_party_allowed="N", **PLAIN, **AT, **READER, **ITEM), other.RenewResponse),
    (other.RenewAllRequest(**AT, **READER), other.RenewAllResponse),
    (other.PatronInformationRequest(**LISTS, **AT, **READER), other.PatronInformationResponse),
    (other.ItemInformationRequest(**AT, **ITEM), other.ItemInformationResponse),
    (other.CheckinRequest(no_block="N", return_date=NOW, current_location="", **AT, **ITEM), other.CheckinResponse),
    (other.HoldRequest(hold_mode="+", hold_type="2", **AT, **READER, **ITEM), other.HoldResponse),
    (other.FeePaidRequest(currency_type="CNY", **PAID, **AT, **READER), other.FeePaidResponse),
    (other.ItemStatusUpdateRequest(item_properties="miss", **AT, **ITEM), other.ItemStatusUpdateResponse),
    (other.BlockPatronRequest(**STOPPED, **AT, **READER), other.PatronStatusResponse),
    (other.PatronEnableRequest(**AT, **READER), other.PatronEnableResponse),
    (other.EndPatronSessionRequest(**AT, **READER), other.EndSessionResponse),
]  # fmt: skip


@contextmanager
def a_machine(encoding, field_set="standard"):
    """A branch with a reader, a book and a machine that may do everything; yields the machine's connection."""
    root, east = make_network("E")
    make_rule(root.id)
    make_category("adult")
    make_patron(node=east.id, card="R1", name="李明")
    make_item(node=east.id, barcode="B1")
    enrol(code="K1", password="kiosk", node=east.id, encoding=encoding)
    Terminal.objects.update(rights=TerminalRight.values, shows_names=True, field_set=field_set)
    with running_server() as port, closing(socket.create_connection(("127.0.0.1", port), timeout=20)) as connection:
        yield connection


def test_every_message_of_the_standard_is_understood_and_answered(encoding):
    login = other.LoginRequest(uid_algorithm="0", pwd_algorithm="0", login_user_id="K1", login_password="kiosk")
    answers = {}

    with a_machine(encoding) as machine:
        for number, (message, expected) in enumerate([(login, other.LoginResponse), *CONVERSATION]):
            frame = other.encode_message(message, sequence_number=number % 10, checksum=True, encoding=encoding)
            decoded = other.decode_as(ask(machine, frame), expected, encoding=encoding)
            assert (decoded.sequence_number, decoded.checksum is not None) == (number % 10, True)
            answers[frame[:2].decode()] = decoded.message
        again = ask(machine, other.encode_message(other.RequestACSResend(), checksum=True))

    assert set(answers) | {"97"} == set(REQUESTS) - {"81", "91"}
    assert other.decode_as(again, other.EndSessionResponse, encoding=encoding).message == answers["35"]
    assert (answers["93"].ok, answers["11"].ok, answers["29"].ok, answers["09"].ok) == ("1", "1", "1", "1")
    assert answers["23"].personal_name == answers["63"].personal_name == "李明"
    assert {answers[code].title_identifier[:1] for code in ("09", "11", "17")} == {"书"}
    assert answers["63"].charged_items == ("B1",)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in answers["37"].screen_message[0])  # why not, in Chinese
    assert (answers["19"].item_properties_ok, answers["01"].patron_status[:4]) == ("1", "YYYY")
    assert answers["25"].patron_status[:4] == "    "
    assert Loan.objects.get().renewals == 1


ASKED = "91" + NOW + "AO|AA|XO11010519491231002X|XK1|"
WANTED = (
    "81" + NOW + "AO|AA0086001|AD860114|AE王芳|XO11010519491231002X|XTadult|XM0|XH19491231|MP13800000000"
    "|XN汉族|BD建设路1号|XK11|"
)


def test_a_card_machines_lines_as_they_go_over_the_wire(encoding):
    exchanges = [
        (ASKED, "920"),
        (WANTED, "821"),
        (WANTED, "821"),
        (ASKED, "921"),
        (WANTED.replace("王芳", "李芳"), "820"),
    ]

    with a_machine(encoding, "chinese") as machine:
        assert ask(machine, b"9300CNK1|COkiosk|\r") == b"941\r"
        said = [ask(machine, line.encode(encoding) + b"\r").decode(encoding) for line, _answer in exchanges]

    assert [line[:3] for line in said] == [answer for _line, answer in exchanges]
    assert all(re.fullmatch(r"[0-9]{8}    [0-9]{6}", line[3:21]) for line in said)
    assert ["|OK1|" in line for line in said] == [True, True, True, True, False]
    assert [re.search(r"\|AC([01])\|", line)[1] for line in (said[0], said[3])] == ["0", "1"]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in said[4])  # why, in Chinese
    reader = readers.patron_by_card("0086001")
    assert (reader.name, reader.sex, reader.phone, reader.category.code) == ("王芳", "f", "13800000000", "adult")
