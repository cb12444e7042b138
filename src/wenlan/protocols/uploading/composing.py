"""A record as a centre gets it: in its format and encoding, without what stays at home, checked by our own rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from wenlan.catalogue import conversions
from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.cnmarc import MarcRecord, Unwritable, encode
from wenlan.catalogue.editing.format import format_of
from wenlan.catalogue.editing.rules import Facts, findings
from wenlan.catalogue.editing.types import Gravity
from wenlan.catalogue.editing.words import finding_words
from wenlan.catalogue.exporting import codec_of, saying_encoding
from wenlan.catalogue.overlay import Keep, Rule, family_of
from wenlan.catalogue.types import MarcFormat
from wenlan.kernel.acts import Act
from wenlan.network import queries as network
from wenlan.protocols.uploading.types import CentreFacts
from wenlan.protocols.uploading.words import HIDDEN, OWN_RULES, UNSAYABLE


class Unfit(Exception):
    """A record that must not be handed in; `reason` is a word of `words.WORDS`."""

    def __init__(self, reason: str, details: str = "") -> None:
        super().__init__(f"{reason}: {details}")
        self.reason = reason
        self.details = details[:300]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A record ready to go; `content_hash` is of the record as it stands here."""

    marc: MarcRecord
    format: MarcFormat
    number: str
    content_hash: str


def compose(act: Act, *, record: int, centre: CentreFacts) -> Composed:
    """Return a record as the centre takes it; one of the other family is converted, and the conversion is kept.

    Raises Unfit for a record that is out of sight, or in which our rules find an error.
    """
    stored = catalogue.stored(record)
    if stored.condition or stored.view.marc is None:
        raise Unfit(HIDDEN)
    own, wanted = MarcFormat(stored.view.format), MarcFormat(centre.format)
    if wrong := _errors(stored.view.marc, own, today=act.day, agency=network.agency_of(act.node)):
        raise Unfit(OWN_RULES, "; ".join(wrong))
    marc = stored.view.marc
    if family_of(own) != family_of(wanted):
        marc = conversions.convert_record(act, record=stored.view.uid).marc
    return Composed(
        marc=without(marc, centre.left_out.split()),
        format=wanted,
        number=stored.view.control_number,
        content_hash=stored.content_hash,
    )


def without(marc: MarcRecord, tags: Iterable[str]) -> MarcRecord:
    """Return the record without the fields whose tags fit (an X is any digit)."""
    at_home = [Rule(tag, Keep.OURS) for tag in tags]
    return MarcRecord(marc.leader, tuple(one for one in marc.fields if not any(rule.covers(one) for rule in at_home)))


def encoded(one: Composed, encoding: str) -> bytes:
    """Return the record as ISO 2709. Raises Unfit for one that does not fit it, or the encoding."""
    codec = codec_of(encoding)
    try:
        return encode(saying_encoding(one.marc, one.format, codec), codec)
    except (Unwritable, UnicodeEncodeError) as error:
        raise Unfit(UNSAYABLE, str(error)) from error


def _errors(marc: MarcRecord, of: MarcFormat, *, today: date, agency: str) -> list[str]:
    known = format_of(of)
    found = findings(marc, Facts(format=known, today=today, agency=agency, is_new=False))
    return [finding_words(one, known)["text"] for one in found if one.gravity == Gravity.ERROR]
