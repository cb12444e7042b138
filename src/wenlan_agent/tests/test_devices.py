"""The drivers against devices that speak the published protocols: over a serial port and over TCP, byte by byte."""

import ctypes

import pytest

from wenlan_agent import feig, pcsc, sam
from wenlan_agent.devices import DeviceTrouble, FakePad, NoCard, TagGone
from wenlan_agent.labels import Label, profile
from wenlan_agent.tests.simulating import card_text, feig_answer, feig_on_a_port, sam_on_the_net
from wenlan_agent.watching import Pad

BOOK, DISC = "E004010012345678", "E004010012345679"
GBT = profile("gbt35660")


def a_pad(code="ZC0000001"):
    pad = FakePad()
    pad.lay(BOOK, GBT.write(Label("item", code=code), 112))
    return pad


def test_the_checksum_is_the_one_of_the_manual():
    assert feig.frame(bytes.fromhex("FF65")).hex() == "05ff65e5cb"


@pytest.mark.parametrize("kind", ["fake", "feig"])
def test_every_reader_reads_writes_and_switches_tags_alike(kind):
    simulated = a_pad()
    simulated.lay(DISC)

    def acts(reader):
        assert list(reader.inventory()) == [BOOK, DISC]
        before = reader.read(BOOK)
        reader.write_blocks(BOOK, 27, b"ABCD")
        reader.write_blocks(BOOK, 0, before.data[: 9 * 4])
        reader.write_afi(BOOK, 0xC2)
        reader.write_dsfid(BOOK, 3)
        after = reader.read(BOOK)
        simulated.take(DISC)
        with pytest.raises(TagGone):
            reader.write_afi(DISC, 7)
        simulated.take(BOOK)
        assert list(reader.inventory()) == []
        return before, after

    if kind == "fake":
        before, after = acts(simulated)
    else:
        with feig_on_a_port(simulated) as port:
            before, after = acts(feig.Reader(port))

    assert (GBT.read(before.data).code, before.afi, before.dsfid, before.block_size) == ("ZC0000001", 7, 6, 4)
    assert (after.data, after.afi, after.dsfid) == (before.data[:108] + b"ABCD", 0xC2, 3)


class TornLine:
    """A line on which the answer to the question arrives changed."""

    def __init__(self, change):
        self.change, self.waiting = change, b""

    def send(self, data):
        self.waiting = self.change(feig_answer(a_pad(), data))

    def receive(self, count, _seconds):
        found, self.waiting = self.waiting[:count], self.waiting[count:]
        return found

    def close(self):
        pass


@pytest.mark.parametrize(
    "change",
    [
        lambda _frame: b"",
        lambda frame: frame[:-1],
        lambda frame: frame[:5] + bytes([frame[5] ^ 1]) + frame[6:],
        lambda frame: b"\x03" + frame,
        lambda frame: feig.frame(b"\0\x65\0" + frame[4:-2]),
    ],
)
def test_a_torn_or_strange_answer_is_trouble_and_never_a_tag(change):
    with pytest.raises(DeviceTrouble):
        feig.Reader("torn", TornLine(change)).inventory()


def test_an_identity_card_is_read_and_what_is_no_card_is_said():
    foreigner = card_text(name="SMITH", sex=" ", birth="        ", number="ABC")
    cards = [card_text(), b"", foreigner, card_text(kind="J")]

    with sam_on_the_net(cards) as address:
        reader = sam.Reader(address)
        read = reader.read()
        with pytest.raises(NoCard):
            reader.read()
        with pytest.raises(DeviceTrouble):
            reader.read()
        permit = reader.read()

    assert (read.name, read.sex, read.birth, read.number) == ("李明", "m", "1990-05-01", "140400199005010013")
    assert (read.address, read.issuer, read.valid_from, read.valid_until) == (
        "山西省长治市潞州区示例路1号", "长治市公安局", "2015-01-01", "",
    )  # fmt: skip
    assert (permit.kind, permit.address, read.kind) == ("residence_permit", read.address, "citizen")


class PcscCalls:
    """The system's calls with one reader, on which a card lies or not."""

    card: bytes | None = None

    def SCardEstablishContext(self, *_given):
        return 0

    def SCardListReaders(self, _context, _groups, room, length):
        names = b"Reader A 00\0Reader B 00\0\0"
        ctypes.memmove(room, names, len(names))
        length._obj.value = len(names)
        return 0

    def SCardConnect(self, *_given):
        return 0 if self.card else -0x7FEFFF97 - 0  # 80100069: the card was removed

    def SCardTransmit(self, _card, _request, sent, _length, _reply, room, length):
        assert sent == bytes.fromhex("FFCA000000")
        answer = (self.card or b"") + b"\x90\x00"
        ctypes.memmove(room, answer, len(answer))
        length._obj.value = len(answer)
        return 0

    def SCardDisconnect(self, *_given):
        return 0


def test_a_cards_number_is_told_in_the_form_that_the_records_have():
    calls = PcscCalls()
    reader = pcsc.Reader("Reader B", "reversed-dec", calls)
    nothing = reader.number()
    calls.card = bytes.fromhex("04A1B2C3")

    assert (reader.name, nothing, reader.number()) == ("pcsc:Reader B 00", "", str(0xC3B2A104))
    assert pcsc.told(calls.card, "HEX") == "04A1B2C3"
    with pytest.raises(DeviceTrouble):
        pcsc.Reader("Reader C", calls=calls)


def test_a_gate_tells_once_of_a_tag_that_is_armed():
    told = []
    antennas = a_pad()
    gate = Pad(lambda: antennas, [GBT], lambda *event: told.append(event), is_gate=True)

    for _ in range(3):
        gate.look()
    antennas.lay(DISC, GBT.write(Label("item", code="ZC2"), 112), afi=0xC2)
    gate.look()

    assert [(event, tag["code"]) for event, tag in told] == [("passage", "ZC0000001")]
