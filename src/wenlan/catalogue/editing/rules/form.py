"""The form: what must be there, what the format does not know, what is repeated, coded data position by position."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from wenlan.catalogue.cnmarc import ControlField, Field, MarcRecord
from wenlan.catalogue.editing.format import LEADER, Coded, Part
from wenlan.catalogue.editing.rules.facts import (
    Facts,
    finding,
    inserting,
    numbered,
    setting,
    template_of,
    with_value,
    without,
)
from wenlan.catalogue.editing.types import Finding, Gravity, Repair

BREAKING = {"cnmarc": {"100", "101", "200", "801"}, "marc21": {"008", "040", "245"}}
IF_ANY = {"010", "011"}
NEEDED_SUBFIELDS = {
    "cnmarc": {"101": "a", "102": "a", "200": "a", "210": "acd", "215": "a", "690": "a", "701": "a", "801": "ab"},
    "marc21": {"040": "a", "100": "a", "245": "a", "300": "a", "490": "a", "650": "a", "700": "a"},
}
FILLED_LATER = {"701"}
OLDER_CODES = {("215", "b"): "c"}
_CONTROL = re.compile(r"[\x00-\x1f]")


def missing_field(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """What a finished record of its material has: 100, 101, 200 ... ; the repair adds it as the template has it."""
    template = template_of(record, facts.format)
    if template is None:
        return
    breaking = BREAKING[facts.format.code]
    filled = template.record(today=f"{facts.today:%Y%m%d}", agency=facts.agency)
    for tag in template.needs:
        if tag not in record.tags:
            gravity = Gravity.ERROR if tag in breaking else Gravity.HINT if tag in IF_ANY else Gravity.WARNING
            added = filled.first(tag)
            repair = inserting("add", record, added) if added else None
            yield finding("missing_field", gravity, None, tag, repair=repair)


def missing_subfield(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """A field without the subfield that makes it one: 200 $a, 801 $b ..."""
    needed = NEEDED_SUBFIELDS[facts.format.code]
    for at, one in numbered(record):
        if one.tag not in needed or (facts.is_new and one.tag in FILLED_LATER):
            continue
        for code in needed[one.tag]:
            if not any(value.strip() for value in one.values(code)):
                gravity = Gravity.ERROR if one.tag in BREAKING[facts.format.code] else Gravity.WARNING
                yield finding("missing_subfield", gravity, at, one.tag, code=code)


def unknown_field(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """A tag the format does not have; tags with a 9 or letters are a library's own and may be anything."""
    for at, one in enumerate(record.fields):
        is_local = "9" in one.tag or not one.tag.isdecimal()
        if facts.format.fields and one.tag not in facts.format.fields and not is_local and one.tag[:2] != "00":
            yield finding("unknown_field", Gravity.WARNING, at, one.tag)


def unknown_indicator(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """An indicator value the field does not have; the repair sets what a new field gets."""
    for at, one in numbered(record):
        known = facts.format.fields.get(one.tag)
        if known is None or not known.subfields or one.tag.startswith("9"):
            continue
        for place, allowed in enumerate(known.indicators):
            value = one.indicators[place : place + 1] or " "
            if value.replace(" ", "#") not in allowed:
                given = one.indicators.ljust(2)[:2]
                better = given[:place] + known.new[place] + given[place + 1 :]
                yield finding(
                    "unknown_indicator",
                    Gravity.WARNING,
                    at,
                    one.tag,
                    repair=setting("set_indicator", at, one._replace(indicators=better)),
                    place=place + 1,
                    value=value.replace(" ", "#"),
                    better=known.new[place].replace(" ", "#"),
                )


def unknown_subfield(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """A subfield the field does not have; an older code is repaired to the one in use."""
    for at, one in numbered(record):
        known = facts.format.fields.get(one.tag)
        if known is None or not known.subfields or one.tag.startswith("9") or _is_link(one, facts):
            continue
        for place, (code, _value) in enumerate(one.subfields):
            if code in known.subfields or _is_never_unknown(one.tag, code, facts.format.code):
                continue
            repair = None
            if newer := OLDER_CODES.get((one.tag, code)):
                changed = [*one.subfields]
                changed[place] = changed[place]._replace(code=newer)
                repair = setting("set_code", at, one._replace(subfields=tuple(changed)))
            yield finding(
                "unknown_subfield", Gravity.WARNING, at, one.tag, subfield=place, repair=repair, code=code or "?"
            )


def _is_link(one: Field, facts: Facts) -> bool:
    """Whether a CNMARC field embeds the fields it links to (4XX $1)."""
    return facts.format.code == "cnmarc" and bool(one.first("1"))


def _is_never_unknown(tag: str, code: str, of: str) -> bool:
    """Links of CNMARC hold what they link to; control subfields of MARC 21 (a digit) may stand anywhere."""
    return bool(code) and (code.isdigit() if of == "marc21" else tag.startswith("4"))


def repeated_field(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """A field that may stand once; the repair takes out one that says the same as the first."""
    seen: dict[str, object] = {}
    for at, one in enumerate(record.fields):
        known = facts.format.fields.get(one.tag)
        if known is None or not known.once:
            continue
        if one.tag in seen:
            same = seen[one.tag] == one
            repair = Repair(name="remove_field", edits=(("remove", at),)) if same else None
            yield finding("repeated_field", Gravity.ERROR, at, one.tag, repair=repair)
        seen.setdefault(one.tag, one)


def repeated_subfield(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """A subfield that may stand once in its field."""
    for at, one in numbered(record):
        known = facts.format.fields.get(one.tag)
        if known is None or _is_link(one, facts):
            continue
        counted: Counter[str] = Counter()
        for place, (code, _value) in enumerate(one.subfields):
            counted[code] += 1
            if counted[code] == 2 and code in known.subfields and known.subfields[code].once:
                yield finding("repeated_subfield", Gravity.WARNING, at, one.tag, subfield=place, code=code)


def empty(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """A subfield or field that says nothing; not asked while a new record is being filled."""
    if facts.is_new:
        return
    for at, one in numbered(record):
        blank = [place for place, (_code, value) in enumerate(one.subfields) if not value]
        if len(blank) == len(one.subfields):
            yield finding(
                "empty_field", Gravity.HINT, at, one.tag, repair=Repair(name="remove_field", edits=(("remove", at),))
            )
        elif blank:
            repair = setting("remove_subfield", at, without(one, blank[0]))
            code = one.subfields[blank[0]].code
            yield finding("empty_subfield", Gravity.HINT, at, one.tag, subfield=blank[0], repair=repair, code=code)


def stray_characters(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """Control characters, which no file can carry, and blanks around a value that is not coded."""
    for at, one in numbered(record):
        is_coded = bool(facts.format.coded_of(one.tag)) or not facts.format.fields
        for place, (_code, value) in enumerate(one.subfields):
            clean = _CONTROL.sub("", value)
            if clean != value:
                repair = setting("clean", at, with_value(one, place, clean))
                yield finding("control_character", Gravity.ERROR, at, one.tag, subfield=place, repair=repair)
            elif not is_coded and one.tag[0] != "4" and value != value.strip() and value.strip():
                repair = setting("trim", at, with_value(one, place, value.strip()))
                yield finding("outer_blanks", Gravity.HINT, at, one.tag, subfield=place, repair=repair)


def coded_data(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """Coded data of the wrong length, or with a code its position does not have."""
    if leader := facts.format.coded.get((LEADER, "")):
        for part, value in _unknown_codes(leader.parts, record.leader):
            yield finding(
                "coded_value",
                Gravity.ERROR,
                None,
                LEADER,
                position=part.at,
                repair=Repair(name="fixed"),
                value=value.replace(" ", "#"),
                part=part.at,
            )
    for at, one in enumerate(record.fields):
        for coded in facts.format.coded_of(one.tag):
            if isinstance(one, ControlField):
                yield from _coded_control(at, one, coded, record.leader)
            else:
                yield from _coded_subfields(at, one, coded)


def _coded_control(at: int, one: ControlField, coded: Coded, leader: str) -> Iterator[Finding]:
    length, parts = coded.of(one.data, leader)
    if "#" in one.data:
        repair = setting("blanks", at, one._replace(data=one.data.replace("#", " ")))
        yield finding("written_blanks", Gravity.WARNING, at, one.tag, repair=repair)
    elif len(one.data) != length:
        repair = setting("fit", at, one._replace(data=one.data[:length].ljust(length)))
        yield finding("coded_length", Gravity.ERROR, at, one.tag, repair=repair, length=length, given=len(one.data))
    else:
        for part, wrong in _unknown_codes(parts, one.data):
            yield finding(
                "coded_value",
                Gravity.WARNING,
                at,
                one.tag,
                position=part.at,
                repair=Repair(name="fixed"),
                value=wrong.replace(" ", "#"),
                part=part.at,
            )


def _coded_subfields(at: int, one: Field, coded: Coded) -> Iterator[Finding]:
    for place, (code, value) in enumerate(one.subfields):
        if code != coded.code or not value:
            continue
        if "#" in value:
            repair = setting("blanks", at, with_value(one, place, value.replace("#", " ")))
            yield finding("written_blanks", Gravity.WARNING, at, one.tag, subfield=place, repair=repair)
            continue
        if len(value) != coded.length:
            right = value[: coded.length].ljust(coded.length)
            yield finding(
                "coded_length",
                Gravity.ERROR,
                at,
                one.tag,
                subfield=place,
                repair=setting("fit", at, with_value(one, place, right)),
                length=coded.length,
                given=len(value),
            )
            continue
        for part, wrong in _unknown_codes(coded.parts, value):
            yield finding(
                "coded_value",
                Gravity.WARNING,
                at,
                one.tag,
                subfield=place,
                position=part.at,
                repair=Repair(name="fixed"),
                value=wrong.replace(" ", "#"),
                part=part.at,
            )


def _unknown_codes(parts: Iterable[Part], text: str) -> Iterator[tuple[Part, str]]:
    """Yield the parts whose code is not among theirs; `|` fills a position nobody coded."""
    for part in parts:
        if not part.values:
            continue
        given = part.of(text)
        pieces = [*given] if part.each else [given]
        for piece in pieces:
            if piece not in part.values and set(piece) != {"|"}:
                yield part, piece
                break


RULES = (
    missing_field,
    missing_subfield,
    unknown_field,
    unknown_indicator,
    unknown_subfield,
    repeated_field,
    repeated_subfield,
    empty,
    stray_characters,
    coded_data,
)
