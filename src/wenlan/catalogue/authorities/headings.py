"""Headings as pure functions: which field says what, in authority records and in the records that use them.

UNIMARC/Authorities (IFLA 2009; CNMARC 规范格式): 2XX heading, 4XX see from, 5XX see also, 300 and 330 notes.
MARC 21 authorities: 1XX, 4XX, 5XX, 680. Subfields of a heading are the same in both records of one format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from wenlan.catalogue.authorities.types import AuthorityKind, Heading, Reference, Relation
from wenlan.catalogue.cnmarc import AnyField, ControlField, Field, MarcRecord, Subfield
from wenlan.catalogue.description.folding import key, visible
from wenlan.catalogue.types import MarcFormat

K = AuthorityKind


class Family(NamedTuple):
    """One family of formats: heading tags of authorities, tags of records, the subfields of a heading by kind."""

    headings: dict[str, K]
    uses: dict[str, K]
    codes: dict[K, str]
    names: str
    number: str
    notes: tuple[str, ...]


UNIMARC = Family(
    headings={
        "200": K.PERSON,
        "210": K.BODY,
        "215": K.PLACE,
        "220": K.FAMILY,
        "230": K.TITLE,
        "240": K.TITLE,
        "250": K.SUBJECT,
        "280": K.FORM,
    },
    uses={
        **dict.fromkeys(("600", "700", "701", "702"), K.PERSON),
        **dict.fromkeys(("601", "710", "711", "712"), K.BODY),
        **dict.fromkeys(("602", "720", "721", "722"), K.FAMILY),
        **dict.fromkeys(("500", "604", "605"), K.TITLE),
        "606": K.SUBJECT,
        "607": K.PLACE,
        "608": K.FORM,
    },
    codes={
        K.PERSON: "abcdfg",
        K.BODY: "abcdefgh",
        K.FAMILY: "acdf",
        K.TITLE: "abhiklmnqrsu",
        K.SUBJECT: "ajxyz",
        K.PLACE: "ajxyz",
        K.FORM: "ajxyz",
    },
    names="9A7",
    number="3",
    notes=("300", "330"),
)
MARC21 = Family(
    headings={
        "100": K.PERSON,
        "110": K.BODY,
        "111": K.BODY,
        "130": K.TITLE,
        "150": K.SUBJECT,
        "151": K.PLACE,
        "155": K.FORM,
    },
    uses={
        **dict.fromkeys(("100", "600", "700"), K.PERSON),
        **dict.fromkeys(("110", "111", "610", "611", "710", "711"), K.BODY),
        **dict.fromkeys(("130", "630", "730"), K.TITLE),
        "650": K.SUBJECT,
        "651": K.PLACE,
        "655": K.FORM,
    },
    codes={
        K.PERSON: "abcdq",
        K.BODY: "abcdn",
        K.FAMILY: "acd",
        K.TITLE: "adfklmnoprs",
        K.SUBJECT: "avxyz",
        K.PLACE: "avxyz",
        K.FORM: "avxyz",
    },
    names="",
    number="0",
    notes=("680", "678"),
)
NAMES = (K.PERSON, K.BODY, K.FAMILY)
SUBJECT_TAGS = "6"


def family_of(of: str) -> Family:
    """Return the tables of a format."""
    return MARC21 if of == MarcFormat.MARC21 else UNIMARC


def text_of(one: Field, kind: K, of: Family) -> str:
    """Return a heading as it is shown: `鲁迅 (1881-1936)`, `休斯, J.M.`, `诗歌 -- 文学研究 -- 中国`."""
    said = [(code, visible(value).strip(" ,")) for code, value in one.subfields if code in of.codes[kind]]
    said = [(code, value) for code, value in said if value]
    if kind == K.PERSON:
        plain = ", ".join(value for code, value in said if code in "ab")
        added = ", ".join(value.strip("()（） ") for code, value in said if code not in "ab")
        return f"{plain} ({added})" if added else plain
    mark = " -- " if kind in (K.SUBJECT, K.PLACE, K.FORM) else ". "
    return mark.join(value for _code, value in said)


def key_of(one: Field, kind: K, of: Family) -> str:
    """Return what exact matches compare: for names the name alone, since records often leave the dates out."""
    codes = "ab" if kind in NAMES else of.codes[kind]
    return key("".join(value for code, value in one.subfields if code in codes))[:200]


def heading_of(marc: MarcRecord, of: Family) -> Heading | None:
    """Return what an authority record says of its heading, or None when it has none."""
    for tag, kind in of.headings.items():
        one = marc.first(tag)
        if one and (text := text_of(one, kind, of)):
            notes = (visible(note.text) for note in marc.all(*of.notes))
            return Heading(
                kind=kind,
                text=text,
                key=key_of(one, kind, of),
                field=one,
                references=tuple(_references(marc, kind, of)),
                note=" ".join(notes),
            )
    return None


def _references(marc: MarcRecord, kind: K, of: Family) -> Iterator[Reference]:
    for tag, relation in (("4", Relation.SEE), ("5", Relation.SEE_ALSO)):
        for one in marc.all(*sorted(other for other in marc.tags if other[0] == tag)):
            of_kind = kind_of_reference(one, kind, of)
            if text := text_of(one, of_kind, of):
                yield Reference(relation, text, key_of(one, of_kind, of), number_in(one, of))


def kind_of_reference(one: Field, kind: K, of: Family) -> K:
    """Return the kind of heading that a field 4XX or 5XX names; `kind` of the authority itself where it is unclear."""
    return of.headings.get(("1" if of is MARC21 else "2") + one.tag[1:], kind)


def number_in(one: Field, of: Family) -> str:
    """Return the number of the authority that a field of a record links to; without a prefix `(agency)` or blanks."""
    said = one.first(of.number)
    return "".join(said.rpartition(")")[2].split())[:64] if said else ""


def used_headings(marc: MarcRecord, of: Family) -> Iterator[tuple[int, Field, K]]:
    """Yield the fields of a record that an authority may stand behind: place in the record, field, kind."""
    if marc.tags.isdisjoint(of.uses):
        return
    for at, one in enumerate(marc.fields):
        if isinstance(one, Field) and one.tag in of.uses:
            yield at, one, of.uses[one.tag]


def links_of(marc: MarcRecord, of: Family) -> tuple[tuple[str, str], ...]:
    """Return the links of a record as (tag, number), each once."""
    used = marc.tags & of.uses.keys()
    found = [(one.tag, number) for one in marc.all(*used) if (number := number_in(one, of))] if used else []
    return tuple(dict.fromkeys(found))


def linked(one: Field, authority: Heading, number: str, of: Family) -> Field:
    """Return the field of a record with the authority's heading and number.

    What is the record's own stays in its order: relator codes, sources, unknown subfields. A pinyin of another
    name goes, for it would be wrong.
    """
    codes = of.codes[K(authority.kind)]
    heading = [each for each in authority.field.subfields if each.code in codes]
    is_same = [each for each in one.subfields if each.code in codes] == heading
    if is_same and number_in(one, of) == number:
        return one
    names = [each for each in (one if is_same else authority.field).subfields if each.code in of.names]
    taken = {*codes, *of.names, of.number}
    own = [each for each in one.subfields if each.code not in taken or not each.code]
    indicators = one.indicators
    if authority.kind == K.PERSON and of is UNIMARC and len(authority.field.indicators) == 2:
        indicators = one.indicators[:1] + authority.field.indicators[1:]
    return Field(one.tag, indicators, (*heading, *names, Subfield(of.number, number), *own))


def with_fields(marc: MarcRecord, changed: Mapping[int, AnyField]) -> MarcRecord:
    """Return the record with some fields replaced, by their place."""
    return MarcRecord(marc.leader, tuple(changed.get(at, one) for at, one in enumerate(marc.fields)))


def with_references(marc: MarcRecord, tag: str, fields: Iterable[Field]) -> MarcRecord:
    """Return the authority record with these fields 4XX or 5XX (`tag`: 4 or 5) in the place of all such."""
    kept = [one for one in marc.fields if one.tag[0] != tag]
    at = next((place for place, one in enumerate(kept) if one.tag > f"{tag}99"), len(kept))
    return MarcRecord(marc.leader, (*kept[:at], *fields, *kept[at:]))


def see_fields(marc: MarcRecord, heading: Heading, forms: Iterable[str], of: Family) -> tuple[Field, ...]:
    """Return the 4XX fields for these forms of the name: those that stand already as they are, the others new."""
    own = ("1" if of is MARC21 else "2") + heading.field.tag[1:]
    standing = {}
    for one in marc.all(*sorted(tag for tag in marc.tags if tag[0] == "4")):
        kind = of.headings.get(own[0] + one.tag[1:], K(heading.kind))
        standing[text_of(one, kind, of)] = one
    tag = f"4{own[1:]}"
    blank = heading.field.indicators
    return tuple(standing.get(form) or Field(tag, blank, (Subfield("a", form),)) for form in forms)


def control_of(marc: MarcRecord) -> str:
    """Return the number of an authority record (001), without the blanks that some files pad it with."""
    return "".join(marc.control("001").split())[:64]


def new_authority(kind: K, number: str, subfields: Iterable[tuple[str, str]], stamp: str) -> MarcRecord:
    """Return a CNMARC authority record. `stamp` is the local moment as `YYYYMMDDhhmmss`."""
    tag = next(tag for tag, of_kind in UNIMARC.headings.items() if of_kind == kind)
    heading = Field(tag, " 0" if kind == K.PERSON else "  ", tuple(Subfield(*each) for each in subfields))
    return MarcRecord(
        "00000nx  a2200000   45  ",
        (
            ControlField("001", number),
            ControlField("005", f"{stamp}.0"),
            Field("100", "  ", (Subfield("a", f"{stamp[:8]}achiy50      ea"),)),
            heading,
            Field("801", " 0", (Subfield("a", "CN"), Subfield("c", stamp[:8]))),
        ),
    )


def with_values(one: Field | None, said: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return a heading's subfields with these values in the place of the first under each code; empty ones go.

    Subfields that were not asked about stay. New ones stand in the order of `said`.
    """
    waiting = dict(said)
    found: list[tuple[str, str]] = []
    for code, value in one.subfields if one else ():
        given = waiting.pop(code, value)
        found.append((code, given.strip()))
    found += [(code, value.strip()) for code, value in waiting.items()]
    return tuple((code, value) for code, value in found if value)
