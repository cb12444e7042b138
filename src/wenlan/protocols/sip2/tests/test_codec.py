import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.protocols.sip2 import codec
from wenlan.protocols.sip2.errors import MalformedMessage, WrongChecksum
from wenlan.protocols.sip2.requests import CheckoutRequest, Login
from wenlan.protocols.sip2.responses import CheckoutResponse, SendAgain

pytestmark = pytest.mark.embedded

words = st.text(st.characters(exclude_characters="|\r\n", exclude_categories=["Cs"]), max_size=30)


@given(patron=words, item=words, sequence=st.none() | st.sampled_from("0123456789"))
def test_decoding_an_encoded_message_gives_it_back(patron, item, sequence):
    request = CheckoutRequest(transaction_date="20190304    101500", patron_identifier=patron, item_identifier=item)

    line = codec.encode(request, encoding="utf-8", sequence=sequence)
    received = codec.decode(line[:-1], "utf-8")

    assert (received.message, received.sequence) == (request, sequence)


def test_checksum_is_over_the_bytes_on_the_wire():
    # The example of the standard's appendix on error detection.
    assert codec.checksum(b"9900302.00AY1AZ") == "FCA5"
    titled = CheckoutResponse(ok="1", desensitize="Y", transaction_date="20190304    101500", title_identifier="三里湾")

    line = codec.encode(titled, encoding="gbk", sequence="3")

    assert codec.decode(line[:-1], "gbk").message == titled
    assert sum(line[:-5]) + int(line[-5:-1], 16) & 0xFFFF == 0


def test_a_wrong_checksum_is_told_apart_from_a_malformed_message():
    line = codec.encode(Login(login_user_id="kiosk"), encoding="utf-8", sequence="0")[:-1]

    with pytest.raises(WrongChecksum):
        codec.decode(line.replace(b"kiosk", b"kiosq"), "utf-8")
    with pytest.raises(MalformedMessage, match="ends inside"):
        codec.decode(b"11YN2019", "utf-8")
    with pytest.raises(MalformedMessage, match="not known"):
        codec.decode(b"77", "utf-8")


@given(st.binary(max_size=200))
def test_hostile_bytes_are_refused_and_never_crash(line):
    try:
        codec.decode(line, "utf-8")
    except MalformedMessage:
        return


def test_values_cannot_break_out_of_their_field():
    line = codec.encode(Login(login_user_id="a|b\rc"), encoding="utf-8")

    assert codec.decode(line[:-1], "utf-8").message.login_user_id == "a b c"
    assert codec.encode(SendAgain(), encoding="utf-8") == b"96\r"


def test_a_rare_name_from_a_newer_machine_on_a_terminal_set_to_gbk_is_read_and_goes_back_as_a_question_mark():
    line = "9300CN𠮷野㐂|COx|".encode("gb18030")

    received = codec.decode(line + b"AY4AZ" + codec.checksum(line + b"AY4AZ").encode(), "gbk")

    assert (received.message.login_user_id, received.sequence) == ("𠮷野㐂", "4")
    assert codec.encode(received.message, encoding="gbk")[:-1] == "9300CN?野?|COx|CP|".encode("gbk")
