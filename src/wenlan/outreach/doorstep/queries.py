"""Reads of service at the door. A run with its visits costs four statements, however many they are."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from wenlan.kernel.errors import NotFound
from wenlan.network import queries as network
from wenlan.outreach.doorstep import policies, sealing
from wenlan.outreach.doorstep.policies import DoorFacts
from wenlan.outreach.doorstep.types import (
    Doorplate,
    DoorReaderView,
    DoorRuleView,
    Handed,
    Outcome,
    RunView,
    VisitView,
)
from wenlan.outreach.models import DoorCopy, DoorReader, DoorRule, DoorRun, DoorVisit
from wenlan.patrons.policies import completed_years
from wenlan.patrons.types import PatronStatus, PatronView

OPEN_RULE = Q(until_day=None)


def rules(on: date, nodes: Collection[int] | None = None) -> tuple[DoorRuleView, ...]:
    """Return the rules in force on a day, of some places or all (one statement)."""
    rows = DoorRule.objects.filter(OPEN_RULE | Q(until_day__gt=on), from_day__lte=on)
    if nodes is not None:
        rows = rows.filter(node__in=nodes)
    return tuple(
        DoorRuleView(
            id=row.pk,
            node=row.node_id,
            ground=row.ground,
            category=row.category,
            special_group=row.special_group,
            age_from=row.age_from,
            from_day=row.from_day,
        )
        for row in rows.order_by("pk")
    )


def ground_by_rule(reader: PatronView, *, node: int, on: date) -> str:
    """Return why a rule of a place or above it serves a reader on a day, '' when none does (one statement)."""
    facts = DoorFacts(
        category=reader.category.code,
        special_group=reader.special_group or reader.category.special_group,
        age=completed_years(reader.birth_date, on),
        way_up=network.ancestors(node),
    )
    return policies.ground_by_rule(facts, rules(on))


def is_served(one: DoorReaderView, reader: PatronView, on: date) -> bool:
    """Return whether somebody is served on a day: by the rule that holds then, or by an entitlement of their own."""
    if one.ended_on is not None or reader.status == PatronStatus.DEREGISTERED:
        return False
    if one.by_rule:
        return bool(ground_by_rule(reader, node=one.node, on=on))
    return policies.is_entitled(on=on, from_day=one.from_day, valid_until=one.valid_until)


def readers(nodes: Collection[int], *, after: int = 0, limit: int = 200) -> tuple[DoorReaderView, ...]:
    """Return who is served at the door from the places, by area (one statement); `after` leaves out so many."""
    rows = DoorReader.objects.filter(node__in=nodes, ended_on=None).order_by("area", "pk")
    return tuple(reader_view(row) for row in rows[after : after + limit])


def reader(reader_id: int) -> DoorReaderView:
    """Return somebody served at the door. Raises NotFound."""
    row = DoorReader.objects.filter(pk=reader_id).first()
    if row is None:
        raise NotFound(what=str(reader_id))
    return reader_view(row)


def of_patron(patron: int) -> DoorReaderView | None:
    """Return a reader's entry among those served at the door, None without one."""
    row = DoorReader.objects.filter(patron=patron, ended_on=None).first()
    return reader_view(row) if row else None


def reader_view(row: DoorReader) -> DoorReaderView:
    """Return the public side of an entry: no address."""
    return DoorReaderView(
        id=row.pk,
        patron=row.patron_id,
        node=row.node_id,
        ground=row.ground,
        by_rule=row.by_rule,
        area=row.area,
        from_day=row.from_day,
        valid_until=row.valid_until,
        ended_on=row.ended_on,
    )


def doorplates(ids: Collection[int]) -> dict[int, Doorplate]:
    """Return where people are found, by the ids of their entries (one statement). Who asks may see names."""
    rows = DoorReader.objects.filter(pk__in=ids)
    return {
        row.pk: sealing.unseal(row.doorplate_cipher, version=row.doorplate_key_version, uid=row.uid) for row in rows
    }


def runs(nodes: Collection[int], *, closed: bool = False, limit: int = 50) -> tuple[RunView, ...]:
    """Return the runs of the places: those to be made, the next first, or those closed, the latest first."""
    rows = DoorRun.objects.filter(node__in=nodes, closed_at__isnull=not closed)
    return _runs(rows.order_by("-day" if closed else "day", "pk")[:limit])


def run(run_id: int) -> RunView:
    """Return a run. Raises NotFound."""
    found = _runs(DoorRun.objects.filter(pk=run_id))
    if not found:
        raise NotFound(what=str(run_id))
    return found[0]


def _runs(rows: QuerySet[DoorRun]) -> tuple[RunView, ...]:
    counted = rows.annotate(
        all_visits=Count("visits"),
        settled=Count("visits", filter=~Q(visits__outcome="")),
        given=Count("visits", filter=Q(visits__outcome=Outcome.GIVEN)),
    )
    return tuple(
        RunView(
            id=row.pk,
            uid=row.uid,
            node=row.node_id,
            day=row.day,
            name=row.name,
            crew=row.crew,
            is_closed=row.closed_at is not None,
            visits=row.all_visits,
            settled=row.settled,
            given=row.given,
        )
        for row in counted
    )


def visits(run_id: int) -> tuple[VisitView, ...]:
    """Return the visits of a run in their order (two statements)."""
    return visit_views(DoorVisit.objects.filter(run=run_id))


def visit(visit_id: int) -> VisitView:
    """Return a visit. Raises NotFound."""
    found = visit_views(DoorVisit.objects.filter(pk=visit_id))
    if not found:
        raise NotFound(what=str(visit_id))
    return found[0]


def visit_views(rows: QuerySet[DoorVisit]) -> tuple[VisitView, ...]:
    """Return visits with how many books went each way; loans that were taken back do not count."""
    found = list(rows.select_related("reader").order_by("position", "pk"))
    tally = copies_of([row.pk for row in found])
    return tuple(
        VisitView(
            id=row.pk,
            uid=row.uid,
            run=row.run_id,
            position=row.position,
            reader=reader_view(row.reader),
            order=row.order_id,
            outcome=row.outcome,
            persons=row.persons,
            note=row.note,
            given=tally[row.pk, Handed.GIVEN],
            collected=tally[row.pk, Handed.COLLECTED],
        )
        for row in found
    )


def copies_of(visits: Iterable[int]) -> Counter[tuple[int, str]]:
    """Return how many books went at visits, by visit and way (one statement)."""
    rows = DoorCopy.objects.filter(visit__in=list(visits), loan__cancelled_at=None)
    return Counter({(visit, way): n for visit, way, n in rows.values_list("visit", "handed").annotate(n=Count("pk"))})


def orders_on_runs(orders: Collection[int]) -> dict[int, int]:
    """Return on which open run each order is brought, by order (one statement)."""
    rows = DoorVisit.objects.filter(order__in=orders, run__closed_at=None, outcome="")
    return {order: run for order, run in rows.values_list("order", "run") if order is not None}
