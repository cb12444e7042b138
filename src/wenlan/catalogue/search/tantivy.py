"""The embedded engine's own terms: its schema, its documents, its queries."""

from __future__ import annotations

import re
from typing import Any

import tantivy
from tantivy import Occur, Query

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
)
from wenlan.catalogue.search.schema import EXACT, FACETS, LEVELS, PAIRS, SOUNDS, WORDS

_SPECIAL = re.compile(r"[^0-9a-z\u0080-\U0010ffff]")
_WEIGHTED = (*PAIRS, *WORDS, *SOUNDS)
_TEXTS = (*_WEIGHTED, *EXACT, *LEVELS, *FACETS)


def build_schema() -> tantivy.Schema:
    """Return the schema: analysed text is split at blanks, exact terms are taken whole, facets are fast."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", stored=False, indexed=True, fast=True)
    builder.add_text_field("shown", stored=True, tokenizer_name="raw", index_option="basic")
    for name in (*PAIRS, *SOUNDS):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in WORDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in EXACT:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in (*LEVELS, *FACETS):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("year", indexed=True, fast=True)
    builder.add_float_field("weight", fast=True)
    return builder.build()


def as_document(values: dict[str, Any]) -> tantivy.Document:
    """Return what `schema.document` made as a document of this engine."""
    made = tantivy.Document()
    made.add_unsigned("id", values["id"])
    made.add_text("shown", values["shown"])
    for name in _TEXTS:
        for one in values.get(name, ()):
            made.add_text(name, one)
    if values["year"] is not None:
        made.add_integer("year", values["year"])
    made.add_float("weight", 2 ** values["weight"] - 2)  # the engine multiplies by log2(2 + this)
    return made


def as_query(schema: tantivy.Schema, question: Question) -> Query:
    """Return the question in this engine's terms."""
    match question:
        case Term(place, term):
            return Query.term_query(schema, place, term, "freq" if place in _WEIGHTED else "basic")
        case AnyTerm(place, terms):
            return Query.term_set_query(schema, place, list(terms))
        case Phrase(place, terms):
            return Query.phrase_query(schema, place, list(terms))
        case Starts(place, beginning):
            escaped = _SPECIAL.sub(lambda found: "\\" + found[0], beginning)
            return Query.regex_query(schema, place, escaped + ".*")
        case Like(place, term, edits):
            return Query.fuzzy_term_query(schema, place, term, edits)
        case Span(place, low, high):
            return Query.range_query(schema, place, tantivy.FieldType.Integer, low, high)
        case Worth(part, score):
            return Query.const_score_query(as_query(schema, part), score)
        case Everything():
            return Query.all_query()
        case Nothing():
            return Query.empty_query()
    return _combined(schema, question)


def _combined(schema: tantivy.Schema, question: Every | Some | Lifted) -> Query:
    def each(occurs: Occur, parts: tuple[Question, ...]) -> list[tuple[Occur, Query]]:
        return [(occurs, as_query(schema, part)) for part in parts]

    match question:
        case Every(parts, without):
            return Query.boolean_query([*each(Occur.Must, parts), *each(Occur.MustNot, without)])
        case Some(parts, least):
            return Query.boolean_query(each(Occur.Should, parts), minimum_number_should_match=least)
        case Lifted(part, by):
            return Query.boolean_query([*each(Occur.Must, (part,)), *each(Occur.Should, by)])
