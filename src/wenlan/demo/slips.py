"""Slips of the year: stock that rotates between branches, deposits at points, parcels for a village, handovers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from wenlan.demo import collections, guests
from wenlan.demo.stage import Deed, Stage
from wenlan.holdings.deposits import operations as deposits
from wenlan.holdings.handovers import operations as handovers
from wenlan.holdings.handovers.operations import Destination
from wenlan.holdings.transfers import operations as transfers
from wenlan.holdings.transfers.operations import Route
from wenlan.holdings.transfers.types import Purpose
from wenlan.patrons import queries as readers

PACKED, LOADED, ARRIVED = 9 * 3600 + 1800, 10 * 3600, 14 * 3600
MAIN = "CZ-M"
HOSTS = {"CZ-P01": "示例站长", "CZ-P02": "示例护理长", "CZ-P03": "示例教务员", "CZ-V01": "示例书屋"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One slip: the items `start` to `stop` of a collection, from where to where, who gives and who takes."""

    code: str
    collection: str
    start: int
    stop: int
    giver: str
    taker: str
    purpose: str = Purpose.ROTATION
    by: str = "stacks"
    to: str = "branch"
    note: str = ""
    due_on: date | None = None
    holder: str = ""

    def items(self, stage: Stage) -> list[int]:
        """Return the ids of its items."""
        return collections.ids(stage, self.collection, self.start, self.stop)


def deeds(stage: Stage) -> Iterator[tuple[date, Deed]]:
    """Yield what is sent and signed for in the year."""
    for day, slip in (*rotations(stage), *deliveries(stage)):
        yield day, partial(send, stage, slip)
        yield stage.after(day), partial(sign_for, stage, slip)
    for slip in waiting():
        yield stage.last(), partial(send, stage, slip)
    yield stage.last(), partial(pack, stage)
    yield stage.on(10, 10), partial(come_back, stage)
    yield stage.on(11, 20), partial(hand_over, stage, "first", 0, 6)
    yield stage.on(11, 21), partial(take_over, stage, "first", 0, 6)
    yield stage.last(), partial(hand_over, stage, "second", 6, 12)


def rotations(stage: Stage) -> Iterator[tuple[date, Slip]]:
    """Yield the rounds of two lots of books through the town branches."""
    for lot, start, stop, stops in (
        ("A", 0, 10, (MAIN, "CZ-B11", "CZ-B12", "CZ-B10")),
        ("B", 10, 20, (MAIN, "CZ-B01", "CZ-B02", "CZ-B01")),
    ):
        for month, giver, taker in zip((3, 6, 9), stops, stops[1:], strict=False):
            code = f"{lot}{month}"
            slip = Slip(code=code, collection="rotation", start=start, stop=stop, giver=giver, taker=taker)
            yield stage.on(month, 12 if lot == "A" else 17), slip


def deliveries(stage: Stage) -> Iterator[tuple[date, Slip]]:
    """Yield the deposits at hosted points, and the parcel for the village room; the bus brings them."""
    year = stage.plan.year
    for day, start, place, card, due_on in (
        (stage.on(4, 9), 0, "CZ-P01", guests.FIRE_STATION, date(year, 10, 9)),
        (stage.on(10, 15), 10, "CZ-P02", guests.OLD_PEOPLES_HOME, date(year + 1, 1, 12)),
        (stage.on(9, 3), 20, "CZ-P03", guests.SCHOOL, date(year, 12, 20)),
    ):
        yield day, Slip(
            code=place, collection="points", start=start, stop=start + 10, giver=MAIN, taker=place,
            purpose=Purpose.DEPOSIT, to="bus", due_on=due_on, holder=card,
        )  # fmt: skip
    yield stage.on(6, 4), Slip(
        code="village", collection="parcel", start=0, stop=6, giver=MAIN, taker="CZ-V01",
        purpose=Purpose.DISTRIBUTION, to="keeper", note="流动图书车随车送达",
    )  # fmt: skip


def waiting() -> Iterator[Slip]:
    """Yield what is on its way at the end of the year: nobody has signed for it yet."""
    yield Slip(code="C12", collection="rotation", start=20, stop=26, giver=MAIN, taker="CZ-B01")
    yield Slip(code="E12", collection="rotation", start=10, stop=14, giver="CZ-B01", taker="CZ-B03")
    yield Slip(
        code="winter", collection="parcel", start=6, stop=10, giver=MAIN, taker="CZ-V01",
        purpose=Purpose.DISTRIBUTION, note="元旦前新书",
    )  # fmt: skip


def made(stage: Stage, slip: Slip, day: date) -> int:
    """Make a slip and return its id; asked again on the same day, the one that stands."""
    route = Route(
        from_node=stage.node_of(slip.giver),
        purpose=slip.purpose,
        to_node=stage.node_of(slip.taker),
        due_on=slip.due_on,
        holder=readers.patron_id_by_card(slip.holder) if slip.holder else None,
        note=slip.note,
    )
    act = stage.act(day, PACKED, f"slip:{slip.code}", by=slip.by, place=slip.giver)
    return transfers.make(act, route=route, items=slip.items(stage)).id


def send(stage: Stage, slip: Slip, day: date) -> None:
    """Make a slip, and sign as who gives."""
    act = stage.act(day, LOADED, f"slip:{slip.code}:sent", by=slip.by, place=slip.giver)
    transfers.sign_over(act, transfer_id=made(stage, slip, day))


def sign_for(stage: Stage, slip: Slip, day: date) -> None:
    """Sign as who takes; at a point somebody of the house signs on paper, and whoever brought it enters that."""
    act = stage.act(day, ARRIVED, f"slip:{slip.code}:received", by=slip.to, place=slip.taker)
    transfers.sign_for(act, transfer_id=made(stage, slip, day), host=HOSTS.get(slip.taker, ""))


def pack(stage: Stage, day: date) -> None:
    """Begin to pack the next round: one box is full, the rest stands on its shelf."""
    slip = Slip(code="D12", collection="rotation", start=26, stop=32, giver=MAIN, taker="CZ-B05")
    act = stage.act(day, LOADED, "slip:D12:box", by="stacks")
    transfers.add_items(act, transfer_id=made(stage, slip, day), items=slip.items(stage)[:4], box="1")


def come_back(stage: Stage, day: date) -> None:
    """Take the fire station's deposit back; one book was not found there."""
    slip = next(slip for _day, slip in deliveries(stage) if slip.taker == "CZ-P01")
    *came, missing = slip.items(stage)
    act = stage.act(day, ARRIVED, "points:back", by="stacks")
    deposits.bring_back(act, items=came, node=stage.library)
    said = stage.act(day, ARRIVED + 600, "points:missing", by="stacks")
    deposits.report_missing(said, transfer_id=made(stage, slip, day), items={missing: "清点时未见"})


def hand_over(stage: Stage, code: str, start: int, stop: int, day: date) -> None:
    """Hand processed books over to a loan desk."""
    act = stage.act(day, LOADED, f"handover:{code}:sent", by="acquisitions", place="CZ-O-PROCESSING")
    handovers.sign_over(act, handover_id=_handover(stage, code, start, stop, day))


def take_over(stage: Stage, code: str, start: int, stop: int, day: date) -> None:
    """Sign for them at the desk, and put them on the shelf."""
    act = stage.act(day, ARRIVED, f"handover:{code}:received", by="circulation", place="CZ-GENERAL")
    handovers.sign_for(act, handover_id=_handover(stage, code, start, stop, day))


def _handover(stage: Stage, code: str, start: int, stop: int, day: date) -> int:
    to = Destination(node=stage.library, department=stage.departments["CZ-GENERAL"])
    act = stage.act(day, PACKED, f"handover:{code}", by="acquisitions", place="CZ-O-PROCESSING")
    return handovers.make(act, to=to, items=collections.ids(stage, "new", start, stop)).id
