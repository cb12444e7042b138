"""Activities that readers can go to. Open to everybody."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from wenlan.activities import queries
from wenlan.activities.types import SessionView
from wenlan.kernel.words import say
from wenlan.network import queries as network
from wenlan.protocols.rest.messages import Code, Day, LessonOut, SessionList, SessionOut
from wenlan.protocols.rest.refusals import REFUSALS
from wenlan.ui import clock

router = Router(tags=["activities"])


class Coming(Schema):
    """At which place with all under it (default: the network), from which day (default: today), how many days."""

    node: Code | None = None
    since: Day | None = None
    days: Annotated[int, Field(ge=1, le=62)] = 14
    limit: Annotated[int, Field(ge=1, le=200)] = 100


@router.get("", response={200: SessionList, **REFUSALS}, summary="Coming activities")
def coming(request: HttpRequest, asked: Query[Coming]) -> SessionList:
    """List planned and running sessions in order of time; cancelled ones are left out."""
    today = clock.today()
    root = place_asked(asked.node)
    first = asked.since or today
    nodes = network.subtree(root, today) if root is not None else frozenset()
    found = queries.upcoming(nodes, first, first + timedelta(days=asked.days), limit=asked.limit)
    return SessionList(sessions=[session_out(view) for view in found])


def place_asked(code: str | None) -> int | None:
    """Return the place asked for; without one the network, None before there is any."""
    if code is not None:
        return network.node_by_code(code, clock.today()).id
    root = network.root_or_none()
    return root.id if root else None


@router.get("/{uuid:session}", response={200: SessionOut, **REFUSALS}, summary="One session")
def session(request: HttpRequest, session: UUID) -> SessionOut:
    """Return one session."""
    return session_out(queries.session(session))


def session_out(view: SessionView) -> SessionOut:
    """Return a session as it travels: what readers may know of it."""
    return SessionOut(
        uid=str(view.uid),
        programme=view.programme,
        programme_name=say(view.programme_words),
        kind=view.kind,
        title=view.title,
        node=network.node(view.node).code,
        place=view.place,
        starts_at=view.starts_at,
        ends_at=view.ends_at,
        mode=view.mode.value,
        status=view.status.value,
        places_left=view.places_left,
        lessons=[LessonOut(starts_at=each.starts_at, ends_at=each.ends_at, topic=each.topic) for each in view.lessons],
    )
