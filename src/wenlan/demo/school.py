"""A class of the secondary school borrows for its reading corner in September; by the winter most of it came back."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from wenlan.circulation import operations as circulation
from wenlan.circulation.groups import operations as groups
from wenlan.circulation.groups.types import Group
from wenlan.circulation.types import CardRef
from wenlan.demo import collections
from wenlan.demo.guests import SCHOOL
from wenlan.demo.stage import Deed, Stage

NAME, PUPILS = "七（3）班读书角", 46
LENT, RETURNED = 9 * 3600 + 1800, 15 * 3600
DESK = "CZ-YOUTH"


def deeds(stage: Stage) -> Iterator[tuple[date, Deed]]:
    """Yield the loan in term, and what comes back in two lots."""
    some = stage.lending.class_loans // 2
    yield stage.on(10, 11), partial(lend, stage)
    yield stage.on(11, 15), partial(bring_back, stage, 0, some)
    yield stage.on(12, 20), partial(bring_back, stage, some, some + some // 2)


def lend(stage: Stage, day: date) -> None:
    """Lend to the class on the school's card: the plan of the young readers' desk leaves room for it."""
    act = stage.act(day, LENT, "class", by="circulation", place=DESK)
    group = Group(card=CardRef(SCHOOL), name=NAME, persons=PUPILS)
    groups.lend(act, group=group, items=collections.refs("class")[: stage.lending.class_loans])


def bring_back(stage: Stage, start: int, stop: int, day: date) -> None:
    """Take back what the class has read."""
    for at, item in enumerate(collections.refs("class")[start:stop]):
        act = stage.act(day, RETURNED + 5 * at, f"class:back:{start + at}", by="circulation", place=DESK)
        circulation.check_in(act, item=item)
