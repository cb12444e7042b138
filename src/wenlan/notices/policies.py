"""When a notice may go, when it is tried again, and what it says: no clock, no database."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from wenlan.notices.types import Wording

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=2)
MOST_TRIES = 6
PLACE = re.compile(r"\{([a-z_]+)\}")
IN_BRACES = re.compile(r"[{｛]([^{}｛｝]*)[}｝]?")  # as people type it, also with an input method on
SENTENCE_END = "。！？.!?"
MAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
ALWAYS_KNOWN = ("reader", "library", "place", "day")


def is_quiet(at: time, *, quiet_from: time, quiet_until: time) -> bool:
    """Return whether the hour lies in the quiet ones, which may reach across midnight; the same twice: none."""
    if quiet_from <= quiet_until:
        return quiet_from <= at < quiet_until
    return at >= quiet_from or at < quiet_until


def first_hour(at: datetime, *, quiet_from: time, quiet_until: time) -> datetime:
    """Return the first moment from `at` (local) on that is not quiet."""
    if not is_quiet(at.time(), quiet_from=quiet_from, quiet_until=quiet_until):
        return at
    until = at.replace(hour=quiet_until.hour, minute=quiet_until.minute, second=0, microsecond=0)
    return until if until > at else until + timedelta(days=1)


def pause(tries: int) -> timedelta:
    """Return how long to wait after so many tries: a minute, then twice as long each time, up to two hours."""
    return min(FIRST_PAUSE * (1 << (tries - 1)), LONGEST_PAUSE)


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Return a text with its facts. A sentence whose fact is not known is left out: nobody reads half a sentence."""
    said = []
    for sentence in sentences(text):
        names = PLACE.findall(sentence)
        if all(facts.get(name) for name in names):
            said.append(PLACE.sub(lambda found: facts[found[1]], sentence))
    return "".join(said).strip()


def sentences(text: str) -> list[str]:
    """Return the sentences of a text with what ends them; a full stop inside a number or a word ends nothing."""
    found, begun = [], 0
    for place, sign in enumerate(text):
        following = text[place + 1 : place + 2]
        if sign in SENTENCE_END and (sign in "。！？" or following in ("", " ", "\n")):
            found.append(text[begun : place + 1])
            begun = place + 1
    return [*found, text[begun:]]


def unknown_facts(wording: Wording, texts: Sequence[str]) -> tuple[str, ...]:
    """Return what stands in braces and is no fact of this kind of notice as it has to be written."""
    known = {f"{{{name}}}" for name in (*wording.facts, *ALWAYS_KNOWN)}
    found = (place for text in texts for place in IN_BRACES.finditer(text))
    return tuple(place[1] for place in found if place[0] not in known)


def spoken(facts: Mapping[str, object], *, language: str) -> dict[str, str]:
    """Return facts as a letter says them: sums of fen as yuan, days as a reader writes them, the rest as it is."""
    said: dict[str, str] = {}
    for name, value in facts.items():
        if value is None or value == "":
            continue
        if name.endswith("fen") and isinstance(value, int):
            said["sum" if name == "fen" else name.removesuffix("_fen")] = yuan(value, language)
        else:
            said[name] = day_of(value, language)
    return said


def yuan(fen: int, language: str) -> str:
    """Return a sum in words."""
    text = f"{fen // 100}.{fen % 100:02}" if fen % 100 else str(fen // 100)
    return f"{text}元" if language.startswith("zh") else f"{text} yuan"


def day_of(value: object, language: str) -> str:
    """Return an ISO day as it is written in a letter; anything else as text."""
    text = str(value)
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return text
    day = date.fromisoformat(text)
    return f"{day.month}月{day.day}日" if language.startswith("zh") else f"{day.day} {day:%B}"


def is_mail_address(text: str) -> bool:
    """Return whether text is an address that letters can come from."""
    return MAIL_ADDRESS.fullmatch(text) is not None
