"""What a file of readers becomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from wenlan.patrons.types import NewReader


class Problem(models.TextChoices):
    """What is odd about a line. The first ones keep it out; with the others it is taken, and they are said."""

    NAME_MISSING = "name_missing", _("no name")
    CARD_MISSING = "card_missing", _("no card number")
    TWICE = "twice", _("the reader comes twice in the file")
    CATEGORY_UNKNOWN = "category_unknown", _("the category is not known here: say what it stands for")
    DAY_UNREADABLE = "day_unreadable", _("a day cannot be read")
    SUM_UNREADABLE = "sum_unreadable", _("a sum cannot be read")
    REFUSED = "refused", _("registration refuses it")
    CLOSED_THERE = "closed_there", _("deregistered in the other system: not taken over")
    CLOSED_HERE = "closed_here", _("deregistered here meanwhile: left as it is")
    PLACE_UNKNOWN = "place_unknown", _("the place is not known; the reader is kept at the library of this list")
    DOCUMENT_LEFT_OUT = "document_left_out", _("the number of the document is wrong and was left out")
    DOCUMENT_TAKEN = "document_taken", _("another reader has this document: probably one and the same person")
    CONTRADICTS = "contradicts", _("sex or date of birth differ from the identity number, which holds")
    STATUS_UNKNOWN = "status_unknown", _("the state is not known; taken as valid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a file comes from and how it is taken: the same in every trial and in the last run.

    `name` is part of every reader's key (`LIB-OLD`); `categories` are our codes by the source's words ('' for lines
    without one, '*' for all others), `places` our nodes by its words. `with_money` takes deposits, unpaid sums and
    points over, too: once, on the night of the switch; before it they are only counted.
    """

    name: str
    profile: str
    categories: Mapping[str, str]
    places: Mapping[str, int]
    with_money: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: the reader it says (None when it cannot be one), the state of card and account, the sums it states.

    `problems` are (code, words that explain it).
    """

    number: int
    source_id: str
    reader: NewReader | None
    name: str = ""
    state: str = "valid"
    deposit_fen: int = 0
    owed_fen: int = 0
    points: int | None = None
    outcome: str = ""
    digest: str = ""
    problems: tuple[tuple[str, str], ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What stands in a file, or in the network: readers, cards that serve, and sums in fen."""

    readers: int
    cards: int
    deposit_fen: int
    owed_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a file would become, or became: lines by outcome, problems by code, the words nobody knew, the sums.

    `stated` are the file's own counts of the readers it takes or has taken; `before` and `after` those of the
    network's nodes that are asked about (equal in a trial). `money_moved` says whether deposits and sums were taken
    over, too.
    """

    lines: int
    outcomes: Mapping[str, int]
    problems: Mapping[str, int]
    unknown_categories: Mapping[str, int]
    unknown_places: Mapping[str, int]
    stated: Counts
    before: Counts
    after: Counts
    money_moved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeView:
    """A file that was read at the desk; `outcomes` counts its lines, before the run as they are planned."""

    id: int
    made_at: datetime
    node: int
    operator: str
    source: str
    profile: str
    file_name: str
    facts: Mapping[str, object]
    run_at: datetime | None
    run_by: str
    outcomes: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One line as the page shows it."""

    number: int
    name: str
    card: str
    category: str
    valid_until: date | None
    outcome: str
    problems: tuple[str, ...]
    patron: int | None
