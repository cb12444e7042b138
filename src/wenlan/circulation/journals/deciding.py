"""Deciding about a conflict: it happened like that, it is put right, or it is set aside. Each is an act of its own."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from wenlan.circulation import statements, undoing
from wenlan.circulation.errors import CannotUndo
from wenlan.circulation.journals import operations, recording, registering, words
from wenlan.circulation.journals.errors import AlreadyDecided, DecisionWrong, NotTakenBack, StillConflicting
from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.journals.outcomes import Beside, Outcome, conflict
from wenlan.circulation.journals.reading import act_of as read_act
from wenlan.circulation.journals.types import DECIDED, Correction, Decision, JournalAct, Line, LineState, Problem
from wenlan.circulation.models import Loan, Renewal
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.staff import queries as staff
from wenlan.staff.operations import audit

NO_CORRECTION = Correction()
PUT_RIGHT = "/put-right"
OF_A_PERSON = frozenset({"name", "document", "guardian", "guardian_phone"})


@transaction.atomic
def decide(
    act: Act, *, line: int, decision: Decision, correction: Correction = NO_CORRECTION, reason: str = ""
) -> JournalLine:
    """Decide about a waiting line, and record it as decided; acts on the same item that waited for it follow.

    A line that happened like that may show the next thing to decide; it then waits on. Locks the line, then the
    reader's row, then the item's. Raises AlreadyDecided, DecisionWrong without what it needs, StillConflicting where
    it cannot be recorded so, NotTakenBack; then nothing is written.
    """
    row = JournalLine.objects.select_for_update().filter(pk=line).first()
    if row is None or row.state != LineState.WAITING:
        raise AlreadyDecided()
    if decision != Decision.SET_ASIDE and waits(row):
        raise StillConflicting(why=Problem.WAITS.label)
    before = {"problem": row.problem, "is_recorded": row.is_recorded}
    DECISIONS[decision](act, row, correction, reason)
    after = {"decision": decision.value, "state": row.state, "told": noted(correction)}
    audit(act, "circulation.journal_decided", f"journal:{row.uid}", before=before, after=after, reason=reason)
    if row.state != LineState.WAITING:
        row.decision, row.decided_at, row.decided_by, row.reason = decision, act.at, act.operator, reason[:200]
    row.save()
    if row.state != LineState.WAITING or row.is_recorded:
        follow(act, row.item_key)
    if row.act == JournalAct.REGISTER and row.state != LineState.WAITING:
        follow_card(act, row)
    return row


def waits(row: JournalLine) -> bool:
    """Return whether an earlier act on the same item has to be decided first."""
    before = JournalLine.objects.filter(item_key=row.item_key, pk__lt=row.pk, state=LineState.WAITING)
    return bool(row.item_key) and before.filter(is_recorded=False).exists()


def accept(act: Act, row: JournalLine, _correction: Correction, _reason: str) -> None:
    """Record a line as it happened; what is recorded stands."""
    if not row.is_recorded:
        row.accepted = sorted({*row.accepted, row.problem})
        problem = row.problem
        outcome = tried(act, row, line_of(row))
        if not outcome.is_recorded:
            if outcome.problem == problem:
                raise StillConflicting(why=why(outcome))
            operations.settle(row, outcome)
            return
        operations.settle(row, outcome)
    row.state, row.problem = LineState.ACCEPTED.value, ""


def correct(act: Act, row: JournalLine, correction: Correction, _reason: str) -> None:
    """Record a line with another card, item, time or name; what was recorded as it was told is taken back first."""
    if correction == NO_CORRECTION:
        raise DecisionWrong()
    if row.is_recorded:
        take_back(act, row)
    told = put_right(row, correction, place=network.node(act.node).code)
    row.accepted = sorted({*row.accepted, *settled_by(correction)})
    outcome = tried(act, row, told, part=PUT_RIGHT if row.is_recorded else "")
    if not outcome.is_recorded:
        raise StillConflicting(why=why(outcome))
    operations.settle(row, outcome)
    row.state, row.problem = LineState.CORRECTED.value, ""


def set_aside(act: Act, row: JournalLine, _correction: Correction, reason: str) -> None:
    """Leave a line unrecorded for a reason; what was recorded is taken back."""
    if not reason.strip():
        raise DecisionWrong()
    if row.is_recorded:
        take_back(act, row)
    row.state, row.is_recorded = DECIDED[Decision.SET_ASIDE].value, False
    row.told = registering.without_seal(row.told) if row.told else row.told


DECISIONS = {Decision.ACCEPT: accept, Decision.CORRECT: correct, Decision.SET_ASIDE: set_aside}


def tried(act: Act, row: JournalLine, line: Line, *, part: str = "") -> Outcome:
    """Record a line as the one who decides says; who may not lend there is answered for by them."""
    accepted = frozenset(Problem(code) for code in row.accepted)
    row.item_key = operations.item_key(line) if line.item else ""
    row.node_id, row.happened_at = operations.node_of(line) or act.node, line.happened_at
    who = staff.member_by_username(line.by) if line.by else None
    if not operations.is_plausible(line, act.at):
        if Problem.CLOCK_OFF not in accepted or line.happened_at > act.at:
            return conflict(Problem.CLOCK_OFF)
        operations.prepare_days(act, [line])
    if line.card == str((row.told or {}).get("card", "")).strip():
        line = on_the_readers_card(line, row)
    happened = operations.act_of(line, row, who.id if who else act.staff, part=part)
    try:
        return recording.record(happened, line, Beside(accepted=accepted, back=operations.end_of(return_after(row))))
    except DomainError as refusal:
        raise StillConflicting(why=str(refusal)) from refusal


def on_the_readers_card(line: Line, row: JournalLine) -> Line:
    """Return the line on the card that its reader has. Raises StillConflicting while that is not decided."""
    found = registering.on_whose_card(line, operations.standing_before(row.device, [line]).issued)
    if found is None:
        raise StillConflicting(why=Problem.WAITS.label)
    return found


def return_after(row: JournalLine) -> Line | None:
    """Return the return that waits next behind a loan on the same item, None where something else does."""
    behind = JournalLine.objects.filter(item_key=row.item_key, pk__gt=row.pk, problem=Problem.WAITS)
    following = (
        behind.filter(state=LineState.WAITING).order_by("id").first() if row.act == JournalAct.CHECK_OUT else None
    )
    return line_of(following) if following and following.act == JournalAct.CHECK_IN else None


def line_of(row: JournalLine) -> Line:
    """Return the line as it was told. Raises DecisionWrong for one that could not be read."""
    if row.told is None:
        raise DecisionWrong()
    return read_act(row.uid, row.told)


def put_right(row: JournalLine, correction: Correction, *, place: str) -> Line:
    """Return the line with what a person put in; one that was unreadable is entered whole, as done at `place`."""
    told: dict[str, Any] = dict(row.told or {"node": place})
    if row.act == JournalAct.REGISTER:
        told = registering.put_right(told, correction)
        correction = replace(correction, card="", category="", name="", document="", guardian="", guardian_phone="")
    told |= {name: value for name, value in changed(correction).items() if name != "happened_at"}
    if correction.happened_at is not None:
        told |= {"at": correction.happened_at.isoformat(), "offset": 0}
    if correction.item and not correction.scope:
        told["scope"] = ""
    try:
        return read_act(row.uid, told)
    except (ValueError, KeyError, TypeError, OverflowError) as wrong:
        raise DecisionWrong() from wrong


def changed(correction: Correction) -> Mapping[str, str]:
    """Return what a person put in, as the format names it."""
    said = {name: str(getattr(correction, name) or "") for name in Correction.__dataclass_fields__}
    return {name: value for name, value in said.items() if value}


def noted(correction: Correction) -> Mapping[str, str]:
    """Return what a person put in, as the audit trail keeps it: of a person only that something was put in."""
    return {name: "…" if name in OF_A_PERSON else value for name, value in changed(correction).items()}


def settled_by(correction: Correction) -> set[str]:
    """Return which problems a correction settles by itself."""
    found = {Problem.READER_BLOCKED.value, Problem.ITEM_BLOCKED.value}
    found |= {Problem.CLOCK_OFF.value} if correction.happened_at else set()
    return found | ({Problem.CONSENT_MISSING.value} if correction.guardian or correction.guardian_phone else set())


def take_back(act: Act, row: JournalLine) -> None:
    """Take a recorded loan or renewal back as if it had not been. Raises NotTakenBack when something followed it."""
    key = str(row.uid)
    loan = Loan.objects.filter(out_key=key).first()
    renewal = Renewal.objects.filter(key=key).select_related("loan").first()
    about = loan or (renewal.loan if renewal else None)
    if about is None:
        return
    statements.lock_both(patron=about.patron_id, item=about.item_id)
    try:
        if renewal is not None:
            undoing.cancel_renewal(act, Loan.objects.get(pk=about.pk), renewal)
        else:
            undoing.cancel_loan(act, Loan.objects.get(pk=about.pk))
    except CannotUndo as refused:
        raise NotTakenBack() from refused


def follow(act: Act, item: str) -> None:
    """Record the acts on an item that waited for the one before them, in their order, up to the next conflict."""
    if not item:
        return
    rows = JournalLine.objects.select_for_update().filter(item_key=item, state=LineState.WAITING).order_by("id")
    crew = operations.Crew(act)
    for row in rows:
        if row.is_recorded:
            continue
        if row.problem != Problem.WAITS or not tried_again(row, crew):
            return


def follow_card(act: Act, registration: JournalLine) -> None:
    """Record the acts on a card that waited for its registration, in their order, and what waited for them."""
    behind = JournalLine.objects.filter(device=registration.device, card_key=registration.card_key)
    rows = behind.filter(pk__gt=registration.pk, state=LineState.WAITING, problem=Problem.WAITS).order_by("id")
    crew = operations.Crew(act)
    for pk in list(rows.values_list("pk", flat=True)):
        row = JournalLine.objects.select_for_update().get(pk=pk)
        if row.problem == Problem.WAITS and not waits(row) and tried_again(row, crew):
            follow(act, row.item_key)


def tried_again(row: JournalLine, crew: operations.Crew) -> bool:
    """Try a line that waited for another; return whether it is recorded now."""
    line = line_of(row)
    before = operations.Before(issued=operations.standing_before(row.device, [line]).issued)
    outcome = operations.first_look(line, row, crew, before)
    operations.settle(row, outcome or operations.look(line, row, crew, before, return_after(row)))
    row.save()
    return row.is_recorded


def why(outcome: Outcome) -> str:
    """Return in words what stands against an outcome."""
    return " ".join(words.reasons(outcome.found)) or str(Problem(outcome.problem).label)
