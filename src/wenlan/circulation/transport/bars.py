"""An item's barcode as bars on a slip, drawn by the labels' own measure."""

from typing import NamedTuple

from wenlan.holdings.labels.bars import bars
from wenlan.holdings.labels.errors import NotAsBars
from wenlan.holdings.labels.types import Symbology

QUIET = 10


class Bars(NamedTuple):
    """The width of the whole in modules with its quiet zones, and each bar's place and width."""

    width: int
    each: tuple[tuple[int, int], ...]


def drawn(code: str) -> Bars | None:
    """Return a barcode as Code 128 in modules, None for what it cannot carry: then the number alone is printed."""
    try:
        widths = bars(code, Symbology.CODE128)
    except NotAsBars:
        return None
    each, at = [], QUIET
    for place, width in enumerate(widths):
        if place % 2 == 0:
            each.append((at, width))
        at += width
    return Bars(at + QUIET, tuple(each))
