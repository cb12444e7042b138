"""Which encoding a record is in: by trying, never by what 100 $a or the leader claims.

A file is mostly of one encoding, so the first records with other than ASCII settle an expectation;
each record is then judged by itself, and the expectation only decides where the record could be two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from unicodedata import normalize

from wenlan.catalogue.cnmarc.notes import CUT_OR_FOREIGN, ENCODED_TWICE, GUESSED

FIELD_END = b"\x1e"
UTF_8 = "utf-8"
GB18030 = "gb18030"
BIG5 = "big5hkscs"
MARC_8 = "marc-8"
CP1252 = "cp1252"
ASCII = "ascii"

ALIASES = {
    "utf8": UTF_8, "utf-8": UTF_8, "gbk": GB18030, "gb2312": GB18030, "gb18030": GB18030, "cp936": GB18030,
    "big5": BIG5, "big5hkscs": BIG5, "big5-hkscs": BIG5, "marc8": MARC_8, "marc-8": MARC_8,
}  # fmt: skip


_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_HIGH = re.compile(rb"[\x80-\xff]")
_UNMARC8 = re.compile(rb"[\x80-\x87\x8a-\x8c\x8f-\xa0\xaf\xbb\xbe\xbf\xd0-\xdf\xff]")
_COMMON_ENOUGH = 0.8
_FEW_ERRORS = 0.05
_CHANCE = 12
_SURELY = 12


@dataclass(frozen=True, slots=True)
class Reading:
    """How the bytes of a record become text, and what was odd about them; `whole` is the text where all is sound."""

    encoding: str
    decode: Callable[[bytes], str]
    notes: tuple[str, ...] = ()
    whole: str | None = None


def canonical(name: str) -> str:
    """Return our name of an encoding. Raises LookupError for one that Python does not know either."""
    known = ALIASES.get(name.lower().replace("_", "-"))
    if known:
        return known
    "".encode(name)
    return name.lower()


def expectation(texts: Iterable[bytes], *, is_marc21: bool = False) -> str:
    """Return the encoding most of the texts are in (those with anything but ASCII), or an empty string."""
    found = Counter(one for text in texts if (one := judge(text, is_marc21=is_marc21)) != ASCII)
    return found.most_common(1)[0][0] if found else ""


def judge(text: bytes, *, expected: str = "", is_marc21: bool = False, says_unicode: bool = False) -> str:
    """Return the encoding of one record's text; `is_marc21` admits MARC-8, unless leader/09 says Unicode."""
    if text.isascii():
        return MARC_8 if is_marc21 and not says_unicode and b"\x1b" in text else ASCII
    if (decoded := _strictly(text, UTF_8)) is not None:
        by_chance = expected in (GB18030, BIG5) and len(_HIGH.findall(text)) <= _CHANCE
        return expected if by_chance and not _HAN.search(decoded) and _strictly(text, expected) else UTF_8
    if _is_mostly_utf8(text):
        return UTF_8
    if chinese := _chinese(text, at_least=_SURELY if is_marc21 else 1):
        return chinese
    if is_marc21 and not _UNMARC8.search(text):
        return MARC_8
    if not is_marc21 and (found := _by_fields(text) or expected):
        return found
    return CP1252 if _strictly(text, CP1252) is not None else "iso-8859-1"


def _strictly(text: bytes, encoding: str) -> str | None:
    try:
        return text.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_mostly_utf8(text: bytes) -> bool:
    """Tell a record of UTF-8 with cut characters, or with a field of another encoding, from one of another."""
    decoded = text.decode(UTF_8, "replace")
    if decoded.count("\ufffd") <= _FEW_ERRORS * sum(not one.isascii() for one in decoded):
        return True
    whole = [one for one in text.split(FIELD_END) if not one.isascii()]
    sound = [one for one in whole if _strictly(one, UTF_8) is not None]
    return sum(map(len, sound)) * 2 > sum(map(len, whole))


def _by_fields(text: bytes) -> str:
    """Return the encoding that most of the bytes are in when fields differ, or an empty string."""
    votes: Counter[str] = Counter()
    for one in text.split(FIELD_END):
        if not one.isascii():
            votes[UTF_8 if _strictly(one, UTF_8) is not None else _chinese(one)] += len(one)
    return votes.most_common(1)[0][0]


def _chinese(text: bytes, *, at_least: int = 1) -> str:
    """Return GB 18030 or Big5 when the text reads as common characters in one of them, else an empty string.

    An accent before a letter (MARC-8, Latin 1) also decodes as something: mostly as rare characters, and few,
    so a record that may be of that kind needs `at_least` so many.
    """
    share = {
        GB18030: _common_share(text.decode(GB18030, "replace"), at_least, "gb2312", 0xB0, 0xD7),
        BIG5: _common_share(text.decode(BIG5, "replace"), at_least, "big5", 0xA4, 0xC6),
    }
    best = max(share, key=lambda one: share[one])
    return best if share[best] >= _COMMON_ENOUGH else ""


def _common_share(text: str, at_least: int, codec: str, first: int, last: int) -> float:
    """Return which part of the Han characters is of the first, common level of this national set."""
    han = _HAN.findall(text)
    strange = sum(1 for one in text if one == "\ufffd" or "\ue000" <= one <= "\uf8ff")
    if len(han) < at_least:
        return 0.0
    common = 0
    for one in han:
        try:
            common += first <= one.encode(codec)[0] <= last
        except UnicodeEncodeError:
            continue
    return common / (len(han) + strange)


def reading(text: bytes, encoding: str) -> Reading:
    """Return how to decode the record whose text is `text`, found or told to be in `encoding`.

    What does not decode is tried field by field in the other usual encodings, and marked with U+FFFD
    only when nothing fits; every such step is a note.
    """
    if encoding == ASCII:
        return Reading(ASCII, lambda one: one.decode("ascii"), whole=text.decode("ascii"))
    if encoding == MARC_8:
        return Reading(MARC_8, _from_marc8)
    decoded = _strictly(text, encoding)
    if decoded is None or _has_foreign_field(text, encoding):
        return Reading(encoding, lambda one: _patiently(one, encoding), (CUT_OR_FOREIGN,))
    if encoding == UTF_8 and _is_encoded_twice(decoded):
        return Reading(UTF_8, lambda one: one.decode().encode("latin-1").decode(), (ENCODED_TWICE,))
    guessed = () if encoding in (UTF_8, GB18030, BIG5) else (GUESSED,)
    return Reading(encoding, lambda one: one.decode(encoding), guessed, decoded)


def _is_encoded_twice(text: str) -> bool:
    """Whether the text is UTF-8 once more as UTF-8: a control character in the outcome says that it is not."""
    try:
        once = text.encode("latin-1").decode()
    except UnicodeError:
        return False
    return not once.isascii() and not any("\x80" <= letter <= "\x9f" for letter in once)


def _has_foreign_field(text: bytes, encoding: str) -> bool:
    """Tell whether some field of a GB 18030 or Big5 record is Chinese in UTF-8: it decodes, as rare characters."""
    if encoding not in (GB18030, BIG5):
        return False
    return any(_is_utf8_chinese(one) for one in text.split(FIELD_END) if not one.isascii())


def _is_utf8_chinese(body: bytes) -> bool:
    decoded = _strictly(body, UTF_8)
    return decoded is not None and len(_HAN.findall(decoded)) > 1 and not _chinese(body)


def _patiently(body: bytes, encoding: str) -> str:
    """Decode one field in the record's encoding, else in a usual one, else with marks for what is lost."""
    if encoding != UTF_8 and _is_utf8_chinese(body):
        return body.decode(UTF_8)
    if (decoded := _strictly(body, encoding)) is not None:
        return decoded
    other = _chinese(body)
    if other and (decoded := _strictly(body, other)) is not None:
        return decoded
    return body.decode(encoding, "replace")


def _from_marc8(body: bytes) -> str:
    """Decode a field of MARC-8, subfield by subfield: each starts in the default sets again."""
    if body.isascii() and b"\x1b" not in body:
        return body.decode("ascii")
    return "\x1f".join(_marc8_text(one) for one in body.split(b"\x1f"))


def _marc8_text(text: bytes) -> str:
    if text.isascii() and b"\x1b" not in text:
        return text.decode("ascii")
    try:
        return normalize("NFC", _marc_8()(quiet=True).translate(text))
    except (IndexError, KeyError, TypeError, ValueError):
        return text.decode("latin-1")


@cache
def _marc_8() -> Callable[..., Any]:
    from pymarc.marc8 import MARC8ToUnicode  # its tables take 0.2 s to load, and few files need them

    return MARC8ToUnicode
