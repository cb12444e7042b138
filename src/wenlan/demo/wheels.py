"""Machines listed one by one, and the lines of the book bus: what stands in the record books, made whole.

No figure of the books changes by it: vehicles and stops are those that they count already.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from functools import partial

from wenlan.demo.stage import Deed, Stage, terminal_code
from wenlan.demo.stock import OWN_SHELF
from wenlan.facilities.machines import operations as machines
from wenlan.facilities.machines import queries as register
from wenlan.facilities.machines import sheets
from wenlan.facilities.machines.types import MachineFacts, MachineState
from wenlan.outreach.bus import planning
from wenlan.outreach.bus import queries as bus

STOPS_A_LINE, WEEKDAYS = 3, (1, 2, 3, 4, 5)  # the library rests on Mondays
HOURS = ((time(8, 45), time(11, 15)), (time(11, 30), time(14, 15)), (time(14, 30), time(17, 20)))
LINES = ("城东线", "城西线", "城南线", "城北线", "环城线")
SELF_CHECK_FEN = 4_800_000
REPAIRED = "K-GENERAL"
SHEET = (  # lines of the sheet that the keeper of assets handed in, by its columns
    {"type": "computer", "name": "读者用计算机", "pieces": "20", "price": "4200", "bought_on": "2016-05-18"},
    {"type": "computer", "name": "检索机", "pieces": "4", "price": "3600", "bought_on": "2017-03-02"},
    {"type": "newspaper_screen", "name": "触摸屏读报机", "pieces": "2", "price": "28000", "bought_on": "2018-09-10"},
)
AT = 10 * 3600


def list_machines(stage: Stage) -> None:
    """List the vehicles of the record book one by one, a sheet of machines, and the self-checks with their devices."""
    act = stage.taken_over("machines")
    for line in register.unlisted([act.node]):
        machines.list_singly(act, entry=line.entry, node=act.node)
    for code in OWN_SHELF:
        device = terminal_code(code)
        facts = MachineFacts(
            type="self_check",
            name="RFID 自助借还机",
            node=act.node,
            department=stage.departments[code],
            since=stage.eve,
            price_fen=SELF_CHECK_FEN,
        )
        made = machines.enter(replace(act, key=f"machine:{device}"), facts=facts)
        machines.link(act, machine=made.id, device=device)
    lines = sheets.looked_at(SHEET, nodes=[act.node], home=act.node, today=act.day)
    machines.enter_lines(replace(act, key="machines:sheet"), lines)


def deeds(stage: Stage) -> Iterator[tuple[date, Deed]]:
    """Yield what happens to machines in the year: one is repaired, one wears out and goes."""
    for on, state, note in (
        ((9, 10), MachineState.IN_REPAIR, "读卡器故障，返厂"),
        ((9, 20), MachineState.IN_USE, "已修复"),
    ):
        yield stage.on(*on), partial(state_repaired, stage, state, note)
    for on, state, note in (
        ((10, 22), MachineState.OUT_OF_USE, "主板损坏，无修复价值"),
        ((12, 10), MachineState.DISPOSED, "按资产处置批复报废"),
    ):
        yield stage.on(*on), partial(state_worn, stage, state, note)


def state_repaired(stage: Stage, state: MachineState, note: str, day: date) -> None:
    """Say how the self-check beside the general loan desk stands from a day on."""
    found = register.machine_of_device(REPAIRED, day)
    assert found is not None
    act = stage.act(day, AT, f"machine:{REPAIRED}:{state}")
    machines.set_state(act, machine=found.id, state=state, note=note)


def state_worn(stage: Stage, state: MachineState, note: str, day: date) -> None:
    """Say how the last of the readers' computers stands from a day on."""
    worn = register.machines([stage.library], kind="computer")[-1]
    machines.set_state(stage.act(day, AT, f"machine:worn:{state}"), machine=worn.id, state=state, note=note)


def plan_lines(stage: Stage) -> None:
    """Take the stops of the record book into the plan, and let the bus call at three of them a day."""
    act = replace(stage.taken_over("lines"), node=stage.nodes[stage.places["bus"]["code"]])
    library = stage.taken_over("lines").node
    stops = [
        planning.set_up_stop(replace(act, key=f"stop:{entry}"), words={"zh": name, "en": name}, entry=entry)
        for entry, name, _node in sorted(bus.in_the_book([library]), key=lambda found: found[1])
    ]
    for place, weekday in enumerate(WEEKDAYS[: len(stops) // STOPS_A_LINE]):
        words = {"zh": LINES[place], "en": f"Line {place + 1}"}
        line = planning.open_line(replace(act, key=f"line:{place}"), words=words, weekday=weekday, since=stage.eve)
        served = stops[place * STOPS_A_LINE :][:STOPS_A_LINE]
        calls = [(stop.id, *hours) for stop, hours in zip(served, HOURS, strict=False)]
        planning.set_timetable(act, line=line.id, calls=calls)
