"""A question put into the engine's terms: what must match, and what makes one hit better than another."""

from __future__ import annotations

import re

import tantivy
from tantivy import Occur, Query

from wenlan.catalogue.description import numbers
from wenlan.catalogue.description.chinese import syllables
from wenlan.catalogue.description.folding import key
from wenlan.catalogue.search.schema import GRAMS
from wenlan.catalogue.search.tokens import grams, is_cjk, runs, trigrams, words
from wenlan.catalogue.types import SearchField, SearchQuery

EXACT_TITLE, TITLE_START, PHRASE_IN_TITLE, ISBN_FOUND = 1000.0, 300.0, 100.0, 2000.0
NEAR_SHARE = 0.5
LONGEST_TEXT = 200
LONGEST_START = 60

_EVERYWHERE = ("title", "author", "subject", "series")
_LATIN = re.compile(r"[a-z][a-z' ]*")
_CLASS_NUMBER = re.compile(r"[A-Za-z]{1,2}\d[\d.\-=()/:A-Za-z]*")
_NUMBER = re.compile(r"[\dXx][\dXx -]{6,}")
_SPECIAL = re.compile(r"[^0-9a-z\u0080-\U0010ffff]")


def as_query(schema: tantivy.Schema, asked: SearchQuery) -> Query:
    """Return the whole question: the words and every filter."""
    parts: list[tuple[Occur, Query]] = []
    if text := asked.text.strip()[:LONGEST_TEXT]:
        parts.append((Occur.Must, Asking(schema).words(text, asked.field)))
    for name in ("main_class", "material", "language", "audience"):
        if value := getattr(asked, name):
            parts.append((Occur.Must, Query.const_score_query(Query.term_query(schema, name, value), 0.0)))
    if asked.class_number:
        parts.append((Occur.Must, Asking(schema).starting("class_number", asked.class_number.lower())))
    if asked.year_from is not None or asked.year_to is not None:
        span = Query.range_query(schema, "year", tantivy.FieldType.Integer, asked.year_from, asked.year_to)
        parts.append((Occur.Must, Query.const_score_query(span, 0.0)))
    return Query.boolean_query(parts) if parts else Query.all_query()


class Asking:
    """Builds queries on one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self.schema = schema

    def words(self, text: str, field: str) -> Query:
        """Return what `text` means in `field`: every part must be found, the nearest to a title comes first."""
        if field == SearchField.NUMBER:
            return self.number(text)
        if field == SearchField.CLASS:
            return self.starting("class_number", "".join(text.lower().split()))
        matching = [self.matching(text, field)]
        if field == SearchField.ANY:
            if numbers.isbn13(text) or _NUMBER.fullmatch(text):
                matching.append(Query.boost_query(self.number(text), ISBN_FOUND))
            if _CLASS_NUMBER.fullmatch(text):
                matching.append(self.starting("class_number", text.lower()))
        if field in (SearchField.ANY, SearchField.TITLE):
            matching += self.by_sound(text)
        better = self.nearness(text) if field in (SearchField.ANY, SearchField.TITLE) else []
        whole = any_of(matching)
        return Query.boolean_query([(Occur.Must, whole), *((Occur.Should, one) for one in better)])

    def matching(self, text: str, field: str) -> Query:
        """Return documents where each part of the text stands together in one place, or all its words do."""
        places = _EVERYWHERE if field == SearchField.ANY else (GRAMS[field],)
        parts = text.split()
        each = [any_of([self.phrase(place, part) for place in places]) for part in parts]
        ways = [_all_of(each)] if each else [Query.empty_query()]
        ways += [self.phrase(place, text) for place in places if len(parts) > 1]
        if field in (SearchField.ANY, SearchField.TITLE) and (terms := words(text)):
            place = "words" if field == SearchField.ANY else "title_words"
            ways.append(_all_of([Query.term_query(self.schema, place, one, "freq") for one in dict.fromkeys(terms)]))
        return any_of(ways)

    def phrase(self, place: str, text: str) -> Query:
        """Return documents where the text stands as it is, any of its characters missing before and after."""
        whole = grams(text)
        terms = [one for one in whole if len(one) > 1 or not is_cjk(one)]
        if not any(map(is_cjk, terms)):  # `3册`: the lone character is all there is of Chinese
            terms = whole
        if not terms:
            return Query.empty_query()
        if len(terms) == 1:
            return Query.term_query(self.schema, place, terms[0], "freq")
        return Query.phrase_query(self.schema, place, list(terms))

    def nearness(self, text: str) -> list[Query]:
        """Return what lifts a hit: the exact title, then its beginning, then standing together in it."""
        whole = key(text)
        if not whole:
            return []
        exact = Query.const_score_query(Query.term_query(self.schema, "title_key", whole), EXACT_TITLE)
        start = Query.const_score_query(self.starting("title_key", whole), TITLE_START)
        together = Query.const_score_query(self.phrase("title", text), PHRASE_IN_TITLE)
        in_title = [Query.term_query(self.schema, "title_words", one, "freq") for one in dict.fromkeys(words(text))]
        return [exact, start, together, *in_title, *self.titles_among(text.split())]

    def titles_among(self, parts: list[str]) -> list[Query]:
        """Return what lifts a title that is one part of the text, the author being another."""
        wholes = [key(one) for one in parts if key(one)] if len(parts) > 1 else []
        return [
            Query.const_score_query(Query.term_query(self.schema, "title_key", one), EXACT_TITLE / 2) for one in wholes
        ]

    def by_sound(self, text: str) -> list[Query]:
        """Return what Latin letters may mean: pinyin from the start of a title, syllables, initials."""
        folded = text.lower().replace("'", " ")
        if not _LATIN.fullmatch(folded):
            return []
        letters = folded.replace(" ", "")
        found = [Query.const_score_query(self.starting("initials_key", letters), 20.0)]
        if len(letters) > 1:
            found.append(Query.const_score_query(self.starting("pinyin_key", letters), 30.0))
        if len(letters) > 2:
            terms = trigrams(letters)
            found.append(
                Query.phrase_query(self.schema, "initials", list(terms))
                if len(terms) > 1
                else Query.term_query(self.schema, "initials", terms[0])
            )
        if len(read := folded.split()) > 1:
            found.append(Query.phrase_query(self.schema, "pinyin", list(read)))
        return found

    def number(self, text: str) -> Query:
        """Return the records with this ISBN in either form, ISSN or other number."""
        forms = {numbers.isbn13(text), numbers.issn(text), numbers.any_number(text)} - {""}
        return any_of([Query.term_query(self.schema, "number", one) for one in forms])

    def starting(self, place: str, beginning: str) -> Query:
        """Return the records whose value in `place` begins so."""
        escaped = _SPECIAL.sub(lambda found: "\\" + found[0], beginning[:LONGEST_START])
        return Query.regex_query(self.schema, place, escaped + ".*")

    def near(self, text: str) -> Query:
        """Return titles with half of the text in them, or that sound like it, or are one letter away."""
        terms = list(dict.fromkeys(grams(text)))
        ways: list[Query] = []
        pairs = [(Occur.Should, Query.term_query(self.schema, "title", one, "freq")) for one in terms]
        if pairs:
            ways.append(Query.boolean_query(pairs, minimum_number_should_match=max(1, round(len(pairs) * NEAR_SHARE))))
        if any(is_cjk(run) for run in runs(text)):
            sound = "".join(syllables("".join(runs(text))))
            ways.append(Query.const_score_query(self.starting("pinyin_key", sound.lower()), 50.0))
        ways += [
            Query.fuzzy_term_query(self.schema, "title_words", one, 1 if len(one) < 8 else 2)
            for one in terms
            if len(one) > 3 and one.isascii()
        ]
        return any_of(ways)


def any_of(ways: list[Query]) -> Query:
    """Return what matches any of these."""
    if not ways:
        return Query.empty_query()
    return ways[0] if len(ways) == 1 else Query.boolean_query([(Occur.Should, one) for one in ways])


def _all_of(parts: list[Query]) -> Query:
    return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Must, one) for one in parts])
