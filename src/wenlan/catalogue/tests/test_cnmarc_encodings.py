"""The encoding is found by trying, record by record."""

import io

import pytest

from wenlan.catalogue.cnmarc import ControlField, MarcRecord, encode, field, read_stream

pytestmark = pytest.mark.embedded

LEADER = "00000nam0 2200000   450 "


def book(title: str, author: str = "刘慈欣著", tag: str = "200") -> MarcRecord:
    claims = ("a", "20150209d2015    em y0chiy50      ea")
    return MarcRecord(
        LEADER, (ControlField("001", "1"), field("100", "  ", claims), field(tag, "1 ", ("a", title), ("f", author)))
    )


def read(*raws: bytes, encoding: str = "auto"):
    return list(read_stream(io.BytesIO(b"".join(raws)), encoding=encoding))


@pytest.mark.parametrize(
    ("codec", "title"),
    [
        ("utf-8", "中国近代建筑研究与保护"),
        ("gb18030", "中国近代建筑研究与保护"),
        ("big5hkscs", "中國近代建築研究與保護"),
        ("gb18030", "小王子"),
        ("utf-8", "小王子"),
    ],
)
def test_a_record_is_read_in_its_own_encoding_though_100_says_another(codec, title):
    (found,) = read(encode(book(title, "(法)聖埃克蘇佩里著" if codec == "big5hkscs" else "(法)圣埃克苏佩里著"), codec))

    assert found.record.value("200", "a") == title
    assert found.encoding == codec


def test_records_of_different_encodings_in_one_file_are_each_read_right():
    found = read(
        encode(book("三体全集"), "gb18030"), encode(book("球状闪电"), "utf-8"), encode(book("超新星纪元"), "gb18030")
    )

    assert [one.record.value("200", "a") for one in found] == ["三体全集", "球状闪电", "超新星纪元"]
    assert [one.encoding for one in found] == ["gb18030", "utf-8", "gb18030"]


def test_a_short_record_that_could_be_two_follows_its_file():
    # 鎏 and the like: two bytes of GBK that also are one letter of UTF-8.
    lone = "Ë®".encode("latin-1").decode("gb18030")
    assert lone.encode("gb18030").decode("utf-8", "ignore") != lone
    chinese = [encode(book(title), "gb18030") for title in ("中国通史", "世界通史", "中国文学史")]

    found = read(*chinese, encode(book(lone, ""), "gb18030"))

    assert found[-1].record.value("200", "a") == lone


def test_a_cut_character_is_marked_and_noted_and_nothing_else_is_lost():
    raw = encode(book("中国近代建筑研究与保护", "张复合主编"), "gb18030")
    cut = raw.replace("护".encode("gb18030"), "护".encode("gb18030")[:1])

    (found,) = read(cut)

    assert found.record.value("200", "a") == "中国近代建筑研究与保\ufffd"
    assert found.record.value("200", "f") == "张复合主编"
    assert "some characters were cut or of another encoding" in found.notes


@pytest.mark.parametrize(("codec", "other"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_a_field_of_another_encoding_is_read_in_its_own(codec, other):
    # A local system appended 905 in its own encoding.
    described = book("中国近代建筑研究与保护", "张复合主编").fields
    ours = field("905", "  ", ("a", "陵川县图书馆"))
    mixed = encode(MarcRecord(LEADER, (*described, ours)), codec).replace(
        "陵川县图书馆".encode(codec), "陵川县图书馆".encode(other)
    )

    (found,) = read(mixed)

    assert found.record.value("905", "a") == "陵川县图书馆"
    assert found.record.value("200", "a") == "中国近代建筑研究与保护"
    assert found.encoding == codec


def test_text_encoded_twice_is_decoded_twice():
    twice = "Târgu Mureş".encode().decode("latin-1")

    (found,) = read(encode(book(twice, "x"), "utf-8"))

    assert found.record.value("200", "a") == "Târgu Mureş"
    assert found.notes == ("the characters were encoded twice in UTF-8; decoded twice",)


def test_marc_8_of_marc_21_is_read_and_composed():
    record = MarcRecord(
        "00000nam  2200000 a 4500", (ControlField("001", "1"), field("245", "10", ("a", "D?usseldorf")))
    )
    raw = encode(record, "ascii").replace(b"D?u", b"D\xe8u")

    (found,) = read(raw)

    assert found.record.value("245", "a") == "Düsseldorf"
    assert found.encoding == "marc-8"


def test_an_encoding_that_is_told_is_believed():
    raw = encode(book("Война и мир", "Толстой"), "cp866")

    (found,) = read(raw, encoding="cp866")

    assert found.record.value("200", "a") == "Война и мир"
