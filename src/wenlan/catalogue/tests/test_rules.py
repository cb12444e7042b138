"""The rules of the editor: what they find, where, and what a repair makes of it."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wenlan.catalogue.cnmarc import ControlField, MarcRecord, field, read_file
from wenlan.catalogue.description.numbers import isbn13
from wenlan.catalogue.editing.format import cnmarc, unknown
from wenlan.catalogue.editing.rules import Facts, findings
from wenlan.catalogue.editing.rules.facts import apply
from wenlan.catalogue.editing.words import REPAIRS, SENTENCES, finding_words
from wenlan.catalogue.tests.samples import MARC, needs_samples

TODAY = date(2019, 3, 4)
FACTS = Facts(format=cnmarc(), today=TODAY, agency="CZLIB")
SOUND = MarcRecord(
    "00000nam0 2200000   450 ",
    (
        ControlField("001", "2019000001"),
        field("010", "  ", ("a", "978-7-5366-9293-0"), ("d", "CNY23.00")),
        field("100", "  ", ("a", "20190304d2008    em y0chiy50      ea")),
        field("101", "0 ", ("a", "chi")),
        field("102", "  ", ("a", "CN"), ("b", "500000")),
        field("105", "  ", ("a", "y   z   000ay")),
        field("106", "  ", ("a", "r")),
        field("200", "1 ", ("a", "三体"), ("9", "san ti"), ("f", "刘慈欣著")),
        field("210", "  ", ("a", "重庆"), ("c", "重庆出版社"), ("d", "2008")),
        field("215", "  ", ("a", "302页"), ("d", "24cm")),
        field("690", "  ", ("a", "I247.55"), ("v", "5")),
        field("701", " 0", ("a", "刘慈欣"), ("9", "liu ci xin"), ("4", "著")),
        field("801", " 0", ("a", "CN"), ("b", "CZLIB"), ("c", "20190304")),
    ),
)


def with_field(*changed, record=SOUND):
    """Return the sound record with these fields in place of those with their tags."""
    tags = {one.tag: one for one in changed}
    fields = [tags.pop(one.tag, one) for one in record.fields]
    return MarcRecord(record.leader, tuple(sorted((*fields, *tags.values()), key=lambda one: one.tag)))


def without(tag, record=SOUND):
    return MarcRecord(record.leader, tuple(one for one in record.fields if one.tag != tag))


def coded(text):
    return with_field(field("100", "  ", ("a", text)))


def test_a_sound_record_has_nothing_to_mend():
    assert findings(SOUND, FACTS) == ()


WRONG = [
    ("missing_field", "801", without("801")),
    ("missing_field", "106", without("106")),
    ("missing_subfield", "210", with_field(field("210", "  ", ("a", "重庆"), ("d", "2008")))),
    ("unknown_field", "248", with_field(field("248", "  ", ("a", "x")))),
    ("unknown_indicator", "200", with_field(field("200", "7 ", *SOUND.first("200").subfields))),
    ("unknown_subfield", "215", with_field(field("215", "  ", ("a", "302页"), ("b", "图"), ("d", "24cm")))),
    ("repeated_field", "101", MarcRecord(SOUND.leader, (*SOUND.fields, SOUND.first("101")))),
    ("repeated_subfield", "690", with_field(field("690", "  ", ("a", "I2"), ("a", "I3"), ("v", "5")))),
    ("empty_field", "300", with_field(field("300", "  ", ("a", "")))),
    ("empty_subfield", "215", with_field(field("215", "  ", ("a", "302页"), ("c", ""), ("d", "24cm")))),
    ("control_character", "300", with_field(field("300", "  ", ("a", "一\x07二")))),
    ("outer_blanks", "300", with_field(field("300", "  ", ("a", " 附注 ")))),
    ("coded_length", "105", with_field(field("105", "  ", ("a", "y   z   000a")))),
    ("coded_value", "106", with_field(field("106", "  ", ("a", "q")))),
    ("coded_value", "LDR", MarcRecord("00000xam0 2200000   450 ", SOUND.fields)),
    ("written_blanks", "105", with_field(field("105", "  ", ("a", "y###z###000ay")))),
    ("isbn_check", "010", with_field(field("010", "  ", ("a", "978-7-5366-9293-1")))),
    ("isbn_length", "010", with_field(field("010", "  ", ("a", "978-7-5366-929")))),
    ("isbn_ten", "010", with_field(field("010", "  ", ("a", "7-5366-9293-5")))),
    ("issn_check", "011", with_field(field("011", "  ", ("a", "1002-1027")), field("011", "  ", ("a", "1002-1020")))),
    ("issn_length", "011", with_field(field("011", "  ", ("a", "1002")))),
    ("price", "010", with_field(field("010", "  ", ("a", "978-7-5366-9293-0"), ("d", "23.00元")))),
    ("class_number", "690", with_field(field("690", "  ", ("a", "ｉ247.55"), ("v", "5")))),
    ("class_edition", "690", with_field(field("690", "  ", ("a", "I247.55")))),
    ("language_code", "101", with_field(field("101", "0 ", ("a", "CHI")))),
    ("country_code", "102", with_field(field("102", "  ", ("a", "cn"), ("b", "500000")))),
    ("locality_code", "102", with_field(field("102", "  ", ("a", "CN"), ("b", "50")))),
    ("entered_on", "100", coded("20190231d2008    em y0chiy50      ea")),
    ("entered_on", "100", coded("20190305d2008    em y0chiy50      ea")),
    ("source_day", "801", with_field(field("801", " 0", ("a", "CN"), ("b", "CZLIB"), ("c", "2019年")))),
    ("second_year", "100", coded("20190304d20082009em y0chiy50      ea")),
    ("second_year", "100", coded("20190304a20082009em y0chiy50      ea")),
    ("second_year_missing", "100", coded("20190304g20082007em y0chiy50      ea")),
    ("year_form", "210", with_field(field("210", "  ", ("a", "重庆"), ("c", "重庆出版社"), ("d", "2008年1月")))),
    ("year_missing", "210", with_field(field("210", "  ", ("a", "重庆"), ("c", "重庆出版社"), ("d", "近年")))),
    ("year_agrees", "100", coded("20190304d2007    em y0chiy50      ea")),
    ("translation_indicator", "101", with_field(field("101", "0 ", ("a", "chi"), ("c", "eng")))),
    ("translation_original", "101", with_field(field("101", "1 ", ("a", "chi")))),
    ("script", "100", coded("20190304d2008    em y0chiy50      ba")),
    ("place_agrees", "102", with_field(field("102", "  ", ("a", "CN"), ("b", "110000")))),
    ("pinyin_missing", "200", with_field(field("200", "1 ", ("a", "三体"), ("f", "刘慈欣著")))),
    ("pinyin_count", "200", with_field(field("200", "1 ", ("a", "三体"), ("9", "san"), ("f", "刘慈欣著")))),
    ("people_entry", "200", without("701")),
    ("relator", "701", with_field(field("701", " 0", ("a", "刘慈欣"), ("9", "liu ci xin")))),
    ("series_link", "225", with_field(field("225", "2 ", ("a", "中国科幻基石丛书")))),
    ("literature", "105", with_field(field("105", "  ", ("a", "y   z   000yy")))),
]


@pytest.mark.parametrize(("rule", "tag", "record"), WRONG, ids=[f"{rule}-{tag}" for rule, tag, _ in WRONG])
def test_each_rule_names_its_place_and_its_repair_mends_it(rule, tag, record):
    found = [one for one in findings(record, FACTS) if one.rule == rule]

    assert [one.place.tag for one in found] == [tag]
    repair = found[0].repair
    if repair and repair.edits:
        mended = apply(record, repair.edits)
        assert [one for one in findings(mended, FACTS) if one.rule == rule] == []
        assert "%(" not in finding_words(found[0], cnmarc())["text"]


def test_every_rule_has_a_sentence_and_every_repair_a_name():
    found = [one for _rule, _tag, record in WRONG for one in findings(record, FACTS)]

    assert set(SENTENCES) == {one.rule for one in found}
    assert {one.repair.name for one in found if one.repair} <= set(REPAIRS)


def test_people_named_in_the_title_become_entries_in_their_order():
    record = with_field(field("200", "1 ", ("a", "红楼梦"), ("9", "hong lou meng"), ("f", "(清)曹雪芹,高鹗著")))
    (found,) = (one for one in findings(without("701", record), FACTS) if one.rule == "people_entry")

    mended = apply(without("701", record), found.repair.edits)

    assert [one.subfields for one in mended.all("701")] == [
        (("c", "(清)"), ("a", "曹雪芹")),
        (("a", "高鹗"), ("4", "著")),
    ]


def test_nothing_is_unknown_in_a_format_nobody_described():
    record = MarcRecord("00000cam a2200000 i 4500", (field("245", "10", ("a", "Title /"), ("c", "author.")),))

    assert findings(record, Facts(format=unknown(), today=TODAY)) == ()


digits = st.text("0123456789", min_size=12, max_size=12)


@given(digits, st.sampled_from("0123456789"))
def test_one_key_makes_any_isbn_of_thirteen_digits_right(twelve, last):
    record = with_field(field("010", "  ", ("a", "978" + twelve[:9] + last)))
    found = [one for one in findings(record, FACTS) if one.rule == "isbn_check"]

    mended = apply(record, found[0].repair.edits) if found else record

    assert isbn13(mended.value("010", "a"))
    assert mended.value("010", "a")[:12] == "978" + twelve[:9]


values = st.text(st.characters(blacklist_characters="\x1d\x1e\x1f", blacklist_categories=["Cs"]), max_size=40)
tags = st.sampled_from([*cnmarc().fields, "248", "886", "905", "AVA"])
fields = st.builds(
    lambda tag, indicators, subfields: ControlField(tag, "x") if tag < "010" else field(tag, indicators, *subfields),
    tags,
    st.text("01 #x", min_size=2, max_size=2),
    st.lists(st.tuples(st.sampled_from("abcdfhv149Az"), values), max_size=5),
)
records = st.builds(
    MarcRecord, st.text("namsc0 2450", min_size=24, max_size=24), st.lists(fields, max_size=8).map(tuple)
)


@given(records)
def test_no_record_is_too_strange_for_the_rules(record):
    for one in findings(record, FACTS):
        assert one.place.field is None or record.fields[one.place.field].tag == one.place.tag
        assert finding_words(one, cnmarc())["text"]


@given(records)
def test_a_repair_changes_only_the_field_it_names_or_adds_one(record):
    for one in findings(record, FACTS):
        assume(one.repair is not None)
        for edit in one.repair.edits:
            kind, place = edit[0], int(edit[1])
            mended = apply(record, (edit,))
            assert mended.fields[:place] == record.fields[:place]
            after_mended, after_record = {"insert": (1, 0), "set": (1, 1), "remove": (0, 1)}[kind]
            assert mended.fields[place + after_mended :] == record.fields[place + after_record :]


@needs_samples
def test_real_records_break_few_rules():
    """Records of ten libraries: what is found is really wrong, so that nobody learns to look away."""
    found = [
        one.rule
        for name in ("cnmarc_various_utf8.iso", "cnmarc_bnu_sru_10_utf8.iso")
        for each in read_file(MARC / "cnmarc" / name)
        for one in findings(each.record, Facts(format=cnmarc(), today=date(2026, 11, 22)))
    ]

    assert len(found) < 40
    assert "unknown_field" not in found
