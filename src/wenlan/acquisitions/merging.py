"""The two files of a batch laid over each other: titles in the order of the records, then those only listed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext_noop

from wenlan.acquisitions.copies import StatedCopy, best_profile, copies_of
from wenlan.acquisitions.packing_list import ListRow
from wenlan.acquisitions.policies import Known
from wenlan.catalogue.cnmarc import EMPTY_LEADER, Found, MarcRecord
from wenlan.catalogue.cnmarc import field as marc_field
from wenlan.catalogue.description import Description, describe, numbers
from wenlan.catalogue.description.folding import key
from wenlan.catalogue.types import MarcFormat

NOT_IN_RECORDS = gettext_noop("only the packing list names it")
NOT_IN_LIST = gettext_noop("the packing list does not name it")
LIST_SAYS_MORE = gettext_noop("the list has more copies than the records")
LIST_SAYS_LESS = gettext_noop("the list has fewer copies than the records")
OTHER_LIST_PRICE = gettext_noop("the list says another price")
STATED_TWICE = gettext_noop("the file has this record twice; the copies are under the first")
MINIMAL = "3"


@dataclass(slots=True)
class Arrived:
    """A title that arrived: its record, its copies, and what is odd about it."""

    marc: MarcRecord
    description: Description
    copies: list[StatedCopy]
    notes: list[str] = field(default_factory=list)
    listed: int | None = None

    @property
    def known(self) -> Known:
        """What it is recognised by."""
        return known_of(self.description)


def known_of(one: Description) -> Known:
    """Return what a described record is recognised by; without an ISBN of ours another number will not do."""
    return Known(
        isbn=frozenset(one.isbn),
        title_key=key(one.title_proper)[:200],
        volume_key=key(one.volume),
        price_fen=one.price_fen,
        year=one.year,
    )


def arrived(found: Sequence[tuple[Found, MarcFormat]]) -> list[Arrived]:
    """Return the titles of a file of records; the same record again adds its copies to the first."""
    titles: list[Arrived] = []
    seen: dict[Known, Arrived] = {}
    profile = best_profile([one.record for one, _of in found if one.record])
    for one, of in found:
        if one.record is None:
            continue
        description = describe(one.record, of)
        copies = list(copies_of(one.record, profile))
        known = known_of(description)
        first = seen.get(known) if known.isbn else None
        if first:
            first.copies += [copy for copy in copies if copy not in first.copies]
            first.notes.append(STATED_TWICE)
            continue
        title = Arrived(one.record, description, copies, list(one.notes))
        seen[known] = title
        titles.append(title)
    return titles


def merged(titles: list[Arrived], rows: Sequence[ListRow]) -> list[Arrived]:
    """Lay a packing list over the titles of the records; a line that no record has becomes a title of its own."""
    by_barcode = {copy.barcode: title for title in titles for copy in title.copies if copy.barcode}
    by_isbn: dict[str, list[Arrived]] = {}
    by_title: dict[str, list[Arrived]] = {}
    for title in titles:
        for isbn in title.description.isbn:
            by_isbn.setdefault(isbn, []).append(title)
        by_title.setdefault(title.known.title_key, []).append(title)
    whole = list(titles)
    for row in rows:
        if meant := _title_of(row, by_barcode, by_isbn, by_title):
            _lay_over(meant, row)
            continue
        title = only_listed(row)
        whole.append(title)
        for isbn in title.description.isbn:
            by_isbn.setdefault(isbn, []).append(title)
    for title in whole if rows else ():
        _note_counts(title)
    return whole


def _title_of(
    row: ListRow,
    by_barcode: dict[str, Arrived],
    by_isbn: dict[str, list[Arrived]],
    by_title: dict[str, list[Arrived]],
) -> Arrived | None:
    """Return the title that a line means: by barcode, by ISBN (then price, then title), or by the title alone."""
    for barcode in row.barcodes:
        if barcode in by_barcode:
            return by_barcode[barcode]
    isbn = numbers.isbn13(row.isbn)
    candidates = by_isbn.get(isbn, []) if isbn else by_title.get(key(row.title)[:200], [])
    for fits in (
        lambda one: one.description.price_fen == row.price_fen and one.known.title_key == key(row.title)[:200],
        lambda one: one.description.price_fen == row.price_fen,
        bool,
    ):
        chosen = [one for one in candidates if fits(one)]
        if len(chosen) == 1:
            return chosen[0]
    return candidates[0] if candidates else None


def _lay_over(title: Arrived, row: ListRow) -> None:
    """Count the line's copies, give parcels to copies the record knows, add copies that only the list has."""
    title.listed = (title.listed or 0) + row.copies
    if row.price_fen is not None and title.description.price_fen not in (None, row.price_fen):
        title.notes.append(OTHER_LIST_PRICE)
    units = row.units()
    shares = [unit.paid_fen for unit in units]
    for at, copy in enumerate(title.copies):
        if shares and not copy.parcel and (copy.barcode in row.barcodes or not row.barcodes):
            price = copy.price_fen or row.price_fen
            title.copies[at] = replace(copy, parcel=row.parcel, price_fen=price, paid_fen=shares.pop(0))
    known = {copy.barcode for copy in title.copies}
    missing = [unit for unit in units if unit.barcode and unit.barcode not in known]
    bare = max(title.listed - len(title.copies) - len(missing), 0)
    added = missing + [unit for unit in units if not unit.barcode][:bare]
    added = [replace(unit, paid_fen=shares.pop(0) if shares else None) for unit in added]
    title.copies += added
    if added and NOT_IN_RECORDS not in title.notes:
        title.notes.append(LIST_SAYS_MORE)


def _note_counts(title: Arrived) -> None:
    if title.listed is None:
        title.notes.append(NOT_IN_LIST)
    elif title.listed < len(title.copies):
        title.notes.append(LIST_SAYS_LESS)


def only_listed(row: ListRow) -> Arrived:
    """Return a title that only the list names, with a short record made of the line."""
    marc = short_record(row)
    return Arrived(marc, describe(marc, MarcFormat.CNMARC), list(row.units()), [NOT_IN_RECORDS], row.copies)


def short_record(row: ListRow) -> MarcRecord:
    """Return a CNMARC record of what a line says, marked in the leader as a minimal one."""
    year = numbers.year(row.year)
    price = f"CNY{row.price_fen / 100:.2f}" if row.price_fen is not None else ""
    stated = (
        ("010", "  ", (("a", row.isbn), ("d", price))),
        ("100", "  ", (("a", f"{'':8}d{year or '':<4}    em y0chiy50      ea"),)),
        ("101", "0 ", (("a", "chi"),)),
        ("200", "1 ", (("a", row.title or row.isbn), ("h", row.volume), ("f", row.author))),
        ("210", "  ", (("c", row.publisher), ("d", str(year or "")))),
        ("690", "  ", (("a", row.class_number),)),
    )
    fields = [
        marc_field(tag, marks, *told)
        for tag, marks, subfields in stated
        if (told := [(code, value) for code, value in subfields if value])
    ]
    return MarcRecord(EMPTY_LEADER[:17] + MINIMAL + EMPTY_LEADER[18:], tuple(fields))
