"""What lies on the pad, what comes and goes, and what is written and switched."""

import pytest

from wenlan_agent.devices import DeviceTrouble, FakePad, TagGone
from wenlan_agent.labels import Label, profile
from wenlan_agent.watching import GONE_AFTER, Pad, Refused

BOOK, DISC = "E004010012345678", "E004010012345679"
GBT, RFID501 = profile("gbt35660"), profile("rfid501")


@pytest.fixture
def told():
    return []


@pytest.fixture
def fake():
    pad = FakePad()
    pad.lay(BOOK, GBT.write(Label("item", code="ZC0000001", owner="CN-140400-1-CZ"), 112))
    return pad


@pytest.fixture
def pad(fake, told):
    watched = Pad(lambda: fake, [GBT, RFID501], lambda event, data: told.append((event, data)))
    watched.look()
    return watched


def test_tags_that_come_and_go_are_told_once_and_a_hand_over_the_pad_is_nothing(pad, fake, told):
    fake.lay(DISC, RFID501.write(Label("item", code="ZC2", part=1, total=2), 112), afi=218)
    pad.look()
    fake.take(BOOK)
    pad.look()
    fake.lay(BOOK)
    for _ in range(GONE_AFTER + 1):
        pad.look()
    fake.take(DISC)
    for _ in range(GONE_AFTER + 1):
        pad.look()

    assert [(event, tag["code"], tag["armed"], tag["profile"]) for event, tag in told] == [
        ("arrived", "ZC0000001", True, "gbt35660"),
        ("arrived", "ZC2", False, "rfid501"),
        ("left", "ZC2", False, "rfid501"),
    ]
    assert [tag["code"] for tag in pad.tags()] == ["ZC0000001"]


def test_a_tag_is_switched_by_the_bytes_of_its_own_maker_and_looked_at_again(pad, fake, told):
    fake.lay(DISC, RFID501.write(Label("item", code="ZC2"), 112), afi=215)
    pad.look()

    switched = [
        pad.arm(BOOK, armed=False)["armed"],
        pad.arm(DISC, armed=False)["armed"],
        pad.arm(BOOK, armed=True)["armed"],
    ]

    assert switched == [False, False, True]
    assert (fake.tags[BOOK].afi, fake.tags[DISC].afi) == (7, 218)
    assert [event for event, _tag in told[2:]] == ["changed"] * 3


def test_a_tag_that_does_not_hear_or_obey_is_said_to_be_so(pad, fake, monkeypatch):
    fake.deaf.add(BOOK)
    with pytest.raises(TagGone):
        pad.arm(BOOK, armed=False)
    fake.deaf.clear()
    monkeypatch.setattr(fake, "write_afi", lambda *_given: None)  # its security byte was locked for ever

    with pytest.raises(Refused, match="not_switched"):
        pad.arm(BOOK, armed=False)
    with pytest.raises(TagGone):
        pad.arm(DISC, armed=False)


def test_a_blank_tag_gets_its_label_armed_and_another_items_tag_is_left_alone(pad, fake):
    fake.lay(DISC, afi=0, dsfid=0)
    pad.look()
    label = Label("item", code="ZC0000002", owner="CN-140400-1-CZ", part=2, total=3)

    written = pad.write(DISC, label, GBT)
    with pytest.raises(Refused, match="written_already"):
        pad.write(BOOK, label, GBT)
    over = pad.write(BOOK, label, GBT, over=True)

    assert (written["code"], written["armed"], written["part"], written["total"]) == ("ZC0000002", True, 2, 3)
    assert over["code"] == "ZC0000002"
    assert (fake.tags[DISC].dsfid, fake.tags[DISC].afi) == (6, 7)


def test_a_label_that_did_not_stay_or_has_no_room_is_refused(pad, fake, monkeypatch):
    fake.lay(DISC, blocks=4)
    pad.look()
    with pytest.raises(Refused, match="too_long"):
        pad.write(DISC, Label("item", code="ZC0000002", owner="CN-140400-1-CZ", title="三里湾"), GBT)
    with pytest.raises(Refused, match="cannot_be_written"):
        pad.write(DISC, Label("item", code="ZC0000002", owner="长治"), GBT)
    monkeypatch.setattr(fake, "write_blocks", lambda *_given: None)

    with pytest.raises(Refused, match="not_verified"):
        pad.write(DISC, Label("item", code="ZC2"), GBT)


def test_a_reader_that_is_unplugged_is_told_once_and_found_again(pad, fake, told):
    fake.is_broken = True
    looked = [pad.look(), pad.look()]
    with pytest.raises(DeviceTrouble):
        pad.arm(BOOK, armed=False)
    fake.is_broken = False
    looked.append(pad.look())

    assert looked == [False, False, True]
    assert [data["trouble"] for event, data in told if event == "device"] == ["unplugged", ""]
