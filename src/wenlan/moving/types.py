"""What moving in takes and answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _

from wenlan.patrons.intake.types import Problem as Odd


class Part(models.TextChoices):
    """What a file of an export holds, in the order in which the files are taken in."""

    RECORDS = "records", _("Records")
    READERS = "readers", _("Readers")
    PHOTOGRAPHS = "photographs", _("Photographs")
    ITEMS = "items", _("Items")
    HISTORY = "history", _("Past loans")
    LOANS = "loans", _("Open loans")
    RESERVATIONS = "reservations", _("Reservations")
    SUMS = "sums", _("Sums of past months")


class Outcome(models.TextChoices):
    """What becomes of a line."""

    NEW = "new", _("New lines")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("Unchanged")
    REJECTED = "rejected", _("Kept out")
    SKIPPED = "skipped", _("Left")


class Problem(models.TextChoices):
    """What does not fit. Those of a reader are the readers' own, in words."""

    READER = "reader", _("Reader")
    BARCODE_MISSING = "barcode_missing", _("no barcode")
    TOO_LONG = "too_long", _("the number is too long")
    TWICE = "twice", _("it comes twice in the exports")
    NO_RECORD = "no_record", _("no record of this number or ISBN, and no title to make one of")
    OTHER_TITLE = "other_title", _("the barcode is already on an item that was not taken over from there")
    NUMBER_TAKEN = "number_taken", _("another item has this accession number; the item gets the next one")
    STATE_UNKNOWN = "state_unknown", _("the state is not known; the item is out of service until you say what it means")
    PLACE_UNKNOWN = "place_unknown", _("the place is not known; taken as the library of this export")
    KIND_UNKNOWN = "kind_unknown", _("the kind is not known; taken as lendable")
    PRICE_UNREADABLE = "price_unreadable", _("the price cannot be read; the item is taken without one")
    NUMBER_UNREADABLE = "number_unreadable", _("a number cannot be read; taken as nought")
    DAY_UNREADABLE = "day_unreadable", _("a day cannot be read")
    WITHDRAWN_THERE = "withdrawn_there", _("withdrawn in the other system: not taken over")
    WITHDRAWN_SINCE = "withdrawn_since", _("withdrawn there since it was taken over: deregister it here")
    LENT_WITHOUT_LOAN = "lent_without_loan", _("lent by its state, but no loan names it: it is now being searched for")
    GONE_ITEM = "gone_item", _("taken over before, and no longer in the export")
    GONE_READER = "gone_reader", _("taken over before; closed there since, or no longer in the export")
    ITEM_UNKNOWN = "item_unknown", _("no item with this barcode")
    READER_UNKNOWN = "reader_unknown", _("no reader with this card")
    READER_CLOSED = "reader_closed", _("the reader's account is closed")
    DAY_MISSING = "day_missing", _("no day of the loan")
    DUE_MISSING = "due_missing", _("no due date; due today")
    DUE_EARLY = "due_early", _("due before it was lent; due on the day of the loan")
    LENT_HERE = "lent_here", _("the item was lent here meanwhile")
    ENDED_HERE = "ended_here", _("the loan has ended here: left as it is")
    NOT_THERE = "not_there", _("the item cannot be lent: it is not in the house")
    RETURN_ALONE = "return_alone", _("a return without its loan: not counted")
    RETURN_EARLY = "return_early", _("returned before it was lent")
    ALREADY_RESERVED = "already_reserved", _("the reader has reserved this title already")
    BEFORE_THE_TREE = "before_the_tree", _("the place is younger in the network: the act would be in no figure")
    MEASURE_UNKNOWN = "measure_unknown", _("no measure with this name")
    LESS_THAN_LINES = "less_than_lines", _("the lines of past loans say more than this sum: the lines count")
    RECORD = "record", _("Record")
    DIFFERS = "differs", _("not as the export says")


def label_of(code: str) -> str:
    """Return what a problem is called; those of a reader are told apart by what the readers' package says."""
    problem, _colon, odd = code.partition(":")
    return str(Odd(odd).label if odd else Problem(problem).label)


KEEPS_OUT = frozenset(
    {
        Problem.BARCODE_MISSING, Problem.TOO_LONG, Problem.TWICE, Problem.NO_RECORD, Problem.OTHER_TITLE,
        Problem.ITEM_UNKNOWN, Problem.READER_UNKNOWN, Problem.READER_CLOSED, Problem.DAY_MISSING, Problem.LENT_HERE,
        Problem.NOT_THERE, Problem.RETURN_EARLY, Problem.ALREADY_RESERVED, Problem.MEASURE_UNKNOWN,
        Problem.DAY_UNREADABLE,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be done: the exports in a folder (or one of them), taken as those of a source by a profile.

    `source` names the old system the same in every trial; it is part of every key. `node` is the library of lines that
    name none. `is_trial` writes nothing; `is_last` is the night of the switch: deposits, unpaid sums and points too.
    """

    folder: Path
    source: str
    profile: str
    node: int
    is_trial: bool = True
    is_last: bool = False
    scope: str = ""
    categories: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)

    @property
    def beside(self) -> Path:
        """The folder of the exports, also where a single file was given."""
        return self.folder.parent if self.folder.is_file() else self.folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What is compared before and after: 读者数, 押金余额, 欠款, 馆藏册数, 码洋, 在借册数, 预约数."""

    readers: int = 0
    deposit_fen: int = 0
    owed_fen: int = 0
    items: int = 0
    price_fen: int = 0
    loans: int = 0
    reservations: int = 0


NAMES = {
    "readers": _("Readers"),
    "deposit_fen": _("Deposits"),
    "owed_fen": _("Unpaid sums"),
    "items": _("Items in stock"),
    "price_fen": _("Sum of list prices"),
    "loans": _("Items on loan"),
    "reservations": _("Reservations"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file of the folder, what it holds, and how many lines were read."""

    name: str
    part: str
    lines: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something that does not fit: `where` is the line in the file (0: no line), `what` the barcode or card.

    `hidden` is what a line says of a person: it stands in the workbook beside the exports and nowhere else.
    """

    part: str
    file: str
    where: int
    what: str
    problem: str
    words: str = ""
    hidden: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What moving in found, did, or would do.

    `outcomes` counts the lines of each part, `problems` by code, `unknown` the words nobody knew by what they say.
    `stated` is what the exports say, `kept_out` what of it was not taken, `here` what stands in Wenlan for their lines
    now (in a trial: what would); `before` and `after` are the whole network. They balance when `stated` less
    `kept_out` is `here`.
    """

    files: tuple[FoundFile, ...]
    ignored: tuple[str, ...]
    outcomes: Mapping[str, Mapping[str, int]]
    problems: Mapping[str, Mapping[str, int]]
    unknown: Mapping[str, Mapping[str, int]]
    stated: Totals
    kept_out: Totals
    here: Totals
    before: Totals
    after: Totals
    seconds: float = 0.0
    found: tuple[Found, ...] = ()

    @property
    def differences(self) -> dict[str, int]:
        """Return what does not balance, by name."""
        of = {name: getattr(self.stated, name) - getattr(self.kept_out, name) - getattr(self.here, name)
              for name in Totals.__dataclass_fields__}  # fmt: skip
        return {name: value for name, value in of.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """A trial or a run as the desk shows it."""

    id: int
    made_at: datetime
    source: str
    profile: str
    folder: str
    is_trial: bool
    is_last: bool
    operator: str
    node: int
    report: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One sum of a past month as another system printed it: `last` is the month's last day."""

    measure: str
    node: int
    first: date
    last: date
    value: int
