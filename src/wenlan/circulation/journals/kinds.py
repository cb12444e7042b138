"""Limits on kinds of items (an owner's, of a material) as a device takes them along: numbered, counted by reader."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from wenlan.circulation import policies
from wenlan.circulation.journals.statements import KindLoans
from wenlan.circulation.types import Decision, KindLimit
from wenlan.network.trees import Tree


class LimitedKinds:
    """The kinds that some rule limits, each with a number; a kind is known once a decision has named it."""

    def __init__(self, tree: Tree, on: date) -> None:
        self.tree, self.on = tree, on
        self.limits: dict[tuple[int | None, str], KindLimit] = {}

    def most(self, decision: Decision) -> list[list[int]]:
        """Return [number, most] of each kind that a decision limits; the limit of all items together is no kind."""
        said = []
        for limit in decision.limits:
            if limit is not decision.total:
                self.limits.setdefault((limit.owner, limit.material), limit)
                number = list(self.limits).index((limit.owner, limit.material))
                said.append([number, limit.most])
        return said

    def of(self, owner: int, material: str) -> list[int]:
        """Return the numbers of the limited kinds that an item is of."""
        owners = self.tree.ancestors(owner, self.on)
        return [
            number
            for number, limit in enumerate(self.limits.values())
            if policies.is_of_kind(limit, owners=owners, material=material)
        ]

    def counts(self, loans: Iterable[KindLoans]) -> dict[int, list[list[int]]]:
        """Return [number, loans] of each limited kind that a reader has items of, by reader."""
        found: dict[int, Counter[int]] = defaultdict(Counter)
        for one in loans:
            for number in self.of(one.owner, one.material):
                found[one.patron][number] += one.loans
        return {patron: [[number, count] for number, count in sorted(had.items())] for patron, had in found.items()}
