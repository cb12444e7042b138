"""The decision and the write of a renewal."""

from dataclasses import dataclass, replace

from wenlan.circulation import events, gathering, policies, statements
from wenlan.circulation.errors import OverrideNotAllowed, RenewalRefused
from wenlan.circulation.gathering import Overruling
from wenlan.circulation.policies import RenewalFacts
from wenlan.circulation.reserving import trapping
from wenlan.circulation.statements import HotRead, LoanRow, ReaderRow
from wenlan.circulation.types import ItemRef, Refusal, Renewed, Terms
from wenlan.holdings.types import ItemStatus
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError
from wenlan.kernel.ids import new_uid
from wenlan.ledger.kinds import Kind

RENEWED = Kind.LOAN_RENEWED.value


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalWish:
    """What is to be renewed, for whom (a reader's id, None for whoever holds it) and who asks."""

    item: ItemRef
    patron: int | None
    initiative: str
    overruling: Overruling


def lengthen(act: Act, read: HotRead, wish: RenewalWish) -> Renewed | DomainError | None:
    """Renew the loan of what was read; None when it changed meanwhile and has to be read again."""
    if refused := gathering.not_one_item(read, wish.item):
        return refused
    loan, reader = read.loan, read.reader
    if (loan is None) != (read.items[0].status != ItemStatus.ON_LOAN):
        return None
    if loan is None or reader is None:
        return RenewalRefused((Refusal.NOT_ON_LOAN,))
    facts, terms = gather(read, loan, reader, wish)
    standing = policies.renewal_refusals(facts)
    refusals = policies.not_overruled(standing, wish.overruling.refusals)
    if refusals or terms is None:
        return RenewalRefused(refusals or (Refusal.NO_RULE,))
    used = wish.overruling.used(standing)
    if used and not wish.overruling.is_allowed(act, used):
        return OverrideNotAllowed()
    renewed = write(act, read, loan, reader, wish.overruling.as_told(terms), wish.initiative)
    if renewed is None or not used:
        return renewed
    wish.overruling.write_down(act, used, subject=events.loan_source(loan.uid), patron=reader.id)
    return replace(renewed, overridden=used)


def gather(read: HotRead, loan: LoanRow, reader: ReaderRow, wish: RenewalWish) -> tuple[RenewalFacts, Terms | None]:
    """Return what the policy looks at, and the new terms: those of the place and category of the loan."""
    decision = gathering.decision_for(read, node=loan.lent_node, category=loan.reader_category)
    terms = None
    if decision is not None:
        is_open = gathering.calendar_of(read, loan.lent_node)
        terms = policies.renewal_terms(decision, on=read.on, due_on=loan.due_on, is_open=is_open)
    facts = RenewalFacts(
        on=read.on,
        reader=gathering.reader_facts(read, reader, decision, ()),
        is_readers_loan=wish.patron is None or wish.patron == reader.id,
        due_on=loan.due_on,
        renewals=loan.renewals,
        renewals_allowed=decision.renewals if decision else 0,
        new_due_on=terms.due_on if terms else None,
        is_reserved=trapping.is_waited_for(read, read.items[0], patron=reader.id),
    )
    return facts, terms


def write(act: Act, read: HotRead, loan: LoanRow, reader: ReaderRow, terms: Terms, initiative: str) -> Renewed | None:
    """Write the renewal; None when nothing was written."""
    uid, item = new_uid(), read.items[0]
    dimensions = loan.reader_category, loan.loan_kind, terms.rule.id
    written = statements.write_renewal(
        renewal=(
            *(uid, loan.id, statements.stored(act.at), read.on, act.node, act.operator),
            *(initiative, act.key, loan.due_on, terms.due_on),
        ),
        loan=loan,
        event=events.of_loan(
            act, RENEWED, read, loan=dimensions, source=events.renewal_source(uid), subject=initiative
        ),
    )
    if not written:
        return None
    return Renewed(
        loan=loan.uid,
        item=item.id,
        record=item.record,
        title=item.title,
        barcode=item.barcode,
        patron=reader.id,
        due_before=loan.due_on,
        due_on=terms.due_on,
        renewals=loan.renewals + 1,
        terms=gathering.named(read, terms),
    )
