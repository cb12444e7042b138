"""The way from the draft to the signature."""

from collections.abc import Callable
from dataclasses import dataclass

from wenlan.annual_report.types import State, Step, StepRefusal

LEADS = {
    Step.CHECK: (State.DRAFT, State.CHECKED),
    Step.REVIEW: (State.CHECKED, State.REVIEWED),
    Step.SIGN: (State.REVIEWED, State.SIGNED),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """All that decides whether a step may be taken."""

    state: str
    step: str
    staff: int | None
    may: bool
    composed_by: int | None
    blocking: int
    findings_open: int


RULES: tuple[tuple[StepRefusal, Callable[[StepFacts], bool]], ...] = (
    (StepRefusal.OUT_OF_ORDER, lambda f: not _is_its_turn(f)),
    (StepRefusal.NO_PERSON, lambda f: f.staff is None),
    (StepRefusal.NOT_ALLOWED, lambda f: not f.may),
    (StepRefusal.OWN_WORK, lambda f: f.step == Step.SIGN and f.staff is not None and f.staff == f.composed_by),
    (StepRefusal.BLOCKED, lambda f: f.step != Step.RETURN and f.blocking > 0),
    (StepRefusal.FINDINGS_OPEN, lambda f: f.step == Step.SIGN and f.findings_open > 0),
)


def step_refusals(facts: StepFacts) -> tuple[StepRefusal, ...]:
    """Return every reason against the step; empty means take it."""
    return tuple(reason for reason, applies in RULES if applies(facts))


def state_after(step: str) -> State:
    """Return the state that a step leads to; returning leads to the draft."""
    return State.DRAFT if step == Step.RETURN else LEADS[Step(step)][1]


def next_step(state: str) -> Step | None:
    """Return the step whose turn it is; None when the edition is signed."""
    return next((step for step, (before, _after) in LEADS.items() if before == state), None)


def _is_its_turn(facts: StepFacts) -> bool:
    if facts.step == Step.RETURN:
        return facts.state in {State.CHECKED, State.REVIEWED}
    return facts.step in LEADS and LEADS[Step(facts.step)][0] == facts.state
