"""What decides about a choice, gathered: the campaign, the reader, the book with its copies, the label."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from wenlan.acquisitions.bookshop import known, policies, queries
from wenlan.acquisitions.bookshop.models import Choice, ChoiceCampaign
from wenlan.acquisitions.bookshop.policies import ChoiceFacts, LabelFacts, ReaderFacts
from wenlan.acquisitions.bookshop.types import Answer, ChoiceState, Copies, KnownBook, Reason, ShopView, Wish
from wenlan.catalogue.description import numbers
from wenlan.circulation import standing
from wenlan.circulation.standing import AskedOf
from wenlan.holdings.barcodes import taken
from wenlan.holdings.policies import barcode_key
from wenlan.kernel.acts import Act
from wenlan.ledger.operations import person_token
from wenlan.patrons import passes
from wenlan.patrons import queries as patrons
from wenlan.patrons.errors import CardUnknown
from wenlan.patrons.types import PatronView


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A wish with everything that was found out about it; `scope` is the barcode scope of the label's series."""

    shop: ShopView
    campaign: ChoiceCampaign | None
    reader: PatronView | None
    card: str
    token: int | None
    month_books: int
    book: KnownBook | None
    copies: Copies
    scope: str
    paid_fen: int | None
    reasons: tuple[Reason, ...]

    @property
    def answer(self) -> Answer:
        """What the counter is told of it."""
        return Answer(
            campaign=queries.campaign(self.campaign.pk) if self.campaign else None,
            card=self.card,
            reader=self.reader.id if self.reader else None,
            month_books=self.month_books,
            book=self.book,
            copies=self.copies,
            reasons=self.reasons,
            paid_fen=self.paid_fen,
        )


def weigh(act: Act, wish: Wish, shop: ShopView, campaign: ChoiceCampaign | None) -> Weighed:
    """Return everything about a wish at a shop, with every reason against it (a fixed number of statements).

    What a choice would change is locked by the caller: the campaign, and with it the numbers of choices.
    """
    isbn = numbers.isbn13(barcode_key(wish.isbn))
    book, copies = known.known_book(isbn, wish.book) if isbn else (None, Copies())
    price = book.price_fen if book else None
    paid = policies.paid_fen(price, shop.discount_permille) if price is not None else None
    card, reader = reader_of(act, wish.card)
    token = person_token(reader.id, act.day.year) if reader else None
    facts = reader_facts(act, shop, campaign, reader, card=card, token=token, isbn=isbn)
    label, scope = label_of(shop, wish.label)
    weighed = ChoiceFacts(
        terms=queries.terms_of(campaign) if campaign else None,
        spent_fen=campaign.spent_fen if campaign else 0,
        is_isbn_wrong=bool(wish.isbn.strip()) and not isbn,
        reader=facts,
        book=book,
        copies=copies,
        paid_fen=paid,
        label=label,
    )
    return Weighed(
        shop=shop,
        campaign=campaign,
        reader=reader,
        card=card,
        token=token,
        month_books=facts.month_books if facts else 0,
        book=book,
        copies=copies,
        scope=scope,
        paid_fen=paid,
        reasons=policies.reasons_against(weighed),
    )


def reader_of(act: Act, scanned: str) -> tuple[str, PatronView | None]:
    """Return the number of the card that was scanned, and its reader, None for nobody's. Raises PassStale."""
    card = passes.card_number(scanned, act.at)
    try:
        return card, patrons.patron_by_card(card)
    except CardUnknown:
        return card, None


def reader_facts(
    act: Act,
    shop: ShopView,
    campaign: ChoiceCampaign | None,
    reader: PatronView | None,
    *,
    card: str,
    token: int | None,
    isbn: str,
) -> ReaderFacts | None:
    """Return the reader as the campaign sees them; None for an unknown card."""
    if reader is None:
        return None
    owner = campaign.node_id if campaign else shop.node
    stands = standing.against(reader, card, AskedOf(node=shop.node, owner=owner, on=act.day))
    books, fen = month_of(token, campaign, act.day)
    return ReaderFacts(
        category=reader.category.code,
        registered_on=reader.registered_on,
        credit_points=reader.credit_points,
        month_books=books,
        month_fen=fen,
        has_chosen=bool(isbn) and _lent(token).filter(isbn=isbn, day__year=act.day.year).exists(),
        stands={refusal.value: because for refusal, because in stands.items()},
    )


def month_of(token: int | None, campaign: ChoiceCampaign | None, on: date) -> tuple[int, int]:
    """Return how many books a reader chose in a campaign in the month of a day, and what they cost (one statement)."""
    if campaign is None or token is None:
        return 0, 0
    rows = _lent(token).filter(campaign=campaign, day__year=on.year, day__month=on.month)
    found = list(rows.values_list("paid_fen", flat=True))
    return len(found), sum(found)


def label_of(shop: ShopView, scanned: str) -> tuple[LabelFacts | None, str]:
    """Return whether a label is one of the shop's and free, and the scope of its barcode; None without a label."""
    key = barcode_key(scanned)
    if not key:
        return None, ""
    of = next((one for one in queries.labels(shop) if is_of(key, one.prefix, one.digits, one.first, one.last)), None)
    scope = of.scope if of else ""
    return LabelFacts(is_of_the_shop=of is not None, is_used=bool(taken([key], scope=scope))), scope


def is_of(key: str, prefix: str, digits: int, first: int, last: int) -> bool:
    """Return whether a barcode's key belongs to a series: its prefix and a number of so many digits within its ends."""
    number = key.removeprefix(prefix)
    if not key.startswith(prefix) or len(number) != digits or not (number.isascii() and number.isdigit()):
        return False
    return first <= int(number) <= last


def _lent(token: int | None) -> QuerySet[Choice]:
    return Choice.objects.filter(person_token=token, state=ChoiceState.LENT)
