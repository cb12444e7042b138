"""From the parameters of a request to what is asked. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wenlan.protocols.sru.messages import Code, Explain, Refused, Scan, SearchRetrieve

VERSIONS = ("1.1", "1.2")
PACKINGS = ("xml", "string")
USUAL_RECORDS, MOST_RECORDS = 10, 100
USUAL_TERMS, MOST_TERMS = 20, 100
MOST_POSITION = 10**9
SCHEMAS = {
    "marcxml": "info:srw/schema/1/marcxml-v1.1",
    "dc": "info:srw/schema/1/dc-v1.1",
}
_OTHER_NAMES = {
    "http://www.loc.gov/MARC21/slim": "marcxml",
    "http://www.loc.gov/standards/marcxml": "marcxml",
    "http://purl.org/dc/elements/1.1/": "dc",
    **{uri: name for name, uri in SCHEMAS.items()},
    **{name: name for name in SCHEMAS},
}
_TAKEN = {
    "searchRetrieve": (
        *("query", "startRecord", "maximumRecords", "recordPacking", "recordSchema", "resultSetTTL"),
        *("sortKeys", "recordXPath", "stylesheet"),
    ),
    "scan": ("scanClause", "responsePosition", "maximumTerms", "stylesheet"),
    "explain": ("recordPacking", "stylesheet"),
}

Request = SearchRetrieve | Scan | Explain


def version_of(parameters: Mapping[str, Sequence[str]]) -> str:
    """Return in which version to answer: the one asked for if we speak it, else the newest that we do."""
    stated = parameters.get("version", ("",))[0]
    return stated if stated in VERSIONS else VERSIONS[-1]


def operation_of(parameters: Mapping[str, Sequence[str]]) -> str:
    """Return which operation's answer is due; explain for one that is not stated or unknown."""
    stated = parameters.get("operation", ("",))[0]
    return stated if stated in _TAKEN else "explain"


def parsed(parameters: Mapping[str, Sequence[str]]) -> Request:
    """Return what is asked; nothing at all is a question for the explanation. Raises Refused."""
    if not parameters:
        return Explain(version=VERSIONS[-1], packing="xml")
    said = {name: values[-1] for name, values in parameters.items() if not name.startswith("x-")}
    operation = _mandatory(said, "operation")
    if operation not in _TAKEN:
        raise Refused(Code.UNSUPPORTED_OPERATION, operation)
    version = said.get("version", "")
    if not version and operation != "explain":
        raise Refused(Code.MANDATORY_PARAMETER_NOT_SUPPLIED, "version")
    if version and version not in VERSIONS:
        raise Refused(Code.UNSUPPORTED_VERSION, VERSIONS[-1])
    _check_parameters(said, operation)
    version = version or VERSIONS[-1]
    packing = said.get("recordPacking") or "xml"
    if packing not in PACKINGS:
        raise Refused(Code.UNSUPPORTED_RECORD_PACKING, packing)
    if operation == "explain":
        return Explain(version=version, packing=packing)
    if operation == "scan":
        return _scan(said, version)
    return SearchRetrieve(
        version=version,
        query=_mandatory(said, "query"),
        start=_number(said, "startRecord", 1, least=1, most=MOST_POSITION),
        most=min(_number(said, "maximumRecords", USUAL_RECORDS, least=0, most=MOST_POSITION), MOST_RECORDS),
        packing=packing,
        schema=_schema(said.get("recordSchema", "")),
    )


def _scan(said: Mapping[str, str], version: str) -> Scan:
    most = min(_number(said, "maximumTerms", USUAL_TERMS, least=1, most=MOST_POSITION), MOST_TERMS)
    return Scan(
        version=version,
        clause=_mandatory(said, "scanClause"),
        position=_number(said, "responsePosition", 1, least=0, most=most + 1),
        most=most,
    )


def _check_parameters(said: Mapping[str, str], operation: str) -> None:
    for name, value in said.items():
        if name not in ("operation", "version", *_TAKEN[operation]):
            raise Refused(Code.UNSUPPORTED_PARAMETER, name)
        if name == "stylesheet" and value:
            raise Refused(Code.STYLESHEETS_NOT_SUPPORTED)
        if name == "sortKeys" and value:
            raise Refused(Code.SORT_NOT_SUPPORTED, "sortKeys; sortBy in the query is")
        if name == "recordXPath" and value:
            raise Refused(Code.UNSUPPORTED_PARAMETER, name)


def _mandatory(said: Mapping[str, str], name: str) -> str:
    if not said.get(name):
        raise Refused(Code.MANDATORY_PARAMETER_NOT_SUPPLIED, name)
    return said[name]


def _number(said: Mapping[str, str], name: str, usual: int, *, least: int, most: int) -> int:
    stated = said.get(name, "")
    if not stated:
        return usual
    if not (stated.isascii() and stated.isdigit() and len(stated) <= 10 and least <= int(stated) <= most):
        raise Refused(Code.UNSUPPORTED_PARAMETER_VALUE, name)
    return int(stated)


def _schema(stated: str) -> str:
    if not stated:
        return "marcxml"
    if stated not in _OTHER_NAMES:
        raise Refused(Code.UNKNOWN_SCHEMA, stated)
    return _OTHER_NAMES[stated]
