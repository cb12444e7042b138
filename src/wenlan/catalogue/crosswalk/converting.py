"""A record converted by a mapping: pure, the same outcome each time, every loss named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext_noop

from wenlan.catalogue.cnmarc import AnyField, ControlField, Field, MarcRecord, Subfield, linked_fields
from wenlan.catalogue.crosswalk.mapping import CodedRule, FieldRule, Mapping, Part
from wenlan.catalogue.description.marc21 import in_chinese
from wenlan.catalogue.types import MarcFormat

KEPT_IN_886 = gettext_noop("has no place in the other format; kept whole in 886")
SUBFIELDS_LEFT_OUT = gettext_noop("these subfields have no place in the other format and were left out")
TITLE_MISSING = gettext_noop("there is no title to convert")

FOREIGN = "886"
MAIN_ENTRIES = frozenset({"100", "110", "111"})
_SHORT_END = re.compile(r"(?:^|[\s.])[A-Za-z]{1,3}\.$|\.\.\.$")


class Loss(NamedTuple):
    """What a conversion could not say in place: the field, its subfields (empty for all), and what became of it."""

    tag: str
    codes: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A record in the other format, the mapping and the version that made it, and what was lost on the way."""

    record: MarcRecord
    mapping: str
    version: str
    warnings: tuple[Loss, ...]


def convert(record: MarcRecord, mapping: Mapping) -> Converted:
    """Return the record in the mapping's target format.

    What a field 886 kept of this very format is put back as it was; a field without a rule goes into 886.
    """
    source = in_chinese(record) if mapping.strips else record
    made: list[AnyField] = [one for one in source.fields if isinstance(one, ControlField) and one.tag in mapping.copied]
    warnings: list[Loss] = []
    kept: list[AnyField] = []
    for one in source.fields:
        if isinstance(one, ControlField):
            kept += [] if one.tag in mapping.copied else [_foreign(one, mapping)]
        elif one.tag == FOREIGN and one.first("2") == mapping.target:
            made.append(_restored(one))
        elif one.tag == FOREIGN:
            kept.append(one)
        elif not _is_coded(one, mapping):
            made += _converted(one, made, mapping, warnings, kept)
    made += _romanized(record, source, mapping, made)
    leader, coded = _coded(source, mapping, {one.tag for one in made})
    whole = _in_order([*made, *coded], kept)
    if not any(one.tag in ("200", "245") for one in whole):
        warnings.append(Loss("", "", TITLE_MISSING))
    return Converted(
        record=MarcRecord(leader, whole), mapping=mapping.name, version=mapping.version, warnings=tuple(warnings)
    )


def _is_coded(one: Field, mapping: Mapping) -> bool:
    """Whether the field says nothing but coded values that the mapping reads, so that 886 need not keep it."""
    read = {rule.source for rule in mapping.coded}
    return one.tag not in mapping.rules and all(one.tag + code in read for code, _ in one.subfields)


def _converted(
    one: Field, made: Sequence[AnyField], mapping: Mapping, warnings: list[Loss], kept: list[AnyField]
) -> list[AnyField]:
    """Return the field in the target format: none when its place is elsewhere, in 886 when it has none."""
    rule = mapping.rules.get(one.tag)
    if rule is None or not _fits(one, rule, made):
        if rule is not None and rule.only_with and not _fits(one, rule, ()):
            return []
        warnings.append(Loss(one.tag, "", KEPT_IN_886))
        kept.append(_foreign(one, mapping))
        return []
    pairs, parts = _pairs(one, rule)
    subfields, left = _subfields(pairs, parts, mapping)
    unsaid = "".join(dict.fromkeys(code for code in left if code not in mapping.ignored))
    if unsaid:
        warnings.append(Loss(one.tag, unsaid, SUBFIELDS_LEFT_OUT))
    if not subfields:
        return []
    tag = rule.then if rule.then and any(each.tag in MAIN_ENTRIES for each in made) else rule.to
    indicators = "".join(_indicator(mark, one) for mark in rule.indicators)
    if rule.embeds:
        return [Field(tag, indicators, (Subfield("1", f"{rule.embeds}1 "), *subfields))]
    return [Field(tag, indicators, subfields)]


def _fits(one: Field, rule: FieldRule, made: Sequence[AnyField]) -> bool:
    """Whether the rule is for this field."""
    if rule.only_indicator_1 and one.indicators[:1] != rule.only_indicator_1:
        return False
    if rule.only_indicator_2 and one.indicators[1:2] not in (rule.only_indicator_2, " "):
        return False
    if rule.only_with and not any(code in rule.only_with for code, _ in one.subfields):
        return False
    return not (rule.once and any(each.tag == rule.to for each in made))


def _pairs(one: Field, rule: FieldRule) -> tuple[list[tuple[str, str]], dict[str, Part]]:
    """Return what the field says as (code, value): for a link of embedded fields the codes carry their tags."""
    if not rule.embedded or not any(code == "1" for code, _ in one.subfields):
        return list(one.subfields), dict(rule.parts)
    pairs: list[tuple[str, str]] = []
    for inner in linked_fields(one):
        if isinstance(inner, ControlField):
            pairs.append((inner.tag, inner.data))
        else:
            pairs += [(inner.tag + code, value) for code, value in inner.subfields]
    return pairs, dict(rule.embedded)


def _subfields(
    pairs: Iterable[tuple[str, str]], parts: dict[str, Part], mapping: Mapping
) -> tuple[tuple[Subfield, ...], list[str]]:
    """Return the subfields in the target format, and the codes that have none."""
    made: list[Subfield] = []
    left: list[str] = []
    mark = ""
    for code, value in pairs:
        part = parts.get(code)
        if part is None:
            left.append(code)
        else:
            for to, text in _texts(part, value, mark, mapping):
                _add(made, to, text, part)
        mark = value.rstrip()[-1:]
    return tuple(made), left


def _add(made: list[Subfield], to: str, text: str, part: Part) -> None:
    """Add a subfield, with the punctuation that goes before it on the one that stands there."""
    if part.before and made:
        last = made[-1]
        punctuated = last.value.rstrip() + part.before.rstrip()
        if last.code == to:
            made[-1] = Subfield(to, f"{punctuated} {text}")
            return
        made[-1] = Subfield(last.code, punctuated)
    made.append(Subfield(to, text))


def _texts(part: Part, value: str, mark: str, mapping: Mapping) -> Iterator[tuple[str, str]]:
    """Yield (code, text) of one value: bare where the target writes no punctuation, parted by its marks."""
    text = value
    if mapping.strips:
        text = bare(value)
        if part.brackets:
            text = text.strip("[]")
    elif part.brackets:
        text = f"[{value.strip('[]')}]"
    elif part.before:
        text = value.lstrip("= ")
    if not part.marks:
        if text:
            yield part.to, text
        return
    to = part.marks.get(mark, part.to)
    separators = "|".join(", " if one == "," else f" {re.escape(one)} " for one in part.marks)
    pieces = re.split(f"({separators})", text, maxsplit=1 if "," in part.marks else 0)
    for at in range(0, len(pieces), 2):
        if at:
            to = part.marks[pieces[at - 1].strip()]
        if cleaned := bare(pieces[at]):
            yield to, cleaned


def bare(value: str) -> str:
    """Return a value without the punctuation MARC 21 ends it with; the full stop of an abbreviation stays."""
    text = value.strip()
    while text and text[-1] in "/:;=,":
        text = text[:-1].rstrip()
    if text.endswith(".") and not _SHORT_END.search(text):
        text = text[:-1].rstrip()
    return text


def _indicator(mark: str, one: Field) -> str:
    if mark in ("=1", "=2"):
        return one.indicators[int(mark[1]) - 1 : int(mark[1])] or " "
    return mark


def _foreign(one: AnyField, mapping: Mapping) -> Field:
    """Return field 886 that keeps a field whole: source format, tag, indicators or data, and its subfields."""
    source = MarcFormat.CNMARC if mapping.target == MarcFormat.MARC21 else MarcFormat.MARC21
    head = (Subfield("2", source), Subfield("a", one.tag))
    if isinstance(one, ControlField):
        return Field(FOREIGN, "1 ", (*head, Subfield("b", one.data)))
    return Field(FOREIGN, "2 ", (*head, Subfield("b", one.indicators), *one.subfields))


def _restored(kept: Field) -> AnyField:
    """Return the field that 886 kept; a subfield $2, $a or $b of its own comes after those of 886."""
    tag, data = kept.first("a"), kept.first("b")
    return ControlField(tag, data) if tag.startswith("00") else Field(tag, data, kept.subfields[3:])


def _romanized(record: MarcRecord, source: MarcRecord, mapping: Mapping, made: list[AnyField]) -> list[AnyField]:
    """Put the romanised title beside the Chinese one where field 880 gave that; changes `made` in place."""
    for tag, rule in mapping.rules.items():
        first, chinese = record.first(tag), source.first(tag)
        if rule.romanized and first and chinese and first != chinese:
            at = next(i for i, one in enumerate(made) if one.tag == rule.to)
            field = made[at]
            if isinstance(field, Field) and (read := bare(first.first("a"))):
                made[at] = field._replace(
                    subfields=(*field.subfields[:1], Subfield(rule.romanized, read), *field.subfields[1:])
                )
    return []


def _coded(source: MarcRecord, mapping: Mapping, tags: set[str]) -> tuple[str, list[AnyField]]:
    """Return the leader and the fields of coded data."""
    places = {"leader": list(mapping.leader)}
    for one in mapping.templates:
        places[one.tag + one.code] = list(one.data)
    for rule in mapping.coded:
        value = _value(rule, source)
        if value is not None and rule.to in places:
            places[rule.to][rule.at : rule.at + rule.length] = value.ljust(rule.length)[: rule.length]
    made: list[AnyField] = []
    for one in mapping.templates:
        data = "".join(places[one.tag + one.code])
        if one.unless and one.unless in tags:
            continue
        if not one.code:
            made.append(ControlField(one.tag, data))
        elif data.strip():
            made.append(Field(one.tag, one.indicators, (Subfield(one.code, data),)))
    return "".join(places["leader"]), made


def _value(rule: CodedRule, source: MarcRecord) -> str | None:
    """Return the coded value, or None when the source does not say it and there is no default."""
    if rule.value:
        return rule.value
    text = source.leader if rule.source == "leader" else _place(source, rule.source)
    found = text[rule.start : rule.start + (rule.take or rule.length)]
    if not found.strip():
        return rule.default
    if rule.pick_last:
        found = found.rstrip()[-1:]
    if rule.century:
        return found if not found.isdigit() else ("19" if found[:2] > "68" else "20") + found
    if rule.map or (rule.default is not None and not found.strip(" |#")):
        return _mapped(rule, found)
    return found


def _mapped(rule: CodedRule, found: str) -> str | None:
    if found in rule.map:
        return rule.map[found]
    if len(found) == 3 and found[2] in rule.american:
        return "US"
    if len(found) == 3 and found[2] in rule.british:
        return "GB"
    return found if rule.default is None else rule.default


def _place(source: MarcRecord, place: str) -> str:
    return source.value(place[:3], place[3:]) if len(place) > 3 else source.control(place)


def _in_order(made: list[AnyField], kept: list[AnyField]) -> tuple[AnyField, ...]:
    """Return the fields by tag, those of one tag in their order, what was kept at the end."""
    return (*sorted(made, key=lambda one: one.tag), *kept)
