"""How numbers, days and mixed Chinese and Latin text are set, as pure functions."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

NOTHING = "—"
_CJK = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_LATIN = r"A-Za-z0-9À-ɏ%@#&+\-$€£¥°"
_SEAM = re.compile(rf"(?<=[{_CJK}])(?=[A-Za-z0-9À-ɏ@#$€£¥+])|(?<=[A-Za-z0-9À-ɏ%°])(?=[{_CJK}])")
_GAP = '<i class="gap"></i>'
_MARKUP = re.compile(r"(<[^>]*>|&[#\w]+;)")
# Scripts beside Chinese and Latin: characters, language tag, direction. A title says its script, not its language:
# Arabic letters are tagged as Uyghur, which most such books in China are written in.
_SCRIPTS = (
    ("\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc", "ug", "rtl"),
    ("\u0f00-\u0fff", "bo", "ltr"),
    ("\u1800-\u18af", "mn-Mong", "ltr"),
    ("\ua000-\ua4cf", "ii", "ltr"),
    ("\u1980-\u19df", "khb", "ltr"),
)
_OTHER_SCRIPT = re.compile("[" + "".join(letters for letters, _tag, _direction in _SCRIPTS) + "]")
_STRETCHES = tuple(
    (
        re.compile(rf"[{letters}][{letters}\s\d.,:!?()«»\-]*[{letters}]|[{letters}]"),
        rf'<bdi lang="{tag}" dir="{way}">\g<0></bdi>',
    )
    for letters, tag, way in _SCRIPTS
)
WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def speaks_chinese() -> bool:
    """Whether the page being made is in Chinese."""
    return (get_language() or "zh").lower().startswith("zh")


def spaced(text: Any) -> SafeString:
    """Set a quarter space between Chinese and Latin or digits; plain text is escaped.

    Stretches of another script carry their language and direction, so that they are read, joined and cut rightly.
    The space is an empty element, so that copied and searched text stays as written; browsers that
    know `text-autospace` draw their own and the element folds away.
    """
    parts = _MARKUP.split(str(conditional_escape(text)))
    return mark_safe("".join(part if _MARKUP.fullmatch(part) else _set(part) for part in parts))


def _set(text: str) -> str:
    if _OTHER_SCRIPT.search(text):
        for stretch, marked in _STRETCHES:
            text = stretch.sub(marked, text)
        return text
    return _SEAM.sub(_GAP, text)


def count(value: int | Decimal | float | str | None, grouping: str = ",") -> str:
    """Return a count with its thousands grouped: 410,000. None is a dash: not counted is not nought."""
    if value is None or value == "":
        return NOTHING
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        return str(value)
    return f"{number:,}".replace(",", grouping)


def wan(value: Decimal | int | None) -> str:
    """Return a count as prose and large screens say it: 41 万 (41万), in English 410,000."""
    if value is None:
        return NOTHING
    if not speaks_chinese() or -10_000 < value < 10_000:
        return count(value)
    return f"{(Decimal(value) / 10_000).quantize(Decimal('0.1')):f}".removesuffix(".0") + "万"


def fen(value: int | None) -> str:
    """Return a sum of money held in fen as yuan: 150 is 1.50 元."""
    if value is None:
        return NOTHING
    sign, whole, rest = "-" if value < 0 else "", *divmod(abs(value), 100)
    return f"{sign}{whole:,}.{rest:02d} " + ("元" if speaks_chinese() else "yuan")


def local_day(value: date | datetime | None) -> date | None:
    """Return the local day of an instant, or the day itself."""
    if isinstance(value, datetime):
        return timezone.localdate(value) if timezone.is_aware(value) else value.date()
    return value


def table_day(value: date | datetime | None) -> str:
    """Return a day as tables write it: 2026-03-04."""
    day = local_day(value)
    return day.isoformat() if day else NOTHING


def prose_day(value: date | datetime | None) -> str:
    """Return a day as text writes it: 2026年3月4日, 4 March 2026."""
    day = local_day(value)
    if not day:
        return NOTHING
    if speaks_chinese():
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday(value: date | datetime | None) -> str:
    """Return the weekday: 周三, Wed."""
    day = local_day(value)
    if not day:
        return NOTHING
    return f"周{WEEKDAYS['zh'][day.weekday()]}" if speaks_chinese() else WEEKDAYS["en"][day.weekday()]


def full_day(value: date | datetime | None) -> str:
    """Return a day with its weekday for text: 2026年3月4日 周三, Wed 4 March 2026."""
    day = local_day(value)
    if not day:
        return NOTHING
    return f"{prose_day(day)} {weekday(day)}" if speaks_chinese() else f"{weekday(day)} {prose_day(day)}"


def clock_time(value: datetime | None) -> str:
    """Return the local time of an instant: 14:05."""
    if value is None:
        return NOTHING
    return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%H:%M}"


def unit_beside(name: str, unit: str) -> str:
    """Return the unit to print beside a figure under a name; nothing where the name ends with it: 借出册次, Loans."""
    return "" if name.lower().endswith(unit.lower()) else unit


def work_title(title: object) -> str:
    """Return the title of a work in its marks: 《骆驼祥子》; in English as it stands."""
    return f"《{title}》" if speaks_chinese() else str(title)
