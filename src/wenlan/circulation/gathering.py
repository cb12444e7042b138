"""From the rows of a hot read to the facts that the policy looks at."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from wenlan.circulation import policies, rulebook, statements
from wenlan.circulation.errors import ItemAmbiguous, ItemUnknown
from wenlan.circulation.policies import KindTally, ReaderFacts
from wenlan.circulation.statements import HotRead, LoanTally, ReaderRow
from wenlan.circulation.types import (
    HAPPENED,
    NONE,
    OVERRIDABLE,
    Decision,
    ItemRef,
    KindLimit,
    Overrides,
    Refusal,
    Terms,
)
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError
from wenlan.network import trees
from wenlan.patrons.types import CardStatus, CategoryView
from wenlan.staff import queries as staff
from wenlan.staff.operations import audit
from wenlan.staff.types import Right


@dataclass(frozen=True, slots=True)
class Overruling:
    """Which refusals the staff wish to overrule, and why; or that the act `happened` off line, whoever was asked.

    `told` is the day until which the reader was told then.
    """

    refusals: Overrides = NONE
    reason: str = ""
    happened: bool = False
    told: date | None = None

    def as_told(self, terms: Terms) -> Terms:
        """Return the terms with the day that the reader was told, where it is the later one."""
        if self.told is None or self.told <= terms.due_on:
            return terms
        return replace(terms, due_on=self.told)

    def used(self, standing: tuple[Refusal, ...]) -> tuple[Refusal, ...]:
        """Return the refusals that stand and are overruled."""
        return tuple(refusal for refusal in standing if refusal in self.refusals)

    def is_allowed(self, act: Act, used: tuple[Refusal, ...]) -> bool:
        """Return whether this member of staff may overrule these here, and said why."""
        if self.happened:
            return HAPPENED.issuperset(used)
        if act.staff is None or not self.reason.strip() or not OVERRIDABLE.issuperset(used):
            return False
        return staff.may(act.staff, Right.OVERRIDE, act.node, act.day)

    def write_down(self, act: Act, used: tuple[Refusal, ...], *, subject: str, patron: int) -> None:
        """Put what was overruled into the audit trail."""
        done = {"refusals": [refusal.value for refusal in used], "patron": patron}
        audit(act, "circulation.override", subject, after=done, reason=self.reason)


def not_one_item(read: HotRead, item: ItemRef) -> DomainError | None:
    """Return what is wrong when the scan does not name exactly one item."""
    if not read.items:
        return ItemUnknown(what=item.barcode)
    if len(read.items) > 1:
        return ItemAmbiguous(barcode=item.barcode, scopes=tuple(found.scope for found in read.items))
    return None


def decision_for(read: HotRead, *, node: int, category: str) -> Decision | None:
    """Return what the rules of the day say of the first item of a read, at a place and for a category."""
    tree, item = trees.current(read.versions.tree), read.items[0]
    return rulebook.current(read.versions.policies).decision(
        tree, node=node, owner=item.owner_node, category=category, material=item.material, on=read.on
    )


def named(read: HotRead, terms: Terms) -> Terms:
    """Return the terms with the names of the places whose rules decided."""
    return rulebook.current(read.versions.policies).named(trees.current(read.versions.tree), terms, read.on)


def calendar_of(read: HotRead, node: int) -> Callable[[date], bool]:
    """Return `is_open(day)` of a node, by the tree of the version that was read."""
    tree = trees.current(read.versions.tree)
    return lambda day: tree.is_open(node, day)


def category_of(read: HotRead, reader: ReaderRow) -> CategoryView:
    """Return the reader's category."""
    return rulebook.current(read.versions.policies).categories[reader.category_id]


def tallies(read: HotRead, reader: ReaderRow, decision: Decision | None) -> tuple[LoanTally, ...]:
    """Return the reader's loans by owner and material where a limit asks for them; they are not on the locked row."""
    kinds = [limit for limit in decision.limits if limit is not decision.total] if decision else []
    if not kinds and category_of(read, reader).overdue_limit is None:
        return ()
    return statements.tally_loans(patron=reader.id, on=read.on)


def kind_tallies(read: HotRead, decision: Decision | None, found: tuple[LoanTally, ...]) -> tuple[KindTally, ...]:
    """Return how many items the reader has of each kind that a rule for this item limits."""
    if decision is None:
        return ()
    tree = trees.current(read.versions.tree)

    def counts(limit: KindLimit, tally: LoanTally) -> bool:
        return policies.is_of_kind(limit, owners=tree.ancestors(tally.owner, read.on), material=tally.material)

    return tuple(
        KindTally(limit=limit, loans=sum(tally.loans for tally in found if counts(limit, tally)))
        for limit in decision.limits
        if limit is not decision.total
    )


def reader_facts(
    read: HotRead, reader: ReaderRow, decision: Decision | None, found: tuple[LoanTally, ...]
) -> ReaderFacts:
    """Return the locked reader as the rules see it."""
    category = category_of(read, reader)
    return policies.ReaderFacts(
        card_status=read.card.status if read.card else CardStatus.VALID,
        status=reader.status,
        suspended_until=reader.suspended_until,
        valid_until=reader.valid_until,
        open_loans=reader.open_loans,
        loan_limit=policies.limit_in_all(decision, of_category=category.loan_limit),
        overdue_limit=category.overdue_limit,
        overdue_loans=sum(tally.overdue for tally in found),
        credit_points=reader.credit_points,
        owed_fen=reader.owed_fen,
    )
