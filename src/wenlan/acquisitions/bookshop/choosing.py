"""The act at the counter: a book is asked for, bought and lent at once; or given back to the shop before it was used.

Everything is one transaction: the record where none is, the volume in both registers, the loan, the line of the bill,
the campaign's sum, the ledger. Two counters never pass the last copy or the last of a budget together: a choice locks
its campaign, then the counter of choices, which all campaigns share.
"""

from dataclasses import replace

from django.db import transaction

from wenlan.acquisitions.bookshop import queries
from wenlan.acquisitions.bookshop.errors import (
    BookIncomplete,
    ChoiceRefused,
    ChoiceReturned,
    ChoiceSettled,
    ChoiceUnknown,
    LabelMissing,
)
from wenlan.acquisitions.bookshop.models import Choice, ChoiceCampaign, ChoiceRefusal
from wenlan.acquisitions.bookshop.policies import statement_number
from wenlan.acquisitions.bookshop.types import (
    LOAN,
    Answer,
    ChoiceState,
    ChoiceView,
    Chosen,
    KnownBook,
    Part,
    Reason,
    ShopView,
    Wish,
)
from wenlan.acquisitions.bookshop.weighing import Weighed, weigh
from wenlan.acquisitions.errors import ReasonMissing
from wenlan.catalogue.brief import operations as brief
from wenlan.catalogue.brief.types import BriefFacts
from wenlan.circulation import first_loans
from wenlan.circulation import operations as circulation
from wenlan.circulation.errors import CannotUndo, CheckoutRefused
from wenlan.circulation.types import CardRef, ItemRef, Lent
from wenlan.holdings import operations as holdings
from wenlan.holdings.dimensions import of_view
from wenlan.holdings.types import ItemView, Lending, NewItem
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.patrons import operations as patrons
from wenlan.patrons.dimensions import nameless
from wenlan.patrons.types import PatronView
from wenlan.staff.operations import audit

COUNTER, NUMBERS = "bookshop", "choices"
ORIGIN = "purchase"


@transaction.atomic
def ask(act: Act, *, wish: Wish) -> Answer:
    """Return whether a reader may choose a book at a shop, with every reason why not; a refusal is written down.

    Nothing is bought and nothing locked: what is answered may change until it is. Raises ShopUnknown, PassStale. The
    same question under the same `act.key` is one refusal.
    """
    shop = queries.shop(wish.shop)
    act = replace(act, node=shop.node)
    weighed = weigh(act, wish, shop, _campaign(act, wish))
    if weighed.reasons:
        _write_down(act, wish, weighed.reasons, campaign=weighed.campaign, title=_title(weighed.book, wish))
    return weighed.answer


def look(act: Act, *, wish: Wish) -> Answer:
    """Return what `ask` does without writing anything down: for a question that was answered already."""
    shop = queries.shop(wish.shop)
    act = replace(act, node=shop.node)
    return weigh(act, wish, shop, _campaign(act, wish)).answer


def choose(act: Act, *, wish: Wish) -> Chosen:
    """Buy a book that a reader chose and lend it at once.

    The volume is registered as property of the campaign's library under the label, with a record in brief where the
    catalogue has none, and lent at the shop's place by its rules; when it comes back, at any desk, it goes to
    cataloguing. The line of the bill, the ledger and the campaign's sum are of the same transaction. Locks the
    campaign, the counter of choices, the reader, then the item. Raises ShopUnknown, BookIncomplete, LabelMissing,
    MonthLocked, and ChoiceRefused with every reason: then nothing is bought and the refusal is written down.
    Repeating `act.key` returns the first answer, and so does the same label for the same reader and book.
    """
    shop = queries.shop(wish.shop)
    act = replace(act, node=shop.node)
    if before := _before(act):
        return before
    try:
        return _choose(act, wish, shop)
    except ChoiceRefused as refused:
        with transaction.atomic():
            _write_down(act, wish, refused.reasons, campaign=_campaign(act, wish), title=wish.book.title)
        raise


def _before(act: Act) -> Chosen | None:
    row = Choice.objects.filter(key=act.key).select_related("campaign").first()
    return _chosen(row, was_repeated=True) if row else None


@transaction.atomic
def _choose(act: Act, wish: Wish, shop: ShopView) -> Chosen:
    campaign = _campaign(act, wish, locks=True)
    number = jobs.next_number(COUNTER, NUMBERS)
    if before := _before(act):  # the same scan, twice at once: the second waited for the first
        return before
    weighed = weigh(act, wish, shop, campaign)
    book, reader = weighed.book, weighed.reader
    if weighed.reasons or campaign is None or reader is None or book is None:
        raise ChoiceRefused(weighed.reasons)
    if not book.is_whole:
        raise BookIncomplete
    if not wish.label.strip():
        raise LabelMissing
    patrons.locked(reader.id)
    item = _register(act, wish, weighed, book)
    lent = _lend(act, item, weighed)
    row = _bill(act, f"XS{number:08d}", weighed, item=item, lent=lent)
    _count(act, row, reader, item)
    return _chosen(row)


def _campaign(act: Act, wish: Wish, *, locks: bool = False) -> ChoiceCampaign | None:
    """Return the campaign that runs at the shop, the one that was named or the one that ends first."""
    rows = queries.running_at(wish.shop, act.day)
    if wish.campaign is not None:
        rows = rows.filter(pk=wish.campaign)
    return rows.select_for_update(of=("self",)).first() if locks else rows.first()


def _register(act: Act, wish: Wish, weighed: Weighed, book: KnownBook) -> ItemView:
    """Register the volume as property, with a record in brief where there is none."""
    campaign, shop = weighed.campaign, weighed.shop
    assert campaign is not None
    record = book.record
    if record is None:
        facts = BriefFacts(
            title=book.title,
            author=book.author,
            publisher=book.publisher,
            isbn=book.isbn,
            price_fen=book.price_fen,
            year=book.year,
        )
        record = brief.make_brief(replace(act, key=f"{act.key}/record"), facts=facts).id
    new = NewItem(
        record=record,
        barcode=wish.label,
        barcode_scope=weighed.scope,
        owner=campaign.node_id,
        shelved_at=campaign.processed_at_id,
        lending=Lending.FIRST_LOAN,
        list_price_fen=book.price_fen,
        paid_fen=weighed.paid_fen,
        origin=ORIGIN,
        batch=statement_number(shop.code, act.day),
        source=shop.supplier_name,
        key=f"{act.key}/item",
    )
    return holdings.accession(act, item=new)


def _lend(act: Act, item: ItemView, weighed: Weighed) -> Lent:
    """Lend the volume as any desk does. Raises ChoiceRefused with the reasons of the desk."""
    try:
        return circulation.check_out(
            replace(act, key=f"{act.key}/loan"),
            item=ItemRef(item.barcode, item.barcode_scope),
            card=CardRef(weighed.card),
        )
    except CheckoutRefused as refused:
        reasons = [Reason(code=f"{LOAN}{one.value}", because=refused.because.get(one, "")) for one in refused.refusals]
        raise ChoiceRefused(reasons) from refused


def _bill(act: Act, number: str, weighed: Weighed, *, item: ItemView, lent: Lent) -> Choice:
    """Write the line of the shop's bill, and take its sum from the campaign's budget."""
    book, campaign = weighed.book, weighed.campaign
    assert book is not None
    assert campaign is not None
    assert book.price_fen is not None
    assert weighed.paid_fen is not None
    campaign.spent_fen += weighed.paid_fen
    campaign.save(update_fields=["spent_fen"])
    return Choice.objects.create(
        number=number,
        campaign=campaign,
        shop_id=weighed.shop.id,
        day=act.day,
        at=act.at,
        by=act.operator,
        person_token=weighed.token,
        isbn=book.isbn,
        title=book.title[:500],
        author=book.author[:300],
        publisher=book.publisher[:300],
        list_price_fen=book.price_fen,
        paid_fen=weighed.paid_fen,
        item_id=item.id,
        is_brief=book.record is None,
        loan_uid=lent.loan,
        due_on=lent.due_on,
        state=ChoiceState.LENT,
        key=act.key,
    )


def _count(act: Act, row: Choice, reader: PatronView, item: ItemView) -> None:
    """Tell the ledger of the volume and of what it costs, with reader and book as they are today."""
    told = replace(nameless(reader, act.day), person_token=row.person_token)
    for part, quantity in ((Part.VOLUME, 1), (Part.PAID, row.paid_fen)):
        if quantity:
            ledger.record(
                act,
                Kind.BOOK_CHOSEN,
                quantity=quantity,
                subject=part.value,
                reader=told,
                item=of_view(item),
                special_group=reader.special_group,
                source=source_of(row, part),
            )


def source_of(row: Choice, part: Part) -> str:
    """Return the key that a choice has in the ledger."""
    return f"chosen-{part.value}:{row.uid}"


def _write_down(
    act: Act, wish: Wish, reasons: tuple[Reason, ...], *, campaign: ChoiceCampaign | None, title: str
) -> None:
    """Keep a refusal, once for its key; who asked is not kept."""
    ChoiceRefusal.objects.get_or_create(
        key=act.key[:120],
        defaults={
            "at": act.at,
            "day": act.day,
            "by": act.operator,
            "shop_id": wish.shop,
            "campaign": campaign,
            "isbn": wish.isbn.strip()[:40],
            "title": title.strip()[:500],
            "reasons": [[reason.code, reason.because] for reason in reasons],
        },
    )


def _title(book: KnownBook | None, wish: Wish) -> str:
    return book.title if book else wish.book.title


def _chosen(row: Choice, *, was_repeated: bool = False) -> Chosen:
    left = row.campaign.budget_fen - row.campaign.spent_fen
    (view,) = queries.choice_views([row])
    return Chosen(choice=view, due_on=row.due_on, left_fen=left, was_repeated=was_repeated)


@transaction.atomic
def give_back(act: Act, *, number: str, reason: str) -> ChoiceView:
    """Give a book back to the shop that the reader did not take after all: bill, volume and loan together (V26).

    The loan is cancelled as if it had not been made, the volume leaves both registers with the reason, what was to be
    paid goes back to the budget and out of the register's sum, the ledger is reversed. The label is spent. Locks the
    campaign, the reader, then the item. Raises ChoiceUnknown, ReasonMissing, ChoiceSettled, ChoiceReturned, and
    MonthLocked. Twice is as once.
    """
    if not reason.strip():
        raise ReasonMissing
    found = Choice.objects.filter(number=number).values_list("campaign_id", flat=True).first()
    if found is None:
        raise ChoiceUnknown(what=number)
    campaign = ChoiceCampaign.objects.select_for_update().get(pk=found)
    row = Choice.objects.select_related("settlement").get(number=number)
    if row.state == ChoiceState.CANCELLED:
        return queries.choice(number)
    if row.settlement is not None:
        raise ChoiceSettled(number=number, settlement=row.settlement.number)
    try:
        first_loans.cancel(act, loan=row.loan_uid)
    except CannotUndo as gone:
        raise ChoiceReturned(number=number) from gone
    holdings.give_back(act, item=row.item_id, reason=f"{number} {reason.strip()}", paid_fen=row.paid_fen)
    campaign.spent_fen -= row.paid_fen
    campaign.save(update_fields=["spent_fen"])
    row.state, row.cancelled_on, row.cancelled_by = ChoiceState.CANCELLED, act.day, act.operator
    row.reason = reason.strip()[:200]
    row.save(update_fields=["state", "cancelled_on", "cancelled_by", "reason"])
    for part in Part:
        if part == Part.VOLUME or row.paid_fen:
            ledger.reverse(act, day=row.day, source=source_of(row, part))
    audit(act, "acquisitions.choice_given_back", f"choice:{number}", after={"paid_fen": row.paid_fen}, reason=reason)
    return queries.choice(number)
