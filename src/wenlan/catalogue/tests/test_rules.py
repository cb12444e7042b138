"""The rules of the editor: what they find, where, and what a repair makes of it."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wenlan.catalogue.cnmarc import ControlField, MarcRecord, field, read_file
from wenlan.catalogue.description.numbers import isbn13
from wenlan.catalogue.editing.format import cnmarc, marc21
from wenlan.catalogue.editing.rules import Facts, findings
from wenlan.catalogue.editing.rules.facts import apply
from wenlan.catalogue.editing.words import REPAIRS, SENTENCES, finding_words
from wenlan.catalogue.tests.samples import MARC, needs_samples

pytestmark = pytest.mark.embedded

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
    found += [one for record, _rule in WRONG_IN_MARC21 for one in findings(record, MARC21_FACTS)]

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


ULYSSES = MarcRecord(
    "00000cam a2200000 i 4500",
    (
        ControlField("008", "220101s1922    fr            000 1 eng d"),
        field("020", "  ", ("a", "9780679722762"), ("q", "pbk.")),
        field("040", "  ", ("a", "DLC"), ("c", "DLC")),
        field("100", "1 ", ("a", "Joyce, James,"), ("0", "n79056824")),
        field("245", "10", ("a", "Ulysses /"), ("c", "by James Joyce.")),
        field("264", " 1", ("a", "Paris :"), ("b", "Shakespeare,"), ("c", "1922.")),
        field("300", "  ", ("a", "732 pages")),
    ),
)


MARC21_FACTS = Facts(format=marc21(), today=TODAY)


def marc21_rules(record: MarcRecord) -> set[str]:
    return {one.rule for one in findings(record, MARC21_FACTS)}


def changed(tag: str, *made) -> MarcRecord:
    """Return the record with these fields in the place of those with the tag."""
    kept = [one for one in ULYSSES.fields if one.tag != tag]
    return MarcRecord(ULYSSES.leader, tuple(sorted((*kept, *made), key=lambda one: one.tag)))


def test_a_sound_marc21_record_breaks_no_rule_and_none_of_cnmarc_is_asked():
    assert marc21_rules(ULYSSES) == set()


WRONG_IN_MARC21 = [
    (changed("008", ControlField("008", "220101s1922")), "coded_length"),
    (changed("008", ControlField("008", "220101s1922    fr     y      000 1 eng d")), "coded_value"),
    (changed("008", ControlField("008", "220101s1934    fr            000 1 eng d")), "date_agrees"),
    (changed("245"), "missing_field"),
    (changed("020", field("020", "  ", ("a", "9780679722763"))), "isbn_check"),
    (changed("110", field("110", "2 ", ("a", "Company"))), "second_main_entry"),
    (changed("245", field("245", "00", ("a", "Ulysses"))), "title_entry"),
    (changed("245", field("245", "10", ("a", "The dead"))), "nonfiling"),
    (changed("245", field("245", "1x", ("a", "Ulysses"))), "unknown_indicator"),
    (changed("300", field("300", "  ", ("a", "732 p."), ("w", "?"))), "unknown_subfield"),
    (changed("100", field("100", "1 ", ("a", "A")), field("100", "1 ", ("a", "B"))), "repeated_field"),
    (changed("318", field("318", "  ", ("a", "?"))), "unknown_field"),
]


@pytest.mark.parametrize(("record", "rule"), WRONG_IN_MARC21, ids=[rule for _record, rule in WRONG_IN_MARC21])
def test_a_marc21_record_is_held_against_the_rules_of_marc21(record, rule):
    assert rule in marc21_rules(record)


def test_a_repair_of_marc21_takes_its_finding_away():
    record = changed("245", field("245", "00", ("a", "The dead")))

    for _twice in "12":
        for one in findings(record, MARC21_FACTS):
            record = apply(record, one.repair.edits if one.repair else ())

    assert record.first("245").indicators == "14"
    assert marc21_rules(record) == set()


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
