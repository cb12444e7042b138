"""Places and when they are open. Open to everybody."""

from datetime import date, timedelta
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from wenlan.network import queries
from wenlan.network.types import NodeView
from wenlan.protocols.rest.messages import Code, Day, Opening, OpeningDay, Place, PlacePage
from wenlan.protocols.rest.refusals import REFUSALS
from wenlan.ui import clock

router = Router(tags=["places"])


class Under(Schema):
    """Places directly under one; without a parent, the network itself."""

    parent: Code | None = None
    after: Code | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class Days(Schema):
    """From which day (default: today), and how many."""

    since: Day | None = None
    days: Annotated[int, Field(ge=1, le=62)] = 7


@router.get("", response={200: PlacePage, **REFUSALS}, summary="Places under a place")
def places(request: HttpRequest, asked: Query[Under]) -> PlacePage:
    """List the places directly under one, by code; without a parent, the network itself."""
    today = clock.today()
    if asked.parent is None:
        root = queries.root_or_none()
        found = [root] if root else []
    else:
        found = sorted(
            queries.children(queries.node_by_code(asked.parent, today).id, today), key=lambda view: view.code
        )
    left = [view for view in found if asked.after is None or view.code > asked.after]
    page = left[: asked.limit]
    return PlacePage(nodes=[place_out(view) for view in page], next=page[-1].code if len(left) > asked.limit else None)


@router.get("/{code}", response={200: Place, **REFUSALS}, summary="One place")
def place(request: HttpRequest, code: Code) -> Place:
    """Return one place as it stands today."""
    return place_out(queries.node_by_code(code, clock.today()))


@router.get("/{code}/opening", response={200: list[OpeningDay], **REFUSALS}, summary="When it is open")
def opening(request: HttpRequest, code: Code, asked: Query[Days]) -> list[OpeningDay]:
    """Return the openings of each day, closures taken off."""
    view = queries.node_by_code(code, clock.today())
    first = asked.since or clock.today()
    return [opening_day(view.id, first + timedelta(days=offset)) for offset in range(asked.days)]


def opening_day(node: int, day: date) -> OpeningDay:
    """Return a day with its openings."""
    hours = [Opening(opens=opens, closes=closes) for opens, closes in queries.opening_on(node, day)]
    return OpeningDay(day=day, hours=hours)


def place_out(view: NodeView) -> Place:
    """Return a place as it travels."""
    return Place(
        code=view.code,
        name=view.name,
        names=dict(view.names),
        kind=str(view.kind),
        status=str(view.status),
        parent=queries.node(view.parent).code if view.parent is not None else None,
    )
