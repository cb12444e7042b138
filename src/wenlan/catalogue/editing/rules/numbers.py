"""Numbers and codes: ISBN, ISSN, price, class number, languages, country."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from wenlan.catalogue.cnmarc import Field, MarcRecord, Subfield
from wenlan.catalogue.description.columns import main_class_of
from wenlan.catalogue.description.numbers import isbn10_check, isbn13_check
from wenlan.catalogue.editing.rules.facts import Facts, finding, first, numbered, setting, with_value
from wenlan.catalogue.editing.types import Finding, Gravity

_NUMBER = re.compile(r"[\dXx][\dXx -]*[\dXx]")
_PRICE = re.compile(r"[A-Z]{3}\d+(\.\d{2})?")
_YUAN = re.compile(r"(?:CNY|RMB|￥|¥|人民币)?\s*(\d+(?:\.\d{1,2})?)\s*元?", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{3}")
_LANGUAGES = {"zh": "chi", "chn": "chi", "cn": "chi", "zho": "chi", "en": "eng", "ja": "jpn", "jp": "jpn", "fr": "fre"}
_LANGUAGES |= {
    "fra": "fre",
    "de": "ger",
    "deu": "ger",
    "ru": "rus",
    "ko": "kor",
    "es": "spa",
    "中文": "chi",
    "英文": "eng",
}
THIRTEEN_SINCE = 2007


def isbn_check(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """An ISBN has ten or thirteen digits, and its last one follows from the others (ISO 2108)."""
    yield from isbn_findings(record, "010", _year(record))


def isbn_findings(record: MarcRecord, tag: str, year: int) -> Iterator[Finding]:
    """Yield what is wrong with the ISBNs in the fields with this tag, of an edition of this year (0: not known)."""
    for at, one in numbered(record, tag):
        for place, (code, value) in enumerate(one.subfields):
            if code != "a" or not value.strip():
                continue
            found = _NUMBER.search(value)
            digits = re.sub(r"[ -]", "", found[0]).upper() if found else ""
            if len(digits) not in (10, 13) or "X" in digits[:-1] or (len(digits) == 13 and digits[-1] == "X"):
                moved = _moved(one, place, "z")
                yield finding(
                    "isbn_length", Gravity.ERROR, at, tag,
                    subfield=place, repair=setting("to_z", at, moved), given=value, digits=len(digits),
                )  # fmt: skip
            elif found and (right := _check(digits)) != digits[-1]:
                last = found.end() - 1
                mended = with_value(one, place, value[:last] + right + value[last + 1 :])
                yield finding(
                    "isbn_check", Gravity.ERROR, at, tag,
                    subfield=place, repair=setting("set_check", at, mended), given=value, right=right,
                )  # fmt: skip
            elif len(digits) == 10 and year >= THIRTEEN_SINCE:
                newer = "978" + digits[:9]
                mended = with_value(one, place, newer + isbn13_check(newer))
                yield finding("isbn_ten", Gravity.HINT, at, tag, subfield=place, repair=setting("thirteen", at, mended))


def _check(digits: str) -> str:
    return isbn10_check(digits[:9]) if len(digits) == 10 else isbn13_check(digits[:12])


def _year(record: MarcRecord) -> int:
    written = record.value("100", "a")[9:13]
    return int(written) if written.isdecimal() and written.isascii() else 0


def _moved(one: Field, at: int, code: str) -> Field:
    changed = [*one.subfields]
    changed[at] = Subfield(code, changed[at].value)
    return one._replace(subfields=tuple(changed))


def issn_check(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """An ISSN has eight digits, and its last one follows from the others (ISO 3297)."""
    for at, one in numbered(record, "011"):
        for place, (code, value) in enumerate(one.subfields):
            digits = re.sub(r"[ -]", "", value).upper()
            if code != "a" or not digits:
                continue
            if not re.fullmatch(r"\d{7}[\dX]", digits):
                repair = setting("to_z", at, _moved(one, place, "z"))
                yield finding("issn_length", Gravity.ERROR, at, "011", subfield=place, repair=repair, given=value)
                continue
            rest = -sum(int(digit) * (8 - nth) for nth, digit in enumerate(digits[:7])) % 11
            right = "X" if rest == 10 else str(rest)
            if digits[7] != right:
                mended = with_value(one, place, f"{digits[:4]}-{digits[4:7]}{right}")
                repair = setting("set_check", at, mended)
                yield finding(
                    "issn_check", Gravity.ERROR, at, "011", subfield=place, repair=repair, given=value, right=right
                )


def price(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """A price is the currency's code and an amount: CNY28.00."""
    for at, one in numbered(record, "010", "011"):
        for place, (code, value) in enumerate(one.subfields):
            text = unicodedata.normalize("NFKC", value).strip()
            if code != "d" or not text or text.upper() == "CNY" or _PRICE.match(text):
                continue
            amount = _YUAN.fullmatch(text)
            repair = None
            if amount:
                repair = setting("write_price", at, with_value(one, place, f"CNY{float(amount[1]):.2f}"))
            yield finding("price", Gravity.WARNING, at, one.tag, subfield=place, repair=repair, given=value)


def class_number(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """A number of the Chinese Library Classification begins with one of its letters; $v says which edition."""
    for at, one in numbered(record, "690"):
        number = one.first("a").strip()
        if number and not main_class_of(number):
            tidy = unicodedata.normalize("NFKC", number).replace(" ", "").upper()
            place = next(nth for nth, sub in enumerate(one.subfields) if sub.code == "a" and sub.value.strip())
            repair = setting("write_class", at, with_value(one, place, tidy)) if main_class_of(tidy) else None
            yield finding("class_number", Gravity.WARNING, at, "690", subfield=place, repair=repair, given=number)
        if number and not one.first("v"):
            added = one._replace(subfields=(*one.subfields, Subfield("v", "5")))
            yield finding("class_edition", Gravity.HINT, at, "690", repair=setting("fifth", at, added))


def languages(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """Languages are codes of three small letters (ISO 639-2)."""
    for at, one in numbered(record, "101"):
        for place, (_code, value) in enumerate(one.subfields):
            text = value.strip().casefold()
            if not text or (_LANGUAGE.fullmatch(value) and value not in _LANGUAGES):
                continue
            better = _LANGUAGES.get(text, text if _LANGUAGE.fullmatch(text) else "")
            repair = setting("write_code", at, with_value(one, place, better)) if better else None
            yield finding("language_code", Gravity.ERROR, at, "101", subfield=place, repair=repair, given=value)


def country(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """The country has two capital letters (ISO 3166), a place in China six digits (GB/T 2260)."""
    if not (known := first(record, "102")):
        return
    at, one = known
    for place, (code, value) in enumerate(one.subfields):
        if code == "a" and value and not re.fullmatch("[A-Z]{2}", value):
            tidy = value.strip().upper()
            is_code = bool(re.fullmatch("[A-Z]{2}", tidy))
            repair = setting("write_code", at, with_value(one, place, tidy)) if is_code else None
            yield finding("country_code", Gravity.ERROR, at, "102", subfield=place, repair=repair, given=value)
        if code == "b" and value and one.first("a") == "CN" and not re.fullmatch(r"\d{6}", value):
            digits = value.strip()
            padded = digits.ljust(6, "0") if digits.isdecimal() and len(digits) in (2, 4) else ""
            repair = setting("write_code", at, with_value(one, place, padded)) if padded else None
            yield finding("locality_code", Gravity.ERROR, at, "102", subfield=place, repair=repair, given=value)


RULES = (isbn_check, issn_check, price, class_number, languages, country)
