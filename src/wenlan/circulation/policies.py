"""The rules of lending, as pure functions over frozen facts."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from wenlan.circulation.types import (
    Decision,
    FixedDue,
    KindLimit,
    LoanRuleView,
    NewRule,
    NextStep,
    Overrides,
    Refusal,
    RenewFrom,
    RuleFields,
    Terms,
)
from wenlan.holdings.types import ItemStatus, Lending
from wenlan.patrons.types import CardStatus, PatronStatus

LONGEST_CLOSURE_DAYS = 3660  # a branch that is rebuilt stays shut for years
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
    credit_points: int | None = None
    owed_fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutFacts:
    """All that the rules of lending may look at, gathered beforehand by the operation."""

    on: date
    reader: ReaderFacts
    item_status: str
    item_lending: str
    has_rule: bool
    is_held_for_reader: bool = False
    kind_limits: tuple["KindTally", ...] = ()
    credit_floor: int | None = None
    owed_limit_fen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindTally:
    """How many items of a kind the reader has, beside the limit that fits the item asked for."""

    limit: KindLimit
    loans: int


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
    is_reserved: bool = False


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


def has_too_many_of_a_kind(facts: CheckoutFacts) -> bool:
    """Return whether a limit of the item's owner or material is reached."""
    return any(tally.loans >= tally.limit.most for tally in facts.kind_limits)


def has_too_few_points(facts: CheckoutFacts) -> bool:
    """Return whether the points are under the floor. A reader without points is in no scheme and has no floor."""
    points, floor = facts.reader.credit_points, facts.credit_floor
    return points is not None and floor is not None and points < floor


def owes_too_much(facts: CheckoutFacts) -> bool:
    """Return whether the unpaid sums are above what the rule bears."""
    return facts.owed_limit_fen is not None and facts.reader.owed_fen > facts.owed_limit_fen


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
    (Refusal.KIND_LIMIT_REACHED, has_too_many_of_a_kind),
    (Refusal.CREDIT_TOO_LOW, has_too_few_points),
    (Refusal.SUMS_OWED, owes_too_much),
    (Refusal.ITEMS_OVERDUE, lambda f: has_too_many_overdue(f.reader)),
    (Refusal.ITEM_ON_LOAN, has_status(ItemStatus.ON_LOAN)),
    (Refusal.ITEM_RESERVED, lambda f: f.item_status == ItemStatus.ON_HOLD_SHELF and not f.is_held_for_reader),
    (Refusal.ITEM_IN_TRANSIT, has_status(ItemStatus.IN_TRANSIT)),
    (Refusal.ITEM_IN_PROCESSING, has_status(ItemStatus.IN_PROCESSING)),
    (Refusal.ITEM_IN_HANDOVER, has_status(ItemStatus.IN_HANDOVER, ItemStatus.IN_TRANSFER)),
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
    (Refusal.RESERVED, lambda f: f.is_reserved),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Where, of whose items, to whom, what and when is lent. The ways lead from a node up to the root."""

    way_up: Sequence[int]
    owner_way_up: Sequence[int]
    category: str
    material: str
    on: date


NOT_SAID: Mapping[str, Any] = {
    "renewals": 0,
    "renew_from": RenewFrom.DUE_DATE.value,
    "fixed_due": FixedDue.EXTENDS.value,
    "hold_days": 7,
    "floats": False,
    "renews_itself": False,
}
STATED = tuple(one.name for one in fields(RuleFields) if one.name != "loan_limit")


def in_order(rules: Iterable[LoanRuleView], asked: Asked) -> tuple[LoanRuleView, ...]:
    """Return the rules that fit, the most specific first.

    The nearest place of loan comes first, then the nearest owner, the category and the material; of equal ones
    the rule with a fixed day (a vacation) comes before the standing one, then the younger before the older.
    """
    places = {node: steps for steps, node in enumerate(asked.way_up)}
    owners: dict[int | None, int] = {node: steps for steps, node in enumerate(asked.owner_way_up)}
    owners[None] = len(owners)
    fitting = [
        rule
        for rule in rules
        if rule.node in places
        and rule.owner in owners
        and rule.category in {"", asked.category}
        and rule.material in {"", asked.material}
        and rule.from_day <= asked.on
        and (rule.until_day is None or asked.on < rule.until_day)
    ]

    def rank(rule: LoanRuleView) -> tuple[int, int, bool, bool, bool, int]:
        scope = places[rule.node], owners[rule.owner], not rule.category, not rule.material
        return *scope, rule.fixed_due_on is None, -rule.id

    return tuple(sorted(fitting, key=rank))


def is_rule_wrong(rule: NewRule) -> bool:
    """Return whether a rule says nothing or contradicts itself."""
    says_nothing = all(getattr(rule, name) is None for name in (*STATED, "loan_limit"))
    lends_for_no_day = (rule.loan_days is not None and rule.loan_days < 1) or rule.renewal_days == 0
    ends_too_early = rule.until_day is not None and rule.until_day <= rule.from_day
    half_fixed = (rule.fixed_due_on is None) != (rule.fixed_due is None)
    is_over = rule.fixed_due_on is not None and rule.fixed_due_on <= rule.from_day
    return says_nothing or lends_for_no_day or ends_too_early or half_fixed or is_over


def is_of_kind(limit: KindLimit, *, owners: Collection[int], material: str) -> bool:
    """Return whether an item is of the kind that a limit counts; `owners` are its owner and all above."""
    return (limit.owner is None or limit.owner in owners) and limit.material in {"", material}


def decide(rules: Iterable[LoanRuleView], asked: Asked) -> Decision | None:
    """Return what the rules say together, field by field; None when no rule says for how many days to lend.

    Limits of different kinds hold together: for each owner and material the most specific rule that states one.
    """
    stated: dict[str, LoanRuleView] = {}
    limits: dict[tuple[int | None, str], KindLimit] = {}
    for rule in in_order(rules, asked):
        for name in STATED:
            if name not in stated and getattr(rule, name) is not None:
                stated[name] = rule
        kind = rule.owner, rule.material
        if rule.loan_limit is not None and kind not in limits:
            limits[kind] = KindLimit(owner=rule.owner, material=rule.material, most=rule.loan_limit, rule=rule)
    if "loan_days" not in stated:
        return None
    if "fixed_due_on" in stated:
        stated["fixed_due"] = stated["fixed_due_on"]
    said: dict[str, Any] = {
        name: getattr(stated[name], name) if name in stated else NOT_SAID.get(name) for name in STATED
    }
    if said["renewal_days"] is None:
        said["renewal_days"] = said["loan_days"]
    return Decision(**said, limits=tuple(limits.values()), stated_by=stated)


def limit_in_all(decision: Decision | None, *, of_category: int) -> int:
    """Return how many items a reader may have in all: as a rule says, else as the category does."""
    return decision.total.most if decision and decision.total else of_category


def due_date(*, lent_on: date, loan_days: int, is_open: IsOpen) -> date:
    """Return the first open day on or after `lent_on + loan_days`.

    `loan_days` is in calendar days. Raises ValueError when no open day
    follows within LONGEST_CLOSURE_DAYS: the calendar is wrong, not the loan.
    """
    day = lent_on + timedelta(days=loan_days)
    for _ in range(LONGEST_CLOSURE_DAYS):
        if is_open(day):
            return day
        day += DAY
    raise ValueError(f"no open day within {LONGEST_CLOSURE_DAYS} days of {lent_on}")


def loan_terms(decision: Decision, *, on: date, is_open: IsOpen) -> Terms:
    """Return until when an item is lent."""
    return _terms(decision, decision.rule, start=on, on=on, days=decision.loan_days, is_open=is_open)


def renewal_terms(decision: Decision, *, on: date, due_on: date, is_open: IsOpen) -> Terms:
    """Return until when a loan is lengthened, from the due date or from today as the rule says."""
    start = due_on if decision.renew_from == RenewFrom.DUE_DATE else on
    rule = decision.stated_by.get("renewal_days", decision.rule)
    return _terms(decision, rule, start=start, on=on, days=decision.renewal_days, is_open=is_open)


def _terms(decision: Decision, rule: LoanRuleView, *, start: date, on: date, days: int, is_open: IsOpen) -> Terms:
    """Return the first open day on or after the days, or after the fixed day where that decides."""
    earliest = start + timedelta(days=days)
    fixed, fixed_by = fixed_day(decision, earliest=earliest, on=on), None
    if fixed is not None:
        earliest, fixed_by = fixed, decision.stated_by["fixed_due_on"]
    due_on = due_date(lent_on=earliest, loan_days=0, is_open=is_open)
    return Terms(rule=rule, days=days, earliest=earliest, due_on=due_on, fixed_by=fixed_by)


def fixed_day(decision: Decision, *, earliest: date, on: date) -> date | None:
    """Return the fixed due date where it changes the day; one that is over changes nothing."""
    fixed = decision.fixed_due_on
    if fixed is None or fixed <= on:
        return None
    if decision.fixed_due == FixedDue.CUTS:
        return fixed if fixed < earliest else None
    return fixed if fixed > earliest else None


def overdue_days(*, due_on: date, returned_on: date, is_open: IsOpen) -> int:
    """Return how many days late an item came: the open days of the place of return after the due date."""
    return sum(is_open(due_on + timedelta(days=late)) for late in range(1, (returned_on - due_on).days + 1))


def after_return(
    *, place: int, shelved_at: int, floats: bool, pickup: int | None = None, was_first: bool = False
) -> tuple[str, NextStep]:
    """Return the item's status after a return at `place` and the next step; `pickup` is where who waits fetches it.

    What was lent before it was catalogued (`was_first`) goes to its place, and there to cataloguing.
    """
    if pickup is not None:
        if pickup == place:
            return ItemStatus.ON_HOLD_SHELF.value, NextStep.HOLD
        return ItemStatus.IN_TRANSIT.value, NextStep.SEND
    if was_first and place == shelved_at:
        return ItemStatus.IN_PROCESSING.value, NextStep.PROCESS
    if place == shelved_at or floats:
        return ItemStatus.AVAILABLE.value, NextStep.SHELVE
    return ItemStatus.IN_TRANSIT.value, NextStep.SEND
