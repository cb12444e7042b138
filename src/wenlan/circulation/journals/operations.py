"""Taking journals in, deciding their conflicts, and forgetting whom they tell of."""

from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from wenlan.circulation.journals import recording, registering
from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.journals.outcomes import Beside, Outcome, conflict
from wenlan.circulation.journals.past import End
from wenlan.circulation.journals.reading import device_code, read_line
from wenlan.circulation.journals.types import JournalAct, Line, LineState, Problem, Summary, Unreadable
from wenlan.circulation.statements import ON_SQLITE
from wenlan.holdings.policies import barcode_key
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.errors import NotFound
from wenlan.ledger import operations as ledger
from wenlan.network import queries as network
from wenlan.network.types import NodeKind
from wenlan.staff import queries as staff
from wenlan.staff.types import Right, StaffView

AHEAD = timedelta(minutes=10)
LONGEST_BACK = {"offline": timedelta(days=31), "paper": timedelta(days=400), "import": timedelta(days=400)}
READY_BACK = timedelta(days=25)  # the ledger has the months of these days at hand
ON_THE_BUS = {NodeKind.BUS, NodeKind.BUS_STOP}
LONGEST_KEY = 200
TOGETHER = 8  # acts, some twenty milliseconds
RIGHTS = {JournalAct.REGISTER: Right.PATRONS_REGISTER}


@dataclass(frozen=True, slots=True)
class Before:
    """What stands of earlier lines: items on which an act waits, and the registrations of the device by card."""

    items: set[str] = field(default_factory=set)
    issued: dict[str, JournalLine] = field(default_factory=dict)

    def add(self, row: JournalLine) -> None:
        """Take note of a line for those that follow."""
        if row.act == JournalAct.REGISTER and row.card_key:
            self.issued[row.card_key] = row
        elif row.state == LineState.WAITING and not row.is_recorded and row.item_key:
            self.items.add(row.item_key)


@dataclass(frozen=True, slots=True)
class Crew:
    """Who sends, who did it, and what they may: asked once for each name and place of a journal."""

    sender: Act
    known: dict[str, StaffView | None] = field(default_factory=dict)
    rights: dict[tuple[int, Right, int], bool] = field(default_factory=dict)

    def member(self, username: str) -> StaffView | None:
        """Return who signs in by a name, None for nobody."""
        if username not in self.known:
            self.known[username] = staff.member_by_username(username)
        return self.known[username]

    def may(self, staff_id: int, right: Right, node: int) -> bool:
        """Return whether somebody holds a right at a place today."""
        key = staff_id, right, node
        if key not in self.rights:
            self.rights[key] = staff.may(staff_id, right, node, self.sender.day)
        return self.rights[key]

    def may_send(self, who: StaffView | None, node: int, act: JournalAct) -> bool:
        """Return whether both who did it and who sends it may do it at the place; a command is nobody's."""
        ids = {who.id if who else None, self.sender.staff} - {None}
        right = RIGHTS.get(act, Right.CHECK_OUT)
        return all(self.may(one, right, node) for one in ids if one is not None)

    def may_overrule(self, who: StaffView | None, node: int) -> bool:
        """Return whether a refusal that was overruled there is settled: by who did it, vouched for by who sends."""
        ids = {who.id if who else None, self.sender.staff}
        return all(one is not None and self.may(one, Right.OVERRIDE, node) for one in ids)


def replay(act: Act, *, device: str, lines: Sequence[str], is_clock_sure: bool = True) -> tuple[JournalLine, ...]:
    """Record the acts of a device in their order, each whole or not at all; return what stands of each line.

    `act` is the sending: who, now. A line that came before is returned as it stands and changes nothing, so a sending
    may break off anywhere and be repeated. What cannot be recorded waits for a person, and so does every later act
    on the same item. `is_clock_sure` False: the device's clock was changed, so no time of its acts is sure.
    """
    device = device_code(device)
    told = [read_line(device, text) for text in lines]
    standing = {row.uid: row for row in JournalLine.objects.filter(uid__in=[one.uid for one in told])}
    new = [one for one in told if one.uid not in standing]
    crew, before = Crew(act), standing_before(device, [one for one in new if isinstance(one, Line)])
    prepare_days(act, new)
    backs = returns_that_follow([one for one in new if isinstance(one, Line)])
    for start in range(0, len(new), TOGETHER):
        with written_together():
            for one in new[start : start + TOGETHER]:
                if one.uid in standing:
                    continue  # twice in one sending
                row = take(act, device, one, crew, before, back=backs.get(one.uid), is_clock_sure=is_clock_sure)
                standing[row.uid] = row
                before.add(row)
    return tuple(standing[one.uid] for one in told)


def written_together() -> AbstractContextManager[object]:
    """Write some acts through to the disk at once, where one writer has the lane: a slow disk takes one at a time.

    Elsewhere each act is a transaction: the locks of several would stand in the way of desks.
    """
    return transaction.atomic() if ON_SQLITE else nullcontext()


def returns_that_follow(lines: Sequence[Line]) -> dict[UUID, Line]:
    """Return for each loan of a journal the return that comes next on its item, if that is what comes next."""
    later: dict[str, Line] = {}
    found = {}
    for line in reversed(lines):
        key = item_key(line)
        following = later.get(key)
        if line.act == JournalAct.CHECK_OUT and following and following.act == JournalAct.CHECK_IN:
            found[line.uid] = following
        if line.item:
            later[key] = line
    return found


def end_of(back: Line | None) -> End | None:
    """Return where and when a return of the same journal ended a loan."""
    node = node_of(back) if back else None
    return End(back.happened_at, node, str(back.uid)) if back and node else None


def standing_before(device: str, lines: Sequence[Line]) -> Before:
    """Return what earlier lines mean for these: what waits on their items, who got their cards (one statement)."""
    items = {item_key(one) for one in lines if one.item}
    cards = {registering.key_of(one) for one in lines if one.card}
    before = Before()
    if items or cards:
        waiting = Q(item_key__in=items, state=LineState.WAITING, is_recorded=False)
        issued = Q(device=device, card_key__in=cards, act=JournalAct.REGISTER)
        for row in JournalLine.objects.filter(waiting | issued).order_by("id"):
            before.add(row)
    return before


def item_key(line: Line) -> str:
    """Return under what the acts on one item are found."""
    return barcode_key(line.item)[:LONGEST_KEY]


def prepare_days(act: Act, told: Sequence[Line | Unreadable]) -> None:
    """Make the ledger ready for days that lie further back than its months reach, before any act of them."""
    days = [one.happened_at.date() for one in told if isinstance(one, Line) and is_plausible(one, act.at)]
    if days and min(days) < (act.at - READY_BACK).date():
        ledger.prepare_days(min(days) - timedelta(days=1), max(days) + timedelta(days=2))


def is_plausible(line: Line, now: datetime) -> bool:
    """Return whether an act can have happened when it says."""
    return -LONGEST_BACK[line.channel] < line.happened_at - now < AHEAD


def take(
    sent: Act,
    device: str,
    told: Line | Unreadable,
    crew: Crew,
    before: Before,
    *,
    back: Line | None,
    is_clock_sure: bool,
) -> JournalLine:
    """Record one line and keep it, both or neither. Whoever sent it at the same moment was first."""
    row = JournalLine(uid=told.uid, device=device, received_at=sent.at, sent_by=sent.operator)
    try:
        with transaction.atomic():
            if isinstance(told, Unreadable):
                row.text, outcome = told.text, conflict(Problem.UNREADABLE)
            else:
                describe(row, told)
                sure = is_clock_sure and is_plausible(told, sent.at)
                stopped = first_look(told, row, crew, before, is_clock_sure=sure)
                outcome = stopped or look(told, row, crew, before, back)
            settle(row, outcome)
            row.node_id = row.node_id or sent.node
            row.save(force_insert=True)
    except IntegrityError:
        standing = JournalLine.objects.filter(uid=told.uid).first()
        if standing is None:
            raise
        return standing
    return row


def describe(row: JournalLine, line: Line) -> None:
    """Put what a line tells into its row."""
    row.act, row.happened_at, row.by = line.act.value, line.happened_at, line.by
    row.told = registering.sealed_told(line)
    row.item_key, row.card_key = item_key(line) if line.item else "", registering.key_of(line)
    row.node_id = node_of(line)


def node_of(line: Line) -> int | None:
    """Return the place of a line, None for one that we do not have."""
    try:
        return network.node_by_code(line.node).id
    except NotFound:
        return None


def first_look(
    line: Line, row: JournalLine, crew: Crew, before: Before, *, is_clock_sure: bool = True
) -> Outcome | None:
    """Return why a line is not tried: who did it may not, its time is not sure, or an act before it waits.

    That is one on its item, or the registration in which its card was handed out.
    """
    who = crew.member(line.by) if line.by else None
    if row.node_id is None or (line.by and who is None) or not crew.may_send(who, row.node_id, line.act):
        return conflict(Problem.NOT_PERMITTED)
    if not is_clock_sure:
        return conflict(Problem.CLOCK_OFF)
    waits = row.item_key in before.items or registering.on_whose_card(line, before.issued) is None
    return conflict(Problem.WAITS) if waits else None


def look(line: Line, row: JournalLine, crew: Crew, before: Before, back: Line | None) -> Outcome:
    """Record a line that may be tried, on the card that its reader has; `back` is the return that follows it."""
    assert row.node_id is not None
    line = registering.on_whose_card(line, before.issued) or line
    who = crew.member(line.by) if line.by else None
    act = act_of(line, row, who.id if who else crew.sender.staff)
    is_overruled = bool(line.reason) and crew.may_overrule(who, row.node_id)
    return recording.record(act, line, Beside(is_overruled=is_overruled, back=end_of(back)))


def act_of(line: Line, row: JournalLine, staff_id: int | None, *, part: str = "") -> Act:
    """Return the act as it happened, known under the uuid of its line."""
    assert row.node_id is not None
    is_bus = line.channel == "offline" and network.node(row.node_id).kind in ON_THE_BUS
    return Act(
        at=line.happened_at,
        node=row.node_id,
        channel=Channel.BUS if is_bus else Channel(line.channel),
        staff=staff_id,
        device=row.device,
        key=f"{row.uid}{part}",
        told_at=row.received_at,
    )


def settle(row: JournalLine, outcome: Outcome) -> None:
    """Put the outcome into the row; a loan that another device told of ends with a return that ended nothing."""
    row.state = LineState.WAITING if outcome.problem else LineState.RECORDED
    row.problem, row.is_recorded = outcome.problem, outcome.is_recorded
    row.found, row.said, row.ends_nothing = dict(outcome.found), dict(outcome.said), outcome.ends_nothing
    if row.act == JournalAct.REGISTER and row.is_recorded and row.told:
        row.told = registering.without_seal(row.told)  # the reader's row has it
    if outcome.ended is not None:
        ends = JournalLine.objects.filter(item_key=row.item_key, happened_at=outcome.ended, ends_nothing=True)
        ends.update(ends_nothing=False)


def summary(before: Sequence[UUID], rows: Sequence[JournalLine], **of_the_file: Any) -> Summary:
    """Return what became of lines, `before` being those that were known before they came."""
    known = set(before)
    new = list({row.uid: row for row in rows if row.uid not in known}.values())
    return Summary(
        lines=len(rows),
        known=len(rows) - len(new),
        recorded=sum(row.state == LineState.RECORDED for row in new),
        conflicts=dict(Counter(row.problem for row in new if row.state == LineState.WAITING)),
        by_act=dict(Counter(row.act for row in new if row.is_recorded)),
        **of_the_file,
    )


def known_among(device: str, lines: Sequence[str]) -> list[UUID]:
    """Return the uuids of lines that came before."""
    uids = [read_line(device_code(device), text).uid for text in lines]
    return list(JournalLine.objects.filter(uid__in=uids).values_list("uid", flat=True))


def forget_told(*, before: datetime, limit: int = 500) -> int:
    """Let lines that wait for nobody forget what they told, at most `limit`; what they were and became stays."""
    rows = JournalLine.objects.filter(received_at__lt=before).exclude(state=LineState.WAITING).exclude(told=None)
    chosen = list(rows.order_by("id").values_list("id", flat=True)[:limit])
    return JournalLine.objects.filter(pk__in=chosen).update(told=None, text="", found={}, said={}, card_key="")
