"""The document tree as a flat list of page elements, for the two kinds of page that show it: file and desk."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wenlan.annual_report.types import Block, Chapter, Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element: a heading (with its level and anchor) or a block. `kind` names the template's branch."""

    kind: str
    text: str = ""
    level: int = 0
    anchor: str = ""
    block: Block | None = None
    drawing: str = ""
    columns: tuple[tuple[str, str], ...] = ()


def elements(document: Document, drawings: Any) -> list[Element]:
    """Return everything between the title and the end, in reading order."""
    found = [_block(block, drawings) for block in document.opening]
    for position, chapter in enumerate(document.chapters, start=1):
        found += _chapter(chapter, drawings, anchor=f"c{position}")
    return found


def headings(found: list[Element]) -> list[Element]:
    """Return the entries of the contents."""
    return [element for element in found if element.kind == "heading" and element.level <= 2]


def _chapter(chapter: Chapter, drawings: Any, *, anchor: str) -> Iterator[Element]:
    yield Element(kind="heading", text=chapter.number + chapter.title, level=chapter.level, anchor=anchor)
    for block in chapter.blocks:
        yield _block(block, drawings)
    for position, section in enumerate(chapter.chapters, start=1):
        yield from _chapter(section, drawings, anchor=f"{anchor}-{position}")


def _block(block: Block, drawings: Any) -> Element:
    kind = type(block).__name__
    if kind == "Chart":
        return Element(kind=kind, block=block, drawing=drawings.get(getattr(block, "number", ""), ""))
    if kind == "Table":
        columns = tuple(zip(getattr(block, "columns", ()), getattr(block, "align", ""), strict=True))
        return Element(kind=kind, block=block, columns=columns)
    return Element(kind=kind, block=block)
