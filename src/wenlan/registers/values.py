"""The values of an entry: read from a form, a sheet or a program, checked, kept as JSON, and said in words."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wenlan.kernel.errors import NotFound
from wenlan.kernel.words import say
from wenlan.network import queries as network
from wenlan.registers.errors import EntryRefused
from wenlan.registers.types import Book, Field, FieldKind

LINE_LENGTH = 500
SUBJECT_LENGTH = 80  # of the ledger
LARGEST = 10**15
YES = {"true", "1", "yes", "y", "on", "是", "有"}
NO = {"false", "0", "no", "n", "off", "否", "无"}
PARTS_OF_A_DAY = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D*")


def clean(book: Book, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as JSON keeps them, empty ones left out. Raises EntryRefused with every fault by field."""
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    known = {field.code for field in book.fields}
    subjects = {field.counts_subject_from for field in book.fields}
    for code in given.keys() - known:
        faults[code] = _("%(field)s is no field of this book.") % {"field": code}
    for field in book.fields:
        value = given.get(field.code)
        if value is None or value == "" or value == []:
            if field.required:
                faults[field.code] = _("%(field)s is needed.") % {"field": field.label}
            continue
        try:
            values[field.code] = READERS[field.kind](field, value)
            if field.code in subjects and len(str(values[field.code])) > SUBJECT_LENGTH:
                raise ValueError(value)
        except (ValueError, InvalidOperation, NotFound):
            faults[field.code] = _("%(field)s does not take “%(value)s”.") % {"field": field.label, "value": value}
    if faults:
        raise EntryRefused(faults)
    return values


def said(field: Field, value: Any) -> str:
    """Return one value as a person reads it; '' when there is none."""
    if value is None or value == "":
        return ""
    return SPEAKERS.get(field.kind, lambda _field, plain: str(plain))(field, value)


def said_all(book: Book, values: Mapping[str, Any]) -> dict[str, str]:
    """Return every value as a person reads it, by field."""
    return {field.code: said(field, values.get(field.code)) for field in book.fields}


def _text(field: Field, value: Any) -> str:
    text = str(value).strip()
    if field.kind == FieldKind.TEXT and len(text) > LINE_LENGTH:
        raise ValueError(text)
    return text


def read_day(value: Any) -> str:
    """Return a day as ISO text, from a date or from 2019-03-04, 2019/3/4, 2019年3月4日. Raises ValueError."""
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    parts = PARTS_OF_A_DAY.fullmatch(str(value).strip())
    if not parts:
        raise ValueError(value)
    return date(*(int(part) for part in parts.groups())).isoformat()


def _time(_field: Field, value: Any) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    text = str(value).strip().replace("：", ":")
    return f"{time.fromisoformat(text.zfill(5)):%H:%M}"


def _number(value: Any) -> Decimal:
    number = Decimal(str(value).strip().replace(",", "").replace("，", ""))
    if isinstance(value, bool) or not number.is_finite() or abs(number) >= LARGEST:
        raise ValueError(value)
    return number


def _integer(_field: Field, value: Any) -> int:
    number = _number(value)
    if number != int(number):
        raise ValueError(value)
    return int(number)


def _choice(field: Field, value: Any) -> str:
    for choice in field.choices:
        if value == choice.code or str(value).strip() in choice.words.values():
            return choice.code
    raise ValueError(value)


def _node(_field: Field, value: Any) -> str:
    return network.node(value).code if isinstance(value, int) else network.node_by_code(str(value).strip()).code


def _people(_field: Field, value: Any) -> list[str]:
    names = re.split(r"[、,，;；\n]+", value) if isinstance(value, str) else value
    return [name for name in (str(name).strip() for name in names) if name]


def _boolean(_field: Field, value: Any) -> bool:
    text = str(value).strip().lower()
    if text not in YES | NO:
        raise ValueError(value)
    return text in YES


READERS: dict[str, Callable[[Field, Any], Any]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONGTEXT: _text,
    FieldKind.DATE: lambda _field, value: read_day(value),
    FieldKind.TIME: _time,
    FieldKind.INTEGER: _integer,
    FieldKind.DECIMAL: lambda _field, value: str(_number(value)),
    FieldKind.CHOICE: _choice,
    FieldKind.NODE: _node,
    FieldKind.PEOPLE: _people,
    FieldKind.BOOLEAN: _boolean,
}


def is_chinese() -> bool:
    """Whether Chinese is being spoken."""
    return (get_language() or "zh").startswith("zh")


def said_day(day: date) -> str:
    """Return a day as a sentence says it: 3月4日, 4 March."""
    return f"{day.month}月{day.day}日" if is_chinese() else f"{day.day} {day:%B}"


def _said_node(_field: Field, value: str) -> str:
    try:
        return network.node_by_code(value).name
    except NotFound:
        return value


SPEAKERS: dict[str, Callable[[Field, Any], str]] = {
    FieldKind.DATE: lambda _field, value: said_day(date.fromisoformat(value)),
    FieldKind.INTEGER: lambda _field, value: number_format(value, use_l10n=True, force_grouping=False),
    FieldKind.CHOICE: lambda field, value: field.choice_label(value),
    FieldKind.NODE: _said_node,
    FieldKind.PEOPLE: lambda _field, value: ("、" if is_chinese() else ", ").join(value),
    FieldKind.BOOLEAN: lambda _field, value: say({"zh": "是", "en": "yes"} if value else {"zh": "否", "en": "no"}),
}
