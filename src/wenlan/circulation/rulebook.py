"""The lending rules and the readers' categories, kept in each process and read again when they change.

The version comes with the hot read of each act, so that no statement is spent on asking.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date

from wenlan.circulation import policies
from wenlan.circulation.models import LoanRule
from wenlan.circulation.types import Decision, LoanRuleView, RuleFields, Terms
from wenlan.jobs import queries as jobs
from wenlan.network.trees import Tree
from wenlan.patrons import queries as patrons
from wenlan.patrons.types import CategoryView

VERSION = "policies"
LONGEST_MEMORY = 5000
STATED = tuple(one.name for one in fields(RuleFields))


@dataclass(slots=True)
class Rulebook:
    """All rules in all versions, with the answers given so far."""

    version: int
    rules: tuple[LoanRuleView, ...]
    categories: dict[int, CategoryView]
    _answers: dict[tuple[int, int, int, str, str, date], Decision | None] = field(default_factory=dict)

    _names: dict[tuple[int, int, date], Mapping[int, Mapping[str, str]]] = field(default_factory=dict)

    def decision(self, tree: Tree, *, node: int, owner: int, category: str, material: str, on: date) -> Decision | None:
        """Return what the rules say of a loan at the node of an item of the owner, on the day."""
        key = (tree.version, node, owner, category, material, on)
        if key not in self._answers:
            if len(self._answers) > LONGEST_MEMORY:
                self._answers.clear()
            asked = policies.Asked(
                way_up=tree.ancestors(node, on),
                owner_way_up=tree.ancestors(owner, on),
                category=category,
                material=material,
                on=on,
            )
            self._answers[key] = policies.decide(self.rules, asked)
        return self._answers[key]

    def named(self, tree: Tree, terms: Terms, on: date) -> Terms:
        """Return the terms with the names of the places whose rules decided, for their explanation."""
        by = terms.fixed_by or terms.rule
        key = tree.version, by.node, on
        if key not in self._names:
            if len(self._names) > LONGEST_MEMORY:
                self._names.clear()
            self._names[key] = {by.node: tree.names_then(by.node, on)}
        return replace(terms, places=self._names[key])

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


def at_hand() -> Rulebook:
    """Return this process' copy, for what is only shown: as old as its last act; no statement while it has one."""
    book = _copy.book
    return book if book is not None else current(jobs.version(VERSION))


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
    stated = {name: getattr(row, name) for name in STATED if name != "hub"}
    return LoanRuleView(
        id=row.pk,
        code=row.code,
        words=row.words,
        node=row.node_id,
        owner=row.owner_id,
        category=row.category,
        material=row.material,
        from_day=row.from_day,
        until_day=row.until_day,
        hub=row.hub_id,
        **stated,
    )
