"""The catalogue: search, one record, where its units are. Open to everybody."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from wenlan.catalogue import queries
from wenlan.catalogue.cnmarc import AnyField, ControlField
from wenlan.catalogue.types import RecordView, SearchPage, SearchQuery
from wenlan.holdings import queries as holdings
from wenlan.network import queries as network
from wenlan.protocols.rest.messages import (
    FacetValue,
    MarcField,
    MarcSubfield,
    RecordLine,
    RecordPage,
    RecordWhole,
    Search,
    Units,
)
from wenlan.protocols.rest.refusals import REFUSALS

router = Router(tags=["catalogue"])


@router.get("", response={200: RecordPage, **REFUSALS}, summary="Search the catalogue")
def search(request: HttpRequest, asked: Query[Search]) -> RecordPage:
    """Return one page of hits with facets. Beyond 10,000 hits nobody pages: ask more narrowly."""
    page = int(asked.after or 1)
    if page * asked.limit > SearchQuery.MOST_HITS or page < 1:
        return RecordPage(hits=[], total=0, next=None, facets={}, suggestions=[])
    query = SearchQuery(
        text=asked.q,
        field=asked.field,
        main_class=asked.main_class,
        class_number=asked.class_number,
        material=asked.material,
        language=asked.language,
        audience=asked.audience,
        year_from=asked.year_from,
        year_to=asked.year_to,
        sort=asked.sort,
        page=page,
        size=asked.limit,
    )
    return page_of(queries.search(query))


def page_of(found: SearchPage) -> RecordPage:
    """Return a page of hits as it travels."""
    return RecordPage(
        hits=[RecordLine(**line_of(view)) for view in found.hits],
        total=found.total,
        next=str(found.page + 1) if found.page < found.pages else None,
        facets={
            name: [FacetValue(value=str(each.value), count=each.count) for each in values]
            for name, values in found.facets.items()
        },
        suggestions=list(found.suggestions),
    )


@router.get("/{uuid:record}", response={200: RecordWhole, **REFUSALS}, summary="One record with its native form")
def record(request: HttpRequest, record: UUID) -> RecordWhole:
    """Return one record with the fields of its native MARC."""
    view = queries.shown_record(record)
    return RecordWhole(
        **line_of(view),
        format=view.format,
        title_proper=view.title_proper,
        other_title=view.other_title,
        volume=view.volume,
        place=view.place,
        extent=view.extent,
        series=view.series,
        subjects=list(view.subjects),
        summary=view.summary,
        price_fen=view.price_fen,
        marc=[field_of(each) for each in view.marc.fields] if view.marc else [],
    )


@router.get("/{uuid:record}/availability", response={200: list[Units], **REFUSALS}, summary="Where its units are now")
def availability(request: HttpRequest, record: UUID) -> list[Units]:
    """Return the units of a record by place, those with something to borrow first."""
    view = queries.shown_record(record)
    return [
        Units(
            node=network.node(each.node).code,
            node_name=network.node(each.node).name,
            call_number=each.call_number,
            held=each.held,
            available=each.available,
        )
        for each in holdings.availability([view.id]).get(view.id, ())
    ]


def line_of(view: RecordView) -> dict[str, Any]:
    """Return what lists say of a record."""
    return {
        "uid": str(view.uid),
        "control_number": view.control_number,
        "title": view.title,
        "responsibility": view.responsibility,
        "publisher": view.publisher,
        "year": view.year,
        "isbn": list(view.isbn),
        "class_number": view.class_number,
        "main_class": view.main_class,
        "language": view.language,
        "material": view.material,
    }


def field_of(each: AnyField) -> MarcField:
    """Return one field of the native record."""
    if isinstance(each, ControlField):
        return MarcField(tag=each.tag, indicators="", value=each.data, subfields=[])
    subfields = [MarcSubfield(code=code, value=value) for code, value in each.subfields]
    return MarcField(tag=each.tag, indicators=each.indicators, value="", subfields=subfields)
