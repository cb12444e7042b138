"""What happened at a door, and the count of a run when it is closed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from wenlan.circulation import operations as desk
from wenlan.circulation import queries as loans
from wenlan.circulation.ordering import handing
from wenlan.circulation.ordering import operations as orders
from wenlan.circulation.ordering.types import NewLine, NewOrder
from wenlan.circulation.types import ItemRef
from wenlan.holdings import queries as holdings
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.types import EventRow, ItemDimensions
from wenlan.outreach.doorstep import queries
from wenlan.outreach.doorstep.errors import BooksWereGiven, RunUnfinished
from wenlan.outreach.doorstep.operations import locked_run
from wenlan.outreach.doorstep.types import Handed, Outcome, RunView, Settled, VisitReport, VisitView
from wenlan.outreach.models import DoorCopy, DoorRun, DoorVisit
from wenlan.registers import operations as registers

BOOK = "home_service"
DELIVERY, VOLUMES, COLLECTED, PERSONS = "door.delivery", "door.volumes", "door.collected", "door.persons"
DOOR = "door"
Refused = tuple[tuple[ItemRef, str], ...]


@transaction.atomic
def settle(act: Act, *, visit: int, report: VisitReport) -> Settled:
    """Enter how a visit ended: what was given becomes loans on the reader's order, what was collected is returned.

    Books are lent only here, so that what nobody took is no loan. It may be told again until the run is closed, with
    what was forgotten. What the desk's rules refuse is told with its reasons. Raises RunClosed, BooksWereGiven, and
    the errors of an order that is over. Repeating `act.key` gives and collects nothing twice.
    """
    row = DoorVisit.objects.select_for_update().get(pk=queries.visit(visit).id)
    run = locked_run(row.run_id)
    outcome = Outcome(report.outcome)
    if outcome != Outcome.GIVEN and queries.visit(visit).given:
        raise BooksWereGiven()
    there = replace(act, node=run.node_id)
    refused: Refused = ()
    if outcome == Outcome.GIVEN and report.given:
        refused += _give(there, row, report.given)
    refused += _collect(there, row, report.collected)
    row.outcome, row.persons, row.note = outcome, max(report.persons, 1), report.note.strip()[:200]
    row.settled_at, row.settled_by = act.at, act.operator
    row.save(update_fields=["outcome", "persons", "note", "settled_at", "settled_by"])
    return Settled(visit=queries.visit(visit), refused=refused)


def _part(act: Act, name: str) -> Act:
    return replace(act, key=f"{act.key[:48]}/{name}")


def _give(act: Act, row: DoorVisit, items: Sequence[ItemRef]) -> Refused:
    """Lend what was given; a visit without an order gets one, so that the reader sees what came."""
    if row.order_id is None:
        row.order_id = _order_of(act, row, len(items))
        row.save(update_fields=["order"])
    filled = handing.lend(_part(act, "given"), order=row.order_id, items=items)
    lent = loans.open_loans_by_uid([one.loan for one in filled.lent])
    DoorCopy.objects.bulk_create([DoorCopy(visit=row, loan_id=loan.id, handed=Handed.GIVEN) for loan in lent])
    return filled.refused


def _order_of(act: Act, row: DoorVisit, wanted: int) -> int:
    plate = queries.doorplates([row.reader_id])[row.reader_id]
    with translation.override("zh-hans"):
        text = _("Chosen by the library for a visit at the door")
    order = NewOrder(
        patron=row.reader.patron_id,
        place=act.node,
        lines=[NewLine(text=text, wanted=wanted)],
        to_door=True,
        address=plate.address,
    )
    return orders.ask(_part(act, "order"), order=order).id


def _collect(act: Act, row: DoorVisit, items: Sequence[ItemRef]) -> Refused:
    """Take back what was collected; a book that was not on loan is told."""
    refused: list[tuple[ItemRef, str]] = []
    for place, item in enumerate(items):
        try:
            back = desk.check_in(_part(act, f"back{place}"), item=item)
        except DomainError as refusal:
            refused.append((item, str(refusal)))
            continue
        loan = loans.loan_by_key(f"{act.key[:48]}/back{place}")
        if loan is None or not back.was_on_loan:
            refused.append((item, _("It was not on loan.")))
            continue
        DoorCopy.objects.get_or_create(loan_id=loan.id, handed=Handed.COLLECTED, defaults={"visit": row})
    return tuple(refused)


@transaction.atomic
def close(act: Act, *, run: int) -> RunView:
    """Close a run and count it, once: deliveries, volumes by class, persons, and an entry of the record book.

    The record book of service at home gets one entry for each group of readers served, with their persons; volumes
    stand in none of its counts, for they are loans. Raises RunUnfinished. Twice is as once.
    """
    row = DoorRun.objects.select_for_update().get(pk=queries.run(run).id)
    if row.closed_at is not None:
        return queries.run(run)
    visits = queries.visits(row.pk)
    if waiting := sum(not one.outcome for one in visits):
        raise RunUnfinished(count=waiting)
    there = replace(act, node=row.node_id)
    made = [one for one in visits if one.outcome == Outcome.GIVEN]
    ledger.record_many([event for one in made for event in _rows(there, row, one)])
    for ground in sorted({one.reader.ground for one in made}):
        _enter(there, row, ground, [one for one in made if one.reader.ground == ground])
    row.closed_at = act.at
    row.save(update_fields=["closed_at"])
    return queries.run(run)


def _rows(act: Act, run: DoorRun, visit: VisitView) -> list[EventRow]:
    """Return what a visit counts: itself, its persons, and its volumes by what they are."""

    def event(subject: str, number: int, part: str, item: ItemDimensions | None = None) -> EventRow:
        source = f"door:{visit.uid}:{part}"
        loan_kind = DOOR if item else ""
        kind = Kind.RECORD_ENTERED
        group = visit.reader.ground
        return ledger.event_row(
            act,
            kind,
            source=source,
            day=run.day,
            subject=subject,
            quantity=number,
            item=item,
            loan_kind=loan_kind,
            special_group=group,
        )

    found = [event(f"{DELIVERY}:{visit.reader.ground}", 1, "visit"), event(PERSONS, visit.persons, "persons")]
    for place, (kind, number) in enumerate(_given(visit).items()):
        material, main_class, audience = kind
        item = ItemDimensions(material=material, main_class=main_class, audience=audience)
        found.append(event(VOLUMES, number, f"volumes{place}", item))
    if visit.collected:
        found.append(event(COLLECTED, visit.collected, "collected"))
    return found


def _given(visit: VisitView) -> Counter[tuple[str, str, str]]:
    """Return how many books of each material, class and audience were given at a visit."""
    rows = DoorCopy.objects.filter(visit=visit.id, handed=Handed.GIVEN, loan__cancelled_at=None)
    items = list(rows.order_by("pk").values_list("loan__item_id", flat=True))
    known = holdings.items_by_id(items)
    return Counter((known[one].material, known[one].main_class, known[one].audience) for one in items)


def _enter(act: Act, run: DoorRun, ground: str, visits: Sequence[VisitView]) -> None:
    """Write the entry of the record book for one group of readers; no person is named in it."""
    given, back = (sum(getattr(one, way) for one in visits) for way in ("given", "collected"))
    with translation.override("zh-hans"):
        said = {"name": run.name, "visits": len(visits), "given": given, "back": back}
        text = _("%(name)s: %(visits)d visits, %(given)d volumes lent, %(back)d taken back") % said
    registers.enter(
        act,
        book=BOOK,
        day=run.day,
        values={"group": ground, "persons": sum(one.persons for one in visits), "content": text},
        key=f"door:{run.uid}:{ground}",
        node=run.node_id,
    )
