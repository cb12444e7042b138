"""Makers of the fields that most books have: a line, a text, names, a choice, a tally, a change of a stock."""

from wenlan.ledger.kinds import Kind
from wenlan.registers.types import Choice, Field, FieldKind, Words

NO_WORDS: Words = {}


def words(zh: str, en: str) -> Words:
    """Return words in the two languages every declaration speaks."""
    return {"zh": zh, "en": en}


def answers(*said: tuple[str, str, str]) -> tuple[Choice, ...]:
    """Return the answers of a choice, each given as code, Chinese, English."""
    return tuple(Choice(code=code, words=words(zh, en)) for code, zh, en in said)


def line(code: str, zh: str, en: str, *, required: bool = False, hint: Words = NO_WORDS) -> Field:
    """A line of text."""
    return Field(code=code, words=words(zh, en), required=required, help=hint)


def text(code: str, zh: str, en: str, *, required: bool = False) -> Field:
    """A text of several lines."""
    return Field(code=code, words=words(zh, en), kind=FieldKind.LONGTEXT, required=required)


def people(code: str, zh: str, en: str, *, required: bool = False) -> Field:
    """The names of people."""
    return Field(code=code, words=words(zh, en), kind=FieldKind.PEOPLE, required=required)


def choice(code: str, zh: str, en: str, among: tuple[Choice, ...], *, required: bool = True) -> Field:
    """One of some answers; as a rule it must be given, for the entry is counted by it."""
    return Field(code=code, words=words(zh, en), kind=FieldKind.CHOICE, required=required, choices=among)


def tally(code: str, zh: str, en: str, unit: Words, *, required: bool = False) -> Field:
    """A whole number that is counted under the book and this field."""
    return Field(
        code=code,
        words=words(zh, en),
        kind=FieldKind.INTEGER,
        required=required,
        counts=Kind.RECORD_ENTERED,
        unit=unit,
    )


def change(unit: Words, hint: Words) -> Field:
    """1 for what is added to a list, -1 for what is taken from it: the number kept is their sum."""
    return Field(
        code="change",
        words=words("增减", "Change"),
        kind=FieldKind.INTEGER,
        required=True,
        counts=Kind.RECORD_ENTERED,
        unit=unit,
        help=hint,
    )
