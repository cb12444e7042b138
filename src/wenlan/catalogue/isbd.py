"""The description as a catalogue card has it (GB/T 3792; ISBD), from the columns of a record."""

from __future__ import annotations

from dataclasses import dataclass

from wenlan.catalogue.types import RecordView

_ROMAN = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
AREA_MARK = ". — "


@dataclass(frozen=True, slots=True)
class Area:
    """One area of the description; `code` is title, edition, publication, extent, series, note, number or tracing."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class _Marks:
    """Punctuation of a Chinese card, or of any other."""

    colon: str
    slash: str
    semicolon: str
    comma: str


CHINESE = _Marks("：", " ／ ", "；", "，")
WESTERN = _Marks(" : ", " / ", " ; ", ", ")


def isbd(record: RecordView) -> tuple[Area, ...]:
    """Return the areas that the record has, in the order of the card."""
    marks = CHINESE if any("\u3400" <= one <= "\u9fff" for one in record.title_proper) else WESTERN
    areas = (
        Area("title", _title(record, marks)),
        Area("edition", record.edition),
        Area("publication", _publication(record, marks)),
        Area("extent", record.extent.replace(" : ", marks.colon).replace(" ; ", marks.semicolon)),
        Area("series", f"（{record.series}）" if record.series and marks is CHINESE else _bracketed(record.series)),
        Area("note", record.summary),
        Area("number", _number(record, marks)),
        Area("tracing", _tracing(record)),
    )
    return tuple(one for one in areas if one.text)


def paragraphs(areas: tuple[Area, ...]) -> tuple[str, ...]:
    """Return the card's paragraphs: description, extent with series, notes, numbers, tracing."""
    by_code = {one.code: one.text for one in areas}
    groups = (("title", "edition", "publication"), ("extent", "series"), ("note",), ("number",), ("tracing",))
    found = (AREA_MARK.join(by_code[code] for code in group if code in by_code) for group in groups)
    return tuple(one for one in found if one)


def _bracketed(text: str) -> str:
    return f"({text})" if text else ""


def _title(record: RecordView, marks: _Marks) -> str:
    text = record.title_proper
    if record.volume:
        text += f". {record.volume}"
    if record.other_title:
        text += marks.colon + record.other_title
    if record.parallel_title:
        text += f" = {record.parallel_title}"
    return text + (marks.slash + record.responsibility.replace(" ; ", marks.semicolon) if record.responsibility else "")


def _publication(record: RecordView, marks: _Marks) -> str:
    place_and_name = marks.colon.join(one for one in (record.place, record.publisher) if one)
    return marks.comma.join(one for one in (place_and_name, record.year_text) if one)


def _number(record: RecordView, marks: _Marks) -> str:
    stated = [f"ISBN {one}" for one in record.isbn] + ([f"ISSN {record.issn}"] if record.issn else [])
    return marks.colon.join(one for one in (marks.semicolon.join(stated), record.price) if one)


def _tracing(record: RecordView) -> str:
    """Return the added entries of the card: Ⅰ title, Ⅱ people, Ⅲ subjects, Ⅳ class number."""
    groups = (
        [f"{record.title_proper[:1]}…"] if record.title_proper else [],
        [f"{one[:1]}…" for one in record.authors],
        [one.replace("-", "—") for one in record.subjects],
        [record.class_number] if record.class_number else [],
    )
    filled = [(mark, group) for mark, group in zip(_ROMAN, groups, strict=True) if group]
    return " ".join(
        f"{mark}. " + " ".join(f"{_CIRCLED[place]}{one}" for place, one in enumerate(group[: len(_CIRCLED)]))
        for mark, group in filled
    )
