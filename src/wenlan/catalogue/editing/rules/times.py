"""Days and years: well formed, and the same wherever they are said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from wenlan.catalogue.cnmarc import MarcRecord
from wenlan.catalogue.description import numbers
from wenlan.catalogue.editing.rules.facts import (
    Facts,
    finding,
    first,
    numbered,
    replaced,
    setting,
    value_at,
    with_value,
)
from wenlan.catalogue.editing.types import Finding, Gravity

LENGTH = 36
_YEAR_WITH_WORD = re.compile(r"\[?(\d{4})\s*年(?:\s*(\d{1,2})\s*月)?\s*\]?")
_HAS_YEAR = re.compile(r"\d{3}[\d?-]|\d{2}-{1,2}")
# Types whose second year says nothing, is still open, or must be later than the first.
_SECOND_BLANK, _SECOND_OPEN, _SECOND_LATER = "d", "ac", "bfg"


def is_whole(text: str) -> bool:
    """Tell whether coded data of 100 $a can be read by positions."""
    return len(text) == LENGTH and "#" not in text


def day_of(text: str) -> date | None:
    """Return the day written YYYYMMDD, or None."""
    if not re.fullmatch(r"\d{8}", text) or not text.isascii():
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def entered_on(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """100 $a/0-7 is a day, and none that is still to come."""
    for at, one in numbered(record, "100"):
        place, text = value_at(one, "a")
        if not is_whole(text):
            continue
        day = day_of(text[:8])
        if day is None or day > facts.today:
            mended = with_value(one, place, replaced(text, 0, f"{facts.today:%Y%m%d}"))
            yield finding(
                "entered_on", Gravity.WARNING, at, "100",
                subfield=place, position=0, repair=setting("today", at, mended), given=text[:8],
            )  # fmt: skip


def source_day(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """801 $c is a day."""
    for at, one in numbered(record, "801"):
        place, text = value_at(one, "c")
        if text and day_of(text) is None:
            repair = setting("today", at, with_value(one, place, f"{facts.today:%Y%m%d}"))
            yield finding("source_day", Gravity.WARNING, at, "801", subfield=place, repair=repair, given=text)


def years_of_type(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """The second year of 100 $a fits the type: blank after d, 9999 while a serial appears, later for g."""
    for at, one in numbered(record, "100"):
        place, text = value_at(one, "a")
        if not is_whole(text):
            continue
        kind, year, second = text[8], text[9:13], text[13:17]
        wanted = ""
        if kind in _SECOND_BLANK and second != "    ":
            wanted = "    "
        elif kind in _SECOND_OPEN and second != "9999":
            wanted = "9999"
        if wanted:
            repair = setting("set_year", at, with_value(one, place, replaced(text, 13, wanted)))
            yield finding(
                "second_year", Gravity.WARNING, at, "100",
                subfield=place, position=13, repair=repair, kind=kind, given=_seen(second), better=_seen(wanted),
            )  # fmt: skip
        elif kind in _SECOND_LATER and year.isdecimal() and (not second.strip() or second < year):
            yield finding(
                "second_year_missing", Gravity.WARNING, at, "100",
                subfield=place, position=13, kind=kind, given=_seen(second),
            )  # fmt: skip


def published_on(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """210 $d has a year, written without 年."""
    for at, one in numbered(record, "210"):
        place, text = value_at(one, "d")
        if not text.strip():
            continue
        if found := _YEAR_WITH_WORD.fullmatch(text.strip()):
            better = found[1] + (f".{int(found[2])}" if found[2] else "")
            repair = setting("write_year", at, with_value(one, place, better))
            yield finding(
                "year_form", Gravity.WARNING, at, "210", subfield=place, repair=repair, given=text, better=better
            )
        elif not _HAS_YEAR.search(text):
            yield finding("year_missing", Gravity.WARNING, at, "210", subfield=place, given=text)


def year_agrees(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """The first year of 100 $a is the year of 210 $d."""
    coded, published = first(record, "100"), first(record, "210")
    if not coded or not published:
        return
    at, one = coded
    place, text = value_at(one, "a")
    year = numbers.year(published[1].first("d"))
    if year is None or not is_whole(text) or text[8] in "fu" or text[9:13] == str(year):
        return
    repair = setting("set_year", at, with_value(one, place, replaced(text, 9, str(year))))
    yield finding(
        "year_agrees", Gravity.ERROR, at, "100",
        subfield=place, position=9, repair=repair, given=_seen(text[9:13]), year=str(year),
    )  # fmt: skip


def _seen(text: str) -> str:
    return text.replace(" ", "#")


RULES = (entered_on, source_day, years_of_type, published_on, year_agrees)
