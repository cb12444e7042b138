"""Books as packages declare them (`books.py`), checked, and as JSON rows keep them."""

import importlib
import pkgutil
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import cache
from importlib.util import find_spec
from typing import Any

import wenlan
from wenlan.ledger.kinds import Kind
from wenlan.registers.errors import BookMisdeclared
from wenlan.registers.sentences import places_of
from wenlan.registers.types import Book, Choice, Field, FieldKind, Level

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
COUNTABLE = {FieldKind.INTEGER, FieldKind.DECIMAL}
ALWAYS_KNOWN = {"day", "node", "department"}


@cache
def shipped_books() -> tuple[Book, ...]:
    """Return the books of every package, checked. Raises BookMisdeclared."""
    found: list[Book] = []
    for package in pkgutil.iter_modules(wenlan.__path__):
        module = f"wenlan.{package.name}.books"
        if package.ispkg and find_spec(module) is not None:
            books = importlib.import_module(module).BOOKS
            found += [replace(book, origin=package.name) for book in books]
    for book in found:
        check(book)
    codes = [book.code for book in found]
    for book in found:
        if codes.count(book.code) > 1:
            raise BookMisdeclared(book=book.code, fault="two packages declare it")
    return tuple(found)


def check(book: Book) -> None:
    """Raise BookMisdeclared when a declaration does not hold together."""
    codes = [field.code for field in book.fields]
    choices = {field.code: {choice.code for choice in field.choices} for field in book.fields}
    named = {place for words in book.sentence.values() for place in places_of(words)}
    faults = {
        "its code is not lower case letters, digits and _": not CODE.fullmatch(book.code),
        "a field's code is wrong or used twice": not all(CODE.fullmatch(code) for code in codes)
        or len(set(codes)) < len(codes)
        or ALWAYS_KNOWN & set(codes),
        "it needs words in zh and en": not _is_bilingual(book.words),
        "a field needs words in zh and en": not all(_is_bilingual(field.words) for field in book.fields),
        "its sentence needs zh and en": book.sentence and not _is_bilingual(book.sentence),
        "its sentence names a place it has not": named - set(codes) - ALWAYS_KNOWN,
        "a choice field needs choices": any(
            field.kind == FieldKind.CHOICE and not field.choices for field in book.fields
        ),
        "unknown kind of field": {field.kind for field in book.fields} - set(FieldKind.values),
        "unknown kind of act": {book.kind, *(field.counts or book.kind for field in book.fields)} - set(Kind.values),
        "only numbers count": any(field.counts and field.kind not in COUNTABLE for field in book.fields),
        "subject_from is not a choice field": book.subject_from and not choices.get(book.subject_from),
        "counts_subject_from is not a field": {field.counts_subject_from for field in book.fields} - {"", *codes},
        "unknown level": book.level not in Level.values,
    }
    fault = next((fault for fault, found in faults.items() if found), None)
    if fault:
        raise BookMisdeclared(book=book.code, fault=fault)


def to_json(book: Book) -> dict[str, Any]:
    """Return a declaration as JSON holds it."""
    return asdict(book)


def from_json(declaration: Mapping[str, Any]) -> Book:
    """Return the declaration that `to_json` stored."""
    fields = tuple(
        Field(**{**field, "choices": tuple(Choice(**choice) for choice in field["choices"])})
        for field in declaration["fields"]
    )
    return Book(**{**declaration, "fields": fields})


def _is_bilingual(words: Mapping[str, str]) -> bool:
    return {"zh", "en"} <= set(words) and all(words.values())
