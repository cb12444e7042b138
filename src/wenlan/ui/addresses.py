"""What an address carries, read with suspicion: whole numbers, and the place in a list where a page goes on."""

from datetime import date

MOST_DIGITS = 18  # every such number fits a column of 64 bits
Place = tuple[date, int]


def whole_number(text: str | None) -> int | None:
    """Return the number that plain digits write; None for anything else."""
    if not text or len(text) > MOST_DIGITS or not (text.isascii() and text.isdigit()):
        return None
    return int(text)


def place_in_list(text: str) -> Place | None:
    """Return the place `2019-03-04.17`; None, which is the start of the list, for anything else."""
    day, _point, number = text.partition(".")
    row = whole_number(number)
    try:
        return None if row is None else (date.fromisoformat(day), row)
    except ValueError:
        return None
