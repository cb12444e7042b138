"""What suppliers send: copies in their records, packing lists in their words, and the two laid over each other."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.acquisitions.copies import best_profile, copies_of
from wenlan.acquisitions.errors import ListUnreadable
from wenlan.acquisitions.merging import (
    LIST_SAYS_LESS,
    LIST_SAYS_MORE,
    NOT_IN_LIST,
    NOT_IN_RECORDS,
    OTHER_LIST_PRICE,
    arrived,
    merged,
)
from wenlan.acquisitions.packing_list import read_list
from wenlan.acquisitions.testing import list_file, supplied
from wenlan.acquisitions.types import Upload
from wenlan.catalogue.cnmarc import Found, MarcRecord, field
from wenlan.catalogue.testing import make_marc
from wenlan.catalogue.types import MarcFormat

SANTI, QIUZHUANG = "9787536692930", "9787536693968"
OLD_LIST = Path(__file__).with_name("old_list.xls").read_bytes()


def with_copies(*fields):
    marc = make_marc("三体")
    return MarcRecord(marc.leader, (*marc.fields, *fields))


@pytest.mark.parametrize(
    ("fields", "barcodes", "mark"),
    [
        ([field("905", "  ", ("a", "ZC"), ("b", "A1"), ("d", "I247.5"), ("e", "8"))], ["A1"], "I247.5/8"),
        ([field("905", "  ", ("b", "20295403-5405"))], ["20295403", "20295404", "20295405"], ""),
        (
            [field("905", "  ", ("d", "I247.5"), ("e", "8")), *(field("986", "  ", ("a", a)) for a in ("A1", "A2"))],
            ["A1", "A2"],
            "I247.5/8",
        ),
        ([field("985", "  ", ("a", "A1"), ("d", "23.00")), field("985", "  ", ("a", "A2"))], ["A1", "A2"], ""),
        ([field("906", "  ", ("h", "A1"))], ["A1"], ""),
        ([field("905", "  ", ("a", "ZC"), ("f", "2"))], ["", ""], ""),
        ([], [], ""),
    ],
    ids=["905", "range", "905 and 986", "985", "906", "only counted", "none"],
)  # fmt: skip
def test_copies_are_read_from_the_fields_that_suppliers_use(fields, barcodes, mark):
    record = with_copies(*fields)

    copies = copies_of(record, best_profile([record]))

    assert [one.barcode for one in copies] == barcodes
    assert {one.call_number for one in copies} <= {mark}


def test_headings_are_known_by_many_names():
    headings = [
        "序号",
        "国际标准书号（ISBN）",
        "题 名",
        "著者",
        "出版单位",
        "定价(元)",
        "册 数",
        "实洋",
        "条形码",
        "包号",
    ]
    row = [1, 9787536692930, "三体", "刘慈欣", "重庆出版社", "23.00", 2, "¥32.20", "A1-A2", "B07"]

    listed = read_list(list_file(row, ["", "", "合计", "", "", "", 2, 32.2, "", ""], headings=headings, above=3))

    (line,) = listed.rows
    assert (line.isbn, line.title, line.price_fen, line.copies, line.paid_fen) == (SANTI, "三体", 2300, 2, 3220)
    assert (line.barcodes, line.parcel, line.row) == (("A1-A2",), "B07", 5)
    assert dict(listed.columns)["parcel"] == "包号"


def test_a_list_in_gbk_text_is_read():
    text = "书号,书名,数量\n9787536692930,三体,3\n".encode("gb18030")

    (line,) = read_list(Upload(name="清单.csv", content=text)).rows

    assert (line.title, line.copies) == ("三体", 3)


def test_an_old_excel_list_is_read_with_its_numbers_as_they_were_typed():
    listed = read_list(Upload(name="装箱单.xls", content=OLD_LIST))

    santi, world = listed.rows
    assert (santi.isbn, santi.title, santi.price_fen, santi.copies, santi.paid_fen) == (SANTI, "三体", 2300, 2, 3450)
    assert (santi.barcodes, santi.parcel, santi.year) == (("ZC0000001", "ZC0000002"), "B1", "2008-01-01")
    assert (world.barcodes, world.parcel, world.paid_fen) == (("20295403",), "B2", 7350)


@given(st.integers(0, len(OLD_LIST)), st.binary(max_size=8))
def test_a_damaged_old_excel_list_is_read_or_refused(at, noise):
    damaged = OLD_LIST[:at] + noise + OLD_LIST[at + len(noise) :]

    for content in (damaged, OLD_LIST[: max(at, 8)]):
        try:
            read_list(Upload(name="x.xls", content=content))
        except ListUnreadable:
            continue


@pytest.mark.parametrize(
    "content",
    [b"\xd0\xcf\x11\xe0 old excel", b"PK\x03\x04 broken", b"a,b\n1,2\n", b"\xff\xfe\x81"],
    ids=["old", "broken", "no headings", "no text"],
)
def test_what_is_no_list_is_refused(content):
    with pytest.raises(ListUnreadable):
        read_list(Upload(name="x", content=content))


def test_a_row_without_a_name_is_told():
    listed = read_list(list_file(["", "", "A1"], ["三体", SANTI, "A2"], headings=["书名", "ISBN", "条码"]))

    assert (len(listed.rows), listed.rejected) == (1, ((3, "the row names neither ISBN nor title"),))


def titles(records, *rows):
    found = [(Found(at, 0, b"", one), MarcFormat.CNMARC) for at, one in enumerate(records, start=1)]
    headings = ["书名", "ISBN", "定价", "册数", "条码", "包号"]
    return merged(arrived(found), read_list(list_file(*rows, headings=headings)).rows if rows else ())


def test_the_list_gives_the_parcel_and_the_records_the_rest():
    (title,) = titles([supplied("三体", "A1", "A2", isbn=SANTI)], ["三体", SANTI, 23, 2, "A1、A2", "B7"])

    assert [(one.barcode, one.parcel) for one in title.copies] == [("A1", "B7"), ("A2", "B7")]
    assert (title.listed, title.notes) == (2, [])


def test_more_in_the_list_than_in_the_records():
    (title,) = titles([supplied("三体", "A1", isbn=SANTI)], ["三体", SANTI, 23, 3, "A1、A2", "B7"])

    assert [one.barcode for one in title.copies] == ["A1", "A2", ""]
    assert title.notes == [LIST_SAYS_MORE]


def test_fewer_in_the_list_and_another_price():
    (title,) = titles([supplied("三体", "A1", "A2", isbn=SANTI)], ["三体", SANTI, 99, 1, "", ""])

    assert (len(title.copies), title.notes) == (2, [OTHER_LIST_PRICE, LIST_SAYS_LESS])


def test_titles_of_one_file_only_are_told():
    first, second = titles([supplied("三体", "A1", isbn=SANTI)], ["球状闪电", QIUZHUANG, 30, 1, "A2", "B7"])

    assert (first.notes, second.notes) == ([NOT_IN_LIST], [NOT_IN_RECORDS])
    assert (second.description.title_proper, second.description.isbn) == ("球状闪电", (QIUZHUANG,))
    assert second.marc.leader[17] == "3"


def test_a_list_alone_makes_short_records():
    (title,) = titles([], ["球状闪电", QIUZHUANG, "30元", 2, "", ""])

    assert (title.description.price_fen, len(title.copies)) == (3000, 2)
