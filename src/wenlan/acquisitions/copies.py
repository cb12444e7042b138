"""The copies that a supplier's records speak of, read through the profile that understands most of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from wenlan.catalogue.cnmarc import MarcRecord
from wenlan.holdings.profiles import CopyLine, Profile, all_profiles, copy_lines
from wenlan.holdings.profiles.reading import expanded

SAMPLE = 100
MOST_OF_A_TITLE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedCopy:
    """A unit as the record or the list states it; what is not stated is empty."""

    barcode: str = ""
    call_number: str = ""
    price_fen: int | None = None
    paid_fen: int | None = None
    volume: str = ""
    parcel: str = ""


def best_profile(records: Sequence[MarcRecord]) -> Profile:
    """Return the profile that finds the most barcodes in the first hundred records, and then the most call numbers."""
    sample = records[:SAMPLE]

    def understood(profile: Profile) -> tuple[int, int]:
        lines = [line for record in sample for line in copy_lines(profile, record).lines]
        return len({line.barcode for line in lines if line.barcode}), sum(bool(line.mark) for line in lines)

    return max(all_profiles(), key=understood)


def copies_of(record: MarcRecord, profile: Profile) -> tuple[StatedCopy, ...]:
    """Return the copies of a record, in its order; where no barcode stands, as many as 905 $f counts."""
    lines = [_stated(line) for line in copy_lines(profile, record).lines if line.barcode]
    if lines:
        return tuple(lines)
    counted = record.value("905", "f").strip()
    number = int(counted) if counted.isdecimal() and len(counted) < 5 else 0
    return (StatedCopy(),) * min(number, MOST_OF_A_TITLE)


def _stated(line: CopyLine) -> StatedCopy:
    return StatedCopy(
        barcode=line.barcode[:40], call_number=line.mark[:60], price_fen=line.price_fen, volume=line.volume[:60]
    )


def barcodes_in(text: str) -> tuple[str, ...]:
    """Return the barcodes of a cell: `20295403-5408` is six, `A1、A2` and `A1 A2` two; a range too odd is one."""
    return tuple(one[:40] for part in text.split() for one in (expanded(part) or (part,)))
