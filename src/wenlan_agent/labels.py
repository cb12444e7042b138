"""What stands on a tag, whatever its maker wrote it by: profiles are data, and each reads and writes one label."""

from __future__ import annotations

import json
import pkgutil
from dataclasses import dataclass
from typing import Any, Mapping, Sequence

from wenlan_agent import elements
from wenlan_agent.elements import TagDamaged, TagFull

SHIPPED = ("gbt35660", "wht44", "rfid501")
ITEM, CARD, BLANK, STRANGE = "item", "card", "blank", "strange"


@dataclass(frozen=True)
class Label:
    """What a tag says: `code` is the item's barcode or the card's number, `owner` the library's ISIL.

    `part` of `total` counts the volumes or discs of a set; both are 0 for a single piece.
    """

    kind: str
    code: str = ""
    owner: str = ""
    part: int = 0
    total: int = 0
    shelf: str = ""
    title: str = ""


@dataclass(frozen=True)
class Profile:
    """How one maker writes: see the files in `profiles/`. `armed` and `released` are values of the AFI."""

    code: str
    names: Mapping[str, str]
    layout: str
    dsfid: int
    armed: int
    released: int
    facts: Mapping[str, Any]

    def write(self, label: Label, size: int) -> bytes:
        """Return the memory that says a label. Raises TagFull, ValueError for what cannot be written so."""
        return write_elements(self, label, size) if self.layout == "elements" else write_fields(self, label, size)

    def read(self, memory: bytes) -> Label:
        """Return what a memory says. Raises TagDamaged when it is not written so."""
        if is_blank(self, memory):
            return Label(BLANK)
        return read_elements(self, memory) if self.layout == "elements" else read_fields(self, memory)


def profile(code: str) -> Profile:
    """Return a shipped profile. Raises KeyError."""
    if code not in SHIPPED:
        raise KeyError(code)
    facts = json.loads(pkgutil.get_data("wenlan_agent", f"profiles/{code}.json") or b"")
    security = facts["security"]
    return Profile(
        code, facts["names"], facts["layout"], facts["dsfid"], security["armed"], security["released"], facts
    )


def read_any(memory: bytes, profiles: Sequence[Profile]) -> tuple[Label, Profile]:
    """Return what a memory says by the first profile that can read it; strange when none can."""
    for known in profiles:
        try:
            return known.read(memory), known
        except TagDamaged:
            continue
    return Label(STRANGE), profiles[0]


def is_blank(known: Profile, memory: bytes) -> bool:
    """Return whether a memory was never written, or wiped."""
    fillings = [b"\0", *(bytes.fromhex(text) for text in known.facts.get("blank", ()))]
    return any(memory[: len(filling) * 2] == filling * 2 for filling in fillings)


def write_elements(known: Profile, label: Label, size: int) -> bytes:
    usage = known.facts["usage"].get(label.kind, "")
    told = {
        elements.ITEM: label.code,
        elements.OWNER: label.owner,
        elements.SET: f"{label.total:02d}{label.part:02d}" if label.total > 1 else "",
        elements.USAGE: usage,
        elements.SHELF: label.shelf,
        elements.TITLE: label.title,
    }
    return elements.encode({number: text for number, text in told.items() if text}, size)


def read_elements(known: Profile, memory: bytes) -> Label:
    found = elements.decode(memory)
    if not found.get(elements.ITEM):
        raise TagDamaged("no number of an item")
    counted = found.get(elements.SET, "")
    counted = counted if counted.isdigit() else ""
    counted = counted.zfill(len(counted) + len(counted) % 2)
    half = len(counted) // 2
    is_card = found.get(elements.USAGE, "")[:1] == known.facts["usage"]["card"][:1]
    return Label(
        kind=CARD if is_card else ITEM,
        code=found[elements.ITEM],
        owner=found.get(elements.OWNER, ""),
        total=int(counted[:half] or 0),
        part=int(counted[half:] or 0),
        shelf=found.get(elements.SHELF, ""),
        title=found.get(elements.TITLE, ""),
    )


def write_fields(known: Profile, label: Label, size: int) -> bytes:
    memory = bytearray(known.facts["length"])
    if len(memory) > size:
        raise TagFull(f"{len(memory)} > {size}")
    values: dict[str, Any] = {"part": max(label.part, 1), "total": max(label.total, 1), "code": label.code}
    for field in known.facts["fields"]:
        at, form = field["at"], field["as"]
        if form == "constant":
            memory[at : at + 1] = bytes.fromhex(field["value"])
        elif form == "text":
            text = values[field["name"]].encode("ascii")
            if len(text) > field["length"]:
                raise TagFull(field["name"])
            memory[at : at + field["length"]] = text.ljust(field["length"], b"\0")
        else:
            if values[field["name"]] > 15:
                raise TagFull(field["name"])
            memory[at] |= values[field["name"]] << (4 if form == "high" else 0)
    return bytes(memory).ljust(size, b"\0")


def read_fields(known: Profile, memory: bytes) -> Label:
    if len(memory) < known.facts["length"]:
        raise TagDamaged("too short")
    told: dict[str, Any] = {}
    for field in known.facts["fields"]:
        at, form = field["at"], field["as"]
        if form == "constant":
            if memory[at : at + 1].hex() != field["value"] and not field.get("may_differ"):
                raise TagDamaged("another layout")
        elif form == "text":
            told[field["name"]] = text_of(memory[at : at + field["length"]])
        else:
            told[field["name"]] = memory[at] >> 4 if form == "high" else memory[at] & 15
    total = told["total"] if told["total"] > 1 else 0
    return Label(kind=ITEM, code=told["code"], part=told["part"] if total else 0, total=total)


def text_of(data: bytes) -> str:
    try:
        text = data.split(b"\0")[0].decode("ascii")
    except UnicodeDecodeError as wrong:
        raise TagDamaged(str(wrong)) from wrong
    if not text.strip() or not text.isprintable():
        raise TagDamaged("no text")
    return text
