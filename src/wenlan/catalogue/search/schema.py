"""The places of the index, and a record as a document of them: the same for every engine.

Analysed text goes to the engine as terms parted by blanks (see `tokens`), so that no engine needs a plug-in
for Chinese and all find the same.
"""

from __future__ import annotations

from functools import lru_cache
from math import log10
from typing import Any

from wenlan.catalogue.search.classes import MOST_LEVELS, class_path
from wenlan.catalogue.search.engine import IndexedRecord
from wenlan.catalogue.search.tokens import START, is_cjk, line, pairs, runs, same, title_key, trigrams, words_among

SHAPE = "3"  # goes up with every change of a place or of `tokens`: an index of another shape is rebuilt

PAIRS = ("title", "author", "subject", "series", "publisher")
SOUNDS = ("pinyin", "initials")
WORDS = ("words", "title_words")
EXACT = ("title_key", "pinyin_key", "number", "class_path", "class_number", "call_number")
LEVELS = tuple(f"class_{level}" for level in range(1, MOST_LEVELS + 1))
FACETS = ("material", "language", "audience", "node")
NUMBERS = ("year",)
MOST_WEIGHT = 1.5


def document(record: IndexedRecord) -> dict[str, Any]:
    """Return the record as values by place: terms parted by blanks, lists of exact terms, numbers."""
    title = runs(record.title)
    title_words = words_among(title)
    rest = (*record.other_titles, *record.authors, *record.subjects, record.series)
    path = class_path(record.class_number)
    made: dict[str, Any] = {
        "id": record.id,
        "shown": record.title,
        "title": [line([*_beginning(title), *pairs(title)]), *_pairs(record.other_titles)],
        "author": _pairs(record.authors),
        "subject": _pairs(record.subjects),
        "series": _pairs((record.series,)),
        "publisher": _pairs((record.publisher,)),
        "words": [line((*title_words, *map(_words, rest)))],
        "title_words": [line(title_words)],
        "title_key": [title_key(record.title_key)],
        "number": list(record.numbers),
        "class_path": [one.lower() for one in path],
        "class_number": [record.class_number.lower()] if record.class_number else [],
        "call_number": [same(one).replace(" ", "") for one in record.call_numbers],
        "material": [record.material] if record.material else [],
        "language": [record.language] if record.language else [],
        "audience": [record.audience] if record.audience else [],
        "node": [str(one) for one in record.nodes],
        "year": record.year,
        "weight": weight(loans=record.loans, copies=record.copies),
    }
    made.update((level, [path[at]]) for at, level in enumerate(LEVELS) if at < len(path))
    if record.pinyin:
        made["pinyin"] = [record.pinyin]
        made["pinyin_key"] = [record.pinyin.replace(" ", "")]
        made["initials"] = [line([*trigrams(START + record.initials)[:1], *trigrams(record.initials)])]
    return made


def weight(*, loans: int, copies: int) -> float:
    """Return by how much a record's score is multiplied: 1 for one never lent, up to 1 + MOST_WEIGHT."""
    return 1 + min(MOST_WEIGHT, log10(1 + loans + copies) / 2)


def _pairs(texts: tuple[str, ...]) -> list[str]:
    return [_pairs_of(text) for text in texts if text]


@lru_cache(maxsize=20_000)  # people, subjects and publishers come again
def _pairs_of(text: str) -> str:
    return line(pairs(runs(text)))


@lru_cache(maxsize=20_000)
def _words(text: str) -> str:
    return line(words_among(runs(text)))


def _beginning(title: list[str]) -> list[str]:
    """Return the term that only the beginning of a title has."""
    if not title:
        return []
    first = title[0]
    return [START + (first[0] if is_cjk(first) else first)]
