"""How text becomes terms: words, and pairs of neighbouring characters so that any middle is found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from wenlan.catalogue.description.chinese import cut_for_search
from wenlan.catalogue.description.folding import VOWEL_SIGNS, fold, key

START = "^"  # marks the first term of a title

_CJK = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}](?:[^\W_{_CJK}]|[{VOWEL_SIGNS}])*[+#]*")
_BETWEEN_HAN = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])")
_IS_CJK = re.compile(rf"[{_CJK}]")
_LONGEST_TERM = 100


@cache
def _traditional() -> dict[int, str]:
    """Return the simplified character by the code of each traditional one."""
    lines = files(__package__).joinpath("data", "traditional.txt").read_text(encoding="utf-8").splitlines()
    return {ord(one): line[0] for line in lines if not line.startswith("#") for one in line[1:]}


def same(text: str) -> str:
    """Return the text as all its spellings are: one width, one case, simplified characters."""
    return fold(text).translate(_traditional())


def title_key(text: str) -> str:
    """Return what an exact title is known by: letters, digits and simplified characters only."""
    return key(text).translate(_traditional())


def runs(text: str, *, close_up: bool = True) -> list[str]:
    """Return stretches of East Asian characters and words of other scripts, all spellings as one, in their order.

    `close_up` takes out blanks between characters, which some catalogues write between Chinese words.
    """
    folded = same(text)
    return _RUN.findall(_BETWEEN_HAN.sub("", folded) if close_up else folded)


def is_cjk(run: str) -> bool:
    """Tell whether a run is of East Asian characters."""
    return bool(_IS_CJK.match(run))


def pairs(found: Iterable[str]) -> list[str]:
    """Return the pairs of neighbouring characters of runs, and words of other scripts, in their order.

    One after the other they are a phrase: `三体全集` is 三体, 体全, 全集. A character alone is itself.
    """
    terms: list[str] = []
    for run in found:
        if len(run) > 1 and is_cjk(run):
            terms += [run[at : at + 2] for at in range(len(run) - 1)]
        else:
            terms.append(run[:_LONGEST_TERM])
    return terms


def grams(text: str, *, close_up: bool = True) -> list[str]:
    """Return the pairs of a text: see `pairs`."""
    return pairs(runs(text, close_up=close_up))


def words_among(found: Iterable[str]) -> list[str]:
    """Return the words of runs, Chinese ones by dictionary, shorter ones inside longer ones too."""
    terms: list[str] = []
    for run in found:
        if is_cjk(run):
            terms += cut_for_search(run)
        else:
            terms.append(run[:_LONGEST_TERM])
    return terms


def words(text: str) -> list[str]:
    """Return the words of a text: see `words_among`."""
    return words_among(runs(text))


def trigrams(initials: str) -> list[str]:
    """Return each three neighbouring initials; two or one stand for themselves."""
    return [initials[at : at + 3] for at in range(max(1, len(initials) - 2))] if initials else []


def line(terms: Iterable[str]) -> str:
    """Return terms as the index takes them in: parted by blanks."""
    return " ".join(terms)
