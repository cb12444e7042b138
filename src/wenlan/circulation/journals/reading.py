"""Journals as text: a file to its lines, a line to its act. Pure; the format is `docs/reference/journal.md`."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from wenlan.circulation.journals.types import Head, JournalAct, JournalFile, Line, Unreadable

VERSION = 1
LONGEST_LINE = 4000
LONGEST_WORD = 200
LARGEST_OFFSET = 10**12  # some thirty years, in milliseconds
MOST_PERSONS = 1000
LONGEST_DEVICE = 40
WITHOUT_HEAD = "file"
CHANNELS = frozenset({"offline", "paper", "import"})
WORDS = ("node", "by", "card", "item", "scope", "due", "reason", "category")
NEEDED = {
    JournalAct.CHECK_OUT: ("card", "item"),
    JournalAct.CHECK_IN: ("item",),
    JournalAct.RENEW: ("item",),
    JournalAct.VISIT: (),
    JournalAct.USE: ("item",),
    JournalAct.REGISTER: ("card", "category"),
}


def read_file(content: bytes) -> JournalFile:
    """Return the lines of a file, whatever state it is in; what the head promised and is not there is `missing`."""
    first, _end, rest = content.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    head = read_head(first)
    if head is None:
        return JournalFile(head=Head(device=WITHOUT_HEAD), lines=split(content), missing=0, is_whole=True)
    lines = split(rest)
    is_whole = not head.sha256 or hashlib.sha256(rest).hexdigest() == head.sha256
    missing = max(0, (head.acts or 0) - len(lines))
    return JournalFile(head=head, lines=lines, missing=missing, is_whole=is_whole and not missing)


def split(content: bytes) -> tuple[str, ...]:
    """Return the lines of some bytes as text; what is not UTF-8 shows as such and is no act later."""
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="backslashreplace")
    return tuple(line for part in text.split("\n") if (line := part.strip("\r\0 ")))


def read_head(line: bytes) -> Head | None:
    """Return the head that a line is, None when it is none."""
    told = parsed(line.decode("utf-8", errors="replace").strip())
    if told is None or told.get("journal") != VERSION:
        return None
    acts, sequence = told.get("acts"), told.get("sequence")
    return Head(
        device=device_code(told.get("device")),
        sequence=sequence if isinstance(sequence, int) and 0 <= sequence < LARGEST_OFFSET else 0,
        acts=acts if isinstance(acts, int) and 0 <= acts < LARGEST_OFFSET else None,
        sha256=str(told.get("sha256", ""))[:64].lower(),
    )


def device_code(told: object) -> str:
    """Return the code of a device in the signs we keep."""
    code = "".join(sign for sign in str(told or "") if sign.isalnum() or sign in "-_.")
    return code[:LONGEST_DEVICE] or WITHOUT_HEAD


def read_line(device: str, text: str) -> Line | Unreadable:
    """Return the act that a line tells, or the line itself when it tells none."""
    text = text.encode(errors="backslashreplace").decode()
    told = parsed(text) if len(text.encode("utf-8", errors="replace")) <= LONGEST_LINE else None
    uid = uid_of(told)
    try:
        if told is None or uid is None:
            raise ValueError("no act")
        return act_of(uid, told)
    except (ValueError, KeyError, TypeError, OverflowError):
        kept = text[:LONGEST_LINE].replace("\0", "\\0")
        return Unreadable(uid=uid or uuid5(NAMESPACE_URL, f"wenlan-journal:{device}:{text}"), text=kept)


def parsed(text: str) -> dict[str, Any] | None:
    """Return the object that a text is, None for anything else.

    Neither halves of letters, nor NUL, nor numbers without an end: no database takes them, and one such line would
    hold up all that come after it.
    """
    try:
        told = json.loads(text)
        written = json.dumps(told, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) and rb"\u0000" not in written else None


def uid_of(told: Mapping[str, Any] | None) -> UUID | None:
    """Return the uuid of a line, None when it has none."""
    try:
        return UUID(str(told["uuid"])) if told else None
    except (KeyError, ValueError):
        return None


def act_of(uid: UUID, told: Mapping[str, Any]) -> Line:
    """Return the act. Raises what Python raises for what is none."""
    act = JournalAct(told["act"])
    words = {name: word(told.get(name, "")) for name in WORDS}
    if not all(words[name] for name in ("node", *NEEDED[act])):
        raise ValueError("a field is missing")
    if words["due"]:
        words["due"] = date.fromisoformat(words["due"]).isoformat()
    channel = word(told.get("channel", "")) or "offline"
    if channel not in CHANNELS:
        raise ValueError(channel)
    persons = told.get("persons", 0)
    if act == JournalAct.VISIT and (type(persons) is not int or not 0 < persons <= MOST_PERSONS):
        raise ValueError("persons")
    if act == JournalAct.REGISTER and not (
        isinstance(told.get("sealed"), str) or isinstance(told.get("person"), Mapping)
    ):
        raise ValueError("nobody")
    return Line(
        uid=uid,
        act=act,
        happened_at=moment_of(told),
        channel=channel,
        persons=persons if act == JournalAct.VISIT else 0,
        told=told,
        **words,
    )


def word(told: object) -> str:
    """Return a short text. Raises ValueError for anything else."""
    if not isinstance(told, str) or len(told) > LONGEST_WORD or not (told.isprintable()):
        raise ValueError("no word")
    return told.strip()


def moment_of(told: Mapping[str, Any]) -> datetime:
    """Return when an act happened by our clock: the device's, and what has to be added to it."""
    at, offset = datetime.fromisoformat(str(told["at"]).replace("Z", "+00:00")), told.get("offset", 0)
    if at.tzinfo is None or type(offset) not in {int, float} or not -LARGEST_OFFSET < offset < LARGEST_OFFSET:
        raise ValueError("no time")
    return at.astimezone(UTC) + timedelta(milliseconds=offset)


def write_file(*, device: str, sequence: int, made_at: datetime, lines: Iterable[Mapping[str, Any]]) -> bytes:
    """Return a file of acts, as the pages write it; `lines` have the fields of the format."""
    written = [json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in lines]
    body = "".join(f"{line}\n" for line in written).encode()
    head = {
        "journal": VERSION,
        "device": device,
        "sequence": sequence,
        "made_at": made_at.isoformat(),
        "acts": len(written),
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    return json.dumps(head, separators=(",", ":")).encode() + b"\n" + body
