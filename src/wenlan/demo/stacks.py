"""Work at the shelves: areas, what waits on the cart, shelves that are read, and readers who serve as volunteers."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from wenlan.demo import collections
from wenlan.demo.guests import CHILDREN, reader_id
from wenlan.demo.stage import Deed, Stage
from wenlan.holdings.shelving import queries as shelves
from wenlan.kernel.acts import Act
from wenlan.shelving import operations, queries, reading
from wenlan.shelving.types import AreaView, FindingKind, NewArea, ReadingView, TaskKind, TaskState, TaskView, WorkDone
from wenlan.volunteers import operations as volunteers
from wenlan.volunteers.types import Offer, VolunteerView

AREAS = (
    ("CZ-GENERAL", {"zh": "综合区 A—F", "en": "General A–F"}, "A", "F"),
    ("CZ-GENERAL", {"zh": "综合区 G—K", "en": "General G–K"}, "G", "K"),
    ("CZ-GENERAL", {"zh": "综合区 N—Z", "en": "General N–Z"}, "N", "Z"),
    ("CZ-LITERATURE", {"zh": "文学区", "en": "Literature"}, "I", "I"),
    ("CZ-YOUTH", {"zh": "少儿区", "en": "Children"}, "", ""),
)
FIRST_AREA, LITERATURE, CHILDRENS = 0, 3, 4
COUNTED_DAYS, SERVED_DAYS = 6, (7, 4, 2)  # open days before the end of the year
OPENED, COUNTED, SERVES, READS, SETTLED, DONE = 9 * 3600, 9 * 3600 + 900, 14 * 3600, 15 * 3600, 16 * 3600, 17 * 3600
ASKS, TAKEN_IN = 19 * 3600, 10 * 3600
READ_FROM, READ = 10, 40  # volumes, along the shelf
ASTRAY, BEHIND, MISSED, STRANGE = 6, 21, 12, 30  # places on the shelf
NOBODYS = "CZ99990001"
SERVING, WAITS = (3, 6), CHILDREN[0]
NUMBERS = {3: "140400000000018"}  # what the national platform gave to one of them
OFFER = Offer(jobs=("newspapers", "shelving"), free_time="周六、周日下午")
MINUTES = 60  # of each turn


def deeds(stage: Stage) -> Iterator[tuple[date, Deed]]:
    """Yield the areas, the volunteers, the carts of the last days, and two shelves that are read."""
    yield stage.on(11, 19), partial(set_up, stage)
    yield stage.last(1), partial(ask, stage, WAITS)
    for turn, which in enumerate(SERVED_DAYS):
        yield stage.last(which), partial(sort_newspapers, stage, turn)
    for which in range(COUNTED_DAYS, 0, -1):
        yield stage.last(which), partial(empty_cart, stage)
    yield stage.last(5), partial(read_and_put_right, stage)
    yield stage.last(1), partial(read_shelf, stage, CHILDRENS)


def work(stage: Stage, day: date, second: int, key: str) -> Act:
    """Return what the keeper of the stacks does at the main library."""
    return stage.act(day, second, f"stacks:{key}", by="stacks")


def minutes() -> int:
    """Return how long the volunteers serve in all: part of the year's planned hours."""
    return MINUTES * len(SERVED_DAYS)


def set_up(stage: Stage, day: date) -> None:
    """Name the areas, and take two readers into the team of volunteers."""
    for number in range(len(AREAS)):
        area(stage, number)
    for guest in SERVING:
        taken = ask(stage, guest, day)
        act = stage.act(stage.after(day), TAKEN_IN, f"volunteer:{guest}:in", by="activities")
        volunteers.take_in(act, volunteer=taken.id)


def area(stage: Stage, number: int) -> AreaView:
    """Return an area; asked again, it is the one that was named first."""
    department, words, first, last = AREAS[number]
    new = NewArea(words=words, first=first, last=last, department=stage.departments[department])
    return operations.open_area(work(stage, stage.on(11, 19), OPENED, f"area:{number}"), area=new)


def ask(stage: Stage, guest: int, day: date) -> VolunteerView:
    """Let a reader ask on line to serve; asked again, the same stands."""
    offer = Offer(jobs=OFFER.jobs, free_time=OFFER.free_time, national_number=NUMBERS.get(guest, ""))
    act = stage.by_reader(day, ASKS, f"volunteer:{guest}")
    return volunteers.ask(act, patron=reader_id(guest), offer=offer)


def sort_newspapers(stage: Stage, turn: int, day: date) -> None:
    """Let a volunteer sort newspapers for an hour."""
    task = operations.add_task(work(stage, day, COUNTED, f"newspapers:{turn}"), kind=TaskKind.NEWSPAPERS)
    one = ask(stage, SERVING[turn % len(SERVING)], stage.on(11, 19)).id
    done = WorkDone(volumes=30 + 10 * turn, minutes=MINUTES, volunteers=(one,))
    operations.finish(work(stage, day, SERVES, f"newspapers:{turn}:done"), task=task.id, work=done)


def empty_cart(stage: Stage, day: date) -> None:
    """Count what came back and put it away; on the last evening one area waits and one is being done."""
    act = work(stage, day, DONE - 1800, f"cart:{day}")
    operations.count_cart(act)
    waiting = returned(stage, day)
    left = waiting[:2] if day == stage.last() else ()
    for task in waiting[len(left) :]:
        done = WorkDone(volumes=task.waiting or 0, minutes=15 + 2 * (task.waiting or 0))
        operations.finish(work(stage, day, DONE, f"cart:{task.uid}"), task=task.id, work=done)
    for task in left[1:]:
        operations.take(work(stage, day, DONE, f"cart:{task.uid}"), task=task.id)


def returned(stage: Stage, day: date) -> Sequence[TaskView]:
    """Return the tasks of a day that put back what was returned and are not done."""
    open_now = (TaskState.OPEN, TaskState.TAKEN)
    tasks = queries.tasks([stage.library], day=day)
    return [task for task in tasks if task.kind == TaskKind.RETURNED and task.state in open_now]


def shelf(place: AreaView) -> list[str]:
    """Return barcodes as they stand on a stretch of an area's shelves: some of them stand wrong."""
    all_of_it = shelves.between(place.node, place.first_key, f"{place.last_key}~")
    here = [one.barcode for one in all_of_it if one.department == place.department][READ_FROM : READ_FROM + READ]
    astray = here[ASTRAY]
    standing = [code for at, code in enumerate(here) if at not in (ASTRAY, MISSED)]
    standing.insert(BEHIND, astray)
    standing.insert(STRANGE, collections.barcodes("rotation")[31])
    return [*standing, NOBODYS]


def read_shelf(stage: Stage, number: int, day: date) -> ReadingView:
    """Read a stretch of an area's shelves: what stands wrong waits to be put right."""
    place = area(stage, number)
    act = work(stage, day, READS, f"reading:{day}")
    return reading.read_shelf(act, area=place.id, barcodes=shelf(place))


def read_and_put_right(stage: Stage, day: date) -> None:
    """Read a stretch of the shelves, and put right what stands wrong."""
    for finding in read_shelf(stage, LITERATURE, day).findings:
        how = reading.PUT_RIGHT if finding.kind == FindingKind.WRONG_PLACE else reading.NOTED
        reading.settle(work(stage, day, SETTLED, f"finding:{finding.id}"), finding=finding.id, how=how)


def count_this_morning(stage: Stage, day: date) -> None:
    """Count the cart on the morning after the year, and have an area read."""
    operations.count_cart(work(stage, day, OPENED, f"cart:{day}"))
    act = work(stage, day, OPENED, f"to read:{day}")
    operations.add_task(act, kind=TaskKind.READING, area=area(stage, FIRST_AREA).id, note="元旦后开放前整理")
