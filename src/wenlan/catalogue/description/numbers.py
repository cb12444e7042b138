"""Standard numbers, prices and years out of untidy text."""

from __future__ import annotations

import re

_ISBN = re.compile(r"(?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dXx]")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d{2})(?!\d)")
_YUAN = re.compile(r"(?:CNY|RMB|RMBY|￥|¥|人民币)\s*(\d+(?:\.\d{1,2})?)|(\d+(?:\.\d{1,2})?)\s*元", re.IGNORECASE)
_AMOUNT = re.compile(r"\d+(?:\.\d{1,2})?")


def isbn13(text: str) -> str:
    """Return the first valid ISBN in the text as thirteen digits (an old one converted), or an empty string."""
    for found in _ISBN.findall(text):
        digits = found.replace("-", "").replace(" ", "").upper()
        if len(digits) == 10 and isbn10_check(digits[:9]) == digits[9]:
            return "978" + digits[:9] + isbn13_check("978" + digits[:9])
        if len(digits) == 13 and digits.isdigit() and isbn13_check(digits[:12]) == digits[12]:
            return digits
    return ""


def isbn13_check(digits: str) -> str:
    """Return the check digit after twelve digits (weights 1 and 3)."""
    return str(-sum(int(one) * (3 if place % 2 else 1) for place, one in enumerate(digits)) % 10)


def isbn10_check(digits: str) -> str:
    """Return the check character after nine digits (weights 10 to 2, X for ten)."""
    rest = -sum(int(one) * (10 - place) for place, one in enumerate(digits)) % 11
    return "X" if rest == 10 else str(rest)


def isbn10(isbn: str) -> str:
    """Return the old form of an ISBN of thirteen digits that starts with 978, else an empty string."""
    return isbn[3:12] + isbn10_check(isbn[3:12]) if isbn.startswith("978") else ""


def issn(text: str) -> str:
    """Return the first ISSN with a right check character as `1234-5679`, or an empty string."""
    for found in _ISSN.findall(text):
        digits = found.replace("-", "").upper()
        rest = -sum(int(one) * (8 - place) for place, one in enumerate(digits[:7])) % 11
        if digits[7] == ("X" if rest == 10 else str(rest)):
            return f"{digits[:4]}-{digits[4:]}"
    return ""


def any_number(text: str) -> str:
    """Return a number as it is looked up when it is neither ISBN nor ISSN: letters and digits, upper case."""
    return "".join(one for one in text.upper() if one.isascii() and one.isalnum())[:40]


def year(text: str) -> int | None:
    """Return the first year (1000 to 2099) in the text."""
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def price_fen(text: str, *, bare_is_yuan: bool = False) -> int | None:
    """Return a price in yuan as fen; None for another currency, or for a bare number unless told it is yuan."""
    found = _YUAN.search(text)
    if found:
        return _fen(found[1] or found[2])
    if bare_is_yuan and _AMOUNT.fullmatch(text.strip()):
        return _fen(text.strip())
    return None


def _fen(amount: str) -> int | None:
    yuan, _, part = amount.partition(".")
    return int(yuan) * 100 + int(part.ljust(2, "0") or 0) if len(yuan) < 13 else None
