"""`./dev bench [--all] [demo|sqlite|postgresql|circulation|crash|catalogue ...]`: measure, print, add to the page."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from tools.bench import circulation
from tools.bench.catalogue import RECORDS, catalogue
from tools.bench.figures import Figure, add_to_page, table
from tools.bench.running import module, output, serving, settings
from tools.bench.stage import LARGE, SMALL, Scale
from tools.console import Failure, leave, say

RACES, RACES_OF_ALL = 5_000, 100_000
CRASHED_ACTS = 20_000
LEAST_ITEMS = 60_000  # fewer, and two measurements would lend the same items
SHORT = ("sqlite", "postgresql", "demo")  # some six minutes; a catalogue of a million records takes an hour


def demo(scale: str | None, folder: Path) -> Iterator[Figure]:
    """Live a year; serve it."""
    under = settings(folder / "demo")
    began = time.perf_counter()
    output(module("wenlan", "demo", "--fresh", *(("--scale", scale) if scale else ()), under=under))
    seconds = time.perf_counter() - began
    yield Figure(what=f"demo, scale {scale or 'default'}", value=seconds, unit="s", most=1200 if scale else 90)
    began = time.perf_counter()
    arguments = ("--node", "CZ-M", "--year", "2019", "--format", "docx,pdf,html", "--out", str(folder / "report"))
    output(module("wenlan", "report", "annual", *arguments, under=under))
    yield Figure(what="annual report composed from the cubes", value=time.perf_counter() - began, unit="s", most=20)
    with serving(under) as server:
        yield Figure(what="first page after start", value=server.first_page_seconds, unit="s", most=3)
        yield Figure(what="memory of wenlan serve (PSS)", value=server.megabytes(), unit="MB", most=450)


def parser() -> argparse.ArgumentParser:
    """Return what can be asked for."""
    parser = argparse.ArgumentParser(prog="./dev bench")
    parser.add_argument("--all", action="store_true", help="all parts, and the year at scale 1 (hours)")
    parser.add_argument(
        "parts", nargs="*", help="only these",
        choices=[[], "demo", "sqlite", "postgresql", "circulation", "crash", "catalogue"],
    )  # fmt: skip
    parser.add_argument("--records", type=int, default=RECORDS, help="how many records the catalogue has")
    parser.add_argument("--items", type=int, default=LARGE.items, help="how many items circulation lends from")
    parser.add_argument("--readers", type=int, default=LARGE.readers, help="how many readers borrow them")
    parser.add_argument("--loans", type=int, default=LARGE.loans, help="how many loans lie behind")
    parser.add_argument("--acts", type=int, default=CRASHED_ACTS, help="how many acts the crash suite does")
    return parser


def main() -> int:
    """Measure; return 1 when a limit is not kept."""
    options = parser().parse_args()
    large = Scale(items=max(options.items, LEAST_ITEMS), readers=options.readers, loans=options.loans)
    races = RACES_OF_ALL if options.all else RACES
    with tempfile.TemporaryDirectory(prefix="wenlan-bench-") as name:
        folder = Path(name)
        parts: dict[str, Callable[[], Iterator[Figure]]] = {
            "sqlite": lambda: circulation.on_sqlite(folder, SMALL),
            "postgresql": lambda: circulation.on_postgresql(folder, races, SMALL),
            "demo": lambda: demo(None, folder),
            "circulation": lambda: chain(
                circulation.on_sqlite(folder / "large", large),
                circulation.on_postgresql(folder / "large", races, large),
            ),
            "crash": lambda: circulation.crash(folder, options.acts),
            "catalogue": lambda: catalogue(folder, options.records),
        }
        (folder / "large").mkdir()
        figures: list[Figure] = []
        if options.all:
            parts["the year at scale 1"] = lambda: demo("1", folder)
        for part in options.parts or (parts if options.all else SHORT):
            say(f"measuring: {part}")
            for figure in parts[part]():
                say(" ".join(figure.cells))
                figures.append(figure)
    print(table(figures))
    if not options.parts:
        add_to_page(figures, datetime.now(UTC).date())
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        leave(failure)
