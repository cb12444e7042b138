"""A part of the pocket file, as a phone hears of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """A part: its number, the digest of its bytes, how many bytes (packed) and how many lines it has."""

    number: int
    digest: str
    bytes: int
    lines: int
