"""A record of theirs laid over one of ours, by rules, line by line as the cataloguer sees it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from unicodedata import normalize

from wenlan.catalogue.cnmarc import AnyField, ControlField, Field, MarcRecord, field
from wenlan.catalogue.crosswalk import Converted
from wenlan.catalogue.overlay.rules import Family, Keep, Rule, rule_for

NUMBER, OTHER_NUMBER, LAST_CHANGE = "001", "035", "005"


class LineKind(StrEnum):
    """What becomes of a field."""

    SAME = "same"
    KEPT = "kept"
    COMES = "comes"
    GOES = "goes"
    STAYS_OUT = "stays_out"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class Line:
    """One field of ours or theirs and what becomes of it; `rule` is the one that decided, if any.

    `same` stands in both; `kept` is ours and `stays_out` theirs, by a rule (our control number needs none); `comes`
    is theirs and `goes` ours, without one; `made` is what the overlay itself writes: whose record it is, and who
    changed it.
    """

    kind: LineKind
    field: AnyField
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """The record that comes of it, and how: a line for each field, by tag.

    `conversion` is how theirs came into our format, when it was in another one.
    """

    marc: MarcRecord
    lines: tuple[Line, ...]
    conversion: Converted | None = None

    @property
    def changes_nothing(self) -> bool:
        """Whether nothing comes and nothing goes."""
        return all(one.kind not in (LineKind.COMES, LineKind.GOES) for one in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who takes the record over, and on which day: what 801 or 040 will say."""

    agency: str
    on: date


def lay_over(
    ours: MarcRecord | None, theirs: MarcRecord, rules: Sequence[Rule], *, family: Family, signature: Signature
) -> Laid:
    """Return our record with theirs laid over it; without one of ours, theirs as it is taken in anew.

    Their control number becomes a 035, ours stays; the changing agency is added to the source field.
    """
    lines = [*_ours(ours, theirs, rules), *_theirs(ours, theirs, rules)]
    kept = [one for one in lines if one.kind in (LineKind.SAME, LineKind.KEPT, LineKind.COMES)]
    made = [one for one in _made(theirs, family, signature) if not any(_equal(one, line.field) for line in kept)]
    if family == Family.MARC21:
        kept, lines = _without_source(kept), _without_source(lines)
    lines += [Line(LineKind.MADE, one) for one in made]
    fields = _in_order(theirs, [one.field for one in kept], made)
    leader = theirs.leader.ljust(24)
    status = "c" if ours is not None else leader[5]
    ordered = sorted(lines, key=lambda one: one.field.tag)
    return Laid(MarcRecord(f"{leader[:5]}{status}{leader[6:24]}", tuple(fields)), tuple(ordered))


def _ours(ours: MarcRecord | None, theirs: MarcRecord, rules: Sequence[Rule]) -> list[Line]:
    lines = []
    for one in ours.fields if ours else ():
        if one.tag == LAST_CHANGE:
            continue
        rule = rule_for(one, rules)
        if any(_equal(one, other) for other in theirs.fields):
            lines.append(Line(LineKind.SAME, one, rule))
        else:
            stays = rule is not None or one.tag == NUMBER
            lines.append(Line(LineKind.KEPT if stays else LineKind.GOES, one, rule))
    return lines


def _theirs(ours: MarcRecord | None, theirs: MarcRecord, rules: Sequence[Rule]) -> list[Line]:
    """Return what becomes of their fields; 001 and 005 are of the record itself and never come."""
    lines = []
    mine = ours.fields if ours else ()
    for one in theirs.fields:
        if one.tag in (NUMBER, LAST_CHANGE) or any(_equal(one, other) for other in mine):
            continue
        rule = rule_for(one, rules)
        held = any(other.tag == one.tag and rule is not None and rule.covers(other) for other in mine)
        refused = rule is not None and (rule.keep == Keep.NEVER_THEIRS or (rule.keep == Keep.OURS and held))
        lines.append(Line(LineKind.STAYS_OUT if refused else LineKind.COMES, one, rule))
    return lines


def _made(theirs: MarcRecord, family: Family, signature: Signature) -> list[Field]:
    """Return what the overlay writes: their number with whose it is, and our agency as the one that changed it."""
    made = []
    if number := theirs.control(NUMBER).strip():
        agency = theirs.control("003") if family == Family.MARC21 else _last(theirs, "801", "b")
        made.append(field(OTHER_NUMBER, "  ", ("a", f"({agency.strip()}){number}" if agency.strip() else number)))
    if family == Family.MARC21:
        return [*made, _cataloguing_source(theirs, signature)]
    stated = (("a", "CN"), ("b", signature.agency), ("c", f"{signature.on:%Y%m%d}"))
    return [*made, field("801", " 2", *stated)]


def _cataloguing_source(theirs: MarcRecord, signature: Signature) -> Field:
    """Return their 040 with us as the last that changed the record (MARC 21, 040 $d)."""
    source = theirs.first("040") or field("040")
    if source.values("d")[-1:] == (signature.agency,):
        return source
    return field("040", source.indicators, *source.subfields, ("d", signature.agency))


def _without_source(lines: list[Line]) -> list[Line]:
    """Leave out 040, which is written anew and not repeatable."""
    return [one for one in lines if one.field.tag != "040"]


def _in_order(theirs: MarcRecord, kept: list[AnyField], made: list[Field]) -> list[AnyField]:
    """Return the fields in the order of their record, what is only ours at the place of its tag."""
    ordered: list[AnyField] = [one for one in theirs.fields if any(_equal(one, other) for other in kept)]
    for one in kept:
        if not any(_equal(one, other) for other in ordered):
            later = next((at for at, other in enumerate(ordered) if other.tag >= one.tag), len(ordered))
            while later < len(ordered) and ordered[later].tag == one.tag and ordered[later] in kept[: kept.index(one)]:
                later += 1
            ordered.insert(later, one)
    for new in made:
        after = next((at for at, other in enumerate(ordered) if other.tag > new.tag), len(ordered))
        ordered.insert(after, new)
    return ordered


def _last(record: MarcRecord, tag: str, code: str) -> str:
    return next(reversed(tuple(record.values(tag, code))), "")


def _equal(one: AnyField, other: AnyField) -> bool:
    """Return whether two fields say the same, blanks around values and forms of letters aside."""
    if one.tag != other.tag or isinstance(one, ControlField) != isinstance(other, ControlField):
        return False
    return _plain(one) == _plain(other)


def _plain(one: AnyField) -> tuple[object, ...]:
    if isinstance(one, ControlField):
        return (one.data.rstrip(),)
    return (one.indicators, *((code, normalize("NFC", value).strip()) for code, value in one.subfields))
