"""A question of a reader as a question to the index: what must match, and what makes one hit better than another."""

from __future__ import annotations

import re

from wenlan.catalogue.description import numbers
from wenlan.catalogue.description.chinese import syllables
from wenlan.catalogue.search import language
from wenlan.catalogue.search.classes import is_class
from wenlan.catalogue.search.question import (
    AnyTerm,
    Every,
    Everything,
    Lifted,
    Like,
    Nothing,
    Phrase,
    Question,
    Some,
    Span,
    Starts,
    Term,
    Worth,
    all_of,
    some_of,
)
from wenlan.catalogue.search.tokens import START, grams, is_cjk, pairs, runs, same, title_key, trigrams, words
from wenlan.catalogue.types import SearchField, SearchQuery, Subtree

NUMBER_FOUND, EXACT_TITLE, TITLE_START, PHRASE_IN_TITLE, BY_SOUND = 2000.0, 1000.0, 300.0, 100.0, 25.0
LONGEST_TEXT = 200
LONGEST_START = 60
NEAR_SHARE = 0.5

_EVERYWHERE = ("title", "author", "subject", "series")
_IN_TITLE = (SearchField.ANY, SearchField.TITLE)
_LATIN = re.compile(r"[a-z][a-z' ]*")
_CLASS_NUMBER = re.compile(r"[A-Za-z]{1,2}\d[\d.\-=()/:A-Za-z]*")
_NUMBER = re.compile(r"[\dXx][\dXx -]{6,}")


def question(asked: SearchQuery) -> Question:
    """Return the whole question: the words and every filter."""
    parts: list[Question] = []
    if text := asked.text.strip()[:LONGEST_TEXT]:
        parts.append(_said(language.read(text, asked.field)))
    for place in ("material", "language", "audience"):
        if value := getattr(asked, place):
            parts.append(Worth(Term(place, value), 0))
    if asked.at:
        parts.append(Worth(held_at(asked.at), 0))
    for number in (asked.main_class, asked.class_number):
        if number:
            parts.append(Worth(of_class(number), 0))
    if asked.year_from is not None or asked.year_to is not None:
        parts.append(Worth(Span("year", asked.year_from, asked.year_to), 0))
    return all_of(parts)


def held_at(place: Subtree) -> Question:
    """Return the records that are held at a place or under it."""
    return AnyTerm("node", tuple(str(one) for one in place.nodes))


def typed(text: str) -> Question:
    """Return the titles that begin with what is being typed: by characters, pinyin or initials."""
    if not title_key(text):
        return Nothing()
    return some_of([beginning(text), *by_sound(text)])


def near(text: str) -> Question:
    """Return titles with half of the text in them, that sound like it, or are one letter away; most of its parts."""
    text = text.strip()[:LONGEST_TEXT]
    found = runs(text)
    terms = list(dict.fromkeys(pairs(found)))
    ways: list[Question] = []
    if terms:
        at_least = max(1, round(len(terms) * NEAR_SHARE))
        ways.append(Some(tuple(Term("title", one) for one in terms), at_least))
    if any(map(is_cjk, found)) and len(read := [one.lower() for one in syllables("".join(found))]) > 1:
        ways.append(Worth(Phrase("pinyin", tuple(read)), 60))
        ways.append(Worth(Starts("pinyin_key", "".join(read)[:LONGEST_START]), 30))
        ways.append(Worth(Term("pinyin_key", "".join(read)), 100))
    ways += [
        Like("title_words", one, 1 if len(one) < 8 else 2)
        for one in terms
        if 3 < len(one) <= LONGEST_START and one.isascii()
    ]
    parts = text.split()
    if len(parts) > 1:
        each = tuple(matching(part, SearchField.ANY) for part in parts)
        ways.append(Some(each, max(1, len(each) - 1)))
    return some_of(ways)


def _said(said: language.Said) -> Question:
    """Return what was said, part by part."""
    if isinstance(said, language.Words):
        return in_words(said.text, said.field)
    if isinstance(said, language.Quoted):
        return quoted(said.text, said.field)
    if isinstance(said, language.Years):
        return Worth(Span("year", said.low, said.high), 1)
    if isinstance(said, language.Either):
        return some_of([_said(one) for one in said.parts])
    parts = tuple(_said(one) for one in said.parts)
    without = tuple(_said(one) for one in said.without)
    if any(isinstance(one, Nothing) for one in parts):
        return Nothing()
    return Every(parts or (Everything(),), without) if without else all_of(list(parts))


def in_words(text: str, field: str) -> Question:
    """Return what `text` means in `field`: every part must be found, the nearest to a title comes first."""
    if field == SearchField.NUMBER:
        return by_number(text)
    if field == SearchField.CLASS:
        return of_class(text)
    if field == SearchField.CALL:
        return Starts("call_number", same(text).replace(" ", ""))
    ways = [matching(text, field)]
    if field == SearchField.ANY:
        if numbers.isbn13(text) or _NUMBER.fullmatch(text):
            ways.append(Worth(by_number(text), NUMBER_FOUND))
        if _CLASS_NUMBER.fullmatch(text):
            ways += [Worth(of_class(text), BY_SOUND), Starts("call_number", same(text))]
    if field in _IN_TITLE:
        ways += by_sound(text)
    whole = some_of(ways)
    return Lifted(whole, tuple(nearness(text))) if field in _IN_TITLE and whole != Nothing() else whole


def quoted(text: str, field: str) -> Question:
    """Return documents in which the text stands as it is."""
    if field in {SearchField.NUMBER, SearchField.CLASS, SearchField.CALL}:
        return in_words(text, field)
    found = some_of([phrase(place, text) for place in _places(field)])
    return Lifted(found, tuple(nearness(text))) if field in _IN_TITLE and found != Nothing() else found


def matching(text: str, field: str) -> Question:
    """Return documents where each part of the text stands together in one place, or all its words do."""
    places = _places(field)
    parts = text.split()
    ways = [all_of([some_of([phrase(place, part) for place in places]) for part in parts])] if parts else []
    ways += [phrase(place, text) for place in places if len(parts) > 1]
    if field in _IN_TITLE and (terms := words(text)):
        place = "words" if field == SearchField.ANY else "title_words"
        ways.append(all_of([Term(place, one) for one in dict.fromkeys(terms)]))
    return some_of(ways)


def phrase(place: str, text: str) -> Question:
    """Return documents where the text stands as it is, any of its characters missing before and after."""
    whole = grams(text)
    terms = [one for one in whole if len(one) > 1 or not is_cjk(one)]
    if not any(map(is_cjk, terms)):  # `3册`: the lone character is all there is of Chinese
        terms = whole
    if not terms:
        return Nothing()
    return Term(place, terms[0]) if len(terms) == 1 else Phrase(place, tuple(terms))


def beginning(text: str) -> Question:
    """Return titles that begin so."""
    found = runs(text)
    if not found:
        return Nothing()
    first = START + (found[0][0] if is_cjk(found[0]) else found[0])
    if len(found) == 1 and not is_cjk(found[0]):
        return Starts("title_key", title_key(text)[:LONGEST_START])
    if len(found) == 1 and len(found[0]) == 1:
        return Term("title", first)
    rest = pairs(found)
    lone = len(found[-1]) == 1 and is_cjk(found[-1])
    terms = (first, *(rest[:-1] if lone else rest))
    return Phrase("title", terms) if len(terms) > 1 else Term("title", first)


def nearness(text: str) -> list[Question]:
    """Return what lifts a hit: the exact title, then its beginning, then standing together in it, then words."""
    whole = title_key(text)
    if not whole:
        return []
    lifts: list[Question] = [
        Worth(Term("title_key", whole), EXACT_TITLE),
        Worth(beginning(text), TITLE_START),
        Worth(phrase("title", text), PHRASE_IN_TITLE),
        *(Term("title_words", one) for one in dict.fromkeys(words(text))),
    ]
    parts = [title_key(one) for one in text.split()]
    if len(parts) > 1:  # one part may be the title, another the author
        lifts += [Worth(Term("title_key", one), EXACT_TITLE / 2) for one in parts if one]
    return [one for one in lifts if not (isinstance(one, Worth) and isinstance(one.part, Nothing))]


def by_sound(text: str) -> list[Question]:
    """Return what Latin letters may mean: pinyin from the start of a title, syllables, initials."""
    folded = text.lower().replace("'", " ")
    if not _LATIN.fullmatch(folded):
        return []
    letters = folded.replace(" ", "")[:LONGEST_TEXT]
    anchored, inside = trigrams(START + letters), trigrams(letters)
    found: list[Question] = []
    if len(letters) == 1:
        found.append(Worth(Starts("initials", START + letters), BY_SOUND))
    else:
        found.append(Worth(_in_row("initials", [anchored[0], *inside] if len(letters) > 2 else anchored), 2 * BY_SOUND))
        found.append(Worth(Term("pinyin_key", letters), 4 * BY_SOUND))
        found.append(Worth(Starts("pinyin_key", letters[:LONGEST_START]), 2 * BY_SOUND))
    if len(letters) > 2:
        found.append(_in_row("initials", inside))
    if len(read := folded.split()) > 1:
        found.append(Phrase("pinyin", tuple(read)))
    return found


def by_number(text: str) -> Question:
    """Return the records with this ISBN in either form, ISSN or other number."""
    forms = {numbers.isbn13(text), numbers.issn(text), numbers.any_number(text)} - {""}
    return some_of([Term("number", one) for one in sorted(forms)])


def of_class(text: str) -> Question:
    """Return the records of a class and of everything under it."""
    number = "".join(text.split())
    return Term("class_path", number.lower()) if is_class(number) else Starts("class_number", number.lower())


def _in_row(place: str, terms: list[str]) -> Question:
    return Phrase(place, tuple(terms)) if len(terms) > 1 else Term(place, terms[0])


def _places(field: str) -> tuple[str, ...]:
    return _EVERYWHERE if field == SearchField.ANY else (field,)
