"""What was counted by gates, in rooms, by hand, the openings, and the machines, compared with the ledger."""

from wenlan.facilities import statements
from wenlan.facilities.machines import queries as machines
from wenlan.facilities.machines.statements import machines_in_ledger
from wenlan.kernel.differences import Difference

CHECKS = {
    "facilities.tallies_in_ledger": statements.DIFFERING_TALLIES,
    "facilities.openings_in_ledger": statements.DIFFERING_OPENINGS,
    "facilities.gates_in_ledger": statements.DIFFERING_GATES,
    "facilities.rooms_in_ledger": statements.DIFFERING_ROOMS,
}
MOST = 200


def differences() -> list[Difference]:
    """Return where the tables of facilities and the ledger part; a statement for each check, two more for machines."""
    return days() + machines_counted()


def days() -> list[Difference]:
    """Return the days on which what was counted and the ledger part."""
    return [
        Difference(check=check, place=f"day {day}", expected=expected, found=found, rows=(str(day),))
        for check, sql in CHECKS.items()
        for day, expected, found in statements.differing_rows(sql, MOST)
    ]


def machines_counted() -> list[Difference]:
    """Return the places and types of which the register of machines says something else than the ledger."""
    said, booked = machines.counted_now(), machines_in_ledger()
    return [
        Difference(
            check="facilities.machines_in_ledger",
            place=f"node {node} {subject}",
            expected=said.get((node, subject), 0),
            found=booked.get((node, subject), 0),
        )
        for node, subject in sorted(said.keys() | booked.keys())
        if said.get((node, subject), 0) != booked.get((node, subject), 0)
    ]
