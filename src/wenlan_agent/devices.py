"""What the program asks of a device, whatever its make: one `Protocol` for each kind, with what can go wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol, Sequence


class DeviceTrouble(Exception):
    """The device does not answer, or answers what makes no sense; the program goes on and tries again."""


class TagGone(Exception):
    """The tag was taken away, or did not hear: nothing is known of what it did."""


class NoCard(Exception):
    """No card lies on the reader."""


@dataclass(frozen=True)
class TagMemory:
    """A tag as it was read: `data` in whole blocks of `block_size` bytes."""

    uid: str
    data: bytes
    block_size: int
    afi: int
    dsfid: int


class TagReader(Protocol):
    """A reader of ISO 15693 tags: a pad on a desk, or the antennas of a gate. Not safe to call from two threads."""

    name: str

    def inventory(self) -> Sequence[str]:
        """Return the tags in the field now, as hexadecimal numbers. Raises DeviceTrouble."""
        ...

    def read(self, uid: str) -> TagMemory:
        """Return all of a tag. Raises TagGone, DeviceTrouble."""
        ...

    def write_blocks(self, uid: str, first: int, data: bytes) -> None:
        """Write whole blocks from block `first` on. Raises TagGone, DeviceTrouble."""
        ...

    def write_afi(self, uid: str, afi: int) -> None:
        """Write the byte that gates look at. Raises TagGone, DeviceTrouble."""
        ...

    def write_dsfid(self, uid: str, dsfid: int) -> None:
        """Write the byte that says by which format the memory is written. Raises TagGone, DeviceTrouble."""
        ...

    def close(self) -> None:
        """Let go of the device."""
        ...


@dataclass(frozen=True)
class Identity:
    """A resident identity card (GA 450), or a residence permit laid out like one, as `kind` says.

    `sex` is m or f, days are ISO. Photograph and nationality are not taken.
    """

    name: str
    sex: str
    birth: str
    address: str
    number: str
    issuer: str = ""
    valid_from: str = ""
    valid_until: str = ""
    kind: str = "citizen"


class IdentityReader(Protocol):
    """A reader of identity cards."""

    name: str

    def read(self) -> Identity:
        """Return the card that lies there now. Raises NoCard, DeviceTrouble."""
        ...

    def close(self) -> None:
        """Let go of the device."""
        ...


class CardReader(Protocol):
    """A reader that tells the number of a contactless card."""

    name: str

    def number(self) -> str:
        """Return the number of the card that lies there now, empty without one. Raises DeviceTrouble."""
        ...

    def close(self) -> None:
        """Let go of the device."""
        ...


class FakePad:
    """A pad for trying and for tests: tags are laid on it by a call, keep what is written, and can be made deaf."""

    name = "fake"

    def __init__(self) -> None:
        self.tags: dict[str, TagMemory] = {}
        self.present: list[str] = []
        self.deaf: set[str] = set()
        self.is_broken = False

    def lay(self, uid: str, data: bytes = b"", *, afi: int = 7, dsfid: int = 6, blocks: int = 28) -> None:
        """Lay a tag on the pad; one that was there before keeps what was written."""
        if uid not in self.tags or data:
            self.tags[uid] = TagMemory(uid, data.ljust(blocks * 4, b"\0"), 4, afi, dsfid)
        if uid not in self.present:
            self.present.append(uid)

    def take(self, uid: str) -> None:
        """Take a tag away."""
        if uid in self.present:
            self.present.remove(uid)

    def inventory(self) -> Sequence[str]:
        if self.is_broken:
            raise DeviceTrouble("unplugged")
        return tuple(self.present)

    def read(self, uid: str) -> TagMemory:
        return self._heard(uid)

    def write_blocks(self, uid: str, first: int, data: bytes) -> None:
        tag = self._heard(uid)
        start = first * tag.block_size
        if start + len(data) > len(tag.data) or len(data) % tag.block_size:
            raise DeviceTrouble("no such block")
        self.tags[uid] = replace(tag, data=tag.data[:start] + data + tag.data[start + len(data) :])

    def write_afi(self, uid: str, afi: int) -> None:
        self.tags[uid] = replace(self._heard(uid), afi=afi)

    def write_dsfid(self, uid: str, dsfid: int) -> None:
        self.tags[uid] = replace(self._heard(uid), dsfid=dsfid)

    def close(self) -> None:
        pass

    def _heard(self, uid: str) -> TagMemory:
        if self.is_broken:
            raise DeviceTrouble("unplugged")
        if uid not in self.present or uid in self.deaf:
            raise TagGone(uid)
        return self.tags[uid]


class FakeIdentityReader:
    """A reader of identity cards for trying and for tests."""

    name = "fake"

    def __init__(self) -> None:
        self.card: Identity | None = None

    def read(self) -> Identity:
        if self.card is None:
            raise NoCard
        return self.card

    def close(self) -> None:
        pass


class FakeCardReader:
    """A reader of card numbers for trying and for tests."""

    name = "fake"

    def __init__(self) -> None:
        self.card = ""

    def number(self) -> str:
        return self.card

    def close(self) -> None:
        pass
