"""From a CQL tree to the catalogue's own question. Pure: what the catalogue cannot ask is a diagnostic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from wenlan.catalogue.types import SearchField, SearchQuery, SearchSort
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

_TEXT_RELATIONS = ("=", "all", "scr")
_ONE_WORD_RELATIONS = ("any", "adj", "==", "exact")
_MASKS = re.compile(r"(?<!\\)(?:\\\\)*[*?^]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_YEAR = re.compile(r"\d{4}")
_FIRST_YEAR, _LAST_YEAR = -9999, 9999


@dataclass(frozen=True, slots=True)
class _Words:
    """A clause about words: where they are looked for, and which."""

    field: str
    text: str


def search_query(query: Query, *, page: int, size: int) -> SearchQuery:
    """Return the catalogue's question. Raises Refused."""
    asked = SearchQuery(page=page, size=size, sort=_sort(query))
    words: list[_Words] = []
    for clause in _conjuncts(query.root):
        found = _part(clause)
        if isinstance(found, _Words):
            words.append(found)
        else:
            asked = found(asked)
    fields = {one.field for one in words}
    if len(fields) > 1:
        raise Refused(Code.QUERY_FEATURE_UNSUPPORTED, "words of one index at a time")
    return replace(asked, text=" ".join(one.text for one in words), field=fields.pop() if fields else SearchField.ANY)


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


def _conjuncts(node: Node) -> Iterator[Clause]:
    """Yield the clauses that must all hold. Raises Refused where anything else is asked."""
    if isinstance(node, Clause):
        yield node
        return
    _check_operator(node)
    yield from _conjuncts(node.left)
    yield from _conjuncts(node.right)


def _check_operator(node: Boolean) -> None:
    if node.operator == "prox":
        raise Refused(Code.PROXIMITY_NOT_SUPPORTED)
    if node.modifiers:
        raise Refused(Code.UNSUPPORTED_BOOLEAN_MODIFIER, node.modifiers[0].name)
    if node.operator != "and":
        raise Refused(Code.UNSUPPORTED_BOOLEAN_OPERATOR, node.operator)


def _part(clause: Clause) -> _Words | Callable[[SearchQuery], SearchQuery]:
    """Return what a clause adds to the question."""
    name = name_of(clause.index)
    if clause.modifiers:
        raise Refused(Code.UNSUPPORTED_RELATION_MODIFIER, clause.modifiers[0].name)
    text = plain(clause.term)
    if name in TEXT_INDEXES:
        return _words(TEXT_INDEXES[name], clause.relation, text)
    if name == DATE:
        first, last = years(clause.relation, text)
        return lambda asked: replace(
            asked,
            year_from=max(first, asked.year_from or first) if first != _FIRST_YEAR else asked.year_from,
            year_to=min(last, asked.year_to or last) if last != _LAST_YEAR else asked.year_to,
        )
    if clause.relation not in ("=", "==", "exact", "scr"):
        raise Refused(Code.UNSUPPORTED_COMBINATION_OF_RELATION_AND_INDEX, f"{clause.relation} {name}")
    if name == LANGUAGE:
        return lambda asked: replace(asked, language=text.lower()[:3])
    if name == CLASS:
        return lambda asked: replace(asked, class_number=text)
    return lambda asked: asked


def _words(field: str, relation: str, text: str) -> _Words:
    if relation in _TEXT_RELATIONS or (relation in _ONE_WORD_RELATIONS and len(text.split()) == 1):
        return _Words(field, text)
    if relation in _ONE_WORD_RELATIONS or relation in ("<", ">", "<=", ">=", "<>", "within", "encloses"):
        raise Refused(Code.UNSUPPORTED_COMBINATION_OF_RELATION_AND_INDEX, f"{relation} {field}")
    raise Refused(Code.UNSUPPORTED_RELATION, relation)


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
