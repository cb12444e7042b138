"""What a label and its sheet are."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import pgettext_lazy


class LabelKind(models.TextChoices):
    """What is printed."""

    SPINE = "spine", pgettext_lazy("label", "Spine labels")
    BARCODE = "barcode", pgettext_lazy("label", "Barcodes")
    POCKET = "pocket", pgettext_lazy("label", "Pocket labels")
    CARD = "card", pgettext_lazy("label", "Reader cards")


class Symbology(models.TextChoices):
    """How a number is drawn as bars."""

    CODE128 = "code128", "Code 128"
    CODE39 = "code39", "Code 39"
    EAN13 = "ean13", "EAN-13"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet or roll, in millimetres: the page, the grid of labels on it, and where the first one begins.

    A roll is a page of one label; its height is the pitch from one label to the next.
    """

    code: str
    words: Mapping[str, str]
    kinds: tuple[LabelKind, ...]
    page: tuple[float, float]
    label: tuple[float, float]
    columns: int
    rows: int
    start: tuple[float, float]
    gap: tuple[float, float]

    @property
    def places(self) -> int:
        """How many labels a page has."""
        return self.columns * self.rows

    def place(self, number: int) -> tuple[float, float]:
        """Return left and top of a place on its page, counted from 0, row by row."""
        row, column = divmod(number % self.places, self.columns)
        return (
            round(self.start[0] + column * (self.label[0] + self.gap[0]), 3),
            round(self.start[1] + row * (self.label[1] + self.gap[1]), 3),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What stands on one label, from top to bottom. `bars` are module widths, dark first; empty draws none."""

    head: str = ""
    lines: tuple[str, ...] = ()
    bars: tuple[int, ...] = ()
    code: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How labels are laid on a sheet: the first place used (1 is top left), and the printer's correction in mm.

    `frames` draws each label's edge and number: the test print.
    """

    sheet: Sheet
    kind: LabelKind
    first: int = 1
    shift: tuple[float, float] = (0.0, 0.0)
    frames: bool = False

    def pages(self, labels: int) -> int:
        """Return how many pages so many labels take."""
        return -(-(self.first - 1 + labels) // self.sheet.places)
