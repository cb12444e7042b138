"""Labels as pdf, or as a picture of the first page, set by typst in a short-lived process from `labels.typ`."""

import json
import shutil
from collections.abc import Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from wenlan.holdings.labels.bars import module_mm
from wenlan.holdings.labels.types import Label, LabelKind, Layout
from wenlan.network import queries as network
from wenlan.ui.typesetting import workshop

TEMPLATE = files("wenlan.holdings.labels").joinpath("labels.typ")
PREVIEW_PPI = 110
PADDING_MM = 1.5
POINT_MM = 0.3528
HAN_WIDTH, LATIN_WIDTH = 1.0, 0.56
LARGEST_PT, SMALLEST_PT = {LabelKind.SPINE: 13.0}, 5.0


def pdf(layout: Layout, labels: Sequence[Label], *, title: str) -> bytes:
    """Return the labels as a pdf. Raises BarsTooNarrow, TypesettingFailed."""
    with workshop.workshop() as folder:
        _prepare(folder, layout, labels, title)
        workshop.run(folder, document="labels")
        return (folder / "labels.pdf").read_bytes()


def preview(layout: Layout, labels: Sequence[Label], *, title: str, ppi: int = PREVIEW_PPI) -> bytes:
    """Return the first page as a png with so many dots an inch. Raises BarsTooNarrow, TypesettingFailed."""
    first_page = labels[: layout.sheet.places - layout.first + 1]
    with workshop.workshop() as folder:
        _prepare(folder, layout, first_page, title)
        workshop.run(folder, document="labels", preview_ppi=ppi)
        return (folder / "labels-1.png").read_bytes()


def _prepare(folder: Path, layout: Layout, labels: Sequence[Label], title: str) -> None:
    (folder / "data.json").write_text(json.dumps(data(layout, labels, title), ensure_ascii=False), encoding="utf-8")
    with as_file(TEMPLATE) as template:
        shutil.copy(template, folder / "labels.typ")


def data(layout: Layout, labels: Sequence[Label], title: str) -> Mapping[str, Any]:
    """Return what the template reads: pages of labels with their places in millimetres, sizes in points."""
    sheet = layout.sheet
    pages: list[list[dict[str, Any]]] = [[] for _page in range(layout.pages(len(labels)))]
    for number, label in enumerate(labels, start=layout.first - 1):
        left, top = sheet.place(number)
        placed = {"left": left + layout.shift[0], "top": top + layout.shift[1], "number": number + 1}
        pages[number // sheet.places].append(placed | content(layout, label))
    return {
        "title": title,
        "demo": demo_mark(),
        "page": sheet.page,
        "label": sheet.label,
        "kind": layout.kind.value,
        "frames": layout.frames,
        "padding": PADDING_MM,
        "pages": pages,
    }


def demo_mark() -> str:
    """Return the words that every sheet of a demonstration carries."""
    root = network.root_or_none()
    return _("Demonstration data") if root and root.is_demo else ""


def content(layout: Layout, label: Label) -> dict[str, Any]:
    """Return one label: its words, and the width of a module of its bars."""
    width, height = layout.sheet.label
    room = width - 2 * PADDING_MM
    module = module_mm(label.bars, width, code=label.code) if label.bars else 0
    return {
        "head": label.head,
        "lines": label.lines,
        "bars": label.bars,
        "module": module,
        "code": label.code,
        "foot": label.foot,
        "size": spine_size(label, room, height - 2 * PADDING_MM) if layout.kind == LabelKind.SPINE else 0,
    }


def spine_size(label: Label, width_mm: float, height_mm: float) -> float:
    """Return the largest size in points in which every line of a spine label fits."""
    rows = len(label.lines) + (0.75 if label.head else 0)
    widest = max((text_width(line) for line in label.lines), default=1.0)
    by_height = height_mm / max(rows, 1) / 1.25 / POINT_MM
    by_width = width_mm / max(widest, 1.0) / POINT_MM
    return round(max(SMALLEST_PT, min(LARGEST_PT[LabelKind.SPINE], by_height, by_width)), 1)


def text_width(text: str) -> float:
    """Return about how wide a text is, in ems of the sans face."""
    return sum(HAN_WIDTH if ord(one) > 0x2E7F else LATIN_WIDTH for one in text)
