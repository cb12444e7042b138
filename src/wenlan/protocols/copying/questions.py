"""A question in the words of each protocol. Pure."""

from __future__ import annotations

from functools import reduce

from wenlan.catalogue.cnmarc import encodings
from wenlan.protocols.copying.types import CopyQuestion
from wenlan.protocols.sru.cql import quoted
from wenlan.protocols.z3950.messages import Joined, Rpn, Words

ISBN, TITLE, AUTHOR, ANY = 7, 4, 1003, 1016
USE = 1


def rpn(question: CopyQuestion, encoding: str) -> Rpn:
    """Return the question as a query of type 1 with the attributes of Bib-1, its words in the target's encoding."""
    parts: list[Rpn] = []
    if question.isbn:
        forms = dict.fromkeys((question.isbn.replace("-", ""), question.isbn))
        parts.append(reduce(_either, (_words(ISBN, one, encoding) for one in forms)))
    stated = ((TITLE, question.title), (AUTHOR, question.author), (ANY, question.words))
    parts += [_words(use, text, encoding) for use, text in stated if text]
    return reduce(_both, parts)


def _words(use: int, text: str, encoding: str) -> Rpn:
    return Words(((USE, use),), text.encode(_codec(encoding), "replace"))


def _either(left: Rpn, right: Rpn) -> Rpn:
    return Joined(left, "or", right)


def _both(left: Rpn, right: Rpn) -> Rpn:
    return Joined(left, "and", right)


def _codec(encoding: str) -> str:
    """Return the codec of the words sent: GBK where records are in GB 18030, UTF-8 where nothing is said."""
    if encoding in ("auto", encodings.MARC_8):
        return encodings.UTF_8
    return "gbk" if encoding == encodings.GB18030 else encoding


def cql(question: CopyQuestion) -> str:
    """Return the question as CQL."""
    stated = (
        ("bath.isbn", question.isbn.replace("-", "")),
        ("dc.title", question.title),
        ("dc.creator", question.author),
    )
    clauses = [f"{index} = {quoted(text)}" for index, text in stated if text]
    return " and ".join([*clauses, *([quoted(question.words)] if question.words else [])])
