"""How text becomes terms: words, and pairs of neighbouring characters so that any middle is found."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wenlan.catalogue.description.chinese import cut_for_search
from wenlan.catalogue.description.folding import fold

_CJK = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+[+#]*")
_BETWEEN_HAN = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])")
_IS_CJK = re.compile(rf"[{_CJK}]")
_LONGEST_TERM = 100


def runs(text: str, *, close_up: bool = True) -> list[str]:
    """Return stretches of East Asian characters and words of other scripts, folded, in their order.

    `close_up` takes out blanks between characters, which some catalogues write between Chinese words.
    """
    folded = fold(text)
    return _RUN.findall(_BETWEEN_HAN.sub("", folded) if close_up else folded)


def is_cjk(run: str) -> bool:
    """Tell whether a run is of East Asian characters."""
    return bool(_IS_CJK.match(run))


def grams(text: str, *, close_up: bool = True) -> list[str]:
    """Return the pairs of neighbouring characters, and words of other scripts, in their order.

    One after the other they are a phrase: `三体全集` is 三体, 体全, 全集. A character alone is itself.
    """
    found: list[str] = []
    for run in runs(text, close_up=close_up):
        if len(run) > 1 and is_cjk(run):
            found += [run[at : at + 2] for at in range(len(run) - 1)]
        else:
            found.append(run[:_LONGEST_TERM])
    return found


def words(text: str) -> list[str]:
    """Return the words of a text, Chinese ones by dictionary, shorter ones inside longer ones too."""
    found: list[str] = []
    for run in runs(text):
        if is_cjk(run):
            found += cut_for_search(run)
        else:
            found.append(run[:_LONGEST_TERM])
    return found


def trigrams(initials: str) -> list[str]:
    """Return each three neighbouring initials; two or one stand for themselves."""
    return [initials[at : at + 3] for at in range(max(1, len(initials) - 2))] if initials else []


def line(terms: Iterable[str]) -> str:
    """Return terms as the index takes them in: parted by blanks."""
    return " ".join(terms)
