"""ISO 2709 as bytes: what is sound comes back to the byte, what is broken is repaired or named."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.catalogue.cnmarc import ControlField, Field, MarcRecord, Subfield, encode, field, linked_fields, read_stream
from wenlan.catalogue.cnmarc.iso2709 import Malformed, Unwritable, decode, part

pytestmark = pytest.mark.embedded

LEADER = "00000nam0 2200000   450 "

letters = st.characters(codec="gb18030", exclude_characters="\x1d\x1e\x1f", exclude_categories=("Cs",))
# without Latin-1, whose letters may stand for UTF-8 that was encoded twice, and are then repaired
plain = st.text(letters.filter(lambda letter: not "\x80" <= letter <= "\xff"), max_size=30)
codes = st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789A")
tags = st.integers(10, 999).map("{:03d}".format)
controls = st.builds(ControlField, st.integers(1, 9).map("{:03d}".format), plain)
datas = st.builds(
    Field,
    tags,
    st.text("0123456789 ", min_size=2, max_size=2),
    st.lists(st.builds(Subfield, codes, plain), min_size=1, max_size=5).map(tuple),
)
records = st.builds(MarcRecord, st.just(LEADER), st.lists(controls | datas, min_size=1, max_size=12).map(tuple))


def read(*raws: bytes, encoding: str = "auto"):
    return list(read_stream(io.BytesIO(b"".join(raws)), encoding=encoding))


def book(title: str, number: str = "1") -> MarcRecord:
    return MarcRecord(LEADER, (ControlField("001", number), field("200", "1 ", ("a", title), ("f", "刘慈欣著"))))


@given(records, st.sampled_from(["utf-8", "gb18030"]))
def test_decoding_an_encoded_record_gives_it_back(record, codec):
    raw = part(encode(record, codec))

    assert raw.notes == ()
    assert decode(raw, lambda body: body.decode(codec)).fields == record.fields


@given(records, st.sampled_from(["utf-8", "gb18030"]))
def test_encoding_a_decoded_record_gives_the_same_bytes(record, codec):
    raw = encode(record, codec)

    assert encode(decode(part(raw), lambda body: body.decode(codec)), codec) == raw


@given(records)
def test_the_native_form_gives_the_record_back(record):
    assert MarcRecord.from_json(record.to_json()) == record


@given(st.binary(max_size=400) | st.binary(max_size=60).map(lambda tail: encode(book("三体"))[:40] + tail))
def test_any_bytes_are_read_to_their_end(data):
    found = read(data)

    assert [one.position for one in found] == list(range(1, len(found) + 1))
    assert all((one.record is None) == bool(one.reason) for one in found)


@given(st.lists(st.binary(max_size=60), max_size=4), records)
def test_a_sound_record_is_found_whatever_stands_around_it(junk, record):
    raw = encode(record, "utf-8")
    around = [one.replace(b"\x1d", b"").replace(b"\x1f\x8b", b"") + b"\x1d" for one in junk]

    found = read(*around, raw, encoding="utf-8")

    assert found[-1].record is not None
    assert found[-1].record.fields == record.fields


def test_line_ends_and_marks_between_records_are_skipped():
    found = read(b"\xef\xbb\xbf\r\n", encode(book("三体")), b"\r\n\x1a", encode(book("球状闪电", "2")), b"\n\x00")

    assert [one.record.value("200", "a") for one in found] == ["三体", "球状闪电"]


def test_a_wrong_length_in_the_leader_is_noted_and_the_next_record_goes_on():
    broken = b"99999" + encode(book("三体"))[5:]

    found = read(broken, encode(book("球状闪电", "2")))

    assert [one.record.value("200", "a") for one in found] == ["三体", "球状闪电"]
    assert found[0].notes == ("the length in the leader was wrong",)


def test_wrong_directory_lengths_are_repaired_by_the_end_marks():
    raw = bytearray(encode(book("三体")))
    raw[27:31] = b"0001"

    (found,) = read(bytes(raw))

    assert found.record.value("200", "a") == "三体"
    assert found.notes == ("directory lengths were wrong; fields were taken by their end marks",)


def test_lengths_counted_in_characters_are_repaired():
    # What a program does that counts characters and then writes UTF-8.
    raw = encode(book("三体"), "utf-8")
    in_characters = encode(book("ab"), "utf-8")[:24]

    (found,) = read(in_characters + raw[24:])

    assert found.record.value("200", "a") == "三体"


def test_a_field_with_an_end_mark_inside_is_put_together_again():
    record = MarcRecord(LEADER, (ControlField("001", "1"), field("200", "1 ", ("a", "线上-资源"), ("f", "某某著"))))
    raw = encode(record, "utf-8").replace(b"-", b"\x1e")

    (found,) = read(raw)

    assert found.record.value("200", "a") == "线上 资源"
    assert "an end mark stood within a field; it became a blank" in found.notes


def test_a_directory_that_names_other_fields_is_rejected_with_the_reason():
    raw = bytearray(encode(book("三体")))
    base = raw.index(b"\x1e") + 1
    raw[base:] = raw[base:].replace(b"\x1e", b" ", 1)

    (found,) = read(bytes(raw))

    assert found.record is None
    assert found.reason == "the directory and the fields do not match"
    assert found.raw == bytes(raw)


def test_a_record_cut_off_by_the_end_of_the_file_keeps_its_whole_fields():
    raw = encode(book("三体"))
    cut = raw[: raw.rindex(b"\x1f")]

    (found,) = read(cut)

    assert found.record.value("200", "a") == "三体"
    assert "the file ends within the record" in found.notes


def test_a_lost_end_of_record_mark_does_not_swallow_the_next_record():
    found = read(encode(book("三体"))[:-1] + b" ", encode(book("球状闪电", "2")))

    assert [one.record.value("200", "a") for one in found if one.record] == ["三体", "球状闪电"]


def test_a_field_too_long_for_the_form_is_not_written():
    record = MarcRecord(LEADER, (field("330", "  ", ("a", "长" * 5000)),))

    with pytest.raises(Unwritable):
        encode(record, "utf-8")


def test_a_control_character_in_a_value_is_not_written():
    record = MarcRecord(LEADER, (field("200", "1 ", ("a", "三\x1f体")),))

    with pytest.raises(Unwritable):
        encode(record, "utf-8")


def test_too_few_bytes_are_no_record():
    with pytest.raises(Malformed):
        part(b"00026nam0 2200025   450 \x1e\x1d"[:20])


def test_embedded_fields_of_a_link_are_read():
    link = field("461", " 0", ("1", "2001 "), ("a", "鲁迅全集"), ("v", "第三卷"), ("1", "701 0"), ("a", "鲁迅"))

    assert linked_fields(link) == (
        field("200", "1 ", ("a", "鲁迅全集"), ("v", "第三卷")),
        field("701", " 0", ("a", "鲁迅")),
    )


def test_an_embedded_control_field_of_a_link_is_read():
    link = field("410", " 0", ("1", "001012345"), ("1", "2001 "), ("a", "万有文库"))

    assert linked_fields(link) == (ControlField("001", "012345"), field("200", "1 ", ("a", "万有文库")))
