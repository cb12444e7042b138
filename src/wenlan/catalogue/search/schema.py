"""The fields of the embedded index, and a record as a document of it."""

from __future__ import annotations

import tantivy

from wenlan.catalogue.search.engine import IndexedRecord
from wenlan.catalogue.search.tokens import grams, line, trigrams, words

SHAPE = "1"  # goes up with every change to this file: an index of another shape is rebuilt

GRAMS = {"title": "title", "author": "author", "subject": "subject", "series": "series", "publisher": "publisher"}
FACETS = ("main_class", "material", "language", "audience")


def build_schema() -> tantivy.Schema:
    """Return the schema. Analysed text arrives as terms parted by blanks (see `tokens`)."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", stored=False, indexed=True, fast=True)
    builder.add_text_field("shown", stored=True, tokenizer_name="raw", index_option="basic")
    for name in GRAMS.values():
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("title_words", tokenizer_name="whitespace", index_option="freq")
    for name in ("title_key", "pinyin_key", "initials_key", "number", "class_number"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("pinyin", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("initials", tokenizer_name="whitespace", index_option="position")
    for name in FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("year", indexed=True, fast=True)
    builder.add_integer_field("popularity", fast=True)
    return builder.build()


def document(record: IndexedRecord) -> tantivy.Document:
    """Return the record as a document."""
    made = tantivy.Document()
    made.add_unsigned("id", record.id)
    made.add_text("shown", record.title)
    made.add_text("title_key", record.title_key)
    title_words = words(record.title)
    made.add_text("title_words", line(title_words))
    _add_grams(made, "title", (record.title, *record.other_titles))
    _add_grams(made, "author", record.authors)
    _add_grams(made, "subject", record.subjects)
    _add_grams(made, "series", (record.series,))
    _add_grams(made, "publisher", (record.publisher,))
    rest = (*record.other_titles, *record.authors, *record.subjects, record.series)
    made.add_text("words", line((*title_words, *(one for text in rest for one in words(text)))))
    for number in record.numbers:
        made.add_text("number", number)
    if record.class_number:
        made.add_text("class_number", record.class_number.lower())
    if record.pinyin:
        made.add_text("pinyin", record.pinyin)
        made.add_text("pinyin_key", record.pinyin.replace(" ", ""))
        made.add_text("initials_key", record.initials)
        made.add_text("initials", line(trigrams(record.initials)))
    for name in FACETS:
        if value := getattr(record, name):
            made.add_text(name, value)
    if record.year is not None:
        made.add_integer("year", record.year)
    made.add_integer("popularity", record.popularity)
    return made


def _add_grams(made: tantivy.Document, name: str, texts: tuple[str, ...]) -> None:
    for text in texts:
        if text:
            made.add_text(name, line(grams(text)))
