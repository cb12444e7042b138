"""Living a day: every act goes through the operation that a desk, a bus or an office would use."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import chain
from random import Random

from wenlan.catalogue import operations as catalogue
from wenlan.circulation import operations as circulation
from wenlan.circulation.errors import CheckoutRefused, NotInTransit, RenewalRefused
from wenlan.circulation.types import CardRef, Initiative, ItemRef
from wenlan.demo import (
    asking,
    bookshop,
    crates,
    doors,
    duties,
    letters,
    orders,
    rooms,
    school,
    shelves,
    slips,
    stacks,
    till,
    trips,
    village,
    wheels,
    wishes,
)
from wenlan.demo.build import new_items, new_reader, samples
from wenlan.demo.credit import Credit
from wenlan.demo.gatherings import Gatherings
from wenlan.demo.lending import Deed, DeskAct
from wenlan.demo.models import Demo
from wenlan.demo.mountains import Journal
from wenlan.demo.office import Office
from wenlan.demo.people import card_number
from wenlan.demo.plan import evenly, half_up, share, spread
from wenlan.demo.rooms import Rooms
from wenlan.demo.stage import BUS_POOL, Stage, terminal_code
from wenlan.demo.stage import Deed as OfADay
from wenlan.demo.stock import PERIODICAL_BATCHES, barcode
from wenlan.demo.works import works
from wenlan.digital import operations as digital
from wenlan.digital.types import Ownership
from wenlan.facilities import operations as facilities
from wenlan.holdings import operations as holdings
from wenlan.holdings.types import Lending as LendingRight
from wenlan.holdings.types import NewItem
from wenlan.kernel.acts import Act, Channel
from wenlan.ledger import operations as ledger
from wenlan.patrons import operations as patrons

KIOSK_SHARE = 0.24
SUNDAY = 6
MONTH = timedelta(days=31)
TRIES = 20
PACKAGES = ("电子图书", "电子期刊", "有声读物", "地方文献数据库", "少儿数字绘本")
ROOM_OF_MATERIAL = {
    "serial": "CZ-R-PERIODICALS",
    "newspaper": "CZ-R-NEWSPAPERS",
    "audiovisual": "CZ-R-ELECTRONIC",
}
STRANDS = (
    slips, school, wishes, crates, shelves, village, till, asking, letters,
    wheels, trips, bookshop, orders, doors, stacks, duties,
)  # fmt: skip


@dataclass
class Living:
    """The year as it is lived. Days come in order; those lived before are only taken note of."""

    stage: Stage
    demo: Demo

    def __post_init__(self) -> None:
        self.gatherings = Gatherings(self.stage)
        self.office = Office(self.stage)
        self.credit = Credit(self.stage)
        self.rooms = Rooms(self.stage)
        self.journal = Journal(self.stage)

    @cached_property
    def deeds(self) -> Mapping[date, Sequence[OfADay]]:
        """What is done on some days only, in the order in which it is done."""
        found: dict[date, list[OfADay]] = defaultdict(list)
        for day, deed in chain(*(strand.deeds(self.stage) for strand in STRANDS), rooms.deeds(self.stage, self.rooms)):
            found[day].append(deed)
        return found

    def pass_over(self, day: date) -> None:
        """Take note of a day that was lived in an earlier run."""
        self.stage.lending.live(day)

    def live(self, day: date) -> None:
        """Do all acts of a day, in the caller's transaction."""
        self._register(day)
        self._accession(day)
        for number, act in enumerate(self.stage.lending.live(day)):
            if not self.journal.takes(day, act):
                self._do(day, number, act)
        for number, act in enumerate(self.journal.send(day)):
            self._lend(day, replace(self._desk_act(day, number, act), key=f"demo:{day}:journal:{number}"), act)
        for deed in self.deeds.get(day, ()):
            deed(day)
        self._count(day)
        self.gatherings.live(day)
        self.office.live(day)
        self.credit.live(day)

    def wake(self, day: date) -> None:
        """Begin the morning after the year: drawer and village room are open, the first readers sit in the rooms."""
        ledger.prepare_days(day, day + MONTH)
        till.open_again(self.stage, day)
        rooms.open_doors(self.stage, self.rooms, day)
        village.open_this_morning(self.stage, day)
        trips.go_out_this_morning(self.stage, day)
        stacks.count_this_morning(self.stage, day)

    def _register(self, day: date) -> None:
        for number in self.stage.lending.new_readers(day):
            act = self.stage.act(
                day, 9 * 3600 + number % 3600, f"reader:{number}", by="circulation", place="CZ-GENERAL"
            )
            patrons.register(act, reader=new_reader(self.stage, number, day))

    def _do(self, day: date, number: int, act: DeskAct) -> None:
        said = self._desk_act(day, number, act)
        item = ItemRef(barcode(act.item))
        if act.deed is Deed.LEND:
            self._lend(day, said, act)
        elif act.deed is Deed.RETURN:
            circulation.check_in(said, item=item)
        elif act.deed is Deed.RENEW:
            with suppress(RenewalRefused):  # somebody was at the desk between two runs
                circulation.renew(said, item=item, initiative=Initiative.READER)
        else:
            with suppress(NotInTransit):
                circulation.receive(said, item=item)

    def _lend(self, day: date, said: Act, act: DeskAct) -> None:
        """Lend as planned. Where somebody at the desk came in between two runs, lend another item: the sum stands."""
        item, reader = act.item, act.reader
        for again in range(TRIES):
            try:
                circulation.check_out(said, item=ItemRef(barcode(item)), card=CardRef(card_number(reader)))
            except CheckoutRefused:
                item, reader = self.stage.lending.instead(day, act, again)
                said = replace(said, key=f"{said.key}+")
            else:
                return
        raise RuntimeError(f"on {day} nothing could be lent at {act.place}")

    def _desk_act(self, day: date, number: int, act: DeskAct) -> Act:
        channel, staff, device = self._who(act)
        return Act(
            at=self.stage.at(day, act.second),
            node=self.stage.node_of(act.place),
            department=self.stage.departments.get(act.place),
            channel=channel,
            staff=staff,
            device=device,
            key=f"demo:{day.isoformat()}:{number}",
        )

    def _who(self, act: DeskAct) -> tuple[Channel, int | None, str]:
        """Channel, member of staff and device: readers renew by themselves, and some of them lend to themselves."""
        if act.deed is Deed.RENEW:
            return Channel.WEB, None, ""
        if act.place == BUS_POOL:
            return Channel.BUS, self.stage.staff["bus"], ""
        if act.place in self.stage.stock.branches:
            return Channel.DESK, self.stage.staff["branch"], ""
        if act.deed is not Deed.RECEIVE and act.item % 100 < KIOSK_SHARE * 100:
            return Channel.KIOSK, None, terminal_code(act.place)
        return Channel.DESK, self.stage.staff["circulation"], ""

    def _count(self, day: date) -> None:
        readings = {gate: days[day] for gate, days in self._gates.items() if day in days}
        persons = {room: days[day] for room, days in self._rooms.items() if day in days}
        for room in [room for room in persons if self.rooms.signs_in(room, day)]:
            self.rooms.receive(day, room, persons.pop(room))
        summed = {self.stage.departments[room]: count for room, count in persons.items()}
        if readings or summed:
            act = self.stage.act(day, 17 * 3600 + 1800, f"counts:{day.isoformat()}", by="statistician")
            facilities.enter_day(act, day=day, readings=readings, rooms=summed)

    @cached_property
    def _gates(self) -> dict[str, dict[date, int]]:
        """Visits by gate and day; a branch sends in the tally of its week on Sundays."""
        weights, stage = self.stage.calendar.weights, self.stage
        found = {gate: spread(count, weights(gate)) for gate, count in stage.plan.parts("visits", stage.scale).items()}
        at_branches = half_up(stage.plan.stated["network_life"]["branch_visits"] * stage.scale)
        parts = share(at_branches, list(stage.stock.branches.values()))
        for branch, part in zip(stage.stock.branches, parts, strict=True):
            busy = weights(f"{branch} gate")
            found[f"{branch}-GATE"] = spread(part, {day: busy[day] for day in busy if day.weekday() == SUNDAY})
        return found

    @cached_property
    def _rooms(self) -> dict[str, dict[date, int]]:
        weights, stage = self.stage.calendar.weights, self.stage
        parts = stage.plan.parts("reading_room_visits", stage.scale)
        return {room: spread(count, weights(room, "youth" if "YOUTH" in room else "")) for room, count in parts.items()}

    def _accession(self, day: date) -> None:
        self._add_books(day)
        for number, items in enumerate(self._bound_volumes.get(day, ())):
            act = self.stage.act(day, 15 * 3600, f"volumes:{day.isoformat()}:{number}", by="acquisitions")
            holdings.accession_many(act, items=items)
        for number, volumes in self._packages.get(day, ()):
            digital.add_resource_package(
                self.stage.act(day, 16 * 3600, f"package:{number}", by="acquisitions"),
                words={"zh": f"示例{PACKAGES[number]}"},
                volumes=volumes,
                ownership=Ownership.BOUGHT,
            )

    def _add_books(self, day: date) -> None:
        batch = self.stage.stock.batch_on(day)
        if batch is None:
            return
        catalogued = self.stage.act(day, 10 * 3600, f"records:{day.isoformat()}", by="cataloguer")
        ids = {
            shelf: catalogue.add_records(catalogued, records=samples(self.stage, shelf, records), index=False)
            for shelf, records in batch.new_records.items()
        }
        for block in batch.blocks:
            act = self.stage.act(day, 14 * 3600, f"books:{block.first}", by="acquisitions", place="CZ-O-PROCESSING")
            first = batch.new_records[block.shelf].start
            holdings.accession_many(act, items=list(new_items(self.stage, block, ids[block.shelf], first)))

    @cached_property
    def _bound_volumes(self) -> dict[date, list[list[NewItem]]]:
        parts = self.stage.plan.parts("additions", self.stage.scale)
        days = evenly(PERIODICAL_BATCHES, [day for day in self.stage.calendar.open_days if day.weekday() == 2])
        numbers = iter(range(parts["periodical"]))
        found: dict[date, list[list[NewItem]]] = {}
        for day, count in zip(days, share(parts["periodical"], [1] * len(days)), strict=True):
            found[day] = [[self._volume(next(numbers), ("serial", "newspaper")) for _ in range(count)]]
        recordings = [self._volume(at, ("audiovisual",)) for at in range(parts["audiovisual"])]
        found[days[0]].append(recordings)
        return {day: [batch for batch in batches if batch] for day, batches in found.items()}

    def _volume(self, number: int, materials: tuple[str, ...]) -> NewItem:
        places = _places(materials)
        at, material = places[number % len(places)]
        is_recording = material == "audiovisual"
        year = self.stage.plan.year - 1
        return NewItem(
            record=self.demo.periodicals[at],
            barcode=f"{'CZA' if is_recording else 'CZP'}{number + 1:07d}",
            owner=self.stage.library,
            shelved_at=self.stage.library,
            department=self.stage.departments[ROOM_OF_MATERIAL[material]],
            lending=LendingRight.IN_HOUSE,
            volume="" if is_recording else f"{year}年合订本第{number // len(places) + 1}册",
            origin="purchase" if is_recording else "binding",
            key=f"demo:volume:{'a' if is_recording else 'p'}:{number}",
        )

    @cached_property
    def _packages(self) -> dict[date, list[tuple[int, int]]]:
        volumes = self.stage.plan.parts("additions", self.stage.scale)["electronic"]
        dice = Random(f"{self.stage.seed}:packages")
        days = evenly(len(PACKAGES), self.stage.calendar.open_days)
        parts = share(volumes, [dice.uniform(0.5, 1.5) for _ in days])
        return {day: [(at, part)] for at, (day, part) in enumerate(zip(days, parts, strict=True)) if part}


@cache
def _places(materials: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """Return the records of these materials among the periodicals' records, by their place in them."""
    described = [work.material for work in works() if work.shelf == "periodical"]
    return tuple((at, material) for at, material in enumerate(described) if material in materials)


def each_day(living: Living, lived: frozenset[str]) -> Iterator[tuple[date, Callable[[], None]]]:
    """Yield the days that are still to be lived, each with what lives it; pass over those that were."""
    for day in living.stage.calendar.days:
        if day.isoformat() in lived:
            living.pass_over(day)
        else:
            yield day, lambda day=day: living.live(day)  # type: ignore[misc]
