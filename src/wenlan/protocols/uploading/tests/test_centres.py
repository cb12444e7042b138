"""The client of SRU Record Update and the pretended centre: one contract; and servers that fail."""

import io
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.catalogue.cnmarc import element_text, read_stream
from wenlan.catalogue.testing import make_marc
from wenlan.protocols.copying.types import TargetFailed
from wenlan.protocols.sru.update import MARCXML, SruUpdate, read_receipt, written
from wenlan.protocols.sru.wire import Target
from wenlan.protocols.uploading.testing import FakeCentre, answered, read_letter, serving_centre
from wenlan.protocols.uploading.types import Letter, Receipt, UnionCentre, UploadState


def letter(title: str = "灵川县志", *, identifier: str = "2019000001", action: str = "create") -> Letter:
    return Letter(identifier=identifier, record=element_text(make_marc(title)), action=action, schema=MARCXML)


@pytest.fixture(params=["pretended", pytest.param("served", marks=pytest.mark.slow)])
def centre(request) -> Iterator[UnionCentre]:
    """The centre that is pretended, and the client at one that is served."""
    if request.param == "pretended":
        yield FakeCentre()
        return
    with serving_centre() as served:
        yield SruUpdate(Target(host="127.0.0.1", port=served.port, path="/update", seconds=5))


def test_a_record_is_taken_with_the_centres_number_and_changed_under_it(centre):
    taken = centre.hand_in(letter())
    assert taken == Receipt(state=UploadState.ACCEPTED, identifier="U2019000001")

    again = centre.hand_in(letter())
    assert (again.state, again.reason) == (UploadState.REFUSED, "Record already exists")

    changed = centre.hand_in(letter("灵川县志 (续)", identifier=taken.identifier, action="replace"))
    assert changed == Receipt(state=UploadState.ACCEPTED, identifier="U2019000001")


def test_a_record_the_centre_cannot_use_is_refused_in_its_words(centre):
    untitled = letter()
    bare = Letter(
        identifier="1",
        record=untitled.record.replace('tag="200"', 'tag="300"'),
        action="create",
        schema=MARCXML,
    )

    assert centre.hand_in(bare) == Receipt(state=UploadState.REFUSED, reason="Invalid data structure: no title")


plain = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=20).map(str.strip)


@given(plain.filter(bool), plain.filter(bool), st.sampled_from(("create", "replace")))
def test_a_letter_is_read_as_it_was_written(title, identifier, action):
    sent = letter(title, identifier=identifier, action=action)

    read = read_letter(written(sent))

    assert (read.identifier, read.action, read.schema) == (sent.identifier, sent.action, sent.schema)
    (found,) = read_stream_of(read.record)
    assert found == make_marc(title)


def read_stream_of(xml: str):
    return [one.record for one in read_stream(io.BytesIO(xml.encode()), encoding="auto")]


@pytest.mark.parametrize("state", [UploadState.ACCEPTED, UploadState.SENT, UploadState.REFUSED])
def test_an_answer_is_read_as_it_was_written(state):
    receipt = Receipt(state=state, identifier="U1", reason="said")

    assert read_receipt(ElementTree.fromstring(answered(receipt))) == receipt


def test_a_soap_fault_is_a_refusal_and_no_answer_at_all_is_unclear():
    fault = ElementTree.fromstring(
        "<Envelope><Body><Fault><faultstring>no right</faultstring></Fault></Body></Envelope>"
    )
    assert read_receipt(fault) == Receipt(state=UploadState.REFUSED, reason="no right")

    with pytest.raises(TargetFailed) as caught:
        read_receipt(ElementTree.fromstring("<html><body>Welcome</body></html>"))
    assert caught.value.was_sent


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "answer", "code", "was_sent"),
    [
        (401, b"", TargetFailed.REFUSED, False),
        (503, b"", TargetFailed.REFUSED, False),
        (422, b"", TargetFailed.UNFIT, False),
        (500, b"", TargetFailed.REFUSED, True),
        (200, b"<cut", TargetFailed.GARBLED, True),
        (200, b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', TargetFailed.GARBLED, True),
    ],
)
def test_a_failure_says_whether_the_record_may_have_arrived(status, answer, code, was_sent):
    with serving_centre(status=status, answer=answer) as served, pytest.raises(TargetFailed) as caught:
        SruUpdate(Target(host="127.0.0.1", port=served.port, path="/update", seconds=5)).hand_in(letter())

    assert (caught.value.code, caught.value.was_sent) == (code, was_sent)


@pytest.mark.slow
def test_who_sends_is_said_and_a_closed_door_is_not_an_open_question():
    with serving_centre() as served:
        target = Target(host="127.0.0.1", port=served.port, path="/update", user="county", password="秘密", seconds=5)
        SruUpdate(target).hand_in(letter())
        assert served.signed == ["Basic Y291bnR5OuenmOWvhg=="]

    with pytest.raises(TargetFailed) as caught:
        SruUpdate(target).hand_in(letter())
    assert (caught.value.code, caught.value.was_sent) == (TargetFailed.UNREACHABLE, False)
