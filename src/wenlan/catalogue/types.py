"""What the catalogue says about records, in the words other packages rely on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple
from uuid import UUID

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from wenlan.catalogue.cnmarc import MarcRecord


class MarcFormat(models.TextChoices):
    """The family a native record belongs to; never converted on the way in."""

    CNMARC = "cnmarc", "CNMARC"
    UNIMARC = "unimarc", "UNIMARC"
    MARC21 = "marc21", "MARC 21"


class Material(models.TextChoices):
    """What a record describes, as stock is counted (GB/T 13191, document types)."""

    BOOK = "book", _("Book")
    SERIAL = "serial", _("Serial")
    NEWSPAPER = "newspaper", _("Newspaper")
    AUDIOVISUAL = "audiovisual", _("Audiovisual")
    ELECTRONIC = "electronic", _("Electronic document")
    ANCIENT = "ancient", _("Ancient book")
    MAP = "map", _("Map")
    MICRO = "micro", _("Microform")
    OTHER = "other", _("Other material")


class Audience(models.TextChoices):
    """For whom a work is meant: CNMARC 100 $a/17-19, MARC 21 008/22, else 333 or 521."""

    CHILD = "child", _("Children")
    YOUTH = "youth", _("Young people")
    ADULT = "adult", _("Adults")


class UnplacedKind(models.TextChoices):
    """A record that is kept whole, though it is not a bibliographic one."""

    AUTHORITY = "authority", _("Authority record")
    HOLDINGS = "holdings", _("Holdings record")
    CLASSIFICATION = "classification", _("Classification record")
    COMMUNITY = "community", _("Community information")


class Settlement(models.TextChoices):
    """What became of bytes that an import could not read."""

    TAKEN_IN = "taken_in", _("Mended and taken in")
    SET_ASIDE = "set_aside", _("Set aside")


class VersionKind(models.TextChoices):
    """How a version of a record came about."""

    CREATED = "created", _("Catalogued")
    IMPORTED = "imported", _("Imported")
    EDITED = "edited", _("Edited")
    OVERLAID = "overlaid", _("Overlaid")
    RESTORED = "restored", _("Restored")


class Condition(models.TextChoices):
    """What keeps a record from readers."""

    HIDDEN = "hidden", _("Hidden from readers")
    DELETED = "deleted", _("Deleted")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """A bibliographic record as pages, desks and protocols see it.

    `marc` is the native record, or None when it was read for a list. `year` is the first year of
    publication, None when unknown; `isbn` holds valid numbers as thirteen digits; `price_fen` is
    None unless the price was stated in yuan.
    """

    id: int
    uid: UUID
    control_number: str
    format: str
    title_proper: str
    other_title: str
    parallel_title: str
    volume: str
    responsibility: str
    authors: tuple[str, ...]
    edition: str
    publisher: str
    place: str
    year: int | None
    year_text: str
    isbn: tuple[str, ...]
    issn: str
    class_number: str
    main_class: str
    language: str
    material: str
    audience: str
    extent: str
    series: str
    subjects: tuple[str, ...]
    summary: str
    price_fen: int | None
    price: str
    marc: MarcRecord | None = field(default=None, repr=False)

    @property
    def title(self) -> str:
        """The title as a list shows it: title proper, other title information and volume."""
        whole = self.title_proper or gettext("[No title]")
        if self.other_title:
            colon = ": " if self.title_proper.isascii() else "："
            whole = f"{whole}{colon}{self.other_title}"
        return f"{whole}. {self.volume}" if self.volume else whole


class ShelfFacts(NamedTuple):
    """What an item takes from its record: for its call number, the registers and the ledger."""

    title_proper: str
    authors: tuple[str, ...]
    class_number: str
    main_class: str
    material: str
    audience: str
    language: str
    price_fen: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of each record of a file.

    `created + updated + unchanged + kept_aside + rejected == read` always holds; `doubtful` counts among the
    created those that may be one we have. `notes` names what was repaired or is odd, as (position in the file
    from 1, note). `run` is the id of the run, None for a preview.
    """

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept_aside: int = 0
    rejected: int = 0
    doubtful: int = 0
    notes: tuple[tuple[int, str], ...] = ()
    rejects_file: str = ""
    reasons_file: str = ""
    run: int | None = field(default=None, compare=False)

    @property
    def accounted(self) -> int:
        """How many records have an outcome."""
        return self.created + self.updated + self.unchanged + self.kept_aside + self.rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRecord:
    """A bibliographic record of a file and what became of it, as given to whoever makes more of it.

    `position` counts from 1; `id` is None for a record that a preview would make; `outcome` is created,
    updated or unchanged; `note` says what is doubtful. `facts` are given where the record stands as the file says
    it, not of one that is unchanged: that may have been edited since. `read` is what they asked of the
    record.
    """

    position: int
    id: int | None
    format: str
    title: str
    outcome: str
    note: str
    facts: ShelfFacts | None
    read: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionView:
    """A record in the other format. `warnings` are (tag, subfields, what was lost); `at` is None when it is not kept.

    `is_outdated` when the record or the mapping changed since it was made.
    """

    target_format: str
    mapping: str
    version: str
    at: datetime | None
    warnings: tuple[tuple[str, str, str], ...]
    marc: MarcRecord = field(repr=False)
    is_outdated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What holdings tell of a record: the ids of the nodes where its items stand, totals of units and of loans."""

    record: int
    nodes: tuple[int, ...] = ()
    call_numbers: tuple[str, ...] = ()
    copies: int = 0
    loans: int = 0


class SearchField(models.TextChoices):
    """Where the words are looked for."""

    ANY = "any", _("Everywhere")
    TITLE = "title", _("Title")
    AUTHOR = "author", _("Author")
    SUBJECT = "subject", _("Subject")
    SERIES = "series", _("Series")
    PUBLISHER = "publisher", _("Publisher")
    NUMBER = "number", _("ISBN or number")
    CLASS = "class", _("Class number")
    CALL = "call", _("Call number")


class SearchSort(models.TextChoices):
    """The order of hits."""

    RELEVANCE = "relevance", _("Best match")
    NEWEST = "newest", _("Newest first")
    OLDEST = "oldest", _("Oldest first")


class Counts(Enum):
    """When facets are counted."""

    ALWAYS = "always"
    FEW = "few"  # when there are at most FEW_HITS
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Subtree:
    """A place, and the ids of all places under it and its own, as the tree stands now."""

    node: int
    nodes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What somebody looks for. Without `text` the filters alone decide; every filter is optional.

    `class_number` holds for everything under it, `node` for what is held there or anywhere below. Pages count
    from 1; beyond `MOST_HITS` nobody pages. Facets cost time over many hits: `counts` is when they are counted.
    The index knows only where items stand: `queries.search` fills in `at`, the subtree of `node`, and `below`, the
    subtrees whose hits are counted, from the tree as it stands, so that a moved library is found at its new place.
    """

    MOST_HITS: ClassVar[int] = 10_000
    FEW_HITS: ClassVar[int] = 5_000

    text: str = ""
    field: str = SearchField.ANY
    main_class: str = ""
    class_number: str = ""
    material: str = ""
    language: str = ""
    audience: str = ""
    node: int | None = None
    at: Subtree | None = None
    below: tuple[Subtree, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    sort: str = SearchSort.RELEVANCE
    counts: Counts = Counts.ALWAYS
    page: int = 1
    size: int = 20


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many hits have this value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """One page of hits.

    `facets` by name: main_class, class (those just under the class asked for), material, language, audience,
    node (as text, each with all that is below it), year (newest first); empty unless `is_counted`.
    `suggestions` are other texts to try, given when nothing was found. `is_complete` is False when the
    index was not there: then only numbers and the beginnings of titles were searched, without facets. Facets
    count every hit, also when the page shows only what can be borrowed now; `is_total` is False when there may be
    more of that.
    """

    hits: tuple[RecordView, ...]
    total: int
    page: int
    size: int
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    is_counted: bool = True
    is_total: bool = True
    suggestions: tuple[str, ...] = ()
    is_complete: bool = True

    @property
    def pages(self) -> int:
        """How many pages there are to turn."""
        return -(-min(self.total, SearchQuery.MOST_HITS) // self.size)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """A run over a file, as the list of imports shows it; `waiting` counts rejected records nobody has settled."""

    id: int
    file_name: str
    node: int
    started_at: datetime
    is_complete: bool
    read: int
    created: int
    updated: int
    unchanged: int
    kept_aside: int
    rejected: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MendedReject:
    """What became of a record that was mended: created, updated, unchanged or kept_aside (then without `record`)."""

    record: int | None
    title: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedView:
    """Bytes that were no record: where they stood, why, how they begin, and what became of them.

    `beginning` is readable as far as may be. `settled_as` is empty while nobody has worked them, and for some that
    an earlier version settled; `record` is what they became. `raw` is empty when they were read for a list.
    """

    id: int
    run: int
    file_name: str
    profile: str
    node: int
    position: int
    offset: int
    reason: str
    size: int
    beginning: str
    is_settled: bool
    settled_as: str
    settled_at: datetime | None
    settled_by: int | None
    settled_reason: str
    record: int | None
    raw: bytes = field(default=b"", repr=False)

    @property
    def settled_label(self) -> str:
        """What became of them, in the language being spoken; empty while they wait."""
        return str(Settlement(self.settled_as).label) if self.settled_as else ""
