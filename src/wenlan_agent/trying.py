"""Trying without devices: what is typed in the window is laid on the fake pad, carried through the gate, or shown.

`lay ZC0000001 ZC0000002`, `lay` (a blank tag), `take ZC0000001`, `take` (all), `pass ZC0000001`, `id` and `no id`.
"""

from __future__ import annotations

import zlib
from typing import Iterable

from wenlan_agent.devices import FakeIdentityReader, FakePad, Identity
from wenlan_agent.labels import Label, profile
from wenlan_agent.server import Agent

SOMEBODY = Identity("李明", "m", "1990-05-01", "山西省长治市潞州区示例路1号", "140400199005010013")


def play(agent: Agent, lines: Iterable[str]) -> None:
    """Do what each line says."""
    for line in lines:
        act, *codes = line.split() or [""]
        if act in {"lay", "take", "pass"}:
            move(agent, act, codes)
        elif line.strip() in {"id", "no id"} and agent.identity_reader is not None:
            reader = agent.identity_reader()
            if isinstance(reader, FakeIdentityReader):
                reader.card = SOMEBODY if act == "id" else None


def move(agent: Agent, act: str, codes: list[str]) -> None:
    """Move tags on the fake pad, or through the fake gate."""
    for pad in agent.pads:
        fake = pad.reader
        if not isinstance(fake, FakePad) or pad.is_gate is not (act == "pass"):
            continue
        if act == "take":
            for uid in [uid_of(code) for code in codes] or list(fake.present):
                fake.take(uid)
            continue
        if act == "pass":
            fake.present.clear()
        for code in codes or [""]:
            data = profile("gbt35660").write(Label("item", code=code), 112) if code else b""
            known = uid_of(code) in fake.tags
            fake.lay(uid_of(code), b"" if known else data)


def uid_of(code: str) -> str:
    """Return the number of the fake tag of an item."""
    return f"E0040100{zlib.crc32(code.encode()):08X}"
