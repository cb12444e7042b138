"""Lists of books, as suppliers and small libraries keep them."""

import io

import pytest

from wenlan.catalogue import operations
from wenlan.catalogue.cnmarc import read_stream
from wenlan.catalogue.cnmarc.notes import NO_TITLE
from wenlan.catalogue.description import describe
from wenlan.catalogue.testing import make_act
from wenlan.catalogue.types import MarcFormat
from wenlan.network.testing import make_network

LIST = """书名,作者,ISBN,出版社,出版日期,定价,分类号,主题词,条码号,馆藏地
三体,刘慈欣著,978-7-5366-9293-0,重庆出版社,2008年1月,23.00元,I247.55,科学幻想小说；长篇小说,L001,东馆
三体,刘慈欣著,978-7-5366-9293-0,重庆出版社,2008年1月,23.00元,I247.55,科学幻想小说；长篇小说,L002,东馆
"球状闪电, 修订版",刘慈欣,,四川科学技术出版社,2005,18,I247.55,,L003,
,无名,,,,,,,L004,
"""


def found_in(text, codec):
    return list(read_stream(io.BytesIO(text.encode(codec))))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_list_of_books_becomes_records_with_their_copies(codec):
    first, second, untitled = found_in(LIST, codec)

    told = describe(first.record, MarcFormat.CNMARC)
    assert (told.title_proper, told.responsibility, told.authors, told.isbn) == (
        "三体",
        "刘慈欣著",
        ("刘慈欣",),
        ("9787536692930",),
    )
    assert (told.publisher, told.year, told.price_fen, told.main_class) == ("重庆出版社", 2008, 2300, "I")
    assert told.subjects == ("科学幻想小说", "长篇小说")
    assert list(first.record.values("905", "b")) == ["L001", "L002"]
    assert (second.position, second.record.value("200", "a")) == (4, "球状闪电, 修订版")
    assert (untitled.position, untitled.record, untitled.reason) == (5, None, NO_TITLE)


def test_a_list_with_tabs_is_read():
    (found,) = found_in("题名\t条码\n论语\t1\n", "gb18030")

    assert [(one.tag, one.text) for one in found.record.all("200", "905")] == [("200", "论语"), ("905", "1")]


def test_a_text_without_known_columns_is_no_list():
    (found,) = found_in("name,phone\nLi,123\n", "utf-8")

    assert found.record is None


@pytest.mark.django_db
def test_taking_a_list_in_again_changes_nothing(tmp_path):
    root, *_ = make_network()
    path = tmp_path / "books.csv"
    path.write_text(LIST, encoding="gb18030")

    first = operations.import_marc(make_act(root.id), path=path)
    again = operations.import_marc(make_act(root.id), path=path)

    assert (first.read, first.created, first.rejected) == (3, 2, 1)
    assert (again.read, again.unchanged, again.rejected) == (3, 2, 1)
