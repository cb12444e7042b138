"""MARC 21: which field says what. Where a field 880 gives the Chinese form, that form is shown."""

from __future__ import annotations

import re

from wenlan.catalogue.cnmarc import AnyField, Field, MarcRecord
from wenlan.catalogue.description import folding, numbers
from wenlan.catalogue.description.columns import Description, StandardNumber, distinct, joined, main_class_of
from wenlan.catalogue.types import Audience, Material

PERSONS = ("100", "110", "111", "700", "710", "711", "720")
SUBJECTS = ("600", "610", "611", "630", "648", "650", "651", "653", "655")

_HAN = re.compile(r"[\u3400-\u9fff]")
_ENDS = " /:;=,"
_AUDIENCES = {
    **dict.fromkeys("abcj", Audience.CHILD),
    "d": Audience.YOUTH,
    **dict.fromkeys("efg", Audience.ADULT),
}
_LETTERS = {
    **dict.fromkeys("ef", Material.MAP),
    **dict.fromkeys("gij", Material.AUDIOVISUAL),
    "m": Material.ELECTRONIC,
    **dict.fromkeys("cdkopr", Material.OTHER),
}


def describe(record: MarcRecord) -> Description:
    """Return the columns of a MARC 21 bibliographic record."""
    record = in_chinese(record)
    title = record.first("245") or record.first("240", "130", "740") or Field("245", "  ", ())
    proper = _bare(joined(title.values("a")[:1])).rstrip(". ")
    pinyin, initials = folding.pinyin_of(proper)
    publication = _publication(record)
    year_text = joined(one.strip(" ,.") for one in publication.values("c", "g")[:1])
    fixed = record.control("008")
    class_number = _class_number(record)
    return Description(
        control_number=folding.visible(record.control("001")),
        agency=folding.visible(record.control("003")),
        title_proper=proper,
        other_title=joined(map(_bare, title.values("b")), " : "),
        volume=joined(map(_bare, title.values("n", "p")), ", "),
        other_titles=distinct(_title(one) for one in record.all("130", "240", "246", "247", "730", "740")),
        responsibility=joined(title.values("c"), " ; ").rstrip("."),
        authors=distinct(_bare(joined(one.values("a", "b"), " ")).rstrip(".") for one in record.all(*PERSONS)),
        edition=joined(record.values("250", "a", "b"), " ").rstrip(" ."),
        place=_bare(joined(publication.values("a")[:1])),
        publisher=_bare(joined(publication.values("b")[:1])),
        year_text=year_text,
        year=numbers.year(fixed[7:11]) or numbers.year(year_text),
        isbn=distinct(numbers.isbn13(one) for one in record.values("020", "a")),
        issn=next((one for one in map(numbers.issn, record.values("022", "a")) if one), ""),
        class_number=class_number,
        main_class=_main_class(record, class_number),
        language=_language(record, fixed),
        material=_material(record, fixed),
        audience=_audience(record, fixed),
        extent=joined((joined(one.values("a", "b", "c", "e"), " ") for one in record.all("300")), "; ").rstrip("."),
        series=joined((_title(one) for one in record.all("490") or record.all("440", "830")), "; "),
        subjects=distinct(_subject(one) for one in record.all(*SUBJECTS)),
        summary=joined(record.values("520", "a", "b"), " "),
        price_fen=numbers.price_fen(joined(record.values("020", "c"), "; ")),
        price=joined(record.values("020", "c"), "; "),
        pinyin=pinyin,
        initials=initials,
        numbers=_numbers(record),
    )


def in_chinese(record: MarcRecord) -> MarcRecord:
    """Return the record with each field replaced by its 880 form where that is in Han characters.

    The link is subfield $6 of the 880: `245-01/$1`, the tag and an occurrence number that the field carries too.
    """
    forms: dict[str, Field] = {}
    for one in record.all("880"):
        link = one.first("6")
        if len(link) >= 6 and _HAN.search(one.text):
            forms[link[:6]] = one._replace(tag=link[:3])
    if not forms:
        return record
    fields: list[AnyField] = []
    for field in record.fields:
        if isinstance(field, Field) and field.tag != "880":
            link = field.first("6")
            fields.append(forms.pop(f"{field.tag}-{link[4:6]}", field))
        elif field.tag != "880":
            fields.append(field)
    return MarcRecord(record.leader, (*fields, *forms.values()))


def _bare(text: str) -> str:
    """Return a title part without the punctuation that MARC 21 puts before the next one."""
    return folding.visible(text).rstrip(_ENDS)


def _publication(record: MarcRecord) -> Field:
    """Return the statement of publication: 264 with second indicator 1, else 260, else any 264."""
    stated = [one for one in record.all("264") if one.indicators[1:2] == "1"]
    found = [*stated, *record.all("260"), *record.all("264")]
    return found[0] if found else Field("260", "  ", ())


def _title(one: Field) -> str:
    return joined(map(_bare, one.values("a", "b", "n", "p", "v")), " ").rstrip(".")


def _subject(one: Field) -> str:
    return joined((value.rstrip(" .,") for value in one.values("a", "b", "t", "x", "y", "z", "v")), "-")


def _class_number(record: MarcRecord) -> str:
    """Return the CLC number (093, or 084 with $2 clc), else Library of Congress, else Dewey."""
    if clc := record.value("093", "a"):
        return folding.visible(clc)
    for one in record.all("084"):
        if one.first("2").lower().startswith("clc"):
            return folding.visible(one.first("a"))
    return next((joined(one.values("a"), " ") for tag in ("050", "090", "082", "086") for one in record.all(tag)), "")


def _main_class(record: MarcRecord, class_number: str) -> str:
    """Return the CLC main class; a number of another scheme has none, though its letters look alike."""
    is_clc = "093" in record.tags or any(one.first("2").lower().startswith("clc") for one in record.all("084"))
    return main_class_of(class_number) if is_clc else ""


def _language(record: MarcRecord, fixed: str) -> str:
    for code in (fixed[35:38], record.value("041", "a")[:3]):
        if len(code) == 3 and code.isalpha() and code.isascii():
            return code.lower()
    return ""


def _material(record: MarcRecord, fixed: str) -> str:
    letter, level = record.leader[6:7], record.leader[7:8]
    form = fixed[29:30] if letter in ("e", "f", "g", "k", "o", "r") else fixed[23:24]
    if letter in _LETTERS:
        return _LETTERS[letter]
    if form in ("a", "b", "c"):
        return Material.MICRO
    if form in ("o", "q", "s"):
        return Material.ELECTRONIC
    if level in ("s", "b", "i"):
        return Material.NEWSPAPER if fixed[21:22] == "n" else Material.SERIAL
    return Material.BOOK


def _audience(record: MarcRecord, fixed: str) -> str:
    if record.leader[7:8] in ("s", "b", "i") or record.leader[6:7] in ("e", "f"):
        return ""
    return _AUDIENCES.get(fixed[22:23], "")


def _numbers(record: MarcRecord) -> tuple[StandardNumber, ...]:
    found = [StandardNumber("isbn", numbers.isbn13(one)) for one in record.values("020", "a", "z")]
    found += [StandardNumber("issn", numbers.issn(one)) for one in record.values("022", "a", "y", "z", "l")]
    for tag in ("024", "027", "028", "037"):
        found += [StandardNumber("other", numbers.any_number(one)) for one in record.values(tag, "a")]
    return tuple(dict.fromkeys(one for one in found if one.number))
