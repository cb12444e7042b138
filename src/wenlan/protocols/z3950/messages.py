"""What a client and a target of Z39.50 say to each other (ISO 23950; clauses 3.2.1 to 3.2.3 and 3.2.11)."""

from __future__ import annotations

from dataclasses import dataclass

BIB_1 = "1.2.840.10003.3.1"
BIB_1_DIAGNOSTICS = "1.2.840.10003.4.1"
UNIMARC = "1.2.840.10003.5.1"
USMARC = "1.2.840.10003.5.10"
RESULT_SET = "default"


@dataclass(frozen=True, slots=True)
class Words:
    """A term and where it is looked for: attributes of Bib-1 as (type, value); bytes, for each target has its own
    encoding."""

    attributes: tuple[tuple[int, int], ...]
    term: bytes


@dataclass(frozen=True, slots=True)
class Joined:
    """Two parts of a query under `and`, `or` or `and-not`."""

    left: Rpn
    operator: str
    right: Rpn


Rpn = Words | Joined


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What went wrong: a condition of Bib-1, and what the target adds."""

    condition: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A record as the target sent it, and in which syntax (the dotted name of an object)."""

    syntax: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class InitRequest:
    """The beginning; without a user nobody signs in."""

    user: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InitResponse:
    """Whether the target will speak with us."""

    accepted: bool
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A search that only makes a result set; records are asked for afterwards."""

    databases: tuple[str, ...]
    query: Rpn
    syntax: str = USMARC


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResponse:
    """How many were found, or why none could be looked for."""

    count: int
    succeeded: bool
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentRequest:
    """A request for records of the result set, from the position `start` (from 1)."""

    start: int
    count: int
    syntax: str = USMARC


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentResponse:
    """Records, or what stands in the place of one that could not be given."""

    records: tuple[Retrieved | Diagnostic, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """The end; either side may say it at any time."""

    reason: int = 0
    text: str = ""


Message = InitRequest | InitResponse | SearchRequest | SearchResponse | PresentRequest | PresentResponse | Close
