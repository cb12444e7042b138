"""The lending rules and the readers' categories, kept in each process and read again when they change.

The version comes with the hot read of each act, so that no statement is spent on asking.
"""

import threading
from dataclasses import dataclass, field
from datetime import date

from wenlan.circulation import policies
from wenlan.circulation.models import LoanRule
from wenlan.circulation.types import LoanRuleView
from wenlan.network.trees import Tree
from wenlan.patrons import queries as patrons
from wenlan.patrons.types import CategoryView

VERSION = "policies"
LONGEST_MEMORY = 5000


@dataclass(slots=True)
class Rulebook:
    """All rules in all versions, with the answers given so far."""

    version: int
    rules: tuple[LoanRuleView, ...]
    categories: dict[int, CategoryView]
    _answers: dict[tuple[int, int, str, str, date], LoanRuleView | None] = field(default_factory=dict)

    def rule_for(self, tree: Tree, *, node: int, category: str, material: str, on: date) -> LoanRuleView | None:
        """Return the most specific rule for a loan at the node on the day."""
        key = (tree.version, node, category, material, on)
        if key not in self._answers:
            if len(self._answers) > LONGEST_MEMORY:
                self._answers.clear()
            self._answers[key] = policies.best_rule(
                self.rules, way_up=tree.ancestors(node, on), category=category, material=material, on=on
            )
        return self._answers[key]

    def category_of(self, code: str) -> CategoryView | None:
        """Return a category by its code."""
        return next((category for category in self.categories.values() if category.code == code), None)


class _Copy:
    """This process' copy."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.book: Rulebook | None = None


_copy = _Copy()


def current(version: int) -> Rulebook:
    """Return the rules of a version that the caller's own statement fetched; two statements when it is new."""
    book = _copy.book
    if book is not None and book.version == version:
        return book
    with _copy.lock:
        if _copy.book is None or _copy.book.version != version:
            _copy.book = read(version)
        return _copy.book


def forget() -> None:
    """Make the next act read the rules anew."""
    with _copy.lock:
        _copy.book = None


def read(version: int) -> Rulebook:
    """Read rules and categories (two statements)."""
    return Rulebook(
        version=version,
        rules=tuple(rule_view(row) for row in LoanRule.objects.order_by("id")),
        categories={category.id: category for category in patrons.categories()},
    )


def rule_view(row: LoanRule) -> LoanRuleView:
    """Return the public side of a rule."""
    return LoanRuleView(
        id=row.pk,
        code=row.code,
        words=row.words,
        node=row.node_id,
        category=row.category,
        material=row.material,
        loan_days=row.loan_days,
        renewals=row.renewals,
        renewal_days=row.renewal_days,
        renew_from=row.renew_from,
        floats=row.floats,
        from_day=row.from_day,
        until_day=row.until_day,
    )
