"""What kind of record this is: CNMARC, UNIMARC or MARC 21; bibliographic, authority or holdings."""

from __future__ import annotations

import re

from wenlan.catalogue.cnmarc.record import MarcRecord
from wenlan.catalogue.types import MarcFormat, UnplacedKind

_HAN = re.compile(r"[\u3400-\u9fff]")
_GENERAL_DATA = re.compile(r"\d{8}[a-z| ]")
_CHINESE_PLACES = ("CN", "TW", "HK", "MO", "cw", "cn")


def family(record: MarcRecord) -> MarcFormat:
    """Return the format of the record by what it holds: 200 or 245, then the leader's end, then 100 and 008."""
    tags = record.tags
    if ("200" in tags) != ("245" in tags):
        is_unimarc = "200" in tags
    elif _GENERAL_DATA.match(record.value("100", "a")):
        is_unimarc = True
    elif "008" in tags:
        is_unimarc = False
    else:
        is_unimarc = record.leader[20:24] == "450 "
    if not is_unimarc:
        return MarcFormat.MARC21
    return MarcFormat.CNMARC if _is_chinese(record) else MarcFormat.UNIMARC


def _is_chinese(record: MarcRecord) -> bool:
    """Tell CNMARC from other UNIMARC: the cataloguing agency, the language of cataloguing, Han in the description."""
    if record.value("801", "a") in _CHINESE_PLACES or record.value("102", "a") in _CHINESE_PLACES:
        return True
    if record.value("100", "a")[22:25] == "chi" or record.value("101", "a") == "chi":
        return True
    return "690" in record.tags or any(_HAN.search(one.text) for one in record.all("200"))


def unplaced_kind(record: MarcRecord, of: MarcFormat) -> UnplacedKind | None:
    """Return what a record is that does not describe a work, or None for a bibliographic one.

    MARC 21 leader/06: z authority; u, v, x, y holdings; w classification; q community information.
    UNIMARC authorities: x, y, z. A title (245; 200 in UNIMARC bibliographic records) wins over the leader.
    """
    letter = record.leader[6:7]
    if of == MarcFormat.MARC21:
        if "245" in record.tags:
            return None
        return {
            "z": UnplacedKind.AUTHORITY,
            **dict.fromkeys("uvxy", UnplacedKind.HOLDINGS),
            "w": UnplacedKind.CLASSIFICATION,
            "q": UnplacedKind.COMMUNITY,
        }.get(letter)
    return UnplacedKind.AUTHORITY if letter in ("x", "y", "z") else None
