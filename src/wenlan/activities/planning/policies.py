"""How far an item of a plan has come."""

from datetime import date

from wenlan.activities.planning.types import Progress


def progress(
    *, held: int, planned: int, persons: int, targets: tuple[int, int | None], due_on: date, on: date
) -> Progress:
    """Return how far an item has come on a day; `targets` are sessions, and people or None."""
    sessions, people = targets
    if held >= sessions and (people is None or persons >= people):
        return Progress.REACHED
    if on > due_on:
        return Progress.MISSED
    return Progress.ON_THE_WAY if planned else Progress.BEHIND
