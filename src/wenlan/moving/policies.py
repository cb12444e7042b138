"""What the cells of old exports mean: days, sums, numbers, months. Pure; what cannot be read is a ValueError."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime

CHINA = timezone(timedelta(hours=8))
WRITTEN = re.compile(
    r"(?P<year>\d{4})[-/.年]?(?P<month>\d{1,2})[-/.月]?(?P<day>\d{1,2})?日?"
    r"(?:[ T]+(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?.*)?"
)
EPOCH = re.compile(r"\d{12,13}")  # milliseconds, as Interlib's pages say days
SERIAL = re.compile(r"[2-5]\d{4}(?:\.\d+)?")  # days since 1899-12-30, as a sheet keeps them
EXCEL_BEGINS = datetime(1899, 12, 30, tzinfo=CHINA)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTH = re.compile(r"(?P<year>(?:19|20)\d{2})\s*(?:[-/.年]\s*)?(?P<month>\d{1,2})?\s*月?")
PERIOD = re.compile(r"(\d+)\s*(?:day|天|日)?", re.IGNORECASE)
YUAN = re.compile(r"(?:CNY|RMB|人民币|¥|￥|元|圆)", re.IGNORECASE)
LARGEST_FEN = 10**12
NOON = 12


def is_blank(text: str) -> bool:
    """Return whether a cell says no day: empty, or noughts as old systems write them (0000-00-00, 00/00/0000)."""
    return not text.strip() or set(text) <= set("0-/. :T") or text.strip().casefold() in {"null", "none", "\\n"}


def moment(text: str) -> datetime | None:
    """Return the moment that a cell says, at noon in China when it says only the day; None for a blank one.

    Known are 2026-03-01, 2026/3/1 9:05, 20260301, 2026年3月1日, RFC 1123 (dp2), milliseconds (Interlib) and the numbers
    by which sheets keep days. Raises ValueError for anything else, also for the 30th of February.
    """
    told = text.strip()
    if is_blank(told):
        return None
    if EPOCH.fullmatch(told):
        return datetime.fromtimestamp(int(told) / 1000, UTC).astimezone(CHINA)
    if SERIAL.fullmatch(told):
        return EXCEL_BEGINS + timedelta(days=int(Decimal(told)), hours=NOON)
    if told[:3].casefold() in WEEKDAYS:
        return parsedate_to_datetime(told).astimezone(CHINA)
    found = WRITTEN.fullmatch(told)
    if found is None:
        raise ValueError(told)
    parts = {name: int(value) for name, value in found.groupdict().items() if value is not None}
    hour = parts.get("hour", NOON)
    return datetime(
        parts["year"], parts["month"], parts.get("day", 1), hour, parts.get("minute", 0), parts.get("second", 0),
        tzinfo=CHINA,
    )  # fmt: skip


def day(text: str) -> date | None:
    """Return the day that a cell says, None for a blank one. Raises ValueError."""
    found = moment(text)
    return found.date() if found else None


def fen(text: str, *, unit: str = "yuan") -> int:
    """Return a sum in fen, nought for a blank cell; several sums (`CNY1.00;CNY2.00`) are added.

    `unit` is that of bare numbers. Commas part thousands. Raises ValueError for a foreign or negative sum.
    """
    total = 0
    for part in re.split(r"[;；+]", text):
        bare = YUAN.sub("", part).replace(",", "").replace("，", "").strip()
        if not bare:
            continue
        try:
            amount = Decimal(bare)
        except InvalidOperation as wrong:
            raise ValueError(text) from wrong
        if not amount.is_finite():
            raise ValueError(text)
        is_yuan = unit == "yuan" or bool(YUAN.search(part))
        total += int((amount * 100 if is_yuan else amount).to_integral_value())
    if not 0 <= total < LARGEST_FEN:
        raise ValueError(text)
    return total


def number(text: str) -> int:
    """Return a count, nought for a blank cell. Raises ValueError for what is none, or negative."""
    bare = text.strip().replace(",", "")
    found = int(Decimal(bare)) if re.fullmatch(r"\d+(?:\.0+)?", bare) else 0 if not bare else -1
    if found < 0:
        raise ValueError(text)
    return found


def period_days(text: str) -> int | None:
    """Return the days of a loan period (`31day`, `30天`, `30`), None for a blank cell. Raises ValueError."""
    if not text.strip():
        return None
    found = PERIOD.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return int(found[1])


def month(text: str) -> tuple[date, date]:
    """Return the first and last day of a month (2025-03, 2025年3月, 202503) or of a year (2025). Raises ValueError."""
    told = text.strip()
    bare = re.fullmatch(r"((?:19|20)\d{2})(\d{2})", told)
    found = MONTH.fullmatch(f"{bare[1]}-{bare[2]}" if bare else told)
    if found is None:
        first = day(told)
        if first is None or first.day != 1:
            raise ValueError(text)
        return first, _last(first)
    year = int(found["year"])
    if found["month"] is None:
        return date(year, 1, 1), date(year, 12, 31)
    first = date(year, int(found["month"]), 1)
    return first, _last(first)


def _last(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)


def shares(total: int, parts: int) -> Iterable[int]:
    """Return a total as so many whole numbers, as equal as may be: a year that was told as one sum, by months."""
    each, rest = divmod(total, parts)
    return [each + (place < rest) for place in range(parts)]
