"""CNMARC and UNIMARC: which field says what (IFLA UNIMARC; the Chinese practice of 690, 010 $d, 200 $9 and $A)."""

from __future__ import annotations

from wenlan.catalogue.cnmarc import Field, MarcRecord, linked_fields
from wenlan.catalogue.description import folding, numbers
from wenlan.catalogue.description.columns import Description, StandardNumber, distinct, joined, main_class_of
from wenlan.catalogue.types import Audience, Material

PERSONS = ("700", "701", "702", "710", "711", "712", "720", "721", "722", "730")
SUBJECTS = ("600", "601", "602", "604", "605", "606", "607", "608")
OTHER_TITLES = (
    *("500", "510", "512", "513", "514", "515", "516", "517", "518", "520"),
    *("530", "531", "532", "540", "541", "545"),
)
WHOLE_AND_PART = ("461", "462", "463", "464")

_AUDIENCES = {
    **dict.fromkeys("abcd", Audience.CHILD),
    "e": Audience.YOUTH,
    **dict.fromkeys("km", Audience.ADULT),
}
_AUDIENCE_WORDS = (
    (Audience.CHILD, ("少儿", "儿童", "小学", "幼儿", "学龄前", "婴幼")),
    (Audience.YOUTH, ("青少年", "中学生", "初中", "高中")),
)
_GROWN_UPS_ABOUT_CHILDREN = ("教师", "家长", "父母", "研究")
_LETTERS = {
    **dict.fromkeys("ef", Material.MAP),
    **dict.fromkeys("gij", Material.AUDIOVISUAL),
    "l": Material.ELECTRONIC,
    **dict.fromkeys("cdkmnru", Material.OTHER),
}
_DESIGNATIONS = (
    (Material.ELECTRONIC, ("电子资源", "电子图书", "电子文献", "网络资源")),
    (Material.MICRO, ("缩微",)),
    (Material.AUDIOVISUAL, ("录音", "录像", "音像", "视频")),
    (Material.MAP, ("地图",)),
)


def describe(record: MarcRecord) -> Description:
    """Return the columns of a CNMARC or other UNIMARC bibliographic record."""
    title = record.first("200") or Field("200", "  ", ())
    proper, other, parallel = _titles(title)
    pinyin, initials = folding.pinyin_of(proper, title.first("9") or title.first("A"))
    publication = record.first("210", "214") or Field("210", "  ", ())
    year_text = joined(publication.values("d"), "; ")
    class_number = _class_number(record)
    return Description(
        control_number=folding.visible(record.control("001")),
        agency=_agency(record),
        title_proper=proper,
        other_title=other,
        parallel_title=parallel,
        volume=joined(title.values("h", "i", "v"), ", "),
        other_titles=_other_titles(record, title),
        responsibility=joined(title.values("f", "g"), " ; "),
        authors=distinct(_name(one) for one in record.all(*PERSONS)),
        edition=joined(record.values("205", "a", "b"), ", "),
        place=joined(publication.values("a")[:1]),
        publisher=joined(publication.values("c")[:1]),
        year_text=year_text,
        year=numbers.year(year_text) or numbers.year(record.value("100", "a")[9:13]),
        isbn=distinct(numbers.isbn13(one) for one in record.values("010", "a")),
        issn=next((one for one in map(numbers.issn, record.values("011", "a")) if one), ""),
        class_number=class_number,
        main_class=main_class_of(class_number),
        language=folding.visible(record.value("101", "a")[:3].lower()),
        material=_material(record, title),
        audience=_audience(record),
        extent="; ".join(_extent(one) for one in record.all("215")),
        series=_series(record),
        subjects=_subjects(record),
        summary=joined(record.values("330", "a"), " "),
        price_fen=numbers.price_fen(record.value("010", "d"), bare_is_yuan=record.value("102", "a") == "CN"),
        price=joined(record.values("010", "d"), "; "),
        pinyin=pinyin,
        initials=initials,
        numbers=_numbers(record),
    )


def _titles(title: Field) -> tuple[str, str, str]:
    """Return title proper, its other title information, and parallel titles with theirs."""
    proper = ""
    other: list[str] = []
    parallel: list[str] = []
    for code, value in title.subfields:
        text = folding.visible(value).strip("= ")
        if code == "a" and not proper:
            proper = text
        elif code == "d":
            parallel.append(text)
        elif code == "e" and parallel and _is_han(parallel[-1]) == _is_han(text):
            parallel[-1] = f"{parallel[-1]}: {text}"
        elif code == "e":
            other.append(text)
    return proper, joined(other, "：" if not proper.isascii() else ": "), joined(parallel, " = ")


def _is_han(text: str) -> bool:
    return any("\u3400" <= one <= "\u9fff" for one in text)


def _agency(record: MarcRecord) -> str:
    """Return the agency whose number 001 is: the last that made, took over or changed the record (801 $b)."""
    return folding.visible(next(reversed(tuple(record.values("801", "b"))), ""))


def _other_titles(record: MarcRecord, title: Field) -> tuple[str, ...]:
    found = [*title.values("a")[1:], *title.values("c")]
    if not _is_han(title.first("a")):  # no pinyin then, but the title of a minority language in Latin letters
        found += title.values("9", "A")
    for one in record.all(*OTHER_TITLES):
        found.append(joined(one.values("a", "e", "h", "i"), " "))
    for link in record.all(*WHOLE_AND_PART):
        found.append(_linked_title(link))
    return distinct(found)


def _linked_title(link: Field) -> str:
    for one in linked_fields(link):
        if isinstance(one, Field) and one.tag == "200":
            return joined(one.values("a", "h", "i"), " ")
    return link.first("t")


def _name(one: Field) -> str:
    """Return a heading as it is shown: `杜甫`, `休斯, J.M.`; a body with its subdivisions."""
    entry = folding.visible(one.first("a")).rstrip(" ,")
    rest = folding.visible(one.first("b"))
    separator = ", " if one.tag in ("700", "701", "702") else ". "
    return f"{entry}{separator}{rest}" if rest else entry


def _class_number(record: MarcRecord) -> str:
    """Return the CLC number (690), else the one on the holdings field, else another scheme's."""
    if clc := record.value("690", "a"):
        return folding.visible(clc)
    for shelved in record.values("905", "d"):
        if main_class_of(shelved):
            return folding.visible(shelved)
    return next((folding.visible(one) for tag in ("692", "676", "675") if (one := record.value(tag, "a"))), "")


def _material(record: MarcRecord, title: Field) -> str:
    letter, level = record.leader[6:7], record.leader[7:8]
    designation = "".join(title.values("b")) + "".join(record.values("204", "a"))
    for material, words in _DESIGNATIONS:
        if any(word in designation for word in words):
            return material
    if "140" in record.tags:
        return Material.ANCIENT
    if letter in _LETTERS:
        return _LETTERS[letter]
    if level == "s":
        return Material.NEWSPAPER if record.value("110", "a").startswith("c") else Material.SERIAL
    if record.tags & {"230", "135"}:
        return Material.ELECTRONIC
    return Material.MICRO if "130" in record.tags else Material.BOOK


def _audience(record: MarcRecord) -> str:
    """Return the audience: `em`, the usual code of a book for everybody, means adults; then the words of 333."""
    letters = record.value("100", "a")[17:20]
    coded = [_AUDIENCES[one] for one in letters if one in _AUDIENCES]
    if Audience.CHILD in coded:
        return Audience.CHILD
    stated = "".join(record.values("333", "a"))
    if not any(word in stated for word in _GROWN_UPS_ABOUT_CHILDREN):
        for audience, words in _AUDIENCE_WORDS:
            if any(word in stated for word in words):
                return audience
    return Audience.ADULT if Audience.ADULT in coded else next(iter(coded), "")


def _extent(one: Field) -> str:
    marks = {"a": "", "c": " : ", "d": " ; ", "e": " + "}
    text = "".join(marks[code] + folding.visible(value) for code, value in one.subfields if code in marks)
    return text.strip(" :;+")


def _series(record: MarcRecord) -> str:
    described = [joined(one.values("a", "e", "h", "i", "v"), ", ") for one in record.all("225")]
    return joined(described or (_linked_title(one) for one in record.all("410")), "; ")


def _subjects(record: MarcRecord) -> tuple[str, ...]:
    headings = [joined(one.values("a", "b", "x", "y", "z", "j", "t"), "-") for one in record.all(*SUBJECTS)]
    return distinct((*headings, *record.values("610", "a")))


def _numbers(record: MarcRecord) -> tuple[StandardNumber, ...]:
    found = [StandardNumber("isbn", numbers.isbn13(one)) for one in record.values("010", "a", "z")]
    found += [StandardNumber("issn", numbers.issn(one)) for one in record.values("011", "a", "y", "z")]
    for tag, codes in (("091", "az"), ("092", "bc"), ("094", "az"), ("013", "az"), ("016", "az"), ("071", "a")):
        found += [StandardNumber("other", numbers.any_number(one)) for one in record.values(tag, *codes)]
    return tuple(dict.fromkeys(one for one in found if one.number))
