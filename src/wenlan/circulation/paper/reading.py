"""Dates as people write them in a register: 3.5, 3月5日, 三月初五 is not one of them."""

import re
import unicodedata
from datetime import date

DIGITS = {
    "〇": "0",
    "零": "0",
    "一": "1",
    "二": "2",
    "三": "3",
    "四": "4",
    "五": "5",
    "六": "6",
    "七": "7",
    "八": "8",
    "九": "9",
}
CHINESE = "".join(DIGITS)
TEENS = re.compile(rf"([{CHINESE}]?)十([{CHINESE}]?)")
PARTS = re.compile(r"^(?:(\d{2}|\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?$")
DAY_ONLY = re.compile(r"^(\d{1,2})[日号]?$")
DITTO = {"〃", "″", '"', "同上", "''"}
YEARS_BACK = 1


def read_day(written: str, *, today: date, month: date | None = None, above: date | None = None) -> date | None:
    """Return the day that was written, None for what is no date.

    Without a year it is the page's year (`month`), else the last such day that is not ahead of `today`; a day of the
    month alone is in the page's month; a ditto mark is the day of the line `above`.
    """
    text = re.sub(r"\s+", "", tidy(written))
    if text in DITTO:
        return above
    if found := PARTS.match(text):
        year, of_month, day = found.groups()
        return made(year, int(of_month), int(day), today=today, month=month)
    if (found := DAY_ONLY.match(text)) and month is not None:
        return whole(month.year, month.month, int(found[1]))
    return None


def tidy(written: str) -> str:
    """Return the text with its digits as digits: full width and Chinese ones."""
    text = unicodedata.normalize("NFKC", written)
    text = TEENS.sub(lambda found: f"{DIGITS.get(found[1], '1')}{DIGITS.get(found[2], '0')}", text)
    return "".join(DIGITS.get(one, one) for one in text)


def made(year: str | None, of_month: int, day: int, *, today: date, month: date | None) -> date | None:
    """Return the day of a year that was written in full, in two digits, or not at all."""
    if year:
        return whole(int(year) + (2000 if len(year) == 2 else 0), of_month, day)
    if month is not None:
        near = [found for shift in (0, 1, -1) if (found := whole(month.year + shift, of_month, day))]
        return min(near, key=lambda one: abs((one - month.replace(day=15)).days), default=None)
    found = whole(today.year, of_month, day)
    return found if found is None or found <= today else whole(today.year - YEARS_BACK, of_month, day)


def whole(year: int, month: int, day: int) -> date | None:
    """Return the day, None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
