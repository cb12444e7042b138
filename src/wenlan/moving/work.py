"""What the steps of one trial or run share: whose exports, what was found, and in a trial what would be there."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TypeVar

from wenlan.holdings.places import Place, Places
from wenlan.kernel.acts import Act
from wenlan.ledger import operations as ledger
from wenlan.moving.profiles import Form, Profile
from wenlan.moving.tables import Line
from wenlan.moving.types import KEEPS_OUT, Found, FoundFile, Order, Outcome, Part, Problem
from wenlan.network import trees

BATCH = 500
MOST_FOUND = 200_000
MOST_OF_A_WORD = 20
Progress = Callable[[str, int], None]
T = TypeVar("T")


@dataclass(slots=True)
class Work:
    """One trial or run."""

    act: Act
    order: Order
    profile: Profile
    places: Places
    words: dict[str, dict[str, str]]
    progress: Progress | None = None
    file: str = ""
    files: list[FoundFile] = field(default_factory=list)
    outcomes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    problems: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    unknown: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    repeated: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: list[Found] = field(default_factory=list)
    named: set[tuple[str, str, int]] = field(default_factory=set)
    stated: Counter[str] = field(default_factory=Counter)
    kept_out: Counter[str] = field(default_factory=Counter)
    here: Counter[str] = field(default_factory=Counter)
    # What a trial would have made, and what is seen once:
    records: set[str] = field(default_factory=set)
    items: set[str] = field(default_factory=set)
    copies: dict[str, str] = field(default_factory=dict)
    by_records: int = 0
    seen_items: set[str] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)
    readers: set[str] = field(default_factory=set)
    numbers: set[tuple[int, str]] = field(default_factory=set)
    loans: set[str] = field(default_factory=set)
    lent_there: dict[str, tuple[str, int]] = field(default_factory=dict)
    prepared: set[int] = field(default_factory=set)
    has_loan_counts: bool = False
    new_price_fen: int = 0
    ended_loans: int = 0

    @property
    def is_trial(self) -> bool:
        """Whether nothing is written."""
        return self.order.is_trial

    @property
    def source(self) -> str:
        """The name of the old system."""
        return self.order.source

    def form(self, part: str) -> Form:
        """Return how a part of the exports is written."""
        return self.profile.form(part)

    def step_of(self, step: int) -> Act:
        """Return the act of one step: every operation has a key of its own."""
        act = self.act
        return Act(at=act.at, node=act.node, channel=act.channel, key=f"{act.key}/{step}", staff=act.staff)

    def count(self, part: str, outcome: Outcome, times: int = 1) -> None:
        """Count lines by what becomes of them."""
        self.outcomes[part][outcome.value] += times

    def note(
        self, part: str, where: int, what: str, problem: Problem, words: str = "", hidden: str = "", counted: str = ""
    ) -> None:
        """Write down something that does not fit, counted by its problem or more closely."""
        self.problems[part][counted or problem.value] += 1
        if problem in KEEPS_OUT:
            self.named.add((part, self.file, where))
        if len(self.found) < MOST_FOUND:
            said = {"what": what, "problem": problem.value, "words": words, "hidden": hidden}
            self.found.append(Found(part=part, file=self.file, where=where, **said))

    def some(self, part: str, where: int, what: str, problem: Problem, words: str) -> None:
        """Write down what comes again and again: the first lines of it, and how often."""
        self.repeated[problem.value, words] += 1
        if self.repeated[problem.value, words] <= MOST_OF_A_WORD:
            self.note(part, where, what, problem, words)
        else:
            self.problems[part][problem.value] += 1

    def word(self, part: str, table: str, word: str, line: Line, what: str, problem: Problem) -> None:
        """Write down a word that nobody knows; after some lines with it only how often it comes."""
        self.unknown[table][word] += 1
        self.some(part, line.number, what, problem, word)

    def told(self, table: str, word: str) -> str:
        """Return what the site's own list says of a word; an empty text for what it does not say."""
        return self.words.get(table, {}).get(word, "")

    def place(self, words: str) -> Place | None:
        """Return the place that words stand for: whole, or by what stands before or after a stroke."""
        for told in (words, *words.split("/")[:1], *words.split("/")[1:2]):
            code = self.told("place", told) or self.profile.places.get(told, "")
            if found := self.places.find(code or told.strip()):
                return found
        return None

    def prepare(self, years: Iterable[int]) -> None:
        """Make the ledger ready for acts of these years, outside of any transaction."""
        missing = set(years) - self.prepared
        if missing and not self.is_trial:
            ledger.prepare_days(date(min(missing), 1, 1), date(max(missing) + 1, 1, 1))
        self.prepared |= missing

    def first_day(self, node: int) -> date | None:
        """Return the first day of a place in the tree, None for one that never was."""
        states = trees.current().states.get(node, ())
        return min((state.from_day for state in states), default=None)

    def say(self, part: str, done: int) -> None:
        """Tell whoever waits how far it is."""
        if self.progress:
            self.progress(part, done)


def batches(lines: Iterator[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """Yield what an iterator gives in lists of a size."""
    while batch := list(islice(lines, size)):
        yield batch


@dataclass(frozen=True, slots=True)
class Export:
    """A file of the folder that holds a part."""

    path: Path
    part: Part
