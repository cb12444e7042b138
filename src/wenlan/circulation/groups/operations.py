"""Lending many items to a class or unit in one act (集体外借)."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from wenlan.circulation import operations as desk
from wenlan.circulation.groups import queries
from wenlan.circulation.groups.errors import NotAGroup, OtherGroup
from wenlan.circulation.groups.types import Group, GroupLent
from wenlan.circulation.models import GroupLoan, GroupLoanItem, Loan
from wenlan.circulation.types import CardRef, ItemRef, Lent
from wenlan.holdings.policies import barcode_key
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.patrons import passes
from wenlan.patrons import queries as patrons

GROUP, TOLD, PERSONS = "group_loan", "group_loan.told", "group_loan.persons"


@transaction.atomic
def lend(act: Act, *, group: Group, items: Sequence[ItemRef]) -> GroupLent:
    """Lend items to a class or unit: each is a loan (册次), all together one visit (人次), in one transaction.

    What is refused stays here and is told with its reasons; the rest is lent. Each item costs a fixed number of
    statements. The card's row is locked first. Raises CardUnknown, NotAGroup for a person's card. Repeating `act.key`
    lends nothing and returns what was lent.
    """
    row = GroupLoan.objects.filter(key=act.key).first()
    if row is not None:
        return GroupLent(group=queries.group(row.pk), lent=(), refused=())
    _refuse_persons(act, group.card)
    row = GroupLoan.objects.create(
        name=group.name.strip()[:60],
        persons=group.persons,
        node_id=act.node,
        made_at=act.at,
        made_on=act.day,
        made_by=act.operator,
        key=act.key,
    )
    answer = _lend_each(act, row, group.card, items)
    if answer.lent:
        _count(act, row)
    return answer


@transaction.atomic
def lend_more(act: Act, *, group: int, card: CardRef, items: Sequence[ItemRef]) -> GroupLent:
    """Lend further items in the same act of a class: what was forgotten, or refused before.

    Raises as `lend` does, and OtherGroup for the card of another class. Repeating `act.key` lends nothing and answers
    the same.
    """
    row = GroupLoan.objects.select_for_update().get(pk=queries.group(group).id)
    borrower = _refuse_persons(act, card)
    if row.items.exclude(loan__patron=borrower).exclude(loan__patron=None).exists():
        raise OtherGroup()
    was_empty = not row.items.exists()
    answer = _lend_each(act, row, card, items)
    if was_empty and answer.lent:
        _count(act, row)
    return answer


def _refuse_persons(act: Act, card: CardRef) -> int:
    """Return the class or unit that a card belongs to."""
    reader = patrons.patron(patrons.patron_id_by_card(passes.card_number(card.number, act.at)))
    if not reader.category.is_institution:
        raise NotAGroup()
    return reader.id


def _lend_each(act: Act, row: GroupLoan, card: CardRef, items: Sequence[ItemRef]) -> GroupLent:
    """Lend one after the other under keys of their own; a scan that comes twice is one."""
    lent: list[Lent] = []
    refused: list[tuple[ItemRef, str]] = []
    each = {(barcode_key(item.barcode), item.scope): item for item in items}
    for place, item in enumerate(each.values()):
        try:
            lent.append(desk.check_out(replace(act, key=f"{act.key}/{place}"), item=item, card=card))
        except DomainError as refusal:
            refused.append((item, str(refusal)))
    loans = Loan.objects.filter(uid__in=[one.loan for one in lent]).values_list("pk", flat=True)
    GroupLoanItem.objects.bulk_create([GroupLoanItem(group=row, loan_id=loan) for loan in loans], ignore_conflicts=True)
    return GroupLent(group=queries.group(row.pk), lent=tuple(lent), refused=tuple(refused))


def _count(act: Act, row: GroupLoan) -> None:
    """Record the act itself, and of how many persons the class told; its loans are recorded one by one."""
    source = f"group:{row.uid}"
    rows = [ledger.event_row(act, Kind.RECORD_ENTERED, subject=GROUP, source=source)]
    if row.persons:
        rows += [
            ledger.event_row(act, Kind.RECORD_ENTERED, subject=TOLD, source=f"{source}:told"),
            ledger.event_row(
                act, Kind.RECORD_ENTERED, subject=PERSONS, source=f"{source}:persons", quantity=row.persons
            ),
        ]
    ledger.record_many(rows)
