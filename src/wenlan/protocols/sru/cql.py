"""CQL 1.2, the language of SRU: from text to a tree and back. Pure.

    query ::= query boolean clause | clause        boolean ::= (and | or | not | prox) modifiers
    clause ::= ( query ) | [index relation modifiers] term

A query may end with `sortBy` and its keys. Names and operators do not care for case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

BOOLEANS = ("and", "or", "not", "prox")
RESERVED = (*BOOLEANS, "sortby")
SYMBOLS = ("<=", ">=", "<>", "==", "=", "<", ">")
DEEPEST = 30
MOST_CLAUSES = 50
LONGEST = 4000

_TOKEN = re.compile(r'\s*(?:("(?:[^"\\]|\\.)*")|(<=|>=|<>|==|[=<>/()])|((?:\\.|[^\s"()<>=/\\])+))', re.DOTALL)
_PLAIN = re.compile(r'[^\s"()<>=/\\]+')


class CqlError(ValueError):
    """The text is not CQL; the message says where it parts from it."""


@dataclass(frozen=True, slots=True)
class Modifier:
    """A modifier of a relation, boolean or sort key: `/stem`, `/distance<2`."""

    name: str
    relation: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A term looked for. Without an index it is `cql.serverchoice` under `=`.

    In `term` a backslash still stands before what is meant as itself (`\\\\*`, `\\\\"`).
    """

    term: str
    index: str = "cql.serverchoice"
    relation: str = "="
    modifiers: tuple[Modifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Boolean:
    """Two parts joined; booleans have no precedence and group to the left."""

    left: Node
    operator: str
    right: Node
    modifiers: tuple[Modifier, ...] = ()


Node = Clause | Boolean


@dataclass(frozen=True, slots=True)
class SortKey:
    """An index to sort by, with its modifiers (`/sort.descending`)."""

    index: str
    modifiers: tuple[Modifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query."""

    root: Node
    sort: tuple[SortKey, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # "term" (quoted), "symbol", "word" or "end"
    text: str


def parse(text: str) -> Query:
    """Return the query as a tree. Raises CqlError."""
    if len(text) > LONGEST:
        raise CqlError(f"a query has at most {LONGEST} characters")
    parser = _Parser(list(_tokens(text)))
    root = parser.query(0)
    sort = parser.sort_keys()
    if parser.next.kind != "end":
        raise CqlError(f"not expected: {parser.next.text[:40]}")
    return Query(root, sort)


def parse_clause(text: str) -> Clause:
    """Return the one clause that the text is, as a scan states it. Raises CqlError."""
    query = parse(text)
    if not isinstance(query.root, Clause) or query.sort:
        raise CqlError("one clause is expected")
    return query.root


def _tokens(text: str) -> Iterator[_Token]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            raise CqlError("a quotation mark or a backslash is left open")
        quoted, symbol, word = found.groups()
        if quoted is not None:
            yield _Token("term", quoted[1:-1])
        elif symbol is not None:
            yield _Token("symbol", symbol)
        else:
            yield _Token("word", word)
        at = found.end()
    yield _Token("end", "")


class _Parser:
    """Reads tokens from the left."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.clauses = 0

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        token = self.next
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def takes(self, text: str) -> bool:
        """Step over this symbol if it comes next."""
        if self.next == _Token("symbol", text):
            self.take()
            return True
        return False

    def query(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise CqlError("the parentheses are too deep")
        left = self.clause(depth)
        while self.next.kind == "word" and self.next.text.lower() in BOOLEANS:
            operator = self.take().text.lower()
            modifiers = self.modifiers()
            left = Boolean(left, operator, self.clause(depth), modifiers)
        return left

    def clause(self, depth: int) -> Node:
        if self.takes("("):
            inner = self.query(depth + 1)
            if not self.takes(")"):
                raise CqlError("a parenthesis is not closed")
            return inner
        self.clauses += 1
        if self.clauses > MOST_CLAUSES:
            raise CqlError(f"a query has at most {MOST_CLAUSES} clauses")
        first = self.word("a term")
        relation = self.relation()
        if not relation:
            return Clause(first.text)
        modifiers = self.modifiers()
        return Clause(self.word("a term").text, first.text.lower(), relation, modifiers)

    def word(self, what: str) -> _Token:
        reserved = self.next.kind == "word" and self.next.text.lower() in RESERVED
        if self.next.kind not in ("word", "term") or reserved:
            raise CqlError(f"{what} is expected, not {self.next.text[:40] or 'the end'}")
        return self.take()

    def relation(self) -> str:
        """Return the relation that comes next, or an empty string: a symbol, or a word that a term follows."""
        if self.next.kind == "symbol" and self.next.text in SYMBOLS:
            return self.take().text
        named = self.next.kind == "word" and self.next.text.lower() not in RESERVED
        return self.take().text.lower() if named else ""

    def modifiers(self) -> tuple[Modifier, ...]:
        found = []
        while self.takes("/"):
            name = self.word("the name of a modifier").text.lower()
            if self.next.kind == "symbol" and self.next.text in SYMBOLS:
                found.append(Modifier(name, self.take().text, self.word("the value of a modifier").text))
            else:
                found.append(Modifier(name))
        return tuple(found)

    def sort_keys(self) -> tuple[SortKey, ...]:
        if self.next.kind != "word" or self.next.text.lower() != "sortby":
            return ()
        self.take()
        keys = []
        while self.next.kind == "word":
            keys.append(SortKey(self.take().text.lower(), self.modifiers()))
        if not keys:
            raise CqlError("sortBy names no index")
        return tuple(keys)


def written(query: Query) -> str:
    """Return the query as text that parses to the same tree."""
    keys = " ".join(f"{one.index}{_modifiers(one.modifiers)}" for one in query.sort)
    return f"{_node(query.root)} sortBy {keys}" if keys else _node(query.root)


def quoted(term: str) -> str:
    """Return plain text as a term in quotation marks, in which nothing but itself is meant."""
    return '"' + re.sub(r'[\\"*?^]', lambda found: "\\" + found[0], term) + '"'


def _node(node: Node) -> str:
    if isinstance(node, Clause):
        return _clause(node)
    right = _node(node.right)
    if isinstance(node.right, Boolean):
        right = f"({right})"
    return f"{_node(node.left)} {node.operator}{_modifiers(node.modifiers)} {right}"


def _clause(clause: Clause) -> str:
    return f'{_name(clause.index)} {clause.relation}{_modifiers(clause.modifiers)} "{clause.term}"'


def _modifiers(modifiers: tuple[Modifier, ...]) -> str:
    return "".join(
        f"/{_name(one.name)}{one.relation}{_name(one.value)}" if one.relation else f"/{_name(one.name)}"
        for one in modifiers
    )


def _name(stated: str) -> str:
    return stated if _PLAIN.fullmatch(stated) and stated not in RESERVED else f'"{stated}"'
