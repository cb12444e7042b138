"""Who asks to become a reader on line, and the closed day in May over which due dates were moved."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from wenlan.circulation.closing import operations as closing
from wenlan.circulation.closing.types import Span
from wenlan.demo import people
from wenlan.demo.stage import Deed, Stage
from wenlan.network import queries as network
from wenlan.patrons.joining import operations as joining
from wenlan.patrons.joining.types import NewApplication, Way

AT = 10 * 3600
FIRST = 830_000  # numbers of invented people that no plan reaches
TOLD = {"zh": "审核通过后可凭电子证借阅。", "en": "Once it is approved, the e-card serves at every branch."}
APPLICANTS = ((4, False), (2, True), (1, False), (1, False))  # open days before the end of the year; approved or not


def deeds(stage: Stage) -> Iterator[tuple[date, Deed]]:
    """Yield the rule, the applications, and the closed day."""
    yield stage.on(5, 14), partial(move_due_dates, stage)
    yield stage.on(9, 3), partial(offer, stage)
    for number, (which, is_approved) in enumerate(APPLICANTS):
        yield stage.last(which), partial(apply, stage, number, is_approved)


def move_due_dates(stage: Stage, day: date) -> None:
    """Move what falls due while the main library is shut for works to its first open day."""
    row = next(row for row in stage.places["closed"] if row["start"] > day)
    span = Span(node=stage.library, start=row["start"], end=row["end"], due_again=row["end"])
    act = stage.act(day, AT, "closure", by="deputy")
    closing.move_due_dates(act, span=span, reason=row["zh"], close=False)
    while closing.carry_on(act.at):
        pass


def offer(stage: Stage, day: date) -> None:
    """Let people register on line; a librarian looks at each."""
    act = stage.act(day, AT, "joining", by="deputy")
    joining.set_rule(act, node=network.root().id, way=Way.APPROVED, asks_document=False, words=TOLD)


def apply(stage: Stage, number: int, is_approved: bool, day: date) -> None:
    """Ask to become a reader; some of them wait."""
    like = people.reader(stage.seed, FIRST + number, home_node=stage.library, on=stage.eve)
    asked = NewApplication(
        node=stage.nodes["CZ-B01"] if number == 2 else stage.library,
        category="adult",
        name=like.name,
        sex=like.sex,
        birth_date=date(stage.plan.year - 31 - number, 4, 2 + number),
        email=f"applicant{number + 1}@example.invalid",
    )
    made = joining.apply(stage.by_reader(day, AT, f"applied:{number}"), application=asked)
    if is_approved:
        act = stage.act(day, AT + timedelta(hours=1).seconds, f"approved:{number}", by="circulation")
        joining.approve(act, application=made.id)
