"""Records as lines of text: what is written is read again, what is broken is told as far as it goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.catalogue.cnmarc import ControlField, MarcRecord, encode, field, notes
from wenlan.catalogue.cnmarc.mnemonic import CrookedLine, from_text, salvaged, to_text
from wenlan.catalogue.testing import make_marc

texts = st.text(st.characters(blacklist_characters="\x1d\x1e\x1f", blacklist_categories=("Cs",)), max_size=20)
codes = st.characters(min_codepoint=0x21, max_codepoint=0x7E)
tags = st.integers(10, 999).map(lambda number: f"{number:03d}")
fields = st.builds(
    lambda tag, marks, subfields: field(tag, marks, *subfields),
    tags,
    st.text(st.sampled_from(" 01#$\\{"), min_size=2, max_size=2),
    st.lists(st.tuples(codes, texts), min_size=1, max_size=4),
)
controls = st.builds(ControlField, st.sampled_from(["001", "005", "008"]), texts)
records = st.builds(MarcRecord, st.just("00000nam0 2200000   450 "), st.lists(st.one_of(fields, controls)).map(tuple))


@given(records)
def test_a_record_written_as_lines_is_read_again(record):
    assert from_text(to_text(record)) == record


def test_a_record_reads_like_a_cataloguer_writes_it():
    record = MarcRecord(
        "00000nam0 2200000   450 ",
        (
            ControlField("001", "0120 1"),
            field("200", "1 ", ("a", "三体"), ("f", "刘慈欣著")),
            field("010", "  ", ("d", "$5")),
        ),
    )

    assert to_text(record).split("\n") == [
        "=LDR  00000nam0\\2200000\\\\\\450\\",
        "=001  0120\\1",
        "=200  1\\$a三体$f刘慈欣著",
        "=010  \\\\$d{dollar}5",
    ]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("200  1 $a三体", 1, notes.NO_EQUALS_SIGN),
        ("=001  1\n\n=???  三体", 3, notes.NO_TAG),
        ("=LDR  short but not plain 三", 1, notes.LEADER_CROOKED),
        ("=200  1 ", 1, notes.NO_SUBFIELD),
        ("=200  1 $a{x1E}", 1, notes.DELIMITER_WITHIN),
    ],
)
def test_a_crooked_line_is_told_by_its_number(text, line, reason):
    with pytest.raises(CrookedLine) as caught:
        from_text(text)

    assert (caught.value.line, caught.value.reason) == (line, reason)


def test_a_record_that_can_be_read_is_told_whole_in_the_encoding_that_was_chosen():
    record = make_marc("三体", number="1")

    assert from_text(salvaged(encode(record, "gb18030"), "gb18030")).fields == record.fields


def test_of_a_broken_record_each_piece_is_told_and_what_has_no_tag_is_marked():
    broken = b"00060nam0 2200037   450 200001000000\x1e1 \x1fa" + "三体".encode() + b"\x1e  \x1faleft\x1e\x1d"

    assert salvaged(broken).split("\n")[1:] == ["=200  1\\$a三体", "=???    $aleft"]


@given(st.binary(max_size=300))
def test_any_bytes_are_told_as_lines(raw):
    assert salvaged(raw).startswith("=LDR  ")
