"""Reservations: those that wait keep their place in the queue, what lies ready lies ready here."""

from datetime import date, datetime, timedelta
from operator import attrgetter
from pathlib import Path

from django.utils import timezone

from wenlan.catalogue import queries as titles
from wenlan.catalogue.description.numbers import isbn13
from wenlan.circulation.reserving import operations as reserving
from wenlan.circulation.takeover import operations as circulation
from wenlan.circulation.takeover import queries
from wenlan.circulation.takeover.types import OldReservation
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.types import ItemStatus
from wenlan.moving import keys, statements
from wenlan.moving.steps.borrowing import Sought, kept_out, moment_of, place_of, sought
from wenlan.moving.tables import Line, opened
from wenlan.moving.types import Outcome, Part, Problem
from wenlan.moving.work import Work, batches

SHELF_DAYS = timedelta(days=7)  # of what lies ready there without a last day
PART = Part.RESERVATIONS


def take(work: Work, path: Path) -> int:
    """Take in a file of reservations; returns how many lines it has. Wishes are made in the order of their days."""
    table = opened(path, work.form(PART), encoding=work.profile.encoding)
    assert table is not None
    done, wishes = 0, []
    for batch in batches(table.lines):
        lines = [line for line in batch if is_open(work, line)]
        work.stated["reservations"] += len(lines)
        about = sought(work, [(line.text("barcode"), line.text("reader")) for line in lines])
        numbers = {line.text("record") for line in lines} - {""}
        records = statements.records_by_number(numbers)
        wishes += [wish for line in lines if (wish := wished(work, line, about, records)) is not None]
        done += len(batch)
    settled(work, wishes)
    return done


def is_open(work: Work, line: Line) -> bool:
    """Return whether a line is a wish that still stands."""
    state = work.form(PART).of("states").get(line.text("state"), "waiting")
    if state == "ended":
        work.count(PART, Outcome.SKIPPED)
    return state != "ended"


def wished(work: Work, line: Line, about: Sought, records: dict[str, int]) -> OldReservation | None:
    """Return the wish that a line says, None when it is kept out; in a trial it may have no ids."""
    barcode, reader = line.text("barcode"), line.text("reader")
    item = about.items.get(barcode_key(barcode))
    record = item.record if item else record_of(work, line, about, records)
    made, is_read = moment_of(work, PART, line, "made", barcode)
    patron, is_account_open = about.readers.get(reader, (None, False))
    problem = None
    if reader not in about.readers or not is_account_open:
        problem = Problem.READER_UNKNOWN if reader not in about.readers else Problem.READER_CLOSED
    elif record is None:
        problem = Problem.ITEM_UNKNOWN
    if problem or not is_read:
        kept_out(work, PART, line.number, barcode or line.text("record"), problem or Problem.DAY_MISSING)
        return None
    until, _read = moment_of(work, PART, line, "until", barcode)
    is_ready = work.form(PART).of("states").get(line.text("state")) == "ready" and item is not None
    place = place_of(work, PART, line, "pickup", barcode)
    home = item.shelved_at if item else work.order.node
    at = made or work.act.at
    last = until.date() if until else work.act.day + SHELF_DAYS
    return OldReservation(
        key=keys.reservation_key(work.source, reader, str(record or barcode)),
        patron=patron or 0,
        record=record or 0,
        pickup=place or home,
        made_at=at,
        made_on=local(at),
        item=item.id if item and is_ready and item.status == ItemStatus.AVAILABLE else None,
        pick_up_by=last,
    )


def local(at: datetime) -> date:
    """Return the day of a moment, as told."""
    return timezone.localdate(at, timezone.get_default_timezone())


def record_of(work: Work, line: Line, about: Sought, records: dict[str, int]) -> int | None:
    """Return the title by its number or ISBN; 0 for one that a run would have."""
    if found := records.get(line.text("record")):
        return found
    isbn = isbn13(line.text("isbn"))
    for view in titles.records_by_number([isbn]) if isbn else ():
        return view.id
    imagined = {f"#{line.text('record')}", isbn} & work.records
    return 0 if work.is_trial and (imagined or about.has_item(barcode_key(line.text("barcode")))) else None


def settled(work: Work, wishes: list[OldReservation]) -> None:
    """Write the new wishes in their order, and end those that are no longer in the export."""
    before = queries.reservations_by_key([wish.key for wish in wishes])
    standing = queries.has_reserved({(wish.patron, wish.record) for wish in wishes})
    seen: set[str] = set()
    for wish in sorted(wishes, key=attrgetter("made_at")):
        pair = (wish.patron, wish.record)
        if wish.key in seen or (wish.key not in before and pair in standing and pair != (0, 0)):
            kept_out(work, PART, 0, "", Problem.ALREADY_RESERVED)
            continue
        seen.add(wish.key)
        known = before.get(wish.key)
        work.count(PART, Outcome.NEW if known is None else Outcome.SAME if known[1] else Outcome.SKIPPED)
        work.here["reservations"] += known is None or known[1]
        work.kept_out["reservations"] += known is not None and not known[1]
        if known is None and not work.is_trial:
            work.prepare({wish.made_on.year})
            circulation.take_reservation(work.act, old=wish)
    over = {key: pk for key, pk in queries.reservations_under(keys.prefix(work.source)).items() if key not in seen}
    work.count(PART, Outcome.CHANGED, len(over))
    for pk in over.values() if not work.is_trial else ():
        reserving.cancel(work.step_of(pk), reservation=pk)
