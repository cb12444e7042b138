"""How figures, days and periods are written in Chinese prose (GB/T 15835-2011)."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from wenlan.annual_report.types import Form

NOT_HELD = "—"
WAN = 10_000
_COUNTING = "〇一两三四五六七八九十"
_DIGITS = "〇一二三四五六七八九"


def number_words(value: Decimal | int | None, *, unit: str, form: str = Form.EXACT, step: int = 0) -> str:
    """Return `value` with its unit as a sentence prints it: 410000册次, 35.8万次, 50万余人次, 两部, 19.50元.

    `step` is what `Form.ABOUT` rounds down to (100 makes 411 into 400余). A rounded figure never says more than
    was counted; 余 stands only where something was cut off. None, which is not zero, is a dash without unit.
    """
    if value is None:
        return NOT_HELD
    exact = Decimal(value)
    if form == Form.WAN and exact >= WAN:
        return _in_wan(exact) + unit
    if form == Form.ABOUT and step > 0:
        return _about(exact, step) + unit
    if form == Form.CHARACTERS and exact == int(exact) and 0 < exact <= 10:
        return _COUNTING[int(exact)] + unit
    if form == Form.YUAN and exact != int(exact):
        return f"{exact:.2f}{unit}"
    return plain(exact) + unit


def plain(value: Decimal | int) -> str:
    """Return all digits without grouping, and no zeros after the last digit of a fraction."""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(value: Decimal | int | None) -> str:
    """Return a figure as tables print it: thousands apart by a comma, a dash when nothing is held."""
    if value is None:
        return NOT_HELD
    whole, _point, fraction = plain(value).partition(".")
    return f"{int(whole):,}" + (f".{fraction}" if fraction else "")


def _in_wan(exact: Decimal) -> str:
    shown = (exact / WAN).quantize(Decimal("0.01"), ROUND_DOWN)
    return f"{plain(shown)}万" + ("余" if shown * WAN != exact else "")


def _about(exact: Decimal, step: int) -> str:
    rounded = exact // step * step
    if rounded <= 0 or rounded == exact:
        return _in_wan(exact) if exact >= WAN and exact % 100 == 0 else plain(exact)
    if rounded >= WAN and rounded % 100 == 0:
        return f"{plain((rounded / WAN).normalize())}万余"
    return f"{plain(rounded)}余"


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number found in text. `approximate` when 余, 多, 逾 or the like stands with it."""

    value: Decimal
    unit: str
    approximate: bool
    text: str


UNITS = ("册（件）", "册(件)", "万册次", "册次", "人次", "件次", "车次", "场次", "站次", "课时", "小时", "分钟")
_UNIT = "|".join((*(re.escape(unit) for unit in UNITS), "[册件人次场期天条页版节部个种台辆张家篇名支幅项套盘届班点元]"))
_PATTERN = re.compile(
    r"(?P<before>逾|超过|近|约)?"
    r"(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|(?<![一二两三四五六七八九十第])[一两三四五六七八九十](?=部|个|辆|台|种|期|次|场|项|家|处))\s*"
    r"(?P<wan>万)?(?P<about>余|多)?(?P<wan_after>万)?\s*"
    rf"(?P<unit>{_UNIT})"
)


def numbers_in(text: str) -> tuple[PrintedNumber, ...]:
    """Return every number with a unit of the trade in `text`, in order; days and years are no such numbers."""
    return tuple(
        PrintedNumber(
            value=_value(found["number"]) * (WAN if found["wan"] or found["wan_after"] else 1),
            unit=found["unit"],
            approximate=bool(found["before"] or found["about"]),
            text=found[0],
        )
        for found in _PATTERN.finditer(text)
    )


def _value(digits: str) -> Decimal:
    if digits in _COUNTING:
        return Decimal(_COUNTING.index(digits))
    return Decimal(digits.replace(",", ""))


def day_words(day: date, *, with_year: bool = True) -> str:
    """Return 2019年3月4日, or 3月4日 inside the year."""
    return f"{day.year}年{day.month}月{day.day}日" if with_year else f"{day.month}月{day.day}日"


def until_words(day: date) -> str:
    """Return the cut-off as it is written: 截至2019年12月31日 (never 截止到)."""
    return f"截至{day_words(day)}"


_TOLD_DAY = re.compile(
    r"^(?P<topic>【[^】]*】)?(?P<day>(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?(?:[至—～-](?:\d{1,2}月)?\d{1,2}日)?)[，,]"
)


def told_day(text: str, day: date, *, year: int) -> tuple[str, str]:
    """Return the day or days of a line of the chronicle, and the rest of it: a text that says its own keeps them."""
    said = _TOLD_DAY.match(text)
    if said is None:
        return day_words(day, with_year=day.year != year), text
    return said["day"], (said["topic"] or "") + text[said.end() :]


def month_in_characters(day: date) -> str:
    """Return 二〇二〇年一月, as a cover is dated."""
    year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{counting(day.month)}月"


def counting(number: int) -> str:
    """Return 1 to 99 in characters, as chapters are numbered: 一, 十, 十一, 二十."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 0 else "十") if tens < 2 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")
