"""From a CQL tree to the catalogue's own question. Pure: what the catalogue cannot ask is a diagnostic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from wenlan.catalogue.types import Counts, SearchField, SearchQuery, SearchSort
from wenlan.protocols.sru.cql import Boolean, Clause, Node, Query
from wenlan.protocols.sru.messages import Code, Refused

DEFAULT_SET = "dc"
TEXT_INDEXES = {
    "cql.serverchoice": SearchField.ANY,
    "cql.anywhere": SearchField.ANY,
    "cql.keywords": SearchField.ANY,
    "dc.title": SearchField.TITLE,
    "bath.title": SearchField.TITLE,
    "dc.creator": SearchField.AUTHOR,
    "dc.contributor": SearchField.AUTHOR,
    "bath.author": SearchField.AUTHOR,
    "bath.name": SearchField.AUTHOR,
    "dc.subject": SearchField.SUBJECT,
    "bath.subject": SearchField.SUBJECT,
    "dc.publisher": SearchField.PUBLISHER,
    "dc.identifier": SearchField.NUMBER,
    "bath.isbn": SearchField.NUMBER,
    "bath.issn": SearchField.NUMBER,
    "bath.standardidentifier": SearchField.NUMBER,
    "rec.identifier": SearchField.NUMBER,
    "wenlan.series": SearchField.SERIES,
}
DATE, LANGUAGE, CLASS, EVERYTHING = "dc.date", "dc.language", "wenlan.class", "cql.allrecords"
INDEXES = (*TEXT_INDEXES, DATE, LANGUAGE, CLASS, EVERYTHING)
SETS = ("cql", "dc", "bath", "rec", "wenlan")
SCANNED = ("dc.title", "bath.title")
WITHOUT_SET = {
    "isbn": "bath.isbn",
    "issn": "bath.issn",
    "author": "dc.creator",
    "class": CLASS,
    "series": "wenlan.series",
}

DEEPEST = 8
LONGEST = 200  # what the catalogue reads of a question

_FIELD_NAMES = {
    SearchField.ANY: "",
    SearchField.TITLE: "title:",
    SearchField.AUTHOR: "author:",
    SearchField.SUBJECT: "subject:",
    SearchField.PUBLISHER: "publisher:",
    SearchField.SERIES: "series:",
    SearchField.NUMBER: "number:",
}
_ORDERED = ("<", ">", "<=", ">=", "<>", "within", "encloses")
_MASKS = re.compile(r"(?<!\\)(?:\\\\)*[*?^]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SIGNS = re.compile(r'^-|[()（）"“”:：]')
_QUOTES = re.compile(r'["“”]')
_YEAR = re.compile(r"\d{4}")
_FIRST_YEAR, _LAST_YEAR = -9999, 9999


def search_query(query: Query, *, page: int, size: int) -> SearchQuery:
    """Return the catalogue's question. Raises Refused.

    What must hold in any case and is no word becomes a filter; the rest is written in the catalogue's own language
    of exact search (`catalogue.search.language`).
    """
    asked = SearchQuery(page=page, size=size, sort=_sort(query), counts=Counts.NEVER)
    parts: list[Node] = []
    for part in _conjuncts(query.root):
        narrowed = _narrowed(asked, part) if isinstance(part, Clause) else None
        if narrowed is None:
            parts.append(part)
        else:
            asked = narrowed
    if len(parts) == 1 and isinstance(parts[0], Clause) and (plainly := _plainly(parts[0])):
        field, text = plainly
    else:
        field, text = SearchField.ANY, " AND ".join(_bracketed(one) for one in parts)
    if len(text) > LONGEST or _depth(text) > DEEPEST:
        raise Refused(Code.TOO_MANY_BOOLEAN_OPERATORS, "the question is too long")
    return replace(asked, field=field, text=text)


def name_of(index: str) -> str:
    """Return an index under its full name, in lower case. Raises Refused for one that there is not."""
    name = index.lower()
    if "." not in name:
        name = WITHOUT_SET.get(name, f"{DEFAULT_SET}.{name}")
    context = name.partition(".")[0]
    if context not in SETS:
        raise Refused(Code.UNSUPPORTED_CONTEXT_SET, context)
    if name == "cql.resultsetid":
        raise Refused(Code.RESULT_SETS_NOT_SUPPORTED)
    if name not in INDEXES:
        raise Refused(Code.UNSUPPORTED_INDEX, index)
    return name


def plain(term: str) -> str:
    """Return the term as text. Raises Refused for signs that stand for others, and for nothing at all."""
    if found := _MASKS.search(term):
        raise Refused(Code.MASKING_CHARACTER_NOT_SUPPORTED, found[0][-1])
    text = _ESCAPED.sub(lambda found: found[1], term).strip()
    if not text:
        raise Refused(Code.EMPTY_TERM_UNSUPPORTED)
    return text


def _conjuncts(node: Node) -> Iterator[Node]:
    """Yield the parts that must all hold."""
    if isinstance(node, Boolean) and node.operator == "and" and not node.modifiers:
        yield from _conjuncts(node.left)
        yield from _conjuncts(node.right)
    else:
        yield node


def _narrowed(asked: SearchQuery, clause: Clause) -> SearchQuery | None:
    """Return the question with a clause as a filter, or None for one about words."""
    name = name_of(clause.index)
    if name in TEXT_INDEXES:
        return None
    text = _checked(clause)
    if name == DATE:
        first, last = years(clause.relation, text)
        low = asked.year_from if first == _FIRST_YEAR else max(first, asked.year_from or first)
        high = asked.year_to if last == _LAST_YEAR else min(last, asked.year_to or last)
        return replace(asked, year_from=low, year_to=high)
    if clause.relation not in ("=", "==", "exact", "scr"):
        raise Refused(Code.UNSUPPORTED_COMBINATION_OF_RELATION_AND_INDEX, f"{clause.relation} {name}")
    if name == LANGUAGE:
        return replace(asked, language=text.lower()[:3])
    return replace(asked, class_number=text) if name == CLASS else asked


def _checked(clause: Clause) -> str:
    """Return the term as text. Raises Refused for modifiers, which no clause takes."""
    if clause.modifiers:
        raise Refused(Code.UNSUPPORTED_RELATION_MODIFIER, clause.modifiers[0].name)
    return plain(clause.term)


def _plainly(clause: Clause) -> tuple[str, str] | None:
    """Return field and words of a clause that needs no sign of the exact language, or None."""
    text = _checked(clause)
    if clause.relation in ("=", "scr") and all(_is_bare(one) for one in text.split()):
        return TEXT_INDEXES[name_of(clause.index)], text
    return None


def _written(node: Node) -> str:
    """Return a part in the catalogue's language of exact search."""
    if isinstance(node, Boolean):
        return _joined(node)
    name = name_of(node.index)
    text = _checked(node)
    if name == DATE:
        first, last = years(node.relation, text)
        low, high = "" if first == _FIRST_YEAR else first, "" if last == _LAST_YEAR else last
        return f"year:{low}" if low == high else f"year:{low}-{high}"
    if name not in TEXT_INDEXES:
        raise Refused(Code.QUERY_FEATURE_UNSUPPORTED, f"{name} under or, or under not")
    return _FIELD_NAMES[SearchField(TEXT_INDEXES[name])] + _words(node.relation, text)


def _joined(node: Boolean) -> str:
    if node.operator == "prox":
        raise Refused(Code.PROXIMITY_NOT_SUPPORTED)
    if node.modifiers:
        raise Refused(Code.UNSUPPORTED_BOOLEAN_MODIFIER, node.modifiers[0].name)
    operator = {"and": "AND", "or": "OR", "not": "AND NOT"}[node.operator]
    same = isinstance(node.left, Boolean) and node.left.operator == node.operator and not node.left.modifiers
    if isinstance(node.left, Clause) and node.operator == "not" and name_of(node.left.index) == EVERYTHING:
        return f"NOT {_bracketed(node.right)}"
    return f"{_written(node.left) if same else _bracketed(node.left)} {operator} {_bracketed(node.right)}"


def _bracketed(node: Node) -> str:
    return _written(node) if isinstance(node, Clause) else f"({_written(node)})"


def _words(relation: str, text: str) -> str:
    words = text.split()
    if relation in ("=", "scr", "all"):
        return _group(words, " " if all(map(_is_bare, words)) and relation != "all" else " AND ")
    if relation == "any":
        return _group(words, " OR ")
    if relation in ("adj", "==", "exact"):
        return _phrase(text)
    if relation in _ORDERED:
        raise Refused(Code.UNSUPPORTED_COMBINATION_OF_RELATION_AND_INDEX, relation)
    raise Refused(Code.UNSUPPORTED_RELATION, relation)


def _group(words: list[str], between: str) -> str:
    written = [one if _is_bare(one) else _phrase(one) for one in words]
    return written[0] if len(written) == 1 else f"({between.join(written)})"


def _phrase(text: str) -> str:
    """Return a text to be found as it stands; marks of quotation have no place in one."""
    kept = _QUOTES.sub(" ", text).strip()
    if not kept:
        raise Refused(Code.TERM_IN_INVALID_FORMAT, text)
    return f'"{kept}"'


def _is_bare(word: str) -> bool:
    """Whether a word means nothing but itself in the language of exact search."""
    return word not in ("AND", "OR", "NOT") and not _SIGNS.search(word)


def _depth(text: str) -> int:
    """Return how deep the brackets are."""
    deepest = depth = 0
    for one in text:
        depth += (one == "(") - (one == ")")
        deepest = max(deepest, depth)
    return deepest


def years(relation: str, text: str) -> tuple[int, int]:
    """Return the first and the last year that a clause about the date admits."""
    stated = text.split() if relation == "within" else [text]
    if len(stated) != (2 if relation == "within" else 1) or not all(_YEAR.fullmatch(one[:4]) for one in stated):
        raise Refused(Code.TERM_IN_INVALID_FORMAT, text)
    first, last = int(stated[0][:4]), int(stated[-1][:4])
    spans = {
        "=": (first, first),
        "==": (first, first),
        "exact": (first, first),
        "scr": (first, first),
        "within": (first, last),
        ">": (first + 1, _LAST_YEAR),
        ">=": (first, _LAST_YEAR),
        "<": (_FIRST_YEAR, first - 1),
        "<=": (_FIRST_YEAR, first),
    }
    if relation not in spans:
        raise Refused(Code.UNSUPPORTED_COMBINATION_OF_RELATION_AND_INDEX, f"{relation} {DATE}")
    return spans[relation]


def _sort(query: Query) -> str:
    if not query.sort:
        return SearchSort.RELEVANCE
    key = query.sort[0]
    if len(query.sort) > 1 or name_of(key.index) != DATE:
        raise Refused(Code.UNSUPPORTED_SORT_SEQUENCE, key.index)
    orders = {"sort.ascending": SearchSort.OLDEST, "sort.descending": SearchSort.NEWEST}
    stated = [one.name for one in key.modifiers]
    if any(one not in orders for one in stated):
        raise Refused(Code.UNSUPPORTED_SORT_SEQUENCE, stated[0])
    return orders[stated[-1]] if stated else SearchSort.OLDEST
