"""What lies on the pad: tags that come and go are told, and what is asked of a tag is done and looked at again."""

from __future__ import annotations

import threading
import time
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any, Callable, Sequence

from wenlan_agent.devices import DeviceTrouble, TagGone, TagMemory, TagReader
from wenlan_agent.elements import TagFull
from wenlan_agent.labels import BLANK, CARD, ITEM, STRANGE, Label, Profile, read_any

EVERY_SECONDS = 0.2
GONE_AFTER = 3  # rounds without an answer: a hand over the pad is not a book taken away
AFTER_TROUBLE_SECONDS = 2.0
SAME_PASSAGE_SECONDS = 10.0
TRIES = 3
Tell = Callable[[str, Any], None]


class Refused(Exception):
    """What was asked of a tag cannot be done as things lie; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Lying:
    """A tag on the pad; `missed` counts the rounds in which it did not answer."""

    tag: dict[str, Any]
    missed: int = 0


@dataclass
class Pad:
    """A reader with the tags that lie on it. `tell` gets `arrived`, `left`, `changed`, `passage` and `device`.

    As a gate it tells only of armed tags, once for each passage, and answers nothing else.
    """

    open_reader: Callable[[], TagReader]
    profiles: Sequence[Profile]
    tell: Tell
    is_gate: bool = False
    reader: TagReader | None = None
    trouble: str = ""
    _lying: dict[str, Lying] = field(default_factory=dict)
    _passed: dict[str, float] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _ended: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Begin to look."""
        threading.Thread(target=self._run, name="gate" if self.is_gate else "pad", daemon=True).start()

    def stop(self) -> None:
        """Let go of the reader."""
        self._ended.set()
        with self._lock:
            if self.reader is not None:
                self.reader.close()
                self.reader = None

    def tags(self) -> list[dict[str, Any]]:
        """Return what lies on the pad."""
        with self._lock:
            return [lying.tag for lying in self._lying.values()]

    def _run(self) -> None:
        while not self._ended.is_set():
            self._ended.wait(EVERY_SECONDS if self.look() else AFTER_TROUBLE_SECONDS)

    def look(self) -> bool:
        """Look once; return False when the reader is in trouble, which is told when it begins and ends."""
        with self._lock:
            try:
                if self.reader is None:
                    self.reader = self.open_reader()
                seen = self.reader.inventory()
                if self.is_gate:
                    self._let_pass(seen)
                else:
                    self._compare(seen)
            except DeviceTrouble as trouble:
                self._in_trouble(str(trouble))
                return False
            if self.trouble:
                self.trouble = ""
                self.tell("device", self.state())
            return True

    def state(self) -> dict[str, str]:
        """Return how the reader is."""
        kind = "gate" if self.is_gate else "pad"
        return {"kind": kind, "name": self.reader.name if self.reader else "", "trouble": self.trouble}

    def _in_trouble(self, trouble: str) -> None:
        if self.reader is not None:
            self.reader.close()
            self.reader = None
        is_new, self.trouble = trouble != self.trouble, trouble
        if is_new:
            self.tell("device", self.state())

    def _compare(self, seen: Sequence[str]) -> None:
        for uid in seen:
            if uid in self._lying:
                self._lying[uid].missed = 0
                continue
            try:
                self._lying[uid] = Lying(self._described(uid))
            except TagGone:
                continue  # it lies at the edge; the next round hears it, or it is not there
            self.tell("arrived", self._lying[uid].tag)
        for uid in [uid for uid in self._lying if uid not in seen]:
            self._lying[uid].missed += 1
            if self._lying[uid].missed >= GONE_AFTER:
                self.tell("left", self._lying.pop(uid).tag)

    def _let_pass(self, seen: Sequence[str]) -> None:
        now = time.monotonic()
        self._passed = {uid: at for uid, at in self._passed.items() if now - at < SAME_PASSAGE_SECONDS}
        for uid in seen:
            is_new = uid not in self._passed
            self._passed[uid] = now
            if not is_new:
                continue
            try:
                tag = self._described(uid)
            except TagGone:
                del self._passed[uid]  # too far to be read: perhaps in the next round
                continue
            if tag["armed"]:
                self.tell("passage", tag)

    def _read(self, uid: str) -> TagMemory:
        """Return a tag that is heard in one of `TRIES` tries."""
        assert self.reader is not None
        for left in reversed(range(TRIES)):
            try:
                return self.reader.read(uid)
            except TagGone:
                if not left:
                    raise
        raise TagGone(uid)

    def _described(self, uid: str) -> dict[str, Any]:
        memory = self._read(uid)
        label, known = read_any(memory.data, self.profiles)
        return described(memory, label, known)

    def arm(self, uid: str, *, armed: bool) -> dict[str, Any]:
        """Switch a tag's security and read it again; return the tag. Raises Refused, TagGone, DeviceTrouble."""
        with self._lock:
            known = self._profile_of(uid)
            self._changing(lambda reader: reader.write_afi(uid, known.armed if armed else known.released))
            tag = self._again(uid)
            if tag["armed"] is not armed:
                raise Refused("not_switched")
            return tag

    def write(self, uid: str, label: Label, known: Profile, *, over: bool = False) -> dict[str, Any]:
        """Write a label on a tag, armed, and compare what then stands there; return the tag.

        A tag that says something else is written only with `over`. Raises Refused, TagGone, DeviceTrouble.
        """
        with self._lock:
            if uid not in self._lying:
                raise TagGone(uid)
            memory = self._read(uid)
            there, _profile = read_any(memory.data, self.profiles)
            if not over and (there.kind in (STRANGE, CARD) or (there.kind == ITEM and there.code != label.code)):
                raise Refused("written_already")
            try:
                wanted = known.write(label, len(memory.data))
            except TagFull as full:
                raise Refused("too_long") from full
            except ValueError as wrong:
                raise Refused("cannot_be_written") from wrong
            self._put(uid, memory, wanted)
            self._changing(lambda reader: reader.write_dsfid(uid, known.dsfid))
            self._changing(lambda reader: reader.write_afi(uid, known.armed))
            kept = self._read(uid)
            if kept.data != wanted or kept.afi != known.armed or kept.dsfid != known.dsfid:
                raise Refused("not_verified")
            return self._again(uid)

    def _put(self, uid: str, memory: TagMemory, wanted: bytes) -> None:
        """Write the blocks that differ, runs of them at once."""
        size = memory.block_size
        blocks = range(len(memory.data) // size)
        differ = [at for at in blocks if memory.data[at * size :][:size] != wanted[at * size :][:size]]
        while differ:
            first = last = differ.pop(0)
            while differ and differ[0] == last + 1:
                last = differ.pop(0)
            data = wanted[first * size : (last + 1) * size]
            self._changing(partial(write_run, uid=uid, first=first, data=data))

    def _changing(self, change: Callable[[TagReader], None]) -> None:
        """Do what changes a tag, again when it was not heard: writing the same twice is harmless."""
        if self.reader is None:
            raise DeviceTrouble(self.trouble)
        for left in reversed(range(TRIES)):
            try:
                change(self.reader)
                return
            except TagGone:
                if not left:
                    raise

    def _profile_of(self, uid: str) -> Profile:
        if uid not in self._lying:
            raise TagGone(uid)
        code = self._lying[uid].tag["profile"]
        if self._lying[uid].tag["kind"] not in (ITEM, CARD):
            raise Refused("not_labelled")
        return next(known for known in self.profiles if known.code == code)

    def _again(self, uid: str) -> dict[str, Any]:
        tag = self._described(uid)
        if uid in self._lying:
            self._lying[uid].tag = tag
        self.tell("changed", tag)
        return tag


def write_run(reader: TagReader, *, uid: str, first: int, data: bytes) -> None:
    """Write a run of blocks."""
    reader.write_blocks(uid, first, data)


def described(memory: TagMemory, label: Label, known: Profile) -> dict[str, Any]:
    """Return a tag as the pages read it; `armed` is None when its security byte says neither."""
    armed = {known.armed: True, known.released: False}.get(memory.afi)
    return {
        "uid": memory.uid,
        **asdict(label),
        "profile": known.code if label.kind in (ITEM, CARD) else "",
        "armed": armed if label.kind != BLANK else None,
        "size": len(memory.data),
    }
