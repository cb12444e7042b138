"""What `wenlan verify` finds: each package offers `verification.py` with `differences() -> list[Difference]`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two books that should agree and do not.

    `check` is a stable code (`indicators.cube_place`), `place` says where (a day, a node, a reader's id), `expected` is
    what the first source says, `found` what was found, and `rows` names the rows concerned. `remedy` is the command
    that puts it right, where there is one.
    """

    check: str
    place: str
    expected: object
    found: object
    rows: tuple[str, ...] = ()
    remedy: str = ""
