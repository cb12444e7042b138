"""A record goes to the editor and comes back: nothing is lost on the way."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.catalogue.cnmarc import ControlField, Field, MarcRecord, Subfield, encode, read_file
from wenlan.catalogue.editing.drafts import draft_of, read_draft, without_blanks
from wenlan.catalogue.editing.format import cnmarc
from wenlan.catalogue.errors import DraftUnreadable
from wenlan.catalogue.tests.samples import MARC, needs_samples

pytestmark = pytest.mark.embedded

values = st.text(st.characters(blacklist_characters="\x1d\x1e\x1f", blacklist_categories=["Cs"]), max_size=30)
codes = st.characters(min_codepoint=33, max_codepoint=126).filter(lambda one: one not in "\x1d\x1e\x1f")
subfields = st.lists(st.builds(Subfield, codes, values), max_size=6)
controls = st.builds(ControlField, st.sampled_from(["001", "005", "008"]), values)
data = st.builds(
    lambda tag, indicators, before, rest: Field(
        tag, indicators, (*((Subfield("", before),) if before else ()), *(Subfield(*one) for one in rest))
    ),
    st.from_regex(r"[0-9A-Z]{3}", fullmatch=True).filter(lambda tag: not tag.startswith("00")),
    st.text("0123456789 #|a", min_size=2, max_size=2),
    values,
    subfields,
)
leaders = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=24, max_size=24)
records = st.builds(MarcRecord, leaders, st.lists(controls | data, max_size=10).map(tuple))


@given(records)
def test_a_record_comes_back_from_the_editor_as_it_went(record):
    assert read_draft(json.loads(json.dumps(draft_of(record)))) == record


@needs_samples
def test_real_records_come_back_byte_for_byte():
    """Both pinyins, 4XX with $1, local fields: through the editor and out again as ISO 2709."""
    for path in sorted((MARC / "cnmarc").glob("*utf8.iso")):
        for each in read_file(path):
            again = read_draft(json.loads(json.dumps(draft_of(each.record))))
            assert encode(again) == encode(each.record)


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        {},
        {"leader": "short", "fields": []},
        {"leader": " " * 24, "fields": [["20", "  ", []]]},
        {"leader": " " * 24, "fields": [["200", "  ", [["ab", "x"]]]]},
        {"leader": " " * 24, "fields": [["200", "  ", [["a", "x\x1ey"]]]]},
        {"leader": " " * 24, "fields": [["200", "  ", [["a", 7]]]]},
        {"leader": " " * 24, "fields": [["200"]]},
        {"leader": " " * 24, "fields": "200"},
        {"leader": " " * 24, "fields": [["200", "  ", [["a", "x"]]]] * 3000},
    ],
)
def test_what_is_no_record_is_refused(sent):
    with pytest.raises(DraftUnreadable):
        read_draft(sent)


def test_what_the_template_offered_and_nobody_filled_is_left_out():
    template = cnmarc().templates["book"]
    draft = template.record(today="20190304", agency="CZLIB")
    fields = [
        one._replace(subfields=tuple(sub._replace(value="三体") if sub.code == "a" else sub for sub in one.subfields))
        if one.tag == "200"
        else one
        for one in draft.fields
    ]

    kept = without_blanks(MarcRecord(draft.leader, tuple(fields)), template, today="20190304", agency="CZLIB")

    assert [one.tag for one in kept.fields] == ["100", "101", "102", "105", "106", "200", "210", "801"]
    assert kept.first("200").subfields == (("a", "三体"),)


def test_a_price_without_a_number_is_kept_when_somebody_typed_it():
    template = cnmarc().templates["book"]
    draft = MarcRecord(template.leader, (Field("010", "  ", (Subfield("a", ""), Subfield("d", "CNY28.00"))),))

    kept = without_blanks(draft, template, today="20190304", agency="CZLIB")

    assert kept.fields == (Field("010", "  ", (Subfield("d", "CNY28.00"),)),)
