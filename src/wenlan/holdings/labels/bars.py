"""Numbers as bars: module widths, from dark to light in turn."""

from itertools import groupby

import barcode
from barcode.errors import BarcodeError

from wenlan.holdings.labels.errors import BarsTooNarrow, NotAsBars
from wenlan.holdings.labels.types import Symbology

QUIET_MODULES = 10
WIDEST_MM = 0.4
NARROWEST_MM = 0.17


def bars(code: str, symbology: Symbology) -> tuple[int, ...]:
    """Return the widths of bars and spaces, a bar first. Raises NotAsBars for what the symbology cannot carry."""
    text = code.upper() if symbology == Symbology.CODE39 else code
    try:
        drawn = _drawn(text, symbology)
    except (BarcodeError, ValueError, KeyError, IndexError) as wrong:
        raise NotAsBars(code=code, symbology=symbology.label) from wrong
    return tuple(len(list(run)) for _module, run in groupby(drawn))


def _drawn(text: str, symbology: Symbology) -> str:
    made = barcode.get_barcode_class(symbology.value)
    whole = made(text, add_checksum=False) if symbology == Symbology.CODE39 else made(text)
    if whole.get_fullcode() != text:
        raise ValueError("the check digit is another")
    return str(whole.build()[0]).strip("0")


def module_mm(widths: tuple[int, ...], room_mm: float, *, code: str) -> float:
    """Return the width of a module so that bars and quiet zones fill the room. Raises BarsTooNarrow."""
    found = min(WIDEST_MM, room_mm / (sum(widths) + 2 * QUIET_MODULES))
    if found < NARROWEST_MM:
        raise BarsTooNarrow(code=code)
    return round(found, 4)
