"""Handing out the books of an order by scan: a loan for each, on the reader's card or the institution's."""

from collections.abc import Sequence

from django.db import transaction

from wenlan.catalogue import queries as catalogue
from wenlan.circulation import operations as desk
from wenlan.circulation.groups import operations as groups
from wenlan.circulation.groups.types import Group
from wenlan.circulation.models import BookOrder, Loan, OrderCopy, OrderLine
from wenlan.circulation.ordering import operations, policies, progress, queries
from wenlan.circulation.ordering.errors import OrderOver
from wenlan.circulation.ordering.types import CopyState, Filled, OrderState
from wenlan.circulation.types import CardRef, ItemRef, Lent
from wenlan.holdings.policies import barcode_key
from wenlan.jobs import operations as jobs
from wenlan.jobs import queries as answers
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError
from wenlan.patrons import queries as patrons
from wenlan.patrons.errors import CardUnknown
from wenlan.patrons.types import PatronView

LENT = "circulation.order_lend"


@transaction.atomic
def lend(act: Act, *, order: int, items: Sequence[ItemRef], line: int | None = None) -> Filled:
    """Lend scanned books to who ordered them: what was set aside, or any other book, which then fills a line.

    Each is a loan by the rules of the act's place; an institution's are one group loan. What is refused stays here and
    is told with its reasons. Raises OrderOver, and CardUnknown for a reader without a card. Repeating `act.key` lends
    nothing.
    """
    if answers.answer(act.key, LENT) is not None:
        return Filled(lent=(), refused=())
    row = operations.locked(order)
    if row.is_short:
        raise OrderOver(number=row.number, state=OrderState(row.state).label)
    assert row.patron_id is not None
    filled = lend_to(act, patrons.patron(row.patron_id), items, order=row)
    fill(row, filled.lent, line)
    progress.settle(act, row)
    if row.state in progress.LATER:
        operations.put_back(act, row)
    jobs.remember(act.key, LENT, {"lent": len(filled.lent)}, at=act.at)
    return filled


def lend_to(act: Act, reader: PatronView, items: Sequence[ItemRef], *, order: BookOrder) -> Filled:
    """Lend scanned books to a reader, one after the other under keys of their own; a scan that comes twice is one."""
    card = card_of(reader)
    each = tuple({(barcode_key(item.barcode), item.scope): item for item in items}.values())
    if reader.category.is_institution and each:
        return _to_group(act, order, card, each, reader)
    lent, refused = [], []
    for place, item in enumerate(each):
        try:
            lent.append(desk.check_out(progress.part(act, place), item=item, card=card))
        except DomainError as refusal:
            refused.append((item, str(refusal)))
    return Filled(lent=tuple(lent), refused=tuple(refused))


def card_of(reader: PatronView) -> CardRef:
    """Return the card that serves. Raises CardUnknown when there is none."""
    number = next((card.number for card in reader.cards if card.until_day is None), None)
    if number is None:
        raise CardUnknown(what=reader.id)
    return CardRef(number)


def _to_group(act: Act, row: BookOrder, card: CardRef, items: Sequence[ItemRef], reader: PatronView) -> Filled:
    """Lend to an institution: the whole order is one group loan, which is one visit."""
    if row.group_id is None:
        group = Group(card=card, name=row.unit or reader.name, persons=row.persons)
        answer = groups.lend(progress.part(act, 0), group=group, items=items)
        row.group_id = answer.group.id
        row.save(update_fields=["group"])
    else:
        answer = groups.lend_more(progress.part(act, 0), group=row.group_id, card=card, items=items)
    return Filled(lent=tuple(answer.lent), refused=tuple(answer.refused))


def fill(row: BookOrder, lent: Sequence[Lent], chosen: int | None) -> None:
    """Let what was lent stand in the order: what was picked stands there already, other books fill a line."""
    loans = dict(Loan.objects.filter(uid__in=[one.loan for one in lent]).values_list("uid", "pk"))
    standing = {one.loan for one in queries.copy_rows(progress.of(row)) if one.loan is not None}
    classes = {record: facts.class_number for record, facts in catalogue.shelf_facts([x.record for x in lent]).items()}
    for one in lent:
        if loans[one.loan] not in standing:
            line = policies.line_for(
                queries.lines(row.pk),
                record=one.record,
                class_number=classes.get(one.record, ""),
                chosen=chosen,
            )
            OrderCopy.objects.create(line=OrderLine.objects.get(pk=line), loan_id=loans[one.loan])


def set_aside(order: int) -> tuple[ItemRef, ...]:
    """Return what stands ready for an order, as it would be scanned (four statements)."""
    copies = [copy for line in queries.lines(order) for copy in line.copies if copy.state == CopyState.READY]
    found = queries.refs([copy.item for copy in copies if copy.item is not None])
    return tuple(found)
