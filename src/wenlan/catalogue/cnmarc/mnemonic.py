r"""Records as lines that a person reads and mends: the mnemonic form of MarcEdit (.mrk).

    =LDR  00000nam0\2200000\\\450\
    =001  012001000001
    =200  1\$a三体$f刘慈欣著

A blank of the leader, of a control field or of an indicator is `\`; a sign that would be misread stands in braces:
`{dollar}`, `{lcub}`, `{rcub}`, `{bsol}`, `{x0A}` for a control character.
"""

from __future__ import annotations

import re
from itertools import zip_longest

from wenlan.catalogue.cnmarc import encodings, iso2709
from wenlan.catalogue.cnmarc import notes as said
from wenlan.catalogue.cnmarc.reading import read_bytes
from wenlan.catalogue.cnmarc.record import EMPTY_LEADER, AnyField, ControlField, Field, MarcRecord, Subfield

UNKNOWN_TAG = "???"
_LINE = re.compile(r"=(?P<tag>\S{3})(?:  ?(?P<rest>.*))?", re.DOTALL)
_TAG = re.compile(r"[0-9A-Za-z]{3}")
_SUBFIELD = re.compile(r"\$(\{\w+\}|.)([^$]*)", re.DOTALL)
_SIGN = re.compile(r"\{(dollar|lcub|rcub|bsol|x[0-9A-F]{2})\}")
_READ = {"dollar": "$", "lcub": "{", "rcub": "}", "bsol": "\\"}
_WRITTEN = {
    **{ord(sign): f"{{{name}}}" for name, sign in _READ.items() if sign != "\\"},
    **{code: f"{{x{code:02X}}}" for code in (*range(0x20), 0x7F)},
}
_CODED = {**_WRITTEN, ord("\\"): "{bsol}", ord(" "): "\\"}
_DELIMITERS = re.compile(r"[\x1d-\x1f]")


class CrookedLine(ValueError):
    """A line that says no field: `line` counts from 1, `reason` is one of `notes`."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(line, reason)
        self.line = line
        self.reason = reason


def to_text(record: MarcRecord) -> str:
    """Return the record as lines; `from_text` gives it back where every field has two indicators."""
    return "\n".join([f"=LDR  {record.leader.translate(_CODED)}", *map(_line, record.fields)])


def _line(one: AnyField) -> str:
    if isinstance(one, ControlField):
        return f"={one.tag}  {one.data.translate(_CODED)}"
    parts = [
        f"${code.translate(_WRITTEN)}{value.translate(_WRITTEN)}" if code else value.translate(_WRITTEN)
        for code, value in one.subfields
    ]
    return f"={one.tag}  {one.indicators.ljust(2).translate(_CODED)}{''.join(parts)}"


def from_text(text: str) -> MarcRecord:
    """Return the record that the lines say, blank ones left out. Raises CrookedLine."""
    leader, fields = EMPTY_LEADER, []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if not line.strip():
            continue
        parted = _LINE.fullmatch(line.lstrip())
        if parted is None:
            raise CrookedLine(number, said.NO_EQUALS_SIGN)
        tag, rest = parted["tag"], parted["rest"] or ""
        if tag == "LDR":
            leader = _leader(number, rest)
        elif not _TAG.fullmatch(tag):
            raise CrookedLine(number, said.NO_TAG)
        else:
            fields.append(_field(number, tag, rest))
    return MarcRecord(leader, tuple(fields))


def _leader(number: int, rest: str) -> str:
    leader = _read(rest.replace("\\", " ")).ljust(24)
    if len(leader) != 24 or not (leader.isascii() and leader.isprintable()):
        raise CrookedLine(number, said.LEADER_CROOKED)
    return leader


def _field(number: int, tag: str, rest: str) -> AnyField:
    if tag.startswith("00"):
        values = [_read(rest.replace("\\", " "))]
        one: AnyField = ControlField(tag, values[0])
    else:
        head, dollar, tail = rest.partition("$")
        subfields = [Subfield(_read(code), _read(value)) for code, value in _SUBFIELD.findall(dollar + tail)]
        indicators, before = _indicators(head)
        if before:
            subfields.insert(0, Subfield("", _read(before)))
        if not subfields or (dollar and not tail):
            raise CrookedLine(number, said.NO_SUBFIELD)
        one = Field(tag, indicators, tuple(subfields))
        values = [one.indicators, *(part for pair in one.subfields for part in pair)]
    if any(_DELIMITERS.search(value) for value in values):
        raise CrookedLine(number, said.DELIMITER_WITHIN)
    return one


def _indicators(head: str) -> tuple[str, str]:
    """Return the two indicators and the text that stands before the first subfield."""
    found: list[str] = []
    at = 0
    while at < len(head) and len(found) < 2:
        sign = _SIGN.match(head, at)
        found.append(_read(sign[0]) if sign else head[at].replace("\\", " "))
        at = sign.end() if sign else at + 1
    return "".join(found).ljust(2), head[at:]


def _read(text: str) -> str:
    return _SIGN.sub(lambda found: _READ.get(found[1]) or chr(int(found[1][1:], 16)), text) if "{" in text else text


def salvaged(raw: bytes, encoding: str = "auto") -> str:
    """Return bytes that are perhaps no record as lines to be mended.

    A record in `encoding` is told whole. Of others each piece has the tag that the directory gives it, as far as
    it goes; what has none stands under `=???`, which `from_text` refuses. Raises LookupError for an unknown encoding.
    """
    found = read_bytes(raw, encoding=encoding)
    if found.record is not None:
        return to_text(found.record)
    name = encodings.judge(raw) if encoding == "auto" else encodings.canonical(encoding)
    decode = encodings.reading(raw, name).decode
    head, *pieces = raw.rstrip(iso2709.RECORD_END).split(iso2709.FIELD_END)
    if not pieces:
        lines = [one for one in decode(raw).replace("\r", "\n").split("\n") if one.strip()]
        return "\n".join([f"=LDR  {EMPTY_LEADER.translate(_CODED)}", *(_unknown(one) for one in lines)])
    leader = "".join(one if " " <= one < "\x7f" else " " for one in head[:24].decode("latin-1")).ljust(24)
    directory = head[24:].decode("latin-1")
    tags = [directory[at : at + 3] for at in range(0, len(directory), 12)]
    bodies = [decode(one) for one in pieces if one.strip()]
    lines = [_salvaged_line(tag, body) for tag, body in zip_longest(tags, bodies, fillvalue="") if body]
    return "\n".join([f"=LDR  {leader.translate(_CODED)}", *lines])


def _salvaged_line(tag: str, body: str) -> str:
    if not _TAG.fullmatch(tag):
        return _unknown(body)
    if tag.startswith("00"):
        return _line(ControlField(tag, body))
    head, *parts = body.split("\x1f")
    subfields = [Subfield(one[0], one[1:]) for one in parts if one]
    before = [Subfield("", head[2:])] if len(head) > 2 else []
    return _line(Field(tag, head[:2], (*before, *subfields)))


def _unknown(body: str) -> str:
    return f"={UNKNOWN_TAG}  " + body.translate({**_WRITTEN, 0x1F: "$"})
