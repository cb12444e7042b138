"""Taking in pages and lines of a paper register."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wenlan.circulation.journals import operations as journals
from wenlan.circulation.models import Loan
from wenlan.circulation.paper import errors, policies, queries, reading
from wenlan.circulation.paper.models import PaperLine, PaperPage
from wenlan.circulation.paper.policies import LineFacts
from wenlan.circulation.paper.types import Doubt, LineView, NewLine, PageView, Written
from wenlan.facilities.tallies import operations as tallies
from wenlan.facilities.tallies import queries as tallied
from wenlan.files import operations as files
from wenlan.files.types import NewFile
from wenlan.holdings import queries as holdings
from wenlan.holdings.dimensions import of_view
from wenlan.holdings.types import ItemStatus, ItemView
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.errors import NotFound
from wenlan.kernel.ids import new_uid
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.patrons.dimensions import countable
from wenlan.patrons.types import PatronView

KINDS = {Written.OUT: Kind.LOAN_MADE, Written.IN: Kind.LOAN_RETURNED}
JOURNAL_ACTS = {Written.OUT: "checkout", Written.IN: "checkin"}
FIRST_HOUR = time(9)
LONGEST_DAY = 600  # minutes
PHOTO_DAYS = 400  # until the report of the year is signed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A line with its day, and what is known here of its reader and its item."""

    line: NewLine
    day: date
    page: PaperPage | None
    reader: PatronView | None
    item: ItemView | None


@transaction.atomic
def keep_page(act: Act, *, month: date, number: str = "", photo: bytes = b"", name: str = "page.jpg") -> PageView:
    """Begin a page of the paper register of the act's place, with its photograph where one was taken.

    The photograph is kept sealed for 400 days. Raises DayAhead for a month to come, and as `files.keep` does. Repeating
    `act.key` returns the first answer.
    """
    if before := PaperPage.objects.filter(key=act.key).first():
        return queries.page(before.uid)
    start = month.replace(day=1)
    if start > act.day:
        raise errors.DayAhead(day=start)
    row = PaperPage.objects.create(
        node_id=act.node, month=start, number=number[:20], taken_at=act.at, by=act.operator, key=act.key
    )
    if photo:
        keep_until = act.day + timedelta(days=PHOTO_DAYS)
        new = NewFile(content=photo, name=name, owner=f"paper:{row.uid}", keep_until=keep_until)
        row.stored_file_id = files.keep(act, new=new).id
        row.save(update_fields=["stored_file"])
    return queries.page(row.uid)


def enter_line(
    act: Act, *, line: NewLine, page: UUID | None = None, confirmed: frozenset[Doubt] = frozenset()
) -> tuple[LineView, ...]:
    """Take in one line of a paper register of the act's place; return what it became: one line, two with a return.

    It is counted on the day that was written, under the channel `paper`, and recorded now. A loan whose reader and
    item are both known, and the return of an item that is on loan, go through the journal: they are loans and
    returns like others, and what stands against them waits for a decision. Any other line is counted as it stands.
    Raises DayUnreadable, DayAhead, DayBeforeOpening, BackBeforeOut, LineEmpty, LineUnknown for the page, CardUnknown,
    ItemUnknown, ItemAmbiguous, GateCountsHere, and LineDoubtful unless every doubt is `confirmed`; then nothing is
    written. Repeating `act.key` returns the first answer.
    """
    if before := queries.lines_by_key([act.key, f"{act.key}{queries.BACK}"]):
        return before
    known, back = _read(act, line, page)
    _confirm(act, known, confirmed)
    ledger.prepare_days(min(known.day, back or known.day), act.day + timedelta(days=1))
    with transaction.atomic():
        uids = [_take(act, known)]
        if back is not None:
            returned = replace(known, line=replace(line, what=Written.IN, day_written=line.back_written), day=back)
            uids.append(_take(replace(act, key=f"{act.key}{queries.BACK}"), returned))
    return queries.lines(uids)


def _read(act: Act, line: NewLine, page: UUID | None) -> tuple[_Known, date | None]:
    """Return the line with its day and what is known of it, and the day of the return if it says one."""
    on = queries.page_row(page) if page else None
    above = queries.last_day(on.pk) if on else None
    month = on.month if on else None
    day = _day(act, line.day_written, month=month, above=above)
    back = _day(act, line.back_written, month=day, above=day) if line.back_written.strip() else None
    if back is not None and (line.what != Written.OUT or back < day):
        raise errors.BackBeforeOut(back=back, day=day)
    if policies.is_empty(line.what, quantity=line.quantity, item=line.item or line.barcode):
        raise errors.LineEmpty()
    reader = patrons.patron_by_card(line.card) if line.card.strip() else None
    item = holdings.item_by_barcode(line.barcode, line.scope) if line.barcode.strip() else None
    return _Known(line=line, day=day, page=on, reader=reader, item=item), back


def _day(act: Act, written: str, *, month: date | None, above: date | None) -> date:
    day = reading.read_day(written, today=act.day, month=month, above=above)
    if day is None:
        raise errors.DayUnreadable(written=written[:40])
    if day > act.day:
        raise errors.DayAhead(day=day)
    try:
        network.node(act.node, day)
    except NotFound as unknown:
        raise errors.DayBeforeOpening(day=day) from unknown
    return day


def _confirm(act: Act, known: _Known, confirmed: frozenset[Doubt]) -> None:
    line = known.line
    same = PaperLine.objects.filter(line_key=_line_key(act.node, known), struck_at=None)
    is_visit = line.what == Written.VISIT
    facts = LineFacts(
        day=known.day,
        today=act.day,
        month=known.page.month if known.page else None,
        same_lines=same.count(),
        same_acts=_same_acts(known),
        visits_counted=tallied.persons_on(act.node, known.day) if is_visit else 0,
    )
    if standing := tuple(doubt for doubt in policies.doubts(facts) if doubt not in confirmed):
        raise errors.LineDoubtful(standing)


def _same_acts(known: _Known) -> int:
    """Return how many loans or returns of that item and day the system has already."""
    if known.item is None or known.line.what == Written.VISIT:
        return 0
    at = {"lent_on": known.day} if known.line.what == Written.OUT else {"returned_on": known.day}
    return Loan.objects.filter(item=known.item.id, cancelled_at=None, **at).count()


def _line_key(node: int, known: _Known) -> str:
    """Return a digest of what a line says; blanks make no difference."""
    line = known.line
    said = (node, line.what, known.day, line.reader or line.card, line.item or line.barcode, line.quantity)
    return sha256("|".join("".join(str(part).split()) for part in said).encode()).hexdigest()


def _take(act: Act, known: _Known) -> UUID:
    """Write one line and what it counts; return its uid."""
    line, uid = known.line, new_uid()
    row = PaperLine(
        uid=uid,
        page=known.page,
        node_id=act.node,
        what=line.what,
        day=known.day,
        day_written=line.day_written[:40],
        reader_written=line.reader[:80],
        item_written=line.item[:200],
        line_key=_line_key(act.node, known),
        patron_id=known.reader.id if known.reader else None,
        item_id=known.item.id if known.item else None,
        quantity=line.quantity,
        entered_at=act.at,
        entered_on=act.day,
        by=act.operator,
        key=act.key,
    )
    on_paper = replace(act, channel=Channel.PAPER)
    if line.what == Written.VISIT:
        tallies.tally(replace(on_paper, key=f"{act.key}/visit"), persons=line.quantity, day=known.day)
    elif _is_act(known):
        row.quantity, row.journal_uid = 1, _do(on_paper, known)
    else:
        source = f"paper:{uid}"
        ledger.record(
            on_paper,
            KINDS[Written(line.what)],
            source=source,
            day=known.day,
            quantity=line.quantity,
            **_dimensions(known),
        )
    row.save(force_insert=True)
    return uid


def _is_act(known: _Known) -> bool:
    """Tell whether a line is a loan or a return that the system can do: the book's own state hangs on it."""
    if known.item is None:
        return False
    if known.line.what == Written.OUT:
        return known.reader is not None
    return holdings.item(known.item.id).status == ItemStatus.ON_LOAN


def _do(act: Act, known: _Known) -> UUID:
    """Do a loan or a return through the journal, as of the day written; return the uid of its line there."""
    assert known.item is not None
    uid = new_uid()
    told: dict[str, Any] = {
        "uuid": str(uid),
        "act": JOURNAL_ACTS[Written(known.line.what)],
        "at": _at(act, known.day).isoformat(),
        "node": network.node(act.node).code,
        "channel": "paper",
        "card": known.line.card,
        "item": known.item.barcode,
        "scope": known.item.barcode_scope,
    }
    device = f"paper-{network.node(act.node).code}"[:40]
    journals.replay(act, device=device, lines=[json.dumps(told, ensure_ascii=False)])
    return uid


def _at(act: Act, day: date) -> datetime:
    """Return an hour for a line that has none: lines of a day follow each other in the order of the page."""
    if day == act.day:
        return act.at
    before = PaperLine.objects.filter(node=act.node, day=day).count()
    start = datetime.combine(day, FIRST_HOUR, timezone.get_default_timezone())
    return start + timedelta(minutes=min(before, LONGEST_DAY))


def _dimensions(known: _Known) -> dict[str, Any]:
    """Return what is known of the reader and the item, as the ledger freezes it."""
    found: dict[str, Any] = {"loan_kind": "personal"}
    if (reader := known.reader) is not None:
        found["reader"] = countable(reader, known.day)
        found["special_group"] = reader.special_group
        found["loan_kind"] = reader.category.loan_kind
    if known.item is not None:
        found["item"] = of_view(known.item)
    return found


@transaction.atomic
def strike(act: Act, *, line: UUID, reason: str) -> LineView:
    """Take a line back that was copied wrongly: what it counted is reversed, and it stays to be read.

    Raises LineUnknown, and LineStands for one that became a loan or return of a known book. Twice is as once. Locks
    the line's row.
    """
    row = PaperLine.objects.select_for_update().filter(uid=line, node=act.node).first()
    if row is None:
        raise errors.LineUnknown(what=str(line)[:13])
    if row.journal_uid is not None:
        raise errors.LineStands()
    if row.struck_at is None:
        row.struck_at, row.struck_reason = act.at, reason[:200]
        row.save(update_fields=["struck_at", "struck_reason"])
        if row.what == Written.VISIT:
            tallies.take_back(act, of=f"{row.key}/visit")
        else:
            ledger.reverse(act, day=row.day, source=f"paper:{row.uid}")
    return queries.lines([row.uid])[0]


def forget(*, before: date, limit: int = 500) -> int:
    """Let lines forget who was written on them, at most `limit`; the figures stay. Returns how many did."""
    rows = PaperLine.objects.filter(entered_on__lt=before).exclude(reader_written="", patron=None)
    chosen = list(rows.order_by("id").values_list("id", flat=True)[:limit])
    return PaperLine.objects.filter(pk__in=chosen).update(reader_written="", patron=None)
