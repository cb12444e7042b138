"""Crates between the main library and a branch, what is on its way at the end of the year, and orders to rebalance."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from wenlan.circulation import operations as circulation
from wenlan.circulation.boxes import operations as boxes
from wenlan.circulation.boxes import queries
from wenlan.circulation.rebalancing import operations as rebalancing
from wenlan.circulation.transport import operations as transport
from wenlan.circulation.types import ItemRef
from wenlan.demo import collections
from wenlan.demo.stage import Deed, Stage, terminal_code
from wenlan.demo.stock import OWN_SHELF

RETURNED, FILLED, SENT, ARRIVED, ORDERED = 15 * 3600, 17 * 3600, 17 * 3600 + 900, 9 * 3600, 11 * 3600
MAIN, BRANCH, OTHER = "CZ-M", "CZ-B01", "CZ-B05"
RUN = "城区通还班车"
STAFF = {MAIN: "circulation", BRANCH: "branch"}


def deeds(stage: Stage) -> Iterator[tuple[date, Deed]]:
    """Yield what is brought back elsewhere, packed, sent and signed for."""
    branch, wished = collections.refs("branch"), collections.refs("wished")
    yield stage.last(5), partial(bring_back, stage, branch[5:8])
    yield stage.last(5), partial(fill, stage, "XH-02", MAIN, BRANCH, branch[5:8])
    yield stage.last(4), partial(receive, stage, "XH-02", MAIN, BRANCH, branch[7:8])
    yield stage.last(4), partial(fill, stage, "XH-01", BRANCH, MAIN, branch[1:2])
    yield stage.last(3), partial(receive, stage, "XH-01", BRANCH, MAIN, ())
    yield stage.last(2), partial(order, stage)
    for machine in map(terminal_code, OWN_SHELF):
        yield stage.last(4), partial(empty, stage, machine)
    yield stage.last(1), partial(bring_back, stage, branch[8:9])
    yield stage.last(1), partial(fill, stage, "XH-03", MAIN, BRANCH, branch[8:9])
    yield stage.last(1), partial(fill, stage, "XH-04", MAIN, OTHER, wished[13:14], is_sent=False)


def bring_back(stage: Stage, books: Sequence[ItemRef], day: date) -> None:
    """Take the branch's books back at the main library."""
    for at, item in enumerate(books):
        act = stage.act(day, RETURNED + 10 * at, f"guest-return:{item.barcode}", by="circulation", place="CZ-GENERAL")
        circulation.check_in(act, item=item)


def fill(
    stage: Stage, code: str, giver: str, taker: str, books: Sequence[ItemRef], day: date, *, is_sent: bool = True
) -> None:
    """Pack a crate, and give it to the driver."""
    crate = crate_of(stage, code, giver, taker, day)
    for at, item in enumerate(books):
        act = stage.act(day, FILLED + 10 * at, f"crate:{code}:{item.barcode}", by=STAFF[giver], place=giver)
        transport.put_in(act, crate=crate, item=item)
    if is_sent:
        transport.send(stage.act(day, SENT, f"crate:{code}:sent", by=STAFF[giver], place=giver), crate=crate, run=RUN)


def receive(stage: Stage, code: str, giver: str, taker: str, missing: Sequence[ItemRef], day: date) -> None:
    """Sign for a crate, but for what was not in it."""
    act = stage.act(day, ARRIVED, f"crate:{code}:received", by=STAFF[taker], place=taker)
    crate = crate_of(stage, code, giver, taker, day)
    transport.receive(act, crate=crate, missing=[item.barcode for item in missing])


def crate_of(stage: Stage, code: str, giver: str, taker: str, day: date) -> int:
    """Return a crate, opened when it is first asked for."""
    act = stage.act(day, FILLED - 60, f"crate:{code}", by=STAFF[giver], place=giver)
    return transport.open_crate(act, code=code, to_node=stage.node_of(taker)).id


def empty(stage: Stage, machine: str, day: date) -> None:
    """Sign for what a return machine took in."""
    act = stage.act(day, FILLED, f"box:{machine}", by="circulation", place="CZ-GENERAL")
    inside = queries.in_the_box(device=machine, node=stage.library, at=act.at)
    boxes.empty(act, device=machine, scans=[ItemRef(one.barcode, one.scope) for one in inside])


def order(stage: Stage, day: date) -> None:
    """Order some books of the main library to two branches that ask for more of their kind."""
    act = stage.act(day, ORDERED, "rebalance", by="circulation")
    places = [stage.node_of(BRANCH)] * 3 + [stage.node_of(OTHER)] * 3
    rebalancing.accept(act, moves=dict(zip(collections.ids(stage, "wished", 10, 16), places, strict=True)))
