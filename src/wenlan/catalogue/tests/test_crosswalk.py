"""CNMARC in MARC 21 and back: nothing is lost that the other format can say, and what it cannot say is kept."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from wenlan.catalogue import conversions, operations
from wenlan.catalogue.cnmarc import ControlField, MarcRecord, encode, field, read_file
from wenlan.catalogue.crosswalk import convert, mapping_to
from wenlan.catalogue.crosswalk.converting import bare
from wenlan.catalogue.description import describe
from wenlan.catalogue.models import BibRecord, Conversion
from wenlan.catalogue.testing import make_act, make_marc, make_record
from wenlan.catalogue.tests.samples import MARC, needs_samples, sample_files
from wenlan.catalogue.types import MarcFormat
from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in

MARC21, CNMARC = mapping_to(MarcFormat.MARC21), mapping_to(MarcFormat.CNMARC)
NOT_SAID_THERE = {"agency", "numbers", "other_title", "parallel_title", "audience", "material", "summary"}


def described(record, of):
    return describe(record, of)._asdict()


def test_a_chinese_book_in_marc21():
    record = make_marc("三体", number="1", isbn="978-7-5366-9293-0", series="中国科幻基石丛书", subject="科学幻想小说")

    made = convert(record, MARC21)

    assert [(one.tag, one.text) for one in made.record.all("020", "093", "100", "245", "264", "300", "490", "650")] == [
        ("020", "978-7-5366-9293-0 : CNY23.00"),
        ("093", "I247.55 5"),
        ("100", "刘慈欣, 著"),
        ("245", "三体 / 刘慈欣著"),
        ("264", "重庆 : 重庆出版社, 2008"),
        ("300", "302页 ; 24cm"),
        ("490", "中国科幻基石丛书"),
        ("650", "科学幻想小说"),
    ]
    fixed = made.record.control("008")
    assert (len(fixed), fixed[:6], fixed[6], fixed[7:11], fixed[15:18], fixed[35:38]) == (
        40, "190304", "s", "2008", "cc ", "chi",
    )  # fmt: skip
    assert (made.mapping, made.version) == ("cnmarc-marc21", MARC21.version)


def test_what_has_no_place_is_kept_in_886_and_named():
    plain = make_marc("三体")
    record = MarcRecord(plain.leader, (*plain.fields, field("998", "  ", ("a", "批次1"))))

    made = convert(record, MARC21)

    kept = [one for one in made.record.all("886") if one.first("a") == "998"]
    assert kept == [field("886", "2 ", ("2", "cnmarc"), ("a", "998"), ("b", "  "), ("a", "批次1"))]
    assert ("998", "", "has no place in the other format; kept whole in 886") in made.warnings
    assert field("998", "  ", ("a", "批次1")) in convert(made.record, CNMARC).record.fields


def test_linked_fields_become_linking_entries_and_come_back():
    whole = field("461", " 0", ("1", "001123"), ("1", "2001 "), ("a", "中国通史"), ("v", "第3卷"))
    plain = make_marc("隋唐史")

    made = convert(MarcRecord(plain.leader, (*plain.fields, whole)), MARC21).record
    back = convert(made, CNMARC).record

    assert made.all("773") == (field("773", "0 ", ("w", "123"), ("t", "中国通史 ;"), ("g", "第3卷")),)
    assert back.all("461") == (field("461", " 0", ("1", "2001 "), ("a", "中国通史"), ("v", "第3卷")),)


def test_the_chinese_form_of_a_marc21_record_is_converted_and_its_reading_kept():
    record = MarcRecord(
        "00000nam a2200000 a 4500",
        (
            ControlField("008", "860606s1974    ch            00001 chi  "),
            field("245", "00", ("6", "880-01"), ("a", "Li tsʻung.")),
            field("880", "00", ("6", "245-01/$1"), ("a", "歷叢.")),
        ),
    )

    made = convert(record, CNMARC).record

    assert made.first("200") == field("200", "0 ", ("a", "歷叢"), ("9", "Li tsʻung"))
    assert (made.value("100", "a")[:13], made.value("101", "a"), made.value("102", "a")) == (
        "19860606d1974",
        "chi",
        "TW",
    )


@needs_samples
@pytest.mark.parametrize("name", ["cnmarc_various_utf8.iso", "cnmarc_bnu_sru_10_utf8.iso"])
def test_real_chinese_records_say_the_same_in_marc21_and_after_coming_back(name):
    for found in read_file(MARC / "cnmarc" / name):
        there = convert(found.record, MARC21)
        back = convert(there.record, CNMARC)
        here = described(found.record, MarcFormat.CNMARC)
        in_marc21 = described(there.record, MarcFormat.MARC21)

        assert described(back.record, MarcFormat.CNMARC) == here
        assert {name for name in here if in_marc21[name] != here[name]} <= NOT_SAID_THERE
        encode(there.record, "gb18030")


@needs_samples
@pytest.mark.slow
def test_every_real_marc21_record_converts_and_loses_no_field():
    for path in sample_files():
        if "marc21_880_cjk" not in str(path) and "NLNZ" not in path.name:
            continue
        for found in read_file(path):
            if found.record and "245" in found.record.tags:
                made = convert(found.record, CNMARC)
                assert "200" in made.record.tags, (path.name, found.position)
                kept = {one.first("a") for one in made.record.all("886")}
                ruled = {*CNMARC.rules, *CNMARC.copied, "880"}
                assert {one.tag for one in found.record.fields} <= kept | ruled


text = st.text(
    st.characters(min_codepoint=0x21, max_codepoint=0x9FFF, exclude_categories=("Cs", "Cc", "Cn")), max_size=12
)
local = st.builds(
    lambda tag, code, value: field(str(tag), "  ", (code, value)),
    st.integers(900, 999),
    st.sampled_from("abcxyz"),
    text,
)


@given(st.lists(local, max_size=5))
def test_local_fields_survive_the_way_there_and_back(fields):
    plain = make_marc("三体")

    there = convert(MarcRecord(plain.leader, (*plain.fields, *fields)), MARC21).record

    back = convert(there, CNMARC).record
    assert sorted(one for one in back.fields if one.tag >= "900") == sorted(fields)


@given(text)
def test_bare_text_is_bare(value):
    once = bare(value)

    assert bare(once) == once or once.endswith(".")


@pytest.mark.django_db
def test_a_conversion_keeps_source_target_version_and_warnings_and_runs_again():
    root, *_ = make_network()
    record = make_record(root.id, "三体", number="1")
    act = make_act(root.id)

    first = conversions.convert_record(act, record=record.uid)
    later = replace(act, at=act.at + timedelta(days=1))
    operations.change_record(later, record=record.uid, marc=make_marc("三体（修订）", number="1"))

    kept = Conversion.objects.get()
    assert (first.version, first.is_outdated) == (MARC21.version, False)
    assert kept.source == record.marc.to_json()
    assert conversions.conversion(record.id).is_outdated
    assert conversions.convert_again(later) == 1
    assert conversions.convert_again(later) == 0
    again = conversions.conversion(record.id)
    assert (again.is_outdated, again.at, again.marc.value("245", "a")) == (False, later.at, "三体（修订） /")


@pytest.mark.django_db
def test_a_new_edition_of_the_mapping_makes_conversions_outdated():
    root, *_ = make_network()
    record = make_record(root.id, "三体")
    act = make_act(root.id)
    conversions.convert_record(act, record=record.uid)

    Conversion.objects.update(mapping_version="2025.1")

    assert conversions.conversion(record.id).is_outdated
    assert conversions.convert_again(act) == 1
    assert Conversion.objects.get().mapping_version == MARC21.version


@pytest.mark.django_db
def test_a_record_that_was_never_converted_is_shown_by_the_present_mapping_and_nothing_is_kept():
    root, *_ = make_network()
    record = make_record(root.id, "三体")

    shown = conversions.conversion(record.id)

    assert (shown.at, shown.marc.value("245", "c")) == (None, "刘慈欣著")
    assert (Conversion.objects.count(), BibRecord.objects.count()) == (0, 1)


@pytest.mark.django_db
def test_the_desk_shows_a_record_in_the_other_format_and_keeps_it_on_demand():
    root, *_ = make_network()
    record = make_record(root.id, "三体")
    address = f"/desk/catalogue/{record.id}/other-format/"

    shown = signed_in(root.id, "circulation").get(address)
    refused = signed_in(root.id, "circulation").post(address)
    signed_in(root.id, "cataloguer").post(address)

    assert ("245", "10", [("a", "三体 /"), ("c", "刘慈欣著")]) in shown.context["fields"]
    assert refused.status_code == 403
    assert Conversion.objects.get().target_format == MarcFormat.MARC21
    assert Client().get(address).status_code == 302
