"""Who is served at the door, and runs: planning, what happened at each door, and the count when a run is closed."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from wenlan.circulation.ordering import queries as order_queries
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.outreach.doorstep import queries, sealing
from wenlan.outreach.doorstep.errors import (
    DoorplateMissing,
    DoorRuleWrong,
    NotEntitled,
    OrderOfAnother,
    RunClosed,
    RunWrong,
    ServedAlready,
    VisitTwice,
)
from wenlan.outreach.doorstep.types import (
    Doorplate,
    DoorReaderView,
    Ground,
    NewDoorReader,
    NewDoorRule,
    NewRun,
    RunView,
    VisitView,
)
from wenlan.outreach.models import DoorReader, DoorRule, DoorRun, DoorVisit
from wenlan.patrons import queries as patrons
from wenlan.patrons.identity import PRESENT_VERSION
from wenlan.staff.operations import audit


@transaction.atomic
def set_rule(act: Act, *, rule: NewDoorRule) -> int:
    """Serve readers of a category, a special group or an age at the door from the act's place; return the rule's id.

    Raises DoorRuleWrong for a rule that is for nobody in particular. Repeating `act.key` returns the first.
    """
    if rule.ground not in Ground or not (rule.category or rule.special_group or rule.age_from is not None):
        raise DoorRuleWrong()
    row, is_new = DoorRule.objects.get_or_create(
        key=act.key,
        defaults={
            "node_id": act.node,
            "ground": rule.ground,
            "category": rule.category,
            "special_group": rule.special_group,
            "age_from": rule.age_from,
            "from_day": act.day,
        },
    )
    if is_new:
        audit(act, "outreach.door_rule", f"rule:{row.pk}", after={"ground": rule.ground, "category": rule.category})
    return row.pk


@transaction.atomic
def end_rule(act: Act, *, rule: int) -> None:
    """End a rule from the act's day on. Twice is as once. Raises NotFound."""
    row = DoorRule.objects.select_for_update().filter(pk=rule).first()
    if row is None:
        raise NotFound(what=str(rule))
    if row.until_day is None:
        row.until_day = max(act.day, row.from_day)
        row.save(update_fields=["until_day"])
        audit(act, "outreach.door_rule_ended", f"rule:{row.pk}")


@transaction.atomic
def admit(act: Act, *, reader: NewDoorReader) -> DoorReaderView:
    """Serve a reader or a group at the door from the act's place on.

    Raises PatronUnknown, DoorplateMissing, ServedAlready, and NotEntitled where no ground is given and no rule holds.
    Repeating `act.key` returns the first. The address is sealed.
    """
    if first := DoorReader.objects.filter(key=act.key).first():
        return queries.reader_view(first)
    if not reader.doorplate.address.strip():
        raise DoorplateMissing()
    person = patrons.patron(reader.patron)
    if DoorReader.objects.filter(patron=reader.patron, ended_on=None).exists():
        raise ServedAlready()
    ground = reader.ground or queries.ground_by_rule(person, node=act.node, on=act.day)
    if ground not in Ground:
        raise NotEntitled()
    row = DoorReader(
        patron_id=reader.patron,
        node_id=act.node,
        ground=ground,
        by_rule=not reader.ground,
        area=reader.area.strip()[:60],
        doorplate_key_version=PRESENT_VERSION,
        from_day=act.day,
        valid_until=reader.valid_until,
        made_by=act.operator,
        key=act.key,
    )
    row.doorplate_cipher = sealing.seal(reader.doorplate, uid=row.uid)
    row.save()
    audit(act, "outreach.door_reader", f"patron:{reader.patron}", after={"ground": ground, "by_rule": row.by_rule})
    return queries.reader_view(row)


@transaction.atomic
def amend(act: Act, *, reader: int, doorplate: Doorplate, area: str, valid_until: date | None) -> DoorReaderView:
    """Change where somebody is found, or how long they are served. Raises NotFound, DoorplateMissing."""
    row = _reader(reader)
    if not doorplate.address.strip():
        raise DoorplateMissing()
    row.doorplate_cipher = sealing.seal(doorplate, uid=row.uid)
    row.doorplate_key_version = PRESENT_VERSION
    row.area, row.valid_until = area.strip()[:60], valid_until
    row.save(update_fields=["doorplate_cipher", "doorplate_key_version", "area", "valid_until"])
    audit(act, "outreach.door_reader_amended", f"patron:{row.patron_id}")
    return queries.reader_view(row)


@transaction.atomic
def end(act: Act, *, reader: int, reason: str = "") -> DoorReaderView:
    """Serve somebody at the door no longer; the address is forgotten. Twice is as once. Raises NotFound."""
    row = _reader(reader)
    if row.ended_on is None:
        row.ended_on, row.doorplate_cipher = act.day, None
        row.save(update_fields=["ended_on", "doorplate_cipher"])
        audit(act, "outreach.door_reader_ended", f"patron:{row.patron_id}", reason=reason)
    return queries.reader_view(row)


def _reader(reader: int) -> DoorReader:
    row = DoorReader.objects.select_for_update().filter(pk=reader).first()
    if row is None:
        raise NotFound(what=str(reader))
    return row


@transaction.atomic
def plan(act: Act, *, run: NewRun) -> RunView:
    """Plan a run from the act's place. Raises RunWrong. Repeating `act.key` returns the first."""
    row = DoorRun.objects.filter(key=act.key).first()
    if row is None:
        if not run.name.strip() or run.day < act.day:
            raise RunWrong()
        row = DoorRun.objects.create(
            node_id=act.node,
            day=run.day,
            name=run.name.strip()[:60],
            crew=run.crew.strip()[:120],
            made_by=act.operator,
            key=act.key,
        )
    return queries.run(row.pk)


def locked_run(run: int) -> DoorRun:
    """Lock a run that is not closed and return it. Raises NotFound and RunClosed."""
    row = DoorRun.objects.select_for_update().filter(pk=run).first()
    if row is None:
        raise NotFound(what=str(run))
    if row.closed_at is not None:
        raise RunClosed()
    return row


@transaction.atomic
def add_visit(act: Act, *, run: int, reader: int, order: int | None = None) -> VisitView:
    """Put a door on a run, with the order that is brought there.

    Raises RunClosed, NotEntitled when the reader is not served on the day of the run, VisitTwice and OrderOfAnother.
    """
    row, served = locked_run(run), queries.reader(reader)
    if not queries.is_served(served, patrons.patron(served.patron), row.day):
        raise NotEntitled()
    if DoorVisit.objects.filter(run=row, reader=reader).exists():
        raise VisitTwice()
    if order is not None:
        brought = order_queries.order(order)
        if brought.patron != served.patron or not brought.is_open or order in queries.orders_on_runs([order]):
            raise OrderOfAnother()
    last = row.visits.aggregate(last=Max("position"))["last"] or 0
    made = DoorVisit.objects.create(run=row, reader_id=reader, order_id=order, position=last + 1)
    return queries.visit(made.pk)


@transaction.atomic
def drop_visit(act: Act, *, visit: int) -> None:
    """Take a door off a run that was not called at. Raises NotFound and RunClosed."""
    found = queries.visit(visit)
    locked_run(found.run)
    DoorVisit.objects.filter(pk=visit, outcome="").delete()


@transaction.atomic
def move_visit(act: Act, *, visit: int, up: bool) -> None:
    """Call at a door one place earlier or later. Raises NotFound and RunClosed."""
    found = queries.visit(visit)
    row = locked_run(found.run)
    order = list(row.visits.order_by("position", "pk").values_list("pk", flat=True))
    place = order.index(visit)
    other = place + (-1 if up else 1)
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
        for position, one in enumerate(order, 1):
            DoorVisit.objects.filter(pk=one).update(position=position)


def hand_over(gone: int, kept: int) -> None:
    """Give a locked reader's service at the door to another; where both are served, the one that stays is kept."""
    if DoorReader.objects.filter(patron=kept, ended_on=None).exists():
        standing = DoorReader.objects.filter(patron=gone, ended_on=None)
        for row in standing:
            row.ended_on, row.doorplate_cipher = row.from_day, None
            row.save(update_fields=["ended_on", "doorplate_cipher"])
    DoorReader.objects.filter(patron=gone).update(patron=kept)
