"""Text made comparable: width and case as one, marks and blanks away; pinyin of Chinese titles."""

from __future__ import annotations

import re
import unicodedata

from wenlan.catalogue.description.chinese import cut, word_syllables

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Vowels and joiners that stand on or under a letter: Latin, Arabic (Uyghur, Kazakh), Tibetan, Mongolian, Dai.
VOWEL_SIGNS = (
    "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u0f18\u0f19\u0f35\u0f37\u0f39\u0f3e\u0f3f\u0f71-\u0f84\u0f86\u0f87\u0f8d-\u0fbc"
    "\u180b-\u180f\u19b0-\u19c0\u1a55-\u1a7f"
)
_MARKS = re.compile(rf"(?:[^\w{VOWEL_SIGNS}]|_)+")
_SYLLABLES = re.compile(r"[a-z]+|\d+")
_UNSEEN = dict.fromkeys((*range(32), *range(127, 160)))


def visible(text: str) -> str:
    """Return the text without control characters (non-sorting marks, stray escapes), blanks drawn together."""
    if not text.isprintable():
        return " ".join(text.translate(_UNSEEN).split())
    return " ".join(text.split()) if "  " in text or text[:1] == " " or text[-1:] == " " else text


def fold(text: str) -> str:
    """Return the text as it is compared: NFKC (full width as half width), without case, blanks drawn together."""
    if text.isascii():
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def key(text: str) -> str:
    """Return letters, digits and Han characters only: what a title is matched and sorted by."""
    return _MARKS.sub("", fold(text))


def pinyin_of(title: str, given: str = "") -> tuple[str, str]:
    """Return (syllables parted by blanks, initials) of a title with Han characters; empty without any.

    `given` is what the cataloguer wrote; it wins when it has one syllable a character, for only a
    person knows how 重 is read here.
    """
    han = 0 if title.isascii() else len(_HAN.findall(title))
    if not han:
        return "", ""
    written = _SYLLABLES.findall(fold(given))
    latin = len(_SYLLABLES.findall(_HAN.sub(" ", fold(title))))
    if len(written) != han + latin:
        written = _SYLLABLES.findall(" ".join(word_syllables(word) for word in cut(fold(title))))
    return " ".join(written), "".join(one if one.isdigit() else one[0] for one in written)
