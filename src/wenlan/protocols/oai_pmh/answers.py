"""The answer to one request, as XML."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from wenlan.catalogue import harvesting
from wenlan.catalogue.cnmarc import element_text
from wenlan.catalogue.types import RecordView
from wenlan.kernel.errors import NotFound
from wenlan.network import queries as network
from wenlan.protocols import dublin_core
from wenlan.protocols.markup import DECLARATION, element, leaf
from wenlan.protocols.oai_pmh import codec, statements
from wenlan.protocols.oai_pmh.messages import Code, Header, Refused, Request, Verb

PAGE = 100
SETS_PAGE = 200
URN = "urn:uuid:"
NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
SCHEMAS = {
    "oai_dc": (
        "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
        "http://www.openarchives.org/OAI/2.0/oai_dc/",
    ),
    "marcxml": ("http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd", "http://www.loc.gov/MARC21/slim"),
}
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_DC = "http://purl.org/dc/elements/1.1/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Where the request came in and when: `base_url` is the server's own address, `site` what pages begin with."""

    base_url: str
    site: str
    host: str
    at: datetime


def answer(arguments: Mapping[str, Sequence[str]], asked: Asked) -> str:
    """Return the whole answer; what is wrong with a request is an answer too."""
    shown = {name: values[0] for name, values in arguments.items()}
    try:
        request = codec.parsed(arguments)
        content = _ANSWERS[request.verb](request, asked)
        body = element(request.verb.value, content)
    except Refused as refused:
        if refused.code in (Code.BAD_VERB, Code.BAD_ARGUMENT):
            shown = {}
        body = leaf("error", str(refused), code=refused.code.value)
    head = leaf("responseDate", stamp(asked.at)) + leaf("request", asked.base_url, **shown)
    schema = f"{NAMESPACE} {NAMESPACE}OAI-PMH.xsd"
    whole = element("OAI-PMH", head + body, xmlns=NAMESPACE, xmlns_xsi=_XSI, xsi_schemaLocation=schema)
    return DECLARATION + whole


def stamp(at: datetime) -> str:
    """Return an instant to the second, as datestamps are written."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def identify(request: Request, asked: Asked) -> str:
    """Who keeps this repository, and since when it has something to tell."""
    root = network.root_or_none()
    return (
        leaf("repositoryName", root.name if root else "Wenlan")
        + leaf("baseURL", asked.base_url)
        + leaf("protocolVersion", "2.0")
        + leaf("adminEmail", settings.WENLAN_ADMIN_EMAIL or f"admin@{asked.host}")
        + leaf("earliestDatestamp", stamp(statements.first_change() or asked.at))
        + leaf("deletedRecord", "persistent")
        + leaf("granularity", "YYYY-MM-DDThh:mm:ssZ")
    )


def list_metadata_formats(request: Request, asked: Asked) -> str:
    """Both forms are there for every record."""
    if request.identifier:
        header_of(request.identifier)
    return "".join(
        element(
            "metadataFormat",
            leaf("metadataPrefix", prefix) + leaf("schema", schema) + leaf("metadataNamespace", namespace),
        )
        for prefix, (schema, namespace) in SCHEMAS.items()
    )


def list_sets(request: Request, asked: Asked) -> str:
    """Every place of the network is a set: what it and the places under it hold."""
    nodes = sorted((one for one in network.nodes() if one.code > request.last_set), key=lambda one: one.code)
    shown = nodes[:SETS_PAGE]
    content = "".join(element("set", leaf("setSpec", one.code) + leaf("setName", one.name)) for one in shown)
    if len(nodes) <= SETS_PAGE:
        return content + (leaf("resumptionToken", "", cursor=str(request.cursor)) if request.is_resumed else "")
    return content + _token(replace(request, last_set=shown[-1].code), request.cursor, len(shown))


def get_record(request: Request, asked: Asked) -> str:
    """One record by its identifier."""
    form = _form(request.prefix, Code.CANNOT_DISSEMINATE_FORMAT)
    header = header_of(request.identifier)
    return _records([header], form, asked)


def list_identifiers(request: Request, asked: Asked) -> str:
    """Headers only, in the order of change."""
    return _listed(request, lambda headers: _headers(headers), asked)


def list_records(request: Request, asked: Asked) -> str:
    """Whole records, in the order of change."""
    form = _form(request.prefix, Code.CANNOT_DISSEMINATE_FORMAT)
    return _listed(request, lambda headers: _records(headers, form, asked), asked)


def header_of(identifier: str) -> Header:
    """Return the record under an identifier of ours. Raises Refused."""
    unknown = Refused(Code.ID_DOES_NOT_EXIST, f"No record has the identifier {identifier[:200]}.")
    if not identifier.startswith(URN):
        raise unknown
    try:
        found = statements.change_of(UUID(identifier.removeprefix(URN)))
    except ValueError as error:
        raise unknown from error
    if found is None:
        raise unknown
    return found


def _listed(request: Request, shown_as: Callable[[Sequence[Header]], str], asked: Asked) -> str:
    """Return one page of a list and the token for the next."""
    _form(request.prefix, Code.BAD_RESUMPTION_TOKEN if request.is_resumed else Code.CANNOT_DISSEMINATE_FORMAT)
    found = statements.changes(request, _nodes(request), PAGE + 1)
    if not found:
        if request.is_resumed:
            raise Refused(Code.BAD_RESUMPTION_TOKEN, "Nothing is left of this list; begin anew.")
        raise Refused(Code.NO_RECORDS_MATCH, "No record was changed in this span and set.")
    page = found[:PAGE]
    if len(found) > PAGE:
        rest = replace(request, last_at=page[-1].changed_at, last_id=page[-1].id)
        return shown_as(page) + _token(rest, request.cursor, len(page))
    return shown_as(page) + (leaf("resumptionToken", "", cursor=str(request.cursor)) if request.is_resumed else "")


def _token(rest: Request, cursor: int, given: int) -> str:
    token = codec.token(replace(rest, cursor=cursor + given, is_resumed=False))
    return leaf("resumptionToken", token, cursor=str(cursor))


def _nodes(request: Request) -> Collection[int] | None:
    """Return the places of the set, or None without one."""
    if not request.set_code:
        return None
    try:
        return network.subtree(network.node_by_code(request.set_code).id)
    except NotFound as error:
        raise Refused(Code.NO_RECORDS_MATCH, f"There is no set {request.set_code[:100]}.") from error


def _form(prefix: str, otherwise: Code) -> str:
    if prefix not in SCHEMAS:
        raise Refused(otherwise, f"Records come as {' or '.join(SCHEMAS)}.")
    return prefix


def _headers(headers: Sequence[Header]) -> str:
    held = statements.places([one.id for one in headers])
    return "".join(_header(one, held.get(one.id, frozenset())) for one in headers)


def _header(one: Header, places: Collection[int]) -> str:
    """Return a header; a record is in the set of each place that holds it and of all above."""
    codes = {network.node(above).code for place in places for above in network.ancestors(place)}
    sets = "".join(leaf("setSpec", code) for code in sorted(codes))
    status = {"status": "deleted"} if one.is_gone else {}
    return element(
        "header", leaf("identifier", URN + one.uid) + leaf("datestamp", stamp(one.changed_at)) + sets, **status
    )


def _records(headers: Sequence[Header], form: str, asked: Asked) -> str:
    held = statements.places([one.id for one in headers])
    views = harvesting.native_records([one.id for one in headers if not one.is_gone])
    shown = []
    for one in headers:
        header = _header(one, held.get(one.id, frozenset()))
        shown.append(element("record", header + (_metadata(views[one.id], form, asked) if one.id in views else "")))
    return "".join(shown)


def _metadata(record: RecordView, form: str, asked: Asked) -> str:
    if form == "marcxml" and record.marc is not None:
        return element("metadata", element_text(record.marc))
    page = f"{asked.site}{reverse('portal:record', args=[record.uid])}"
    schema, namespace = SCHEMAS["oai_dc"]
    content = "".join(leaf(f"dc:{name}", value) for name, value in dublin_core.elements(record, page))
    location = f"{namespace} {schema}"
    names = {"xmlns_oai_dc": namespace, "xmlns_dc": _DC, "xsi_schemaLocation": location}
    return element("metadata", element("oai_dc:dc", content, **names))


_ANSWERS: dict[Verb, Callable[[Request, Asked], str]] = {
    Verb.IDENTIFY: identify,
    Verb.LIST_METADATA_FORMATS: list_metadata_formats,
    Verb.LIST_SETS: list_sets,
    Verb.GET_RECORD: get_record,
    Verb.LIST_IDENTIFIERS: list_identifiers,
    Verb.LIST_RECORDS: list_records,
}
