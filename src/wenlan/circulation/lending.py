"""The decision and the write of a check-out."""

from dataclasses import replace

from wenlan.circulation import events, gathering, policies, statements
from wenlan.circulation.errors import CardUnknown, CheckoutRefused, OverrideNotAllowed
from wenlan.circulation.gathering import Overruling
from wenlan.circulation.policies import CheckoutFacts
from wenlan.circulation.reserving import trapping
from wenlan.circulation.statements import CardRow, HotRead, ReaderRow
from wenlan.circulation.types import CardRef, ItemRef, Lent, Refusal, Surety, Terms
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.errors import DomainError
from wenlan.kernel.ids import new_uid
from wenlan.kernel.words import say
from wenlan.ledger.kinds import Kind

MADE = Kind.LOAN_MADE.value


def lend(act: Act, read: HotRead, item: ItemRef, card: CardRef, overruling: Overruling) -> Lent | DomainError | None:
    """Lend what was read; the refusal instead, or None when it has to be read again: changed, or not locked."""
    if read.reader is None or read.card is None:
        return CardUnknown(what=card.number)
    if refused := gathering.not_one_item(read, item):
        return refused
    facts, terms = gather(act, read, read.reader)
    standing = policies.checkout_refusals(facts)
    if refusals := policies.not_overruled(standing, overruling.refusals):
        return CheckoutRefused(refusals, because=because(facts))
    if terms is None:
        return CheckoutRefused((Refusal.NO_RULE,))
    used, is_awaited = overruling.used(standing), read.items[0].reserved or read.items[0].held_for is not None
    if used and not overruling.is_allowed(act, used):
        return OverrideNotAllowed()
    if not read.is_locked and (used or is_awaited):  # more than one write
        return None
    lent = write(act, read, read.card, overruling.as_told(terms), limit=facts.reader.loan_limit)
    if lent is not None and is_awaited:
        trapping.lent(act, read.items[0], patron=lent.patron, loan=lent.loan)
    if lent is None or not used:
        return lent
    overruling.write_down(act, used, subject=events.loan_source(lent.loan), patron=lent.patron)
    return replace(lent, overridden=used)


def gather(act: Act, read: HotRead, reader: ReaderRow) -> tuple[CheckoutFacts, Terms | None]:
    """Return what the policy looks at, and the terms if a rule holds."""
    category, item = gathering.category_of(read, reader), read.items[0]
    decision = gathering.decision_for(read, node=act.node, category=category.code)
    terms = None
    if decision is not None:
        terms = policies.loan_terms(decision, on=read.on, is_open=gathering.calendar_of(read, act.node))
    found = gathering.tallies(read, reader, decision)
    facts = CheckoutFacts(
        on=read.on,
        reader=gathering.reader_facts(read, reader, decision, found),
        item_status=item.status,
        item_lending=item.lending,
        has_rule=decision is not None,
        is_held_for_reader=item.held_for == reader.id,
        kind_limits=gathering.kind_tallies(read, decision, found),
        credit_floor=decision.credit_floor if decision else None,
        owed_limit_fen=decision.owed_limit_fen if decision else None,
    )
    return facts, terms


def because(facts: CheckoutFacts) -> dict[Refusal, str]:
    """Return the numbers behind those refusals that have some."""
    reader = facts.reader
    reached = [tally for tally in facts.kind_limits if tally.loans >= tally.limit.most]
    return {
        Refusal.LOAN_LIMIT_REACHED: f"{reader.open_loans} / {reader.loan_limit}",
        Refusal.KIND_LIMIT_REACHED: ", ".join(
            f"{say(tally.limit.rule.words)}: {tally.loans} / {tally.limit.most}" for tally in reached
        ),
        Refusal.CREDIT_TOO_LOW: f"{reader.credit_points} < {facts.credit_floor}",
        Refusal.SUMS_OWED: f"{reader.owed_fen / 100:.2f} > {(facts.owed_limit_fen or 0) / 100:.2f}",
        Refusal.ITEMS_OVERDUE: str(reader.overdue_loans),
    }


def write(act: Act, read: HotRead, card: CardRow, terms: Terms, *, limit: int) -> Lent | None:
    """Write the loan of a reader who may have `limit` items; None when nothing was written."""
    reader, item, uid, day = read.reader, read.items[0], new_uid(), read.on
    assert reader is not None
    category = gathering.category_of(read, reader)
    loan = category.code, loan_kind(act, category.loan_kind), terms.rule.id
    lent = (statements.stored(act.at), day, act.node, act.operator, act.key, terms.due_on)
    subject = Surety.NONE if reader.deposit_fen == 0 else Surety.DEPOSIT
    event = events.of_loan(act, MADE, read, loan=loan, source=events.loan_source(uid), subject=subject.value)
    written = statements.write_checkout(
        read=read, loan=(uid, item.id, reader.id, *loan, *lent), card=card, node=act.node, event=event
    )
    if not written:
        return None
    return Lent(
        loan=uid,
        item=item.id,
        record=item.record,
        title=item.title,
        barcode=item.barcode,
        patron=reader.id,
        due_on=terms.due_on,
        open_loans=reader.open_loans + 1,
        loan_limit=limit,
        terms=gathering.named(read, terms),
        material=item.material,
    )


def loan_kind(act: Act, of_category: str) -> str:
    """Return the kind of loan that figures tell apart: what the bus lends, else as the category says."""
    return "bus" if act.channel == Channel.BUS else of_category
