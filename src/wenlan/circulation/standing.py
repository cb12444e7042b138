"""What stands against lending a reader a book, asked before there is an item: at a bookshop, at any other benefit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wenlan.circulation import lending, policies, rulebook, statements
from wenlan.circulation.policies import CheckoutFacts, KindTally, ReaderFacts
from wenlan.circulation.types import Decision, KindLimit, Refusal
from wenlan.holdings.types import ItemStatus, Lending
from wenlan.network import trees
from wenlan.patrons.identity import card_key
from wenlan.patrons.types import CardStatus, CardView, PatronView

Reasons = Mapping[Refusal, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOf:
    """A book of an owner and a material that would be lent at a place on a day."""

    node: int
    owner: int
    on: date
    material: str = "book"


def against(reader: PatronView, card: str, asked: AskedOf) -> Reasons:
    """Return every reason against lending a reader such a book, with the numbers behind it, in the order of the desk.

    Empty: the card is valid and nothing stands against the reader. `card` is the number as it was scanned. Nothing is
    locked: the check-out that follows decides again. One statement where a limit of owner or material holds.
    """
    decision = rulebook.at_hand().decision(
        trees.current(),
        node=asked.node,
        owner=asked.owner,
        category=reader.category.code,
        material=asked.material,
        on=asked.on,
    )
    kinds = [limit for limit in decision.limits if limit is not decision.total] if decision else []
    asks = bool(kinds) or reader.category.overdue_limit is not None
    found = statements.tally_loans(patron=reader.id, on=asked.on) if asks else ()
    facts = CheckoutFacts(
        on=asked.on,
        reader=_reader_facts(reader, card, decision, overdue=sum(tally.overdue for tally in found)),
        item_status=ItemStatus.AVAILABLE,
        item_lending=Lending.LENDABLE,
        has_rule=decision is not None,
        kind_limits=_kinds(decision, asked.on, found),
        credit_floor=decision.credit_floor if decision else None,
        owed_limit_fen=decision.owed_limit_fen if decision else None,
    )
    numbers = lending.because(facts)
    return {refusal: numbers.get(refusal, "") for refusal in policies.checkout_refusals(facts)}


def _kinds(decision: Decision | None, on: date, found: tuple[statements.LoanTally, ...]) -> tuple[KindTally, ...]:
    """Return the limits of owner and material that a book of this kind falls under, with what the reader has of it."""
    if decision is None:
        return ()
    tree = trees.current()

    def counts(limit: KindLimit, tally: statements.LoanTally) -> bool:
        return policies.is_of_kind(limit, owners=tree.ancestors(tally.owner, on), material=tally.material)

    return tuple(
        KindTally(limit=limit, loans=sum(tally.loans for tally in found if counts(limit, tally)))
        for limit in decision.limits
        if limit is not decision.total
    )


def _reader_facts(reader: PatronView, card: str, decision: Decision | None, *, overdue: int) -> ReaderFacts:
    return ReaderFacts(
        card_status=_card_status(reader.cards, card),
        status=reader.status,
        suspended_until=reader.suspended_until,
        valid_until=reader.valid_until,
        open_loans=reader.open_loans,
        loan_limit=policies.limit_in_all(decision, of_category=reader.category.loan_limit),
        overdue_limit=reader.category.overdue_limit,
        overdue_loans=overdue,
        credit_points=reader.credit_points,
        owed_fen=reader.owed_fen,
    )


def _card_status(cards: tuple[CardView, ...], number: str) -> str:
    """Return the status of the card that was scanned; of two with the number the one that serves."""
    same = [card for card in cards if card_key(card.number) == card_key(number)]
    serving = [card for card in same if card.until_day is None]
    return next((card.status for card in (*serving, *reversed(same))), CardStatus.VALID)
