"""The rules of lending, as pure functions over frozen facts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wenlan.circulation.types import LoanRuleView, NextStep, Overrides, Refusal, RenewFrom, Terms
from wenlan.holdings.types import ItemStatus, Lending
from wenlan.patrons.types import CardStatus, PatronStatus

LONGEST_CLOSURE_DAYS = 400
DAY = timedelta(days=1)
IsOpen = Callable[[date], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderFacts:
    """The reader as the rules see them. `valid_until` is the last day; None is without end."""

    card_status: str
    status: str
    suspended_until: date | None
    valid_until: date | None
    open_loans: int
    loan_limit: int
    overdue_limit: int | None
    overdue_loans: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutFacts:
    """All that the rules of lending may look at, gathered beforehand by the operation."""

    on: date
    reader: ReaderFacts
    item_status: str
    item_lending: str
    has_rule: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalFacts:
    """All that the rules of renewal may look at. `new_due_on` is None when no rule holds."""

    on: date
    reader: ReaderFacts
    is_readers_loan: bool
    due_on: date
    renewals: int
    renewals_allowed: int
    new_due_on: date | None


def is_suspended(reader: ReaderFacts, on: date) -> bool:
    """Return whether a suspension holds on the day; it ends by itself after its last day."""
    if reader.status != PatronStatus.SUSPENDED:
        return False
    return reader.suspended_until is None or on <= reader.suspended_until


def is_expired(reader: ReaderFacts, on: date) -> bool:
    """Return whether the account's last day is over."""
    return reader.valid_until is not None and reader.valid_until < on


def has_too_many_overdue(reader: ReaderFacts) -> bool:
    """Return whether overdue items stop lending; most categories have no such rule."""
    return reader.overdue_limit is not None and reader.overdue_loans >= reader.overdue_limit


def has_status(*statuses: str) -> Callable[[CheckoutFacts], bool]:
    """Return the rule that an item of one of these statuses is not lent."""
    return lambda facts: facts.item_status in statuses


CHECKOUT_RULES: tuple[tuple[Refusal, Callable[[CheckoutFacts], bool]], ...] = (
    (Refusal.CARD_LOST, lambda f: f.reader.card_status == CardStatus.LOST),
    (Refusal.CARD_SUSPENDED, lambda f: f.reader.card_status == CardStatus.SUSPENDED),
    (Refusal.CARD_ENDED, lambda f: f.reader.card_status in {CardStatus.REPLACED, CardStatus.CLOSED}),
    (Refusal.READER_DEREGISTERED, lambda f: f.reader.status == PatronStatus.DEREGISTERED),
    (Refusal.READER_SUSPENDED, lambda f: is_suspended(f.reader, f.on)),
    (Refusal.CARD_EXPIRED, lambda f: is_expired(f.reader, f.on)),
    (Refusal.LOAN_LIMIT_REACHED, lambda f: f.reader.open_loans >= f.reader.loan_limit),
    (Refusal.ITEMS_OVERDUE, lambda f: has_too_many_overdue(f.reader)),
    (Refusal.ITEM_ON_LOAN, has_status(ItemStatus.ON_LOAN)),
    (Refusal.ITEM_RESERVED, has_status(ItemStatus.ON_HOLD_SHELF)),
    (Refusal.ITEM_IN_TRANSIT, has_status(ItemStatus.IN_TRANSIT)),
    (Refusal.ITEM_IN_PROCESSING, has_status(ItemStatus.IN_PROCESSING)),
    (Refusal.ITEM_IN_HANDOVER, has_status(ItemStatus.IN_HANDOVER)),
    (Refusal.ITEM_MISSING, has_status(ItemStatus.MISSING, ItemStatus.SEARCHED_FOR)),
    (Refusal.ITEM_LOST, has_status(ItemStatus.LOST, ItemStatus.LOST_ON_THE_WAY)),
    (Refusal.ITEM_DAMAGED, has_status(ItemStatus.DAMAGED, ItemStatus.IN_REPAIR, ItemStatus.AT_BINDERY)),
    (Refusal.ITEM_LOCKED, has_status(ItemStatus.LOCKED)),
    (Refusal.ITEM_SET_ASIDE, has_status(ItemStatus.SET_ASIDE)),
    (Refusal.ITEM_WITHDRAWN, has_status(ItemStatus.WITHDRAWN)),
    (Refusal.ITEM_NOT_FOR_LOAN, lambda f: f.item_lending == Lending.IN_HOUSE),
    (Refusal.NO_RULE, lambda f: not f.has_rule),
)

RENEWAL_RULES: tuple[tuple[Refusal, Callable[[RenewalFacts], bool]], ...] = (
    (Refusal.READER_SUSPENDED, lambda f: is_suspended(f.reader, f.on)),
    (Refusal.CARD_EXPIRED, lambda f: is_expired(f.reader, f.on)),
    (Refusal.OTHER_READER, lambda f: not f.is_readers_loan),
    (Refusal.NO_RULE, lambda f: f.new_due_on is None),
    (Refusal.OVERDUE, lambda f: f.due_on < f.on),
    (Refusal.RENEWALS_USED, lambda f: f.new_due_on is not None and f.renewals >= f.renewals_allowed),
    (Refusal.NOT_LONGER, lambda f: f.new_due_on is not None and f.new_due_on <= f.due_on),
)


def checkout_refusals(facts: CheckoutFacts) -> tuple[Refusal, ...]:
    """Return every reason to refuse, in desk order; empty means lend it."""
    return tuple(reason for reason, applies in CHECKOUT_RULES if applies(facts))


def renewal_refusals(facts: RenewalFacts) -> tuple[Refusal, ...]:
    """Return every reason not to renew, in desk order; empty means renew."""
    return tuple(reason for reason, applies in RENEWAL_RULES if applies(facts))


def not_overruled(refusals: Iterable[Refusal], overrides: Overrides) -> tuple[Refusal, ...]:
    """Return the refusals that still stand."""
    return tuple(refusal for refusal in refusals if refusal not in overrides)


def best_rule(
    rules: Sequence[LoanRuleView], *, way_up: Sequence[int], category: str, material: str, on: date
) -> LoanRuleView | None:
    """Return the most specific rule in force: the nearest place first, then the category, then the material.

    `way_up` leads from the place of the loan to the root.
    """
    height = {node: steps for steps, node in enumerate(way_up)}
    fitting = [
        rule
        for rule in rules
        if rule.node in height
        and rule.category in {"", category}
        and rule.material in {"", material}
        and rule.from_day <= on
        and (rule.until_day is None or on < rule.until_day)
    ]
    return min(
        fitting, key=lambda rule: (height[rule.node], not rule.category, not rule.material, -rule.id), default=None
    )


def due_date(*, lent_on: date, loan_days: int, is_open: IsOpen) -> date:
    """Return the first open day on or after `lent_on + loan_days`.

    `loan_days` is in calendar days (>= 1). Raises ValueError when no open day
    follows within LONGEST_CLOSURE_DAYS: the calendar is wrong, not the loan.
    """
    day = lent_on + timedelta(days=loan_days)
    for _ in range(LONGEST_CLOSURE_DAYS):
        if is_open(day):
            return day
        day += DAY
    raise ValueError(f"no open day within {LONGEST_CLOSURE_DAYS} days of {lent_on}")


def loan_terms(rule: LoanRuleView, *, on: date, is_open: IsOpen) -> Terms:
    """Return until when an item is lent under a rule."""
    due_on = due_date(lent_on=on, loan_days=rule.loan_days, is_open=is_open)
    return Terms(rule=rule, days=rule.loan_days, earliest=on + timedelta(days=rule.loan_days), due_on=due_on)


def renewal_terms(rule: LoanRuleView, *, on: date, due_on: date, is_open: IsOpen) -> Terms:
    """Return until when a loan is lengthened, from the due date or from today as the rule says."""
    start = due_on if rule.renew_from == RenewFrom.DUE_DATE else on
    new = due_date(lent_on=start, loan_days=rule.renewal_days, is_open=is_open)
    return Terms(rule=rule, days=rule.renewal_days, earliest=start + timedelta(days=rule.renewal_days), due_on=new)


def overdue_days(*, due_on: date, returned_on: date, is_open: IsOpen) -> int:
    """Return how many days late an item came: the open days of the place of return after the due date."""
    return sum(is_open(due_on + timedelta(days=late)) for late in range(1, (returned_on - due_on).days + 1))


def after_return(*, place: int, shelved_at: int, floats: bool) -> tuple[str, NextStep]:
    """Return the item's status after a return at `place` and what the desk does with it."""
    if place == shelved_at or floats:
        return ItemStatus.AVAILABLE.value, NextStep.SHELVE
    return ItemStatus.IN_TRANSIT.value, NextStep.SEND
