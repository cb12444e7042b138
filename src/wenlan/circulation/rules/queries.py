"""Rules as they stand along the tree, and what they would say of a loan."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from wenlan.circulation import policies, rulebook
from wenlan.circulation.models import LoanRule
from wenlan.circulation.types import Decision, LoanRuleView, Terms
from wenlan.jobs import queries as jobs
from wenlan.kernel.errors import NotFound
from wenlan.network import trees


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Where, of whose stock, to whom (a category), what (a material) and when something would be lent."""

    node: int
    owner: int
    category: str
    material: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What the rules say of a loan that is not made: `limit` is of all items together, `fitting` the rules in order."""

    decision: Decision
    terms: Terms
    renewed: Terms | None
    limit: int
    fitting: tuple[LoanRuleView, ...]


def present_rules(on: date) -> tuple[LoanRuleView, ...]:
    """Return the rules in force on the day or to come, the general before the special (one statement)."""
    tree = trees.current()
    order = {node: place for place, node in enumerate(tree.walk(on))}
    found = [
        one for one in map(rulebook.rule_view, LoanRule.objects.all()) if one.until_day is None or one.until_day > on
    ]

    def place(one: LoanRuleView) -> tuple[int, bool, bool, bool, date, int]:
        return (
            order.get(one.node, len(order)),
            one.owner is not None,
            bool(one.category),
            bool(one.material),
            *when(one),
        )

    return tuple(sorted(found, key=place))


def when(one: LoanRuleView) -> tuple[date, int]:
    """Return what two versions of one rule are put in order by."""
    return one.from_day, one.id


def rule(rule_id: int) -> LoanRuleView:
    """Return one version of a rule. Raises NotFound."""
    row = LoanRule.objects.filter(pk=rule_id).first()
    if row is None:
        raise NotFound(what=str(rule_id))
    return rulebook.rule_view(row)


def versions(code: str) -> tuple[LoanRuleView, ...]:
    """Return every version of a rule, the newest first."""
    return tuple(rulebook.rule_view(row) for row in LoanRule.objects.filter(code=code).order_by("-id"))


def codes_taken(codes: Collection[str]) -> frozenset[str]:
    """Return which of the codes some rule has."""
    return frozenset(LoanRule.objects.filter(code__in=codes).values_list("code", flat=True))


def tried(question: Question) -> Trial | None:
    """Return what the rules would say, None when none says for how long to lend."""
    tree, book = trees.current(), rulebook.current(jobs.version(rulebook.VERSION))
    asked = policies.Asked(
        way_up=tree.ancestors(question.node, question.on),
        owner_way_up=tree.ancestors(question.owner, question.on),
        category=question.category,
        material=question.material,
        on=question.on,
    )
    decision, category = policies.decide(book.rules, asked), book.category_of(question.category)
    if decision is None:
        return None

    def is_open(day: date) -> bool:
        return tree.is_open(question.node, day)

    terms = book.named(tree, policies.loan_terms(decision, on=question.on, is_open=is_open), question.on)
    renewed = None
    if decision.renewals:
        due_on = terms.due_on
        renewed = policies.renewal_terms(decision, on=due_on, due_on=due_on, is_open=is_open)
        renewed = book.named(tree, renewed, question.on)
    return Trial(
        decision=decision,
        terms=terms,
        renewed=renewed,
        limit=policies.limit_in_all(decision, of_category=category.loan_limit if category else 0),
        fitting=policies.in_order(book.rules, asked),
    )
