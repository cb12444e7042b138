"""What an edition of the yearly report is made of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.kernel.periods import Period


class State(TextChoices):
    """How far an edition has come; each state is reached by one step."""

    DRAFT = "draft", pgettext_lazy("state of an edition", "Draft")
    CHECKED = "checked", pgettext_lazy("state of an edition", "Checked by the department")
    REVIEWED = "reviewed", pgettext_lazy("state of an edition", "Reviewed by the deputy director")
    SIGNED = "signed", pgettext_lazy("state of an edition", "Signed by the director")


class Step(TextChoices):
    """What a person does to an edition, in this order; returning leads back to the draft."""

    DRAFT = "draft", pgettext_lazy("step of an edition", "Draw up")
    CHECK = "check", pgettext_lazy("step of an edition", "Check")
    REVIEW = "review", pgettext_lazy("step of an edition", "Review")
    SIGN = "sign", pgettext_lazy("step of an edition", "Sign")
    RETURN = "return", pgettext_lazy("step of an edition", "Return to the drafter")


class StepRefusal(TextChoices):
    """Why a step is not open."""

    OUT_OF_ORDER = "out_of_order", _("It is not this step's turn.")
    NO_PERSON = "no_person", _("A step is taken by a person who has signed in.")
    NOT_ALLOWED = "not_allowed", _("You do not hold the right for this step here.")
    OWN_WORK = "own_work", _("Whoever drew the edition up cannot sign it.")
    BLOCKED = "blocked", _("There are findings that must be solved first.")
    FINDINGS_OPEN = "findings_open", _("Each finding must be solved, or released with a reason.")


class FindingCode(TextChoices):
    """What the proof-reader notices; the label is the sentence that says it."""

    PARTS_DIFFER = "parts_differ", _("%(total)s is stated, but its parts add up to %(computed)s.")
    PART_EXCEEDS = "part_exceeds", _("%(part)s cannot be more than %(total)s, of which it is a part.")
    BOUND_BROKEN = "bound_broken", _("%(less)s should not be more than %(more)s.")
    RESTATED = "restated", _("The same figure is printed as %(first)s and as %(second)s.")
    UNIT_DIFFERS = "unit_differs", _("%(text)s: the measure counts in %(unit)s.")
    SCOPES_MIXED = "scopes_mixed", _("%(measure)s is printed in more than one scope; say which is meant.")
    NOT_HELD = "not_held", _("There is no figure for %(measure)s; its words were left out.")
    PLACE_OPEN = "place_open", _("The place %(slot)s has no text that was confirmed for %(year)s.")
    TEXT_EXPIRED = "text_expired", _("The text in %(slot)s was to be used until %(until)s only.")
    TEXT_COPIED = "text_copied", _("The text in %(slot)s is the same as last year's.")
    FIGURE_TYPED = "figure_typed", _("%(text)s in %(slot)s was typed and comes from no count.")
    PHRASE = "phrase", _("%(found)s: write %(instead)s.")
    INCOMPLETE = "incomplete", _("%(measure)s is complete until %(until)s only.")


class Form(StrEnum):
    """How a number stands in prose (GB/T 15835-2011)."""

    EXACT = "exact"
    WAN = "wan"
    ABOUT = "about"
    CHARACTERS = "characters"
    YUAN = "yuan"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFigure:
    """A figure as an edition keeps it: what was counted, where, when, and how far it was complete.

    `where` narrows the measure by dimension (`{"department": 7}`); a list is any of its members. `value` is None when
    nothing is held, which is not zero. `name` is what the place in the report calls it.
    """

    ref: str
    measure: str
    version: str
    words: Mapping[str, str]
    definition: Mapping[str, str]
    unit: Mapping[str, str]
    source: str
    sums: str
    where: Mapping[str, object]
    name: str
    value: Decimal | None
    period: Period
    scope: str
    complete_until: date | None

    @property
    def identity(self) -> tuple[object, ...]:
        """What two figures share when they must be equal."""
        return (self.measure, repr(sorted(self.where.items())), self.period, self.scope)


@dataclass(frozen=True, slots=True)
class Text:
    """Words without a figure."""

    text: str


@dataclass(frozen=True, slots=True)
class FigureRun:
    """A figure as printed, with its unit; `ref` leads to what stands behind it."""

    ref: str
    text: str


Run = Text | FigureRun


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph. `slot` names the place whose text the office stated; `sample` marks a demo's text."""

    runs: tuple[Run, ...]
    slot: str = ""
    sample: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark on scope or cut-off, set small."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table; `total` rows are set apart."""

    cells: tuple[Run, ...]
    total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A three-line table; `align` has one letter a column (`l`, `c`, `r`), `widths` their shares."""

    number: str
    caption: str
    unit: str
    columns: tuple[str, ...]
    align: str
    widths: tuple[int, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One value of a chart."""

    label: str
    value: Decimal
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart by its values; the drawing is kept beside the document under its number."""

    number: str
    caption: str
    unit: str
    kind: str
    bars: tuple[Bar, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronicleEntry:
    """A line of the chronicle: the day in words, then what happened."""

    day: str
    text: str
    level: str = ""


Block = Paragraph | Table | Chart | ChronicleEntry | Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter, or a section of one (`level` 1, 2, 3). `number` is printed as it stands."""

    level: int
    number: str
    title: str
    blocks: tuple[Block, ...] = ()
    chapters: tuple["Chapter", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The whole composed report, ready to be written in any format.

    `words` are the fixed words of the shape's language (page number, note, seal place, demo mark).
    """

    library: str
    title: str
    year: int
    dated: str
    words: Mapping[str, str]
    opening: tuple[Block, ...]
    chapters: tuple[Chapter, ...]
    demo: bool

    @property
    def cover_title(self) -> str:
        """The title without the library's name, which the cover sets in a line of its own."""
        return self.title.removeprefix(self.library).strip()

    def blocks(self) -> Iterator[Block]:
        """Every block from the first page to the last."""
        yield from self.opening
        waiting = list(reversed(self.chapters))
        while waiting:
            chapter = waiting.pop()
            yield from chapter.blocks
            waiting.extend(reversed(chapter.chapters))

    def runs(self) -> Iterator[Run]:
        """Every run of every paragraph, note and table, in reading order."""
        for block in self.blocks():
            if isinstance(block, Paragraph | Note):
                yield from block.runs
            elif isinstance(block, Table):
                for row in block.rows:
                    yield from row.cells
                for note in block.notes:
                    yield from note.runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something to be solved, or released with a reason; a blocking one can only be solved."""

    code: str
    params: Mapping[str, str]
    refs: tuple[str, ...] = ()
    slot: str = ""
    blocks: bool = False

    @property
    def sentence(self) -> str:
        """What was noticed, in the language being spoken."""
        return str(FindingCode(self.code).label) % self.params


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFinding:
    """A finding as it stands with its edition."""

    id: int
    finding: Finding
    released_by: str = ""
    released_at: datetime | None = None
    reason: str = ""

    @property
    def is_open(self) -> bool:
        return self.released_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenStep:
    """Who took a step, and when."""

    step: str
    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedTextView:
    """A text that the office stated for a slot; `confirmed_for` is the last year it was confirmed for."""

    id: int
    slot: str
    text: str
    source_document: str
    from_day: date
    until_day: date | None
    approver: str
    confirmed_for: int | None
    sample: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionLine:
    """An edition in a list."""

    id: int
    node: int
    library: str
    title: str
    year: int
    shape: str
    number: int
    state: str
    composed_at: datetime
    findings_open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionView:
    """An edition, whole."""

    id: int
    uid: str
    node: int
    node_code: str
    year: int
    shape: str
    number: int
    state: str
    scope: str
    composed_at: datetime
    composed_by: int | None
    complete_until: date | None
    document: Document
    figures: Mapping[str, StoredFigure]
    findings: tuple[KeptFinding, ...]
    steps: tuple[TakenStep, ...]
    drawings: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return self.document.title

    @property
    def open_findings(self) -> tuple[KeptFinding, ...]:
        return tuple(kept for kept in self.findings if kept.is_open)
