"""Acts whose item went on elsewhere before they came to us: a loan that is over, a return that counts from its day."""

from dataclasses import dataclass, replace
from datetime import datetime

from wenlan.catalogue import queries as catalogue
from wenlan.circulation import events, gathering, lending, policies, statements
from wenlan.circulation.errors import CardUnknown, CheckoutRefused
from wenlan.circulation.gathering import Overruling
from wenlan.circulation.journals import statements as journal_statements
from wenlan.circulation.journals.statements import LoanAbout
from wenlan.circulation.models import Loan
from wenlan.circulation.statements import CardRow, HotRead
from wenlan.circulation.types import CardRef, ItemRef, Refusal, Terms
from wenlan.credit import operations as credit
from wenlan.credit.types import EndedItem
from wenlan.holdings import queries as holdings
from wenlan.holdings.policies import barcode_key
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network
from wenlan.patrons import passes
from wenlan.patrons.identity import card_key
from wenlan.staff.operations import audit


@dataclass(frozen=True, slots=True)
class End:
    """When and where a loan ended: by a return of the same journal (`key`), or by the next act, unscanned."""

    at: datetime
    node: int
    key: str | None = None


def first_end(since: list[LoanAbout], at: datetime) -> End:
    """Return the first thing that was done with an item after an instant."""
    ends = [End(loan.lent_at, loan.lent_node) for loan in since if loan.lent_at > at]
    ends += [
        End(loan.returned_at, loan.returned_node)
        for loan in since
        if loan.returned_at is not None and loan.returned_node is not None and loan.returned_at > at
    ]
    return min(ends, key=lambda end: end.at)


def lend(act: Act, *, item: ItemRef, card: CardRef, told: Overruling, end: End) -> Loan:
    """Record a loan that was made at the act and is over since `end`; the item stays as it is now.

    What follows from its lateness follows. Joins the caller's transaction; locks the reader's row, then the item's.
    Raises CardUnknown, ItemUnknown, ItemAmbiguous, and CheckoutRefused where no rule holds. Repeating `act.key`
    returns the first loan.
    """
    if done := Loan.objects.filter(out_key=act.key).first():
        return done
    number = card_key(passes.card_number(card.number, act.at))
    read = statements.read_checkout(
        on=act.day, card_key=number, barcode_key=barcode_key(item.barcode), scope=item.scope
    )
    if refused := not_found(read, item, card):
        raise refused
    assert read.reader is not None
    assert read.card is not None
    _facts, terms = lending.gather(act, read, read.reader)
    if terms is None:
        raise CheckoutRefused((Refusal.NO_RULE,))
    loan = written(act, read, read.card, told.as_told(terms), end)
    if loan.overdue_days and loan.patron_id:
        found = read.items[0]
        ended = EndedItem(barcode=found.barcode, title=found.title, price_fen=found.list_price_fen)
        source = events.return_source(loan.uid, 0)
        credit.after_return(act, patron=loan.patron_id, source=source, days_late=loan.overdue_days, item=ended)
    return loan


def not_found(read: HotRead, item: ItemRef, card: CardRef) -> DomainError | None:
    """Return what is wrong when there is no such reader or not one such item."""
    if read.reader is None or read.card is None:
        return CardUnknown(what=card.number)
    return gathering.not_one_item(read, item)


def written(act: Act, read: HotRead, card: CardRow, terms: Terms, end: End) -> Loan:
    """Write the loan with its return, and both into the ledger."""
    assert read.reader is not None
    category, found = gathering.category_of(read, read.reader), read.items[0]
    ending = replace(act, at=end.at, node=end.node)
    calendar = gathering.calendar_of(read, end.node)
    loan = Loan.objects.create(
        item_id=found.id,
        patron_id=read.reader.id,
        reader_category=category.code,
        loan_kind=lending.loan_kind(act, category.loan_kind),
        rule_version=terms.rule.id,
        lent_at=act.at,
        lent_on=act.day,
        lent_node_id=act.node,
        lent_by=act.operator,
        out_key=act.key,
        due_on=terms.due_on,
        returned_at=end.at,
        returned_on=ending.day,
        returned_node_id=end.node,
        returned_by=act.operator,
        in_key=end.key,
        overdue_days=policies.overdue_days(due_on=terms.due_on, returned_on=ending.day, is_open=calendar),
    )
    kinds = loan.reader_category, loan.loan_kind, loan.rule_version
    made = events.of_loan(act, Kind.LOAN_MADE.value, read, loan=kinds, source=events.loan_source(loan.uid))
    source = events.return_source(loan.uid, 0)
    over = events.of_loan(ending, Kind.LOAN_RETURNED.value, read._replace(on=ending.day), loan=kinds, source=source)
    ledger.record_many([made, over])
    journal_statements.count_loan(found.id)
    return loan


def returned_earlier(act: Act, loan_id: int) -> int:
    """Let a return that was scanned late elsewhere count for its reader from the act's day; return the days late then.

    The scan elsewhere stays the return that is counted. Joins the caller's transaction; locks the reader's row, then
    the item's. Nothing changes where the loan would not be less late.
    """
    loan = Loan.objects.get(pk=loan_id)
    statements.lock_both(patron=loan.patron_id, item=loan.item_id)
    is_open = network.calendar_of(act.node)
    late = policies.overdue_days(due_on=loan.due_on, returned_on=act.day, is_open=is_open)
    if late >= (loan.overdue_days or 0):
        return loan.overdue_days or 0
    source = events.return_source(loan.uid, loan.returns_undone)
    credit.take_back(act, source=source)
    Loan.objects.filter(pk=loan.pk).update(overdue_days=late)
    if late and loan.patron_id:
        item = holdings.item(loan.item_id)
        title = catalogue.titles([item.record]).get(item.record, "")
        ended = EndedItem(barcode=item.barcode, title=title, price_fen=item.list_price_fen)
        credit.after_return(act, patron=loan.patron_id, source=f"{source}:earlier", days_late=late, item=ended)
    before, after = {"overdue_days": loan.overdue_days}, {"overdue_days": late}
    audit(act, "circulation.returned_earlier", events.loan_source(loan.uid), before=before, after=after)
    return late
