"""What a client of SRU asks and is told (SRU 1.1 and 1.2; the diagnostics of info:srw/diagnostic/1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Code(IntEnum):
    """The diagnostics that this server gives."""

    GENERAL_SYSTEM_ERROR = 1
    SYSTEM_TEMPORARILY_UNAVAILABLE = 2
    UNSUPPORTED_OPERATION = 4
    UNSUPPORTED_VERSION = 5
    UNSUPPORTED_PARAMETER_VALUE = 6
    MANDATORY_PARAMETER_NOT_SUPPLIED = 7
    UNSUPPORTED_PARAMETER = 8
    QUERY_SYNTAX_ERROR = 10
    UNSUPPORTED_CONTEXT_SET = 15
    UNSUPPORTED_INDEX = 16
    UNSUPPORTED_RELATION = 19
    UNSUPPORTED_RELATION_MODIFIER = 20
    UNSUPPORTED_COMBINATION_OF_RELATION_AND_INDEX = 22
    EMPTY_TERM_UNSUPPORTED = 27
    MASKING_CHARACTER_NOT_SUPPORTED = 28
    TERM_IN_INVALID_FORMAT = 36
    UNSUPPORTED_BOOLEAN_OPERATOR = 37
    TOO_MANY_BOOLEAN_OPERATORS = 38
    PROXIMITY_NOT_SUPPORTED = 39
    UNSUPPORTED_BOOLEAN_MODIFIER = 46
    QUERY_FEATURE_UNSUPPORTED = 48
    RESULT_SETS_NOT_SUPPORTED = 50
    FIRST_RECORD_POSITION_OUT_OF_RANGE = 61
    RECORD_TEMPORARILY_UNAVAILABLE = 64
    UNKNOWN_SCHEMA = 66
    UNSUPPORTED_RECORD_PACKING = 71
    SORT_NOT_SUPPORTED = 80
    UNSUPPORTED_SORT_SEQUENCE = 82
    STYLESHEETS_NOT_SUPPORTED = 110


MESSAGES = {
    Code.GENERAL_SYSTEM_ERROR: "General system error",
    Code.SYSTEM_TEMPORARILY_UNAVAILABLE: "System temporarily unavailable",
    Code.UNSUPPORTED_OPERATION: "Unsupported operation",
    Code.UNSUPPORTED_VERSION: "Unsupported version",
    Code.UNSUPPORTED_PARAMETER_VALUE: "Unsupported parameter value",
    Code.MANDATORY_PARAMETER_NOT_SUPPLIED: "Mandatory parameter not supplied",
    Code.UNSUPPORTED_PARAMETER: "Unsupported parameter",
    Code.QUERY_SYNTAX_ERROR: "Query syntax error",
    Code.UNSUPPORTED_CONTEXT_SET: "Unsupported context set",
    Code.UNSUPPORTED_INDEX: "Unsupported index",
    Code.UNSUPPORTED_RELATION: "Unsupported relation",
    Code.UNSUPPORTED_RELATION_MODIFIER: "Unsupported relation modifier",
    Code.UNSUPPORTED_COMBINATION_OF_RELATION_AND_INDEX: "Unsupported combination of relation and index",
    Code.EMPTY_TERM_UNSUPPORTED: "Empty term unsupported",
    Code.MASKING_CHARACTER_NOT_SUPPORTED: "Masking character not supported",
    Code.TERM_IN_INVALID_FORMAT: "Term in invalid format for index or relation",
    Code.UNSUPPORTED_BOOLEAN_OPERATOR: "Unsupported boolean operator",
    Code.TOO_MANY_BOOLEAN_OPERATORS: "Too many boolean operators in query",
    Code.PROXIMITY_NOT_SUPPORTED: "Proximity not supported",
    Code.UNSUPPORTED_BOOLEAN_MODIFIER: "Unsupported boolean modifier",
    Code.QUERY_FEATURE_UNSUPPORTED: "Query feature unsupported",
    Code.RESULT_SETS_NOT_SUPPORTED: "Result sets not supported",
    Code.FIRST_RECORD_POSITION_OUT_OF_RANGE: "First record position out of range",
    Code.RECORD_TEMPORARILY_UNAVAILABLE: "Record temporarily unavailable",
    Code.UNKNOWN_SCHEMA: "Unknown schema for retrieval",
    Code.UNSUPPORTED_RECORD_PACKING: "Unsupported record packing",
    Code.SORT_NOT_SUPPORTED: "Sort not supported",
    Code.UNSUPPORTED_SORT_SEQUENCE: "Unsupported sort sequence",
    Code.STYLESHEETS_NOT_SUPPORTED: "Stylesheets not supported",
}


class Refused(Exception):
    """The request is answered by a diagnostic; `details` says what of it (the index, the parameter)."""

    def __init__(self, code: Code, details: str = "") -> None:
        super().__init__(f"{MESSAGES[code]}: {details}" if details else MESSAGES[code])
        self.code = code
        self.details = details[:200]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRetrieve:
    """One search. Positions count from 1; `most` records at once, none is a question for the number only."""

    version: str
    query: str
    start: int
    most: int
    packing: str
    schema: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A look along the terms of an index: `position` says where the term stands among those answered, from 1."""

    version: str
    clause: str
    position: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Explain:
    """A question for what this server can do."""

    version: str
    packing: str
