"""What a machine counts for."""

from wenlan.facilities.machines.types import HELD, MachineState

Counted = tuple[int, int | None, str, int]
"""Node, department, subject and quantity of a row of the ledger."""


def counted(
    state: str, *, place: tuple[int, int | None], subjects: tuple[str, str], price_fen: int | None
) -> tuple[Counted, ...]:
    """Return what a machine counts for at its place: one piece while it is held, its price until it is disposed of.

    `subjects` are those of the piece and of the price.
    """
    piece, value = subjects
    rows: list[Counted] = [(*place, piece, 1)] if state in HELD else []
    if price_fen and state != MachineState.DISPOSED:
        rows.append((*place, value, price_fen))
    return tuple(rows)


def change(before: tuple[Counted, ...], after: tuple[Counted, ...]) -> tuple[Counted, ...]:
    """Return what has to be recorded so that `before` becomes `after`: nothing for what stays the same."""
    gone = [(*row[:3], -row[3]) for row in before if row not in after]
    return (*gone, *(row for row in after if row not in before))
