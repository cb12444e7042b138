"""The roster of the last week and the first: who stands where, somebody who cannot come, and a wish to swap."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from itertools import cycle

from wenlan.circulation.roster import operations, queries
from wenlan.demo.stage import Deed, Stage
from wenlan.kernel.acts import Act

POSTS = (
    ({"zh": "总服务台", "en": "Service desk"}, 2, True),
    ({"zh": "青少年借阅处", "en": "Young readers' loan desk"}, 1, False),
)
PEOPLE = ("circulation", "reference", "stacks", "activities", "acquisitions", "cataloguer", "deputy")
WEEK = timedelta(days=7)
AT = 16 * 3600
ILL = "发烧就医"


def deeds(stage: Stage) -> Iterator[tuple[date, Deed]]:
    """Yield the roster as it is written, and what is changed in it."""
    yield stage.last(12), partial(write, stage)
    yield stage.last(2), partial(repeat, stage)
    yield stage.last(1), partial(change, stage)


def act(stage: Stage, day: date, key: str, by: str = "deputy") -> Act:
    """Return what is done with the roster of the main library."""
    return stage.act(day, AT, f"duty:{key}", by=by)


def write(stage: Stage, day: date) -> None:
    """Set up the posts, and put people into every shift of the week after."""
    for number, (words, people, has_till) in enumerate(POSTS):
        operations.open_post(act(stage, day, f"post:{number}"), words=words, people=people, has_till=has_till)
    turns = cycle(PEOPLE)
    for shift in queries.roster(stage.library, queries.monday_of(day) + WEEK):
        for _place in range(shift.gap):
            said = act(stage, day, "week")
            member = stage.staff[next(turns)]
            operations.assign(said, post=shift.post.id, day=shift.day, starts=shift.span.starts, member=member)


def repeat(stage: Stage, day: date) -> None:
    """Fill the week in which the year ends as the one before."""
    operations.repeat_week(act(stage, day, "again"), node=stage.library, monday=queries.monday_of(day) + WEEK)


def change(stage: Stage, day: date) -> None:
    """Somebody falls ill, and one asks another to swap."""
    ahead = [shift for shift in queries.roster(stage.library, queries.monday_of(day)) if shift.day > day]
    others = [duty for shift in ahead for duty in shift.on_duty if duty.staff != stage.staff["circulation"]]
    mine = queries.mine(stage.staff["circulation"], day + timedelta(days=1), day + WEEK)
    operations.report_absence(act(stage, day, "ill", by="reference"), duty=others[1].id, reason=ILL)
    theirs = next(duty for duty in reversed(others) if duty.day != mine[0].day)
    operations.ask_swap(act(stage, day, "swap", by="circulation"), mine=mine[0].id, theirs=theirs.id)
