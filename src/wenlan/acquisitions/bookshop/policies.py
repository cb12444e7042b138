"""What a campaign buys for whom, as pure functions over frozen facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from wenlan.acquisitions.bookshop.types import LOAN, Copies, KnownBook, Reason, Refusal, Terms
from wenlan.kernel.money import yuan

PERMILLE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderFacts:
    """The reader as a campaign sees them. `stands` is what stands against any loan, by its code, with its numbers.

    `month_books` and `month_fen` are what the reader chose this month in the campaign.
    """

    category: str
    registered_on: date
    credit_points: int | None
    month_books: int
    month_fen: int
    has_chosen: bool
    stands: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFacts:
    """The label that was glued into the book."""

    is_of_the_shop: bool
    is_used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceFacts:
    """All that the rules may look at. `terms` is None where no campaign runs; `reader`, `book` and `label` are None
    where the card is unknown, and while ISBN or label were not read.
    """

    terms: Terms | None
    spent_fen: int
    is_isbn_wrong: bool
    reader: ReaderFacts | None
    book: KnownBook | None
    copies: Copies
    paid_fen: int | None
    label: LabelFacts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The facts where a campaign runs; what is not known is left out of the question by the rules themselves."""

    terms: Terms
    facts: ChoiceFacts

    @property
    def book(self) -> KnownBook | None:
        return self.facts.book

    @property
    def reader(self) -> ReaderFacts | None:
        return self.facts.reader


def paid_fen(price_fen: int, discount_permille: int | None) -> int:
    """Return what the library pays for a list price: the share that was agreed, rounded half up to a fen."""
    if discount_permille is None:
        return price_fen
    return (price_fen * discount_permille * 2 + PERMILLE) // (2 * PERMILLE)


def statement_number(code: str, month: date) -> str:
    """Return under which voucher a shop's books of a month stand in the registers and on its first statement."""
    return f"{code}-{month:%Y%m}"


def is_class_excluded(class_number: str, excluded: tuple[str, ...]) -> bool:
    """Return whether a class is one of those, or under one."""
    return any(class_number.upper().startswith(prefix.upper()) for prefix in excluded if prefix)


def excluded_word(title: str, excluded: tuple[str, ...]) -> str:
    """Return the first of the words that stands in a title, without regard to case; '' when none does."""
    return next((word for word in excluded if word and word.casefold() in title.casefold()), "")


def _is_too_dear(known: _Known) -> bool:
    limit, book = known.terms.price_limit_fen, known.book
    return limit is not None and book is not None and (book.price_fen or 0) > limit


def _is_over_month_sum(known: _Known) -> bool:
    limit, reader = known.terms.month_fen, known.reader
    return limit is not None and reader is not None and reader.month_fen + (known.facts.paid_fen or 0) > limit


def _is_too_old(known: _Known) -> bool:
    earliest, book = known.terms.earliest_year, known.book
    return earliest is not None and book is not None and book.year is not None and book.year < earliest


def _has_too_few_points(known: _Known) -> bool:
    floor, reader = known.terms.credit_floor, known.reader
    if floor is None or reader is None or reader.credit_points is None:
        return False  # a reader without points is in no scheme, as at any desk
    return reader.credit_points < floor


def _came_too_late(known: _Known) -> bool:
    day, reader = known.terms.registered_before, known.reader
    return day is not None and reader is not None and reader.registered_on >= day


def _has_enough_books(known: _Known) -> bool:
    limit, reader = known.terms.month_books, known.reader
    return limit is not None and reader is not None and reader.month_books >= limit


OF_THE_READER: tuple[tuple[Refusal, Callable[[_Known], bool]], ...] = (
    (
        Refusal.CATEGORY,
        lambda k: bool(k.reader and k.terms.categories and k.reader.category not in k.terms.categories),
    ),
    (Refusal.CREDIT_FLOOR, _has_too_few_points),
    (Refusal.REGISTERED_LATE, _came_too_late),
    (Refusal.MONTH_BOOKS, _has_enough_books),
    (Refusal.MONTH_SUM, _is_over_month_sum),
    (Refusal.CHOSEN_BEFORE, lambda k: bool(k.reader and k.reader.has_chosen)),
)
OF_THE_BOOK: tuple[tuple[Refusal, Callable[[_Known], bool]], ...] = (
    (Refusal.HELD, lambda k: k.book is not None and k.facts.copies.counted >= k.terms.copies_limit),
    (Refusal.PRICE_OVER, _is_too_dear),
    (Refusal.YEAR_OLD, _is_too_old),
    (
        Refusal.CLASS_EXCLUDED,
        lambda k: bool(k.book and is_class_excluded(k.book.class_number, k.terms.excluded_classes)),
    ),
    (Refusal.WORD_EXCLUDED, lambda k: bool(k.book and excluded_word(k.book.title, k.terms.excluded_words))),
    (Refusal.BUDGET_SPENT, lambda k: k.facts.spent_fen + (k.facts.paid_fen or 1) > k.terms.budget_fen),
)


def reasons_against(facts: ChoiceFacts) -> tuple[Reason, ...]:
    """Return every reason against a choice, in the order of the counter; empty means buy and lend it.

    What stands against any loan to the reader comes before what the campaign asks of them.
    """
    found: list[Reason] = []
    if facts.terms is None:
        found.append(Reason(code=Refusal.CAMPAIGN_OVER.value))
    if facts.reader is None:
        found.append(Reason(code=Refusal.CARD_UNKNOWN.value))
    else:
        found += [Reason(code=f"{LOAN}{code}", because=because) for code, because in facts.reader.stands.items()]
    if facts.terms is not None:
        known = _Known(terms=facts.terms, facts=facts)
        found += [
            Reason(code=rule.value, because=_because(rule, known)) for rule, holds in OF_THE_READER if holds(known)
        ]
    if facts.is_isbn_wrong:
        found.append(Reason(code=Refusal.ISBN_WRONG.value))
    if facts.terms is not None:
        found += [Reason(code=rule.value, because=_because(rule, known)) for rule, holds in OF_THE_BOOK if holds(known)]
    if facts.label is not None and not facts.label.is_of_the_shop:
        found.append(Reason(code=Refusal.LABEL_WRONG.value))
    if facts.label is not None and facts.label.is_used:
        found.append(Reason(code=Refusal.LABEL_USED.value))
    return tuple(found)


def _because(rule: Refusal, known: _Known) -> str:
    """Return the numbers behind a reason, where it has some."""
    terms, reader, book, facts = known.terms, known.reader, known.book, known.facts
    numbers: dict[Refusal, Callable[[], str]] = {
        Refusal.CREDIT_FLOOR: lambda: f"{reader.credit_points if reader else 0} < {terms.credit_floor}",
        Refusal.REGISTERED_LATE: lambda: f"{reader.registered_on if reader else ''} ≥ {terms.registered_before}",
        Refusal.MONTH_BOOKS: lambda: f"{reader.month_books if reader else 0} / {terms.month_books}",
        Refusal.MONTH_SUM: lambda: (
            f"{yuan((reader.month_fen if reader else 0) + (facts.paid_fen or 0))} > {yuan(terms.month_fen or 0)}"
        ),
        Refusal.HELD: lambda: f"{facts.copies.held} + {facts.copies.on_order}",
        Refusal.PRICE_OVER: lambda: f"{yuan(book.price_fen or 0 if book else 0)} > {yuan(terms.price_limit_fen or 0)}",
        Refusal.YEAR_OLD: lambda: f"{book.year if book else ''} < {terms.earliest_year}",
        Refusal.CLASS_EXCLUDED: lambda: book.class_number if book else "",
        Refusal.WORD_EXCLUDED: lambda: excluded_word(book.title, terms.excluded_words) if book else "",
        Refusal.BUDGET_SPENT: lambda: f"{yuan(facts.spent_fen)} / {yuan(terms.budget_fen)}",
    }
    return numbers[rule]() if rule in numbers else ""
