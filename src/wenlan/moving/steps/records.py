"""Records with the copies they name: the catalogue's own import, once with and once without writing."""

from pathlib import Path

from wenlan.catalogue.cnmarc import read_file
from wenlan.catalogue.description.numbers import isbn13
from wenlan.holdings.incoming import NO_COPIES, Reading, import_with_items, preview
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.profiles import Profile, copy_lines, profile
from wenlan.moving.types import Outcome, Part, Problem
from wenlan.moving.work import Work

COUNTED = {"created": Outcome.NEW, "updated": Outcome.CHANGED, "unchanged": Outcome.SAME}


def take(work: Work, path: Path, *, with_copies: bool) -> int:
    """Take in a file of records; returns how many were read.

    Its copies become items unless a file of items says them better: then they only tell which record an item is of.
    """
    known = profile(work.profile.records) if work.profile.records else NO_COPIES
    copies = known if with_copies else NO_COPIES
    reading = Reading(encoding=work.profile.encoding or "auto", scope=work.order.scope)
    take_in = preview if work.is_trial else import_with_items
    report = take_in(work.step_of(0), path=path, profile=copies, reading=reading, told=told(work))
    remember(work, path, known, is_making=with_copies)
    records = report.records
    for name, outcome in COUNTED.items():
        work.count(Part.RECORDS, outcome, getattr(records, name))
    work.count(Part.RECORDS, Outcome.REJECTED, records.rejected)
    work.count(Part.RECORDS, Outcome.SKIPPED, records.kept_aside)
    for position, words in records.notes:
        work.note(Part.RECORDS, position, "", Problem.RECORD, words)
    for position, words, barcode in report.problems:
        work.note(Part.RECORDS, position, barcode, Problem.RECORD, words)
    if with_copies:
        work.stated["items"] += report.copies
        work.kept_out["items"] += report.refused
        work.here["items"] += report.made + report.present
        work.by_records += report.made + report.present
    return records.read


def told(work: Work) -> dict[str, int]:
    """Return the nodes by the words that stand for them."""
    words = {**work.profile.places, **work.words.get("place", {})}
    found = {word: work.places.find(code) for word, code in words.items()}
    return {word: place.node for word, place in found.items() if place} | dict(work.order.places)


def remember(work: Work, path: Path, copies: Profile, *, is_making: bool) -> None:
    """Keep in mind which record a barcode is of, and in a trial the numbers of the records that a run would make."""
    for found in read_file(path, encoding=work.profile.encoding or "auto"):
        marc = found.record
        if marc is None:
            continue
        number = marc.control("001").strip()
        barcodes = {barcode_key(line.barcode) for line in copy_lines(copies, marc).lines}
        if number and not is_making:
            work.copies.update(dict.fromkeys(barcodes, number))
        if work.is_trial:
            work.records.update({f"#{number}"} if number else ())
            work.records.update(isbn for one in marc.all("010") if (isbn := isbn13(one.first("a"))))
            work.items.update(barcodes if is_making else ())
