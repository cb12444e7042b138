"""How a package offers its measurements: `bench.py` with a list `BENCHES` of functions from context to rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchContext:
    """Where to measure: an empty database of its own (by URL), a directory to throw away, and whether to hurry."""

    database_url: str
    scratch_dir: Path
    quick: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchRow:
    """One measured value beside what it should be. `at_least` False: it should be at most the target."""

    name: str
    value: float
    unit: str
    target: float | None = None
    at_least: bool = True
    note: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the value keeps the target; a row without one is only told."""
        if self.target is None:
            return True
        return self.value >= self.target if self.at_least else self.value <= self.target


Bench = Callable[[BenchContext], Iterable[BenchRow]]
