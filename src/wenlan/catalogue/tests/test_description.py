"""What a record says, column by column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.catalogue.cnmarc import EMPTY_LEADER, ControlField, MarcRecord, family, field
from wenlan.catalogue.columns import DESCRIBED
from wenlan.catalogue.description import describe, folding, numbers
from wenlan.catalogue.description.columns import WIDTHS, main_class_of
from wenlan.catalogue.models import BibRecord
from wenlan.catalogue.testing import make_marc
from wenlan.catalogue.types import Audience, MarcFormat, Material

pytestmark = pytest.mark.embedded


def cnmarc(*fields, leader=EMPTY_LEADER):
    return describe(MarcRecord(leader, fields), MarcFormat.CNMARC)


def marc21(*fields, leader="00000nam a2200000 a 4500"):
    return describe(MarcRecord(leader, fields), MarcFormat.MARC21)


def test_a_chinese_book_is_described():
    one = describe(make_marc("三体", isbn="978-7-5366-9293-0", series="中国科幻基石丛书"), MarcFormat.CNMARC)

    assert one.title_proper == "三体"
    assert one.responsibility == "刘慈欣著"
    assert one.authors == ("刘慈欣",)
    assert (one.place, one.publisher, one.year) == ("重庆", "重庆出版社", 2008)
    assert one.isbn == ("9787536692930",)
    assert (one.class_number, one.main_class) == ("I247.55", "I")
    assert (one.price, one.price_fen) == ("CNY23.00", 2300)
    assert one.extent == "302页 ; 24cm"
    assert one.series == "中国科幻基石丛书"
    assert (one.language, one.material, one.audience) == ("chi", Material.BOOK, Audience.ADULT)
    assert (one.pinyin, one.initials) == ("san ti", "st")


def test_other_and_parallel_titles_are_told_apart_by_their_place():
    one = cnmarc(
        field(
            "200",
            "1 ",
            ("a", "过程管理"),
            ("e", "供应链的增值"),
            ("d", "= Process management"),
            ("e", "creating value"),
        )
    )

    assert one.title_proper == "过程管理"
    assert one.other_title == "供应链的增值"
    assert one.parallel_title == "Process management: creating value"


@pytest.mark.parametrize("code", ["9", "A"])
def test_pinyin_of_either_subfield_wins_over_the_dictionary(code):
    one = cnmarc(field("200", "1 ", ("a", "长河"), (code, "chang he"), ("f", "沈从文著")))

    assert (one.pinyin, one.initials) == ("chang he", "ch")


def test_titles_of_the_whole_are_read_from_embedded_links():
    one = cnmarc(
        field("200", "1 ", ("a", "彷徨")),
        field("461", " 0", ("1", "2001 "), ("a", "鲁迅全集"), ("v", "第二卷")),
        field("410", " 0", ("1", "2001 "), ("a", "中国文库")),
    )

    assert one.other_titles == ("鲁迅全集",)
    assert one.series == "中国文库"


@pytest.mark.parametrize(
    ("letters", "stated", "audience"),
    [
        ("em ", "", Audience.ADULT),
        ("k  ", "", Audience.ADULT),
        ("e  ", "", Audience.YOUTH),
        ("bc ", "", Audience.CHILD),
        ("u  ", "", ""),
        ("em ", "适合小学生阅读", Audience.CHILD),
        ("em ", "中学生及青少年读者", Audience.YOUTH),
        ("em ", "儿童教育研究者", Audience.ADULT),
    ],
)
def test_audience_comes_from_the_code_and_the_note(letters, stated, audience):
    general = f"20190304d2008    {letters}y0chiy50      ea"

    assert cnmarc(field("100", "  ", ("a", general)), field("333", "  ", ("a", stated))).audience == audience


@pytest.mark.parametrize(
    ("leader", "fields", "material"),
    [
        ("nas0", (), Material.SERIAL),
        ("nas0", (field("110", "  ", ("a", "caa   0yy0")),), Material.NEWSPAPER),
        ("ngm0", (), Material.AUDIOVISUAL),
        ("nem0", (), Material.MAP),
        ("nlm0", (), Material.ELECTRONIC),
        ("nam0", (field("140", "  ", ("a", "")),), Material.ANCIENT),
        ("nam0", (field("200", "1 ", ("a", "论语"), ("b", "电子资源")),), Material.ELECTRONIC),
        ("nam0", (), Material.BOOK),
    ],
)
def test_material_comes_from_leader_and_designation(leader, fields, material):
    assert cnmarc(*fields, leader=f"00000{leader} 2200000   450 ").material == material


def test_marc_21_shows_the_chinese_form_where_880_gives_it():
    one = marc21(
        field("245", "10", ("6", "880-01"), ("a", "San ti /"), ("c", "Liu Cixin.")),
        field("100", "1 ", ("6", "880-02"), ("a", "Liu, Cixin.")),
        field("880", "10", ("6", "245-01/$1"), ("a", "三体 /"), ("c", "刘慈欣.")),
        field("880", "1 ", ("6", "100-02/$1"), ("a", "刘慈欣.")),
    )

    assert one.title_proper == "三体"
    assert one.responsibility == "刘慈欣"
    assert one.authors == ("刘慈欣",)


def test_marc_21_punctuation_between_parts_is_left_out():
    one = marc21(
        field(
            "245",
            "10",
            ("a", "America without the death penalty :"),
            ("b", "states leading the way /"),
            ("c", "J. Galliher."),
        ),
        field("260", "  ", ("a", "Boston :"), ("b", "Northeastern,"), ("c", "c2002.")),
        field("050", "00", ("a", "HV8699.U5"), ("b", "G35")),
    )

    assert one.title_proper == "America without the death penalty"
    assert one.other_title == "states leading the way"
    assert (one.place, one.publisher, one.year) == ("Boston", "Northeastern", 2002)
    assert (one.class_number, one.main_class) == ("HV8699.U5", "")


@pytest.mark.parametrize(
    ("fields", "leader", "expected"),
    [
        ((field("200", "1 ", ("a", "三体")), field("801", " 0", ("a", "CN"))), "450 ", MarcFormat.CNMARC),
        ((field("200", "1 ", ("a", "Le petit prince")), field("101", "0 ", ("a", "fre"))), "4500", MarcFormat.UNIMARC),
        ((field("245", "10", ("a", "三体")),), "450 ", MarcFormat.MARC21),
        ((field("100", "  ", ("a", "20190304d2008    em y0chiy50      ea")),), "4500", MarcFormat.CNMARC),
        ((ControlField("008", "x"), field("100", "1 ", ("a", "Liu, Cixin"))), "4500", MarcFormat.MARC21),
    ],
)
def test_the_format_is_found_in_the_fields_first(fields, leader, expected):
    assert family(MarcRecord(f"00000nam0 2200000   {leader}", fields)) == expected


@pytest.mark.parametrize(
    ("class_number", "letter"),
    [("I247.55", "I"), ("TP311.56", "T"), ("K928-49", "K"), ("Z", "Z"), ("658.4/092", ""), ("HV8699", ""), ("", "")],
)
def test_the_main_class_is_a_letter_of_the_scheme(class_number, letter):
    assert main_class_of(class_number) == letter


@pytest.mark.parametrize(
    ("text", "isbn"),
    [
        ("7-5037-1744-0", "9787503717444"),
        ("978-7-101-10528-5 (精装)", "9787101105285"),
        ("080442957X", "9780804429573"),
        ("978-7-101-10528-6", ""),
        ("１２３", ""),
    ],
)
def test_an_isbn_of_either_length_is_thirteen_digits(text, isbn):
    assert numbers.isbn13(text) == isbn


@given(st.text("0123456789", min_size=9, max_size=9))
def test_old_and_new_isbn_are_the_same_number(nine):
    old = nine + numbers.isbn10_check(nine)

    assert numbers.isbn10(numbers.isbn13(old)) == old


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("CNY28.00", 2800),
        ("CNY98.5 (全2册)", 9850),
        ("￥12", 1200),
        ("38元", 3800),
        ("NT$380", None),
        ("CNY赠90.00", None),
    ],
)
def test_a_price_in_yuan_is_fen(text, fen):
    assert numbers.price_fen(text) == fen


@given(st.text())
def test_a_folded_text_folds_to_itself(text):
    assert folding.fold(folding.fold(text)) == folding.fold(text)


def test_width_and_case_do_not_part_titles():
    assert folding.key("Ｐｙｔｈｏｎ　编程：从入门到实践") == folding.key("python编程 从入门到实践")


def test_texts_are_cut_to_the_columns_of_the_table():
    columns = {name: BibRecord._meta.get_field(name) for name in DESCRIBED}

    assert {name: most for name, one in columns.items() if (most := getattr(one, "max_length", None))} == WIDTHS
