"""Files of records with their copies: the records go to the catalogue, the copies become items by a profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext_noop

from wenlan.catalogue import operations as catalogue
from wenlan.catalogue.batches import Reads
from wenlan.catalogue.cnmarc import MarcRecord
from wenlan.catalogue.types import ImportReport, KeptRecord, MendedReject
from wenlan.holdings import operations, statements
from wenlan.holdings.places import Place, Places
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.profiles import CopyLine, CopyLines, Profile, said_copies
from wenlan.holdings.types import ItemStatus, NewItem
from wenlan.kernel.acts import Act

ON_ANOTHER_TITLE = gettext_noop("the barcode is already on an item of another title")
TWICE_IN_THE_FILE = gettext_noop("the barcode comes twice in the file")
BARCODE_TOO_LONG = gettext_noop("the barcode has more than 40 characters")
NUMBER_TAKEN = gettext_noop("the accession number is already on another item")
NUMBER_TWICE = gettext_noop("the accession number comes twice in the file")
NUMBER_TOO_LONG = gettext_noop("the accession number has more than 40 characters")
PLACE_UNKNOWN = gettext_noop("the place is not known; the item goes to the library that imports")

LONGEST_BARCODE = 40
MOST_PROBLEMS = 1000
SHOWN_ROWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a file is to be read: format and encoding (found out when `auto`), the scope its barcodes are unique in."""

    format: str = "auto"
    encoding: str = "auto"
    scope: str = ""


AS_IT_IS = Reading()
NO_COPIES = Profile(code="", name={"zh": "不建单册", "en": "No copies"}, source="")


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingItem:
    """A copy as the preview shows it. `outcome` is new, present or problem; `place` the source's words."""

    position: int
    title: str
    barcode: str
    place: str
    node: int
    call_number: str
    price_fen: int | None
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsReport:
    """What became of a file: its records, and `copies` = `made` + `present` + `refused`.

    `places` are the source's words with their node (None: not known) and how many copies stand there;
    `problems` say (position in the file, what, barcode). `rows` are the first copies.
    """

    records: ImportReport
    copies: int = 0
    made: int = 0
    present: int = 0
    refused: int = 0
    places: tuple[tuple[str, int | None, int], ...] = ()
    problems: tuple[tuple[int, str, str], ...] = ()
    rows: tuple[IncomingItem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """The record of each barcode that an item of the scope carries, and the accession numbers that are taken."""

    barcodes: Mapping[str, int]
    numbers: Collection[str]


@dataclass(slots=True)
class _Items:
    """The copies of one run: planned batch by batch, registered unless it is a trial."""

    act: Act
    profile: Profile
    places: Places
    scope: str
    trial: bool
    counts: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    problems: list[tuple[int, str, str]] = field(default_factory=list)
    rows: list[IncomingItem] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    def __call__(self, batch: Sequence[KeptRecord]) -> None:
        """Plan the copies of a batch of records and register the new ones in the caller's transaction."""
        planned = [(kept, line, barcode_key(line.barcode)) for kept in batch for line in self._lines(kept)]
        known = self._known({key for _kept, _line, key in planned}, {line.accession_number for _, line, _ in planned})
        new: list[NewItem] = []
        for kept, line, key in planned:
            outcome = self._outcome(kept, line, key, known)
            place = self.places.find(line.place)
            self.words[line.place] += 1
            self.counts[outcome] += 1
            if outcome == "new":
                new.append(self._item(kept, line, key, place or self.places.home))
            if len(self.rows) < SHOWN_ROWS:
                self.rows.append(_row(kept, line, place or self.places.home, outcome))
        if new and not self.trial:
            facts = {kept.id: kept.facts for kept in batch if kept.id and kept.facts}
            operations.accession_many(self.act, items=new, facts=facts)

    def _known(self, keys: set[str], numbers: set[str]) -> _Known:
        """Return which barcodes and accession numbers are there already (two statements)."""
        with connection.cursor() as cursor:
            found = statements.items_by_barcode(cursor, keys)
            taken = statements.numbers_taken(cursor, self.places.home.node, numbers - {""})
        return _Known({key: record for (key, scope), record in found.items() if scope == self.scope}, taken)

    @property
    def reads(self) -> Reads:
        """What to know of a record: its copies."""
        return partial(said_copies, self.profile)

    def _lines(self, kept: KeptRecord) -> tuple[CopyLine, ...]:
        found: CopyLines = kept.read
        for problem in found.problems:
            self._problem(kept.position, problem)
        return found.lines

    def _outcome(self, kept: KeptRecord, line: CopyLine, key: str, known: _Known) -> str:
        """Say what becomes of a copy, and note a problem."""
        if problem := self._fault(kept, line, key, known):
            self._problem(kept.position, problem, line.barcode)
            return "problem"
        self.seen.add(key)
        if key in known.barcodes:
            return "present"
        self.numbers.add(line.accession_number)
        return "new"

    def _fault(self, kept: KeptRecord, line: CopyLine, key: str, known: _Known) -> str:
        """Return why a copy cannot become an item, or an empty string."""
        if len(key) > LONGEST_BARCODE:
            return BARCODE_TOO_LONG
        if key in known.barcodes:
            return ON_ANOTHER_TITLE if known.barcodes[key] != kept.id else TWICE_IN_THE_FILE if key in self.seen else ""
        if key in self.seen:
            return TWICE_IN_THE_FILE
        if not (number := line.accession_number):
            return ""
        if len(number) > LONGEST_BARCODE:
            return NUMBER_TOO_LONG
        return NUMBER_TAKEN if number in known.numbers else NUMBER_TWICE if number in self.numbers else ""

    def _item(self, kept: KeptRecord, line: CopyLine, key: str, place: Place) -> NewItem:
        return NewItem(
            record=kept.id or 0,
            barcode=line.barcode,
            barcode_scope=self.scope,
            owner=self.places.home.node,
            shelved_at=place.node,
            department=place.department,
            status=ItemStatus(self.profile.status),
            material=self.profile.kinds.get(line.kind, ""),
            volume=line.volume[:60],
            call_number=line.mark[:60],
            list_price_fen=line.price_fen,
            accession_number=line.accession_number,
            origin=self.profile.origins.get(line.origin, ""),
            key=f"marc:{self.scope}:{key}"[:100],
        )

    def _problem(self, position: int, what: str, barcode: str = "") -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append((position, what, barcode))

    def report(self, records: ImportReport) -> ItemsReport:
        """Return what was found and done."""
        found = {words: self.places.find(words) for words in self.words}
        places = tuple(
            (words, place.node if (place := found[words]) else None, count) for words, count in self.words.most_common()
        )
        return ItemsReport(
            records=records,
            copies=self.counts.total(),
            made=self.counts["new"],
            present=self.counts["present"],
            refused=self.counts["problem"],
            places=places,
            problems=tuple(self.problems),
            rows=tuple(self.rows),
        )


def _row(kept: KeptRecord, line: CopyLine, place: Place, outcome: str) -> IncomingItem:
    return IncomingItem(
        position=kept.position,
        title=kept.title,
        barcode=line.barcode,
        place=line.place,
        node=place.node,
        call_number=line.mark,
        price_fen=line.price_fen,
        outcome=outcome,
    )


def import_with_items(
    act: Act,
    *,
    path: Path,
    profile: Profile,
    reading: Reading = AS_IT_IS,
    told: Mapping[str, int] | None = None,
    progress: Callable[[int], None] | None = None,
) -> ItemsReport:
    """Import a file of records and register its copies as items of `act.node`; a second time nothing changes.

    Each batch of records and its items are one transaction. `told` gives the node of places that are not known
    by code or name. A copy that cannot be registered is a problem of the report, not of the file. Raises
    FileUnreadable, EncodingUnknown.
    """
    items = _Items(act, profile, Places(home=act.node, told=told), reading.scope, trial=False)
    records = catalogue.import_marc(
        act,
        path=path,
        format=reading.format,
        encoding=reading.encoding,
        profile=profile.code,
        progress=progress,
        also=items,
    )
    return items.report(records)


def take_rejected(
    act: Act, *, reject: int, marc: MarcRecord, profile: Profile, reading: Reading = AS_IT_IS
) -> tuple[MendedReject, ItemsReport]:
    """Take in a record that an import could not read and somebody mended, with the copies it says.

    They become items of `act.node`, in one transaction with the record. Raises as the catalogue's `take_rejected`.
    """
    items = _Items(act, profile, Places(home=act.node), reading.scope, trial=False)
    done = catalogue.take_rejected(
        act, reject=reject, marc=marc, format=catalogue.told_format(reading.format), also=items
    )
    return done, items.report(ImportReport(read=1))


def preview(
    act: Act, *, path: Path, profile: Profile, reading: Reading = AS_IT_IS, told: Mapping[str, int] | None = None
) -> ItemsReport:
    """Return what `import_with_items` would report, and write nothing."""
    items = _Items(act, profile, Places(home=act.node, told=told), reading.scope, trial=True)
    return items.report(catalogue.preview_marc(path=path, format=reading.format, encoding=reading.encoding, also=items))
