"""Who is served at the door, as pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wenlan.outreach.doorstep.types import DoorRuleView


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorFacts:
    """A reader as the rules see them; `age` in completed years, None when not known. `way_up` is that of the place."""

    category: str
    special_group: str
    age: int | None
    way_up: Sequence[int]


def ground_by_rule(facts: DoorFacts, rules: Sequence[DoorRuleView]) -> str:
    """Return why a reader is served by rule: the nearest rule that holds, '' when none does."""
    holding = [rule for rule in rules if holds(facts, rule)]
    return min(holding, key=lambda rule: (facts.way_up.index(rule.node), rule.id)).ground if holding else ""


def holds(facts: DoorFacts, rule: DoorRuleView) -> bool:
    """Return whether a rule of a place on the way up is for this reader; whatever it names must fit."""
    return (
        rule.node in facts.way_up
        and rule.category in {"", facts.category}
        and rule.special_group in {"", facts.special_group}
        and (rule.age_from is None or (facts.age is not None and facts.age >= rule.age_from))
    )


def is_entitled(*, on: date, from_day: date, valid_until: date | None) -> bool:
    """Return whether an entitlement of one's own holds on a day (both ends in)."""
    return from_day <= on and (valid_until is None or on <= valid_until)
