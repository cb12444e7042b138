"""The copies that a supplier's record speaks of: FIELD C4.3 knows half a dozen ways, and files mix them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wenlan.catalogue.cnmarc import Field, MarcRecord
from wenlan.catalogue.description.numbers import price_fen

_RANGE = re.compile(r"(?P<head>.*?)(?P<first>\d+)\s*[-—~～]\s*(?P=head)?(?P<last>\d+)")
_PARTS = re.compile(r"[,，、;；\s]+")
MOST_OF_A_RANGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedCopy:
    """A unit as the record or the list states it; what is not stated is empty."""

    barcode: str = ""
    call_number: str = ""
    price_fen: int | None = None
    volume: str = ""
    parcel: str = ""


def copies_of(record: MarcRecord) -> tuple[StatedCopy, ...]:
    """Return the copies of a record, in its order.

    Barcodes are taken from 985 $a, 986 $a, 905 $b or 906 $h, the first of these that has any; the call number
    from 905 ($s, or $d and $e) where the field of the barcode has none.
    """
    mark = call_number(record.first("905"))
    found = list(stated_in(record, mark))
    if found:
        return tuple(found)
    counted = record.value("905", "f").strip()
    number = int(counted) if counted.isdecimal() and 0 < int(counted) <= MOST_OF_A_RANGE else 0
    return (StatedCopy(call_number=mark),) * number


def stated_in(record: MarcRecord, mark: str) -> Iterator[StatedCopy]:
    """Yield the copies of the first field that carries barcodes."""
    for tag, code in (("985", "a"), ("986", "a"), ("905", "b"), ("906", "h")):
        fields = [one for one in record.all(tag) if any(value.strip() for value in one.values(code))]
        if not fields:
            continue
        for one in fields:
            yield from copies_in(one, code, mark)
        return


def copies_in(one: Field, code: str, mark: str) -> Iterator[StatedCopy]:
    """Yield the copies of one field; a value may be a range or a list of barcodes."""
    own = call_number(one) if one.tag == "905" else ""
    price = next((fen for text in one.values("d") if (fen := price_fen(text, bare_is_yuan=True))), None)
    volumes = one.values("n") if one.tag == "985" else one.values("v")
    barcodes = [barcode for value in one.values(code) for barcode in expanded(value)]
    for at, barcode in enumerate(barcodes):
        volume = volumes[at] if len(volumes) == len(barcodes) else "".join(volumes[:1])
        yield StatedCopy(
            barcode=barcode,
            call_number=own or mark,
            price_fen=price if one.tag == "985" else None,
            volume=volume.strip()[:60],
        )


def call_number(one: Field | None) -> str:
    """Return the call number of a field 905: $s whole, or class $d and book number $e."""
    if one is None:
        return ""
    if whole := one.first("s").strip():
        return whole[:60]
    class_number, book_number = one.first("d").strip(), one.first("e").strip()
    return f"{class_number}/{book_number}"[:60] if class_number and book_number else ""


def expanded(text: str) -> list[str]:
    """Return the barcodes of a text: `20295403-5408` is six, `A1、A2` two. A range too long or backwards is one."""
    return [barcode for part in _PARTS.split(text.strip()) if part for barcode in of_range(part)]


def of_range(part: str) -> list[str]:
    """Return the barcodes of one range, or the text itself."""
    found = _RANGE.fullmatch(part)
    if not found:
        return [part[:40]]
    head, first, last = found["head"], found["first"], found["last"]
    whole_last = first[: len(first) - len(last)] + last if len(last) < len(first) else last
    count = int(whole_last) - int(first) + 1
    if len(whole_last) != len(first) or not 0 < count <= MOST_OF_A_RANGE:
        return [part[:40]]
    return [f"{head}{number:0{len(first)}d}"[:40] for number in range(int(first), int(whole_last) + 1)]
