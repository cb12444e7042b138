"""A figure, its limit, and the table they stand in."""

import os
import platform
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measurement. It holds when it is at least `least` and at most `most`; without either it only informs."""

    what: str
    value: float
    unit: str
    least: float | None = None
    most: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the limit is kept."""
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)

    @property
    def limit(self) -> str:
        """The limit in words."""
        if self.least is not None:
            return f"≥ {self.least:,g}"
        return f"≤ {self.most:,g}" if self.most is not None else ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        value = f"{self.value:,.0f}" if self.value >= 100 else f"{self.value:,.2f}"
        verdict = "" if not self.limit else "yes" if self.holds else "**no**"
        return self.what, f"{value} {self.unit}".strip(), self.limit, verdict


def table(figures: Iterable[Figure]) -> str:
    """Return the table as text that is also Markdown."""
    rows = [("what", "measured", "limit", "kept"), ("---", "---:", "---:", "---"), *(one.cells for one in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    )


def machine() -> str:
    """Return what was measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30 if hasattr(os, "sysconf") else 0
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {system}"


HEAD = "# Benchmarks\n\nMeasured by `./dev bench`, the latest first. Ratios are of two rates of the same run.\n"


def add_to_page(figures: Iterable[Figure], on: date, part: str = "") -> None:
    """Put a table first on the page of benchmarks, in the place of the last one of the same part."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else HEAD
    PAGE.write_text(with_table(page, table(figures), on, part), encoding="utf-8", newline="\n")


def with_table(page: str, measured: str, on: date, part: str) -> str:
    """Return the page with a table of a part (the short run has no name) in the place of the part's last one."""
    _head, *sections = page.split("\n## ")
    named = f", {part}" if part else ""
    begins = re.compile(rf"\d{{4}}-\d\d-\d\d{re.escape(named)}, \d+ cores,")
    others = [section.strip() for section in sections if not begins.match(section)]
    first = f"{on.isoformat()}{named}, {machine()}\n\n{measured}"
    return HEAD + "".join(f"\n## {section}\n" for section in (first, *others))


def verdict(figures: Iterable[Figure]) -> str:
    """Return how many limits were kept, and which were not."""
    limited = [figure for figure in figures if figure.limit]
    missed = [figure for figure in limited if not figure.holds]
    lines = [f"limits kept: {len(limited) - len(missed)} of {len(limited)}"]
    return "\n".join(lines + [f"missed: {' '.join(figure.cells[:3])}" for figure in missed])
