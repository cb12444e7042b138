"""`./dev bench [--all] [demo|sqlite|postgresql|circulation|crash|catalogue ...]`: measure, print, add to the page.

Each of the large parts puts its own table on the page, when it is measured at its full size; the short run one table.
"""

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
from tools.bench.figures import Figure, add_to_page, table, verdict
from tools.bench.running import module, output, serving, settings
from tools.bench.stage import LARGE, SMALL, Scale
from tools.console import Failure, leave, say

RACES, RACES_OF_ALL = 5_000, 100_000
CRASHED_ACTS = 20_000
LEAST_ITEMS = 60_000  # fewer, and two measurements would lend the same items
NAMES = {"catalogue": "the catalogue", "crash": "crashes"}  # of parts, on the page
SIZES = ("records", "items", "readers", "loans", "acts")
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
        if options.all:
            parts["the year at scale 1"] = lambda: demo("1", folder)
        asked = options.parts or (list(parts) if options.all else SHORT)
        measured = {part: measure(part, parts[part]()) for part in asked}
        write_down(measured, whole=is_whole(options))
    figures = list(chain(*measured.values()))
    print(table(figures))
    print(verdict(figures))
    return 0 if all(figure.holds for figure in figures) else 1


def measure(part: str, figures: Iterator[Figure]) -> list[Figure]:
    """Return what is measured, each figure told as it comes."""
    say(f"measuring: {part}")
    measured = []
    for figure in figures:
        say(" ".join(figure.cells))
        measured.append(figure)
    return measured


def write_down(measured: dict[str, list[Figure]], *, whole: bool) -> None:
    """Put the tables on the page: one for the short run, when all of it was measured, and one for each large part."""
    on = datetime.now(UTC).date()
    if all(part in measured for part in SHORT):
        add_to_page(chain(*(measured[part] for part in SHORT)), on)
    for part, figures in measured.items():
        if part not in SHORT and whole:
            add_to_page(figures, on, NAMES.get(part, part))


def is_whole(options: argparse.Namespace) -> bool:
    """Return whether everything is measured at its full size: what is smaller does not go on the page."""
    return all(getattr(options, name) == parser().get_default(name) for name in SIZES)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        leave(failure)
