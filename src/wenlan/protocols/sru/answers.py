"""The answer to one request, as XML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from wenlan.catalogue import harvesting, queries
from wenlan.catalogue.cnmarc import element_text
from wenlan.catalogue.types import RecordView, SearchQuery
from wenlan.network import queries as network
from wenlan.protocols import dublin_core
from wenlan.protocols.markup import DECLARATION, element, leaf, text
from wenlan.protocols.sru import codec, cql, mapping
from wenlan.protocols.sru.messages import MESSAGES, Code, Explain, Refused, Scan, SearchRetrieve

SRW = "http://www.loc.gov/zing/srw/"
DIAGNOSTIC = "http://www.loc.gov/zing/srw/diagnostic/"
DIAGNOSTICS_SCHEMA = "info:srw/schema/1/diagnostics-v1.1"
ZEEREX = "http://explain.z3950.org/dtd/2.0/"
_DC = "http://purl.org/dc/elements/1.1/"
_SETS = {
    "cql": "info:srw/cql-context-set/1/cql-v1.2",
    "dc": "info:srw/cql-context-set/1/dc-v1.1",
    "bath": "http://zing.z3950.org/cql/bath/2.0/",
    "rec": "info:srw/cql-context-set/2/rec-1.1",
    "wenlan": "urn:wenlan:cql",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Where the request came in: `site` is what pages begin with, `path` the server's own."""

    site: str
    host: str
    port: str
    path: str


def answer(parameters: Mapping[str, Sequence[str]], asked: Asked) -> str:
    """Return the whole answer; a refusal is a diagnostic in the answer of its operation."""
    try:
        request = codec.parsed(parameters)
        if isinstance(request, Explain):
            return _explained(request, asked)
        return _scanned(request) if isinstance(request, Scan) else _found(request, asked)
    except Refused as refused:
        return _refusal(refused, parameters, asked)


def _refusal(refused: Refused, parameters: Mapping[str, Sequence[str]], asked: Asked) -> str:
    said = element("diagnostics", _diagnostic(refused))
    version = codec.version_of(parameters)
    operation = codec.operation_of(parameters)
    if operation == "explain":
        return _explained(Explain(version=version, packing="xml"), asked, said)
    return _response(operation, version, leaf("numberOfRecords", "0") + said if operation != "scan" else said)


def _diagnostic(refused: Refused) -> str:
    details = leaf("details", refused.details) if refused.details else ""
    message = leaf("message", MESSAGES[refused.code])
    uri = leaf("uri", f"info:srw/diagnostic/1/{refused.code.value}")
    return element("diagnostic", uri + details + message, xmlns=DIAGNOSTIC)


def _response(operation: str, version: str, content: str) -> str:
    return DECLARATION + element(f"{operation}Response", leaf("version", version) + content, xmlns=SRW)


def _found(request: SearchRetrieve, asked: Asked) -> str:
    query = _query(request.query)
    total, hits = _hits(query, request)
    if request.start > max(total, 1) and request.most:
        raise Refused(Code.FIRST_RECORD_POSITION_OUT_OF_RANGE, str(request.start))
    records = _records(hits, request, asked)
    after = request.start + len(hits)
    rest = leaf("nextRecordPosition", str(after)) if hits and after <= total else ""
    listed = element("records", records) if records else ""
    return _response("searchRetrieve", request.version, leaf("numberOfRecords", str(total)) + listed + rest)


def _query(stated: str) -> cql.Query:
    try:
        return cql.parse(stated)
    except cql.CqlError as error:
        raise Refused(Code.QUERY_SYNTAX_ERROR, str(error)) from error


def _hits(query: cql.Query, request: SearchRetrieve) -> tuple[int, tuple[RecordView, ...]]:
    """Return how many there are, and those of the span; it may lie across two pages of the catalogue's."""
    size = max(request.most, 1)
    page, skipped = divmod(request.start - 1, size)
    if request.start + size - 1 > SearchQuery.MOST_HITS:
        raise Refused(Code.FIRST_RECORD_POSITION_OUT_OF_RANGE, f"nobody pages beyond {SearchQuery.MOST_HITS}")
    first = queries.search(mapping.search_query(query, page=page + 1, size=size))
    if not first.is_complete:
        raise Refused(Code.SYSTEM_TEMPORARILY_UNAVAILABLE, "the search index is being rebuilt")
    hits = first.hits[skipped:]
    if skipped and first.total > (page + 1) * size:
        hits += queries.search(mapping.search_query(query, page=page + 2, size=size)).hits[:skipped]
    return first.total, hits if request.most else ()


def _records(hits: Sequence[RecordView], request: SearchRetrieve, asked: Asked) -> str:
    """Return the records, each on its place; one that readers no longer see is a diagnostic there."""
    ids = [one.id for one in hits]
    views = harvesting.native_records(ids) if request.schema == "marcxml" else {}
    gone = harvesting.out_of_sight(ids)
    shown = []
    for position, hit in enumerate(hits, start=request.start):
        schema = codec.SCHEMAS[request.schema]
        if hit.id in gone:
            schema, whole = DIAGNOSTICS_SCHEMA, _diagnostic(Refused(Code.RECORD_TEMPORARILY_UNAVAILABLE))
        else:
            whole = _record(views.get(hit.id, hit), request.schema, asked)
        content = whole if request.packing == "xml" else text(whole)
        named = leaf("recordIdentifier", f"urn:uuid:{hit.uid}") if request.version != "1.1" else ""
        shown.append(
            element(
                "record",
                leaf("recordSchema", schema)
                + leaf("recordPacking", request.packing)
                + element("recordData", content)
                + named
                + leaf("recordPosition", str(position)),
            )
        )
    return "".join(shown)


def _record(record: RecordView, schema: str, asked: Asked) -> str:
    if schema == "marcxml" and record.marc is not None:
        return element_text(record.marc)
    page = f"{asked.site}{reverse('portal:record', args=[record.uid])}"
    content = "".join(leaf(name, value, xmlns=_DC) for name, value in dublin_core.elements(record, page))
    return element("srw_dc:dc", content, xmlns_srw_dc="info:srw/schema/1/dc-schema")


def _scanned(request: Scan) -> str:
    try:
        clause = cql.parse_clause(request.clause)
    except cql.CqlError as error:
        raise Refused(Code.QUERY_SYNTAX_ERROR, str(error)) from error
    if mapping.name_of(clause.index) not in (*mapping.SCANNED, "cql.serverchoice"):
        raise Refused(Code.UNSUPPORTED_INDEX, clause.index)
    before = max(request.position - 1, 0)
    skipped = 1 if request.position == 0 else 0
    terms = harvesting.title_terms(mapping.plain(clause.term), before=before, most=request.most + skipped)[skipped:]
    listed = "".join(
        element("term", leaf("value", one.title) + leaf("numberOfRecords", str(one.records))) for one in terms
    )
    return _response("scan", request.version, element("terms", listed) if listed else "")


def _explained(request: Explain, asked: Asked, refusals: str = "") -> str:
    record = _explanation(asked)
    content = record if request.packing == "xml" else text(record)
    whole = element(
        "record",
        leaf("recordSchema", ZEEREX) + leaf("recordPacking", request.packing) + element("recordData", content),
    )
    return _response("explain", request.version, whole + refusals)


def _explanation(asked: Asked) -> str:
    root = network.root_or_none()
    server = element(
        "serverInfo",
        leaf("host", asked.host) + leaf("port", asked.port) + leaf("database", asked.path.strip("/")),
        protocol="SRU",
        version=codec.VERSIONS[-1],
        transport="http",
        method="GET POST",
    )
    title = leaf("title", root.name if root else "Wenlan", lang="zh", primary="true")
    return element("explain", server + element("databaseInfo", title) + _indexes() + _forms(), xmlns=ZEEREX)


def _indexes() -> str:
    sets = "".join(element("set", name=name, identifier=uri) for name, uri in _SETS.items())
    indexes = []
    for name in mapping.INDEXES:
        context, _, local = name.partition(".")
        marks = {"search": "true", "scan": "true" if name in mapping.SCANNED else "false", "sort": "false"}
        if name == mapping.DATE:
            marks["sort"] = "true"
        indexes.append(element("index", element("map", leaf("name", local, set=context)), **marks))
    return element("indexInfo", sets + "".join(indexes))


def _forms() -> str:
    titles = {"marcxml": "MARCXML, the native record", "dc": "Dublin Core"}
    schemas = "".join(
        element("schema", leaf("title", titles[name]), name=name, identifier=uri, sort="false", retrieve="true")
        for name, uri in codec.SCHEMAS.items()
    )
    configured = (
        leaf("default", str(codec.USUAL_RECORDS), type="numberOfRecords")
        + leaf("setting", str(codec.MOST_RECORDS), type="maximumRecords")
        + leaf("default", "marcxml", type="retrieveSchema")
        + leaf("default", "cql.serverChoice", type="index")
        + leaf("default", "=", type="relation")
    )
    return element("schemaInfo", schemas) + element("configInfo", configured)
