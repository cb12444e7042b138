"""Chinese text cut into words, and its pinyin.

Both dictionaries are large and take a third of a second to load; most processes never ask them. So they are
imported when they are first asked, once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import NamedTuple


class _Cutters(NamedTuple):
    """The ways to cut a run of Chinese characters into words."""

    plain: Callable[[str], Iterable[str]]
    for_search: Callable[[str], Iterable[str]]


@cache
def _cutters() -> _Cutters:
    import rjieba  # on first use: see above

    return _Cutters(rjieba.cut, rjieba.cut_for_search)


@cache
def _reader() -> Callable[[str], list[str]]:
    from pypinyin import lazy_pinyin  # on first use: see above

    return lazy_pinyin


def cut(text: str) -> Iterable[str]:
    """Return the words of the text, one after the other."""
    return _cutters().plain(text)


def cut_for_search(text: str) -> Iterable[str]:
    """Return the words of the text and the shorter words inside them."""
    return _cutters().for_search(text)


def syllables(text: str) -> list[str]:
    """Return the pinyin of the text without tones, one syllable a character; other scripts stay as they are."""
    return _reader()(text)


@lru_cache(maxsize=50_000)
def word_syllables(word: str) -> str:
    """Return the pinyin of one word, parted by blanks: the dictionary reads whole words better, and they come again."""
    return " ".join(syllables(word))


@lru_cache(maxsize=10_000)
def word_readings(word: str) -> tuple[tuple[str, ...], ...]:
    """Return every reading of each character of a word, the likeliest first; a word the dictionary knows has one each.

    The word is of Chinese characters only.
    """
    from pypinyin import Style, pinyin  # on first use: see above

    return tuple(tuple(dict.fromkeys(one)) for one in pinyin(word, style=Style.NORMAL, heteronym=True))
