"""Machines listed one by one, and the lines of the book bus: what stands in the record books, made whole.

No figure changes by it: vehicles and stops are those that the books count already.
"""

from dataclasses import replace
from datetime import time

from wenlan.demo.stage import Stage, terminal_code
from wenlan.demo.stock import OWN_SHELF
from wenlan.facilities.machines import operations as machines
from wenlan.facilities.machines import queries as register
from wenlan.facilities.machines.types import MachineFacts
from wenlan.outreach.bus import planning
from wenlan.outreach.bus import queries as bus

STOPS_A_LINE, WEEKDAYS = 3, (1, 2, 3, 4, 5)  # the library rests on Mondays
HOURS = ((time(9), time(10)), (time(10, 20), time(11, 20)), (time(14), time(15, 30)))
LINES = ("城东线", "城西线", "城南线", "城北线", "环城线")
SELF_CHECK_FEN = 4_800_000


def list_machines(stage: Stage) -> None:
    """List the vehicles of the record book one by one, and the self-checks beside the loan desks with their devices."""
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
