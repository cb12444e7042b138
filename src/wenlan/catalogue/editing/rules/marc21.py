"""What MARC 21 asks beside its form: the fields a finished record has, ISBN, title, dates, nonfiling characters."""

from __future__ import annotations

from collections.abc import Iterator

from wenlan.catalogue.cnmarc import MarcRecord
from wenlan.catalogue.editing.rules.facts import HAN, Facts, finding, first, numbered, setting
from wenlan.catalogue.editing.rules.numbers import isbn_findings
from wenlan.catalogue.editing.types import Finding, Gravity

NEEDED = {"008": Gravity.ERROR, "040": Gravity.WARNING, "245": Gravity.ERROR, "300": Gravity.WARNING}
MAIN_ENTRIES = ("100", "110", "111", "130")
ARTICLES = {"eng": ("The ", "A ", "An "), "fre": ("Le ", "La ", "Les ", "Un ", "Une "), "ger": ("Der ", "Die ", "Das ")}


def missing(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """What every record has (LC, minimal level): 008, 040, 245, 300."""
    for tag, gravity in NEEDED.items():
        if tag not in record.tags and not facts.is_new:
            yield finding("missing_field", gravity, None, tag)


def isbn(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """The ISBN in 020 $a."""
    written = record.control("008")[7:11]
    yield from isbn_findings(record, "020", int(written) if written.isascii() and written.isdecimal() else 0)


def one_main_entry(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """A record has one main entry: only one of 100, 110, 111 and 130."""
    found = list(numbered(record, *MAIN_ENTRIES))
    for at, one in found[1:]:
        yield finding("second_main_entry", Gravity.ERROR, at, one.tag, other=found[0][1].tag)


def title_added_entry(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """245 indicator 1 is 0 when the title is the main entry, 1 when somebody's name is."""
    title = first(record, "245")
    if title is None:
        return
    at, one = title
    better = "1" if record.tags & set(MAIN_ENTRIES) else "0"
    given = one.indicators.ljust(2)
    if given[0] in "01" and given[0] != better:
        mended = one._replace(indicators=better + given[1:])
        yield finding(
            "title_entry", Gravity.HINT, at, "245", repair=setting("set_indicator", at, mended), better=better
        )


def nonfiling(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """245 indicator 2 counts the characters of an article that filing passes over; a Chinese title has none."""
    title = first(record, "245")
    if title is None:
        return
    at, one = title
    text, given = one.first("a"), one.indicators.ljust(2)
    articles = ARTICLES.get(record.control("008")[35:38], ())
    article = next((each for each in articles if text.startswith(each)), "")
    better = str(len(article))
    if (article or HAN.match(text)) and given[1].isdigit() and given[1] != better:
        mended = one._replace(indicators=given[0] + better)
        yield finding(
            "nonfiling", Gravity.WARNING, at, "245", repair=setting("set_indicator", at, mended), better=better
        )


def dates(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """Date 1 of 008 is the year in 264 (or 260) $c."""
    data = record.control("008")
    stated = next((one for one in record.all("264", "260") if one.tag == "260" or one.indicators[1:2] == "1"), None)
    if stated is None or len(data) != 40 or not data[7:11].isdecimal():
        return
    years = "".join(one if one.isdecimal() else " " for one in stated.first("c")).split()
    if years and data[7:11] not in years and data[11:15] not in years:
        at = next(at for at, one in enumerate(record.fields) if one.tag == "008")
        year = next((one for one in years if len(one) == 4), "")
        if year:
            yield finding(
                "date_agrees", Gravity.WARNING, at, "008", position=7, tag2=stated.tag, given=data[7:11], year=year
            )


RULES = (missing, isbn, one_main_entry, title_added_entry, nonfiling, dates)
