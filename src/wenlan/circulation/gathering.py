"""From the rows of a hot read to the facts that the policy looks at."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from wenlan.circulation import policies, rulebook, statements
from wenlan.circulation.errors import ItemAmbiguous, ItemUnknown
from wenlan.circulation.policies import ReaderFacts
from wenlan.circulation.statements import HotRead, ReaderRow
from wenlan.circulation.types import NONE, OVERRIDABLE, ItemRef, LoanRuleView, Overrides, Refusal
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError
from wenlan.network import trees
from wenlan.patrons.types import CardStatus, CategoryView
from wenlan.staff import queries as staff
from wenlan.staff.operations import audit
from wenlan.staff.types import Right


@dataclass(frozen=True, slots=True)
class Overruling:
    """Which refusals the staff wish to overrule, and why."""

    refusals: Overrides = NONE
    reason: str = ""

    def used(self, standing: tuple[Refusal, ...]) -> tuple[Refusal, ...]:
        """Return the refusals that stand and are overruled."""
        return tuple(refusal for refusal in standing if refusal in self.refusals)

    def is_allowed(self, act: Act, used: tuple[Refusal, ...]) -> bool:
        """Return whether this member of staff may overrule these here, and said why."""
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


def rule_for(read: HotRead, *, node: int, category: str) -> LoanRuleView | None:
    """Return the rule of the day for the first item of a read, at a place and for a category."""
    tree = trees.current(read.versions.tree)
    return rulebook.current(read.versions.policies).rule_for(
        tree, node=node, category=category, material=read.items[0].material, on=read.on
    )


def calendar_of(read: HotRead, node: int) -> Callable[[date], bool]:
    """Return `is_open(day)` of a node, by the tree of the version that was read."""
    tree = trees.current(read.versions.tree)
    return lambda day: tree.is_open(node, day)


def category_of(read: HotRead, reader: ReaderRow) -> CategoryView:
    """Return the reader's category."""
    return rulebook.current(read.versions.policies).categories[reader.category_id]


def reader_facts(read: HotRead, reader: ReaderRow) -> ReaderFacts:
    """Return the locked reader as the rules see it."""
    category = category_of(read, reader)
    overdue = 0
    if category.overdue_limit is not None:  # not on the locked row: asked by a statement after the lock
        overdue = statements.count_overdue(patron=reader.id, on=read.on)
    return policies.ReaderFacts(
        card_status=read.card.status if read.card else CardStatus.VALID,
        status=reader.status,
        suspended_until=reader.suspended_until,
        valid_until=reader.valid_until,
        open_loans=reader.open_loans,
        loan_limit=category.loan_limit,
        overdue_limit=category.overdue_limit,
        overdue_loans=overdue,
    )
