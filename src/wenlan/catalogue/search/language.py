"""The language of an exact search: AND, OR, NOT, brackets, "phrases", `author:` and `year:1990-1999`.

Whoever does not know it never meets it: a text without these signs is words, and one that makes no sense in the
language is words, too. Operators are in capitals; a minus before a word is NOT.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wenlan.catalogue.types import SearchField


@dataclass(frozen=True, slots=True)
class Words:
    """Words to be found, as somebody typed them."""

    text: str
    field: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text to be found as it stands."""

    text: str
    field: str


@dataclass(frozen=True, slots=True)
class Years:
    """Published in these years, both included; None is open."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Both:
    """All the parts, and none of `without`."""

    parts: tuple[Said, ...]
    without: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the parts."""

    parts: tuple[Said, ...]


Said = Words | Quoted | Years | Both | Either

FIELDS = {
    "title": SearchField.TITLE, "题名": SearchField.TITLE, "书名": SearchField.TITLE,
    "author": SearchField.AUTHOR, "作者": SearchField.AUTHOR, "著者": SearchField.AUTHOR, "责任者": SearchField.AUTHOR,
    "subject": SearchField.SUBJECT, "主题": SearchField.SUBJECT,
    "series": SearchField.SERIES, "丛书": SearchField.SERIES,
    "publisher": SearchField.PUBLISHER, "出版社": SearchField.PUBLISHER, "出版者": SearchField.PUBLISHER,
    "isbn": SearchField.NUMBER, "issn": SearchField.NUMBER, "number": SearchField.NUMBER, "号码": SearchField.NUMBER,
    "class": SearchField.CLASS, "分类": SearchField.CLASS, "分类号": SearchField.CLASS,
    "call": SearchField.CALL, "索书号": SearchField.CALL,
}  # fmt: skip
YEARS = ("year", "年", "年份", "出版年")

_NAMES = "|".join(sorted((*FIELDS, *YEARS), key=len, reverse=True))
_TOKEN = re.compile(
    rf'(?P<field>(?:{_NAMES})[:：])|(?P<open>[(（])|(?P<close>[)）])|["“](?P<quoted>[^"“”]*)["”]'
    r'|(?P<operator>(?-i:AND|OR|NOT)(?=\s|[(（]|$))|(?P<minus>-(?=[^\s-]))|(?P<word>[^\s()（）"“”]+)',
    re.IGNORECASE,
)
_SIGNS = re.compile(rf'(?:^|\s)(?:AND|OR|NOT)(?:\s|$)|(?:^|[\s(（])(?i:{_NAMES})[:：]|"|(?:^|\s)“|(?:^|\s)-\S')
_SPAN = re.compile(r"(?P<low>\d{4})?(?P<until>[-~–—](?P<high>\d{4})?)?")
_DEEPEST = 8


class _Senseless(Exception):
    """The signs are there, but they are not used as the language has them."""


def read(text: str, field: str) -> Said:
    """Return what was said; words where no sign of the language occurs or its signs make no sense."""
    if not _SIGNS.search(text):
        return Words(text, field)
    try:
        return _Reading(text, field).whole()
    except _Senseless:
        return Words(" ".join(_TOKEN.sub(_bare, text).split()) or text, field)


def _bare(found: re.Match[str]) -> str:
    """Return a token as a word, signs of the language left out."""
    return f" {found['word'] or found['quoted'] or ''} "


class _Reading:
    """One pass over the tokens of a text, by recursive descent."""

    def __init__(self, text: str, field: str) -> None:
        self.tokens = [(str(one.lastgroup), one[str(one.lastgroup)]) for one in _TOKEN.finditer(text)]
        self.at = 0
        self.depth = 0
        self.field = field

    def whole(self) -> Said:
        said = self.either()
        if self.at < len(self.tokens):
            raise _Senseless
        return said

    def either(self) -> Said:
        """Read parts between ORs."""
        parts = [self.both()]
        while self.next_is("operator", "OR"):
            self.at += 1
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def both(self) -> Said:
        """Read parts that stand beside one another, with or without AND."""
        parts: list[Said] = []
        without: list[Said] = []
        while self.at < len(self.tokens) and not self.next_is("close") and not self.next_is("operator", "OR"):
            if self.next_is("operator", "AND"):
                if not parts and not without:
                    raise _Senseless
                self.at += 1
            negated = self.next_is("operator", "NOT") or self.next_is("minus")
            self.at += negated
            (without if negated else parts).append(self.one())
        if not parts and not without:
            raise _Senseless
        return parts[0] if len(parts) == 1 and not without else Both(tuple(parts), tuple(without))

    def one(self) -> Said:
        """Read a word or more of them, a phrase, brackets, or either of these in a field."""
        if self.at >= len(self.tokens):
            raise _Senseless
        kind, value = self.tokens[self.at]
        self.at += 1
        if kind == "open":
            return self.bracketed()
        if kind == "quoted" and value.strip():
            return Quoted(value.strip(), self.field)
        if kind == "word":
            return Words(self.words_from(value), self.field)
        if kind == "field":
            return self.in_field(value.rstrip(":：").lower())
        raise _Senseless

    def words_from(self, first: str) -> str:
        """Return a word and those that follow it directly: together they may be a title."""
        said = [first]
        while self.next_is("word"):
            said.append(self.tokens[self.at][1])
            self.at += 1
        return " ".join(said)

    def bracketed(self) -> Said:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _Senseless
        inside = self.either()
        if not self.next_is("close"):
            raise _Senseless
        self.at += 1
        self.depth -= 1
        return inside

    def in_field(self, name: str) -> Said:
        if name in YEARS:
            return self.years()
        outside, self.field = self.field, FIELDS[name]
        try:
            if self.next_is("word"):  # only the next word: `author:路遥 平凡` is 平凡 anywhere
                self.at += 1
                return Words(self.tokens[self.at - 1][1], self.field)
            return self.one()
        finally:
            self.field = outside

    def years(self) -> Years:
        """Read `1990`, `1990-1999`, `1990-` or `-1999`."""
        value = "-" if self.next_is("minus") else ""
        self.at += bool(value)
        if self.next_is("word"):
            value += self.tokens[self.at][1]
            self.at += 1
        found = _SPAN.fullmatch(value)
        if not found or not (found["low"] or found["high"]):
            raise _Senseless
        low = int(found["low"]) if found["low"] else None
        high = int(found["high"]) if found["high"] else None
        return Years(low, high if found["until"] else low)

    def next_is(self, kind: str, value: str = "") -> bool:
        """Tell whether the next token is of this kind (and this operator)."""
        if self.at >= len(self.tokens) or self.tokens[self.at][0] != kind:
            return False
        return not value or self.tokens[self.at][1] == value
