"""One act that has happened: recorded as it happened, or what a person has to decide first.

Each joins the caller's transaction and leaves nothing behind when it answers that the act is not recorded.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from wenlan.circulation import operations
from wenlan.circulation.errors import (
    CardUnknown,
    CheckoutRefused,
    ItemAmbiguous,
    ItemNotHere,
    ItemUnknown,
    Refused,
    RenewalRefused,
)
from wenlan.circulation.gathering import Overruling
from wenlan.circulation.inhouse import operations as inhouse
from wenlan.circulation.journals import past, registering, statements
from wenlan.circulation.journals.outcomes import Beside, Outcome, conflict
from wenlan.circulation.journals.types import JournalAct, Line, Problem
from wenlan.circulation.types import HAPPENED, OF_THE_READER, OVERRIDABLE, CardRef, ItemRef, Refusal, Returned
from wenlan.facilities.tallies import operations as tallies
from wenlan.facilities.tallies.errors import GateCountsHere
from wenlan.holdings.policies import barcode_key
from wenlan.kernel.acts import Act
from wenlan.patrons.errors import PassStale

HAPPENED_OFF_LINE = "happened off line"
LONGEST_DUE_DAYS = 400


def record(act: Act, line: Line, beside: Beside) -> Outcome:
    """Record a line, or return why a person has to decide first."""
    try:
        return WAYS[line.act](act, line, beside)
    except ItemAmbiguous as ambiguous:
        return conflict(Problem.ITEM_AMBIGUOUS, scopes=list(ambiguous.scopes))
    except ItemUnknown:
        return conflict(Problem.ITEM_UNKNOWN)
    except (CardUnknown, PassStale):
        return conflict(Problem.CARD_UNKNOWN)


def check_out(act: Act, line: Line, beside: Beside) -> Outcome:
    """Record a loan; one whose item went on elsewhere since only when that was decided, or when it came back before."""
    since = loans_since(act, line)
    if since:
        end = past.first_end(since, act.at)
        if beside.back and beside.back.at <= end.at:
            end = beside.back
        elif Problem.ACTED_SINCE not in beside.accepted and any(loan.id for loan in since):
            return conflict(Problem.ACTED_SINCE, at=end.at.isoformat(), node=end.node)
        told = Overruling(OVERRIDABLE, line.reason, happened=True, told=told_day(act, line))
        loan = past.lend(act, item=item_of(line), card=CardRef(line.card), told=told, end=end)
        return Outcome(said={"due": loan.due_on.isoformat()}, ended=None if any(loan.id for loan in since) else end.at)
    try:
        return lend(act, line, beside)
    except CheckoutRefused as refused:
        if refused.refusals != (Refusal.ITEM_ON_LOAN,) or Problem.ALREADY_LENT not in beside.accepted:
            return refusal_of(refused)
    operations.check_in(replace(act, key=f"{act.key}/back"), item=item_of(line))
    return lend(act, line, beside)


def lend(act: Act, line: Line, beside: Beside) -> Outcome:
    """Lend, and report what stood against it. Raises CheckoutRefused for what cannot be recorded so."""
    lent = operations.check_out(
        act,
        item=item_of(line),
        card=CardRef(line.card),
        overrides=HAPPENED if Problem.READER_BLOCKED in beside.accepted else OVERRIDABLE,
        reason=line.reason or HAPPENED_OFF_LINE,
        happened=True,
        due_on=told_day(act, line),
    )
    return overruled(lent.overridden, {"title": lent.title, "due": lent.due_on.isoformat()}, beside)


def overruled(refusals: tuple[Refusal, ...], said: dict[str, Any], beside: Beside) -> Outcome:
    """Return the outcome of an act that was recorded against some refusals."""
    if not refusals or beside.is_overruled:
        return Outcome(said=said)
    problem = Problem.READER_BLOCKED if OF_THE_READER.intersection(refusals) else Problem.ITEM_BLOCKED
    if problem in beside.accepted:
        return Outcome(said=said)
    return Outcome(problem=problem.value, found={"refusals": [one.value for one in refusals]}, said=said)


def refusal_of(refused: Refused) -> Outcome:
    """Return the conflict that a refusal is, the reader's before the item's."""
    refusals = frozenset(refused.refusals)
    problem = Problem.ITEM_BLOCKED
    if OF_THE_READER & refusals:
        problem = Problem.READER_BLOCKED
    elif Refusal.ITEM_ON_LOAN in refusals:
        problem = Problem.ALREADY_LENT
    elif Refusal.NO_RULE in refusals:
        problem = Problem.NO_RULE
    return conflict(problem, refusals=[one.value for one in refused.refusals])


def check_in(act: Act, line: Line, beside: Beside) -> Outcome:
    """Record a return, unless the item was taken back elsewhere since: then it was this reader's return already.

    Only where that cost the reader days of lateness has a person to look.
    """
    since = [loan for loan in loans_since(act, line) if loan.id]
    if not since:
        return came_back(operations.check_in(act, item=item_of(line)))
    open_then = next((loan for loan in since if loan.lent_at <= act.at), None)
    if open_then is None or not open_then.overdue_days:
        return Outcome(said={"step": "elsewhere"})
    if Problem.ACTED_SINCE in beside.accepted:
        return Outcome(said={"step": "elsewhere", "late": past.returned_earlier(act, open_then.id)})
    assert open_then.returned_at is not None
    found = {"at": open_then.returned_at.isoformat(), "node": open_then.returned_node, "late": open_then.overdue_days}
    return conflict(Problem.ACTED_SINCE, **found)


def came_back(returned: Returned) -> Outcome:
    """Return what the device is told of an item that came in."""
    said = {
        "title": returned.title,
        "step": returned.next_step.value,
        "to": returned.destination,
        "late": returned.overdue_days,
        "was_on_loan": returned.was_on_loan,
    }
    return Outcome(said=said, ends_nothing=not returned.was_on_loan)


def renew(act: Act, line: Line, beside: Beside) -> Outcome:
    """Record a renewal of the loan that was open then."""
    if any(loan.id for loan in loans_since(act, line)):
        return conflict(Problem.NOT_RENEWABLE, refusals=[Refusal.NOT_ON_LOAN.value])
    try:
        renewed = operations.renew(
            act,
            item=item_of(line),
            card=CardRef(line.card) if line.card else None,
            overrides=OVERRIDABLE,
            reason=line.reason or HAPPENED_OFF_LINE,
            happened=True,
            due_on=told_day(act, line),
        )
    except RenewalRefused as refused:
        return conflict(Problem.NOT_RENEWABLE, refusals=[one.value for one in refused.refusals])
    return overruled(renewed.overridden, {"title": renewed.title, "due": renewed.due_on.isoformat()}, beside)


def use(act: Act, line: Line, beside: Beside) -> Outcome:
    """Record a use in the house; of what stands as lent only when that was decided, and then it came back."""
    try:
        inhouse.scan_use(act, item=item_of(line))
    except ItemNotHere:
        if Problem.ITEM_BLOCKED not in beside.accepted:
            return conflict(Problem.ITEM_BLOCKED, refusals=[Refusal.ITEM_ON_LOAN.value])
        operations.check_in(replace(act, key=f"{act.key}/back"), item=item_of(line))
        inhouse.scan_use(act, item=item_of(line))
    return Outcome()


def visit(act: Act, line: Line, _beside: Beside) -> Outcome:
    """Record visits that were counted by hand."""
    try:
        tallies.tally(act, persons=line.persons)
    except GateCountsHere:
        return conflict(Problem.GATE_COUNTS)
    return Outcome()


def loans_since(act: Act, line: Line) -> list[statements.LoanAbout]:
    """Return what was done with the item after the act."""
    return statements.loans_since(barcode_key=barcode_key(line.item), scope=line.scope, key=act.key, at=act.at)


def item_of(line: Line) -> ItemRef:
    """Return the item as it was scanned."""
    return ItemRef(line.item, line.scope)


def told_day(act: Act, line: Line) -> date | None:
    """Return the day the reader was told, None for none and for one that no rule would give."""
    told = date.fromisoformat(line.due) if line.due else None
    return told if told and 0 < (told - act.day).days <= LONGEST_DUE_DAYS else None


WAYS: dict[JournalAct, Callable[[Act, Line, Beside], Outcome]] = {
    JournalAct.CHECK_OUT: check_out,
    JournalAct.CHECK_IN: check_in,
    JournalAct.RENEW: renew,
    JournalAct.VISIT: visit,
    JournalAct.USE: use,
    JournalAct.REGISTER: registering.register,
}
