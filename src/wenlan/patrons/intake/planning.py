"""What becomes of each line: new, changed, the same as last time, kept out, or left."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from hashlib import blake2b

from wenlan.patrons import identity, registering
from wenlan.patrons.intake.models import IntakeLine
from wenlan.patrons.intake.profiles import Profile
from wenlan.patrons.intake.types import Line, Problem
from wenlan.patrons.models import Card, Patron
from wenlan.patrons.types import PatronStatus, Refusal

CHUNK = 500
TAKEN = ("new", "changed", "same")


def key_of(source: str, source_id: str) -> str:
    """Return under which key a reader of a source is registered, whatever trial it came in."""
    return f"list:{source}:{source_id}"[:80]


def planned(lines: Sequence[Line], *, source: str, profile: Profile, on: date) -> tuple[Line, ...]:
    """Return the lines with their outcome; a fixed number of statements for each 500 lines."""
    found: list[Line] = []
    taken_documents: set[str] = set()
    for start in range(0, len(lines), CHUNK):
        found += _chunk(lines[start : start + CHUNK], source, profile, on, taken_documents)
    return tuple(found)


def _chunk(lines: Sequence[Line], source: str, profile: Profile, on: date, documents: set[str]) -> list[Line]:
    keys = [key_of(source, line.source_id) for line in lines]
    known = {row.registration_key: row for row in Patron.objects.filter(registration_key__in=keys)}
    last = _last_digests([row.pk for row in known.values()])
    cards = _holders([line.reader.card_number for line in lines if line.reader])
    if profile.takes_over:
        lines = _without_taken_documents(lines, keys, known, documents)
    fresh = [line for key, line in zip(keys, lines, strict=True) if line.reader and key not in known]
    judged = registering.judge(on, [line.reader for line in fresh if line.reader], is_taken_over=profile.takes_over)
    refusals = {line.number: found for line, found in zip(fresh, judged, strict=True)}
    return [
        _planned(line, known.get(key), last, refusals.get(line.number, ()), cards)
        for key, line in zip(keys, lines, strict=True)
    ]


def _planned(
    line: Line,
    row: Patron | None,
    last: Mapping[int, str],
    refusals: tuple[Refusal, ...],
    cards: Mapping[str, int],
) -> Line:
    line = replace(line, digest=digest_of(line))
    if line.reader is None:
        return replace(line, outcome=line.outcome or "rejected")
    if row is None:
        words = " ".join(str(refusal.label) for refusal in refusals)
        problems = (*line.problems, (Problem.REFUSED, words)) if refusals else line.problems
        return replace(line, outcome="rejected" if refusals else "new", problems=problems)
    if row.status == PatronStatus.DEREGISTERED:
        return replace(line, outcome="skipped", problems=(*line.problems, (Problem.CLOSED_HERE, "")))
    holder = cards.get(identity.card_key(line.reader.card_number))
    if holder not in (None, row.pk):
        taken = (Problem.REFUSED, str(Refusal.CARD_TAKEN.label))
        return replace(line, outcome="rejected", problems=(*line.problems, taken))
    return replace(line, outcome="same" if last.get(row.pk) == line.digest else "changed")


def digest_of(line: Line) -> str:
    """Return what changes when what a line says of its reader changes."""
    facts = asdict(replace(line, number=0, outcome="", digest="", problems=(), cells=()))
    return blake2b(json.dumps(facts, default=str, sort_keys=True).encode(), digest_size=16).hexdigest()


def _last_digests(patrons: Sequence[int]) -> dict[int, str]:
    """Return what was last taken over of each reader."""
    rows = IntakeLine.objects.filter(patron__in=patrons, outcome__in=TAKEN, intake__run_at__isnull=False)
    return dict(rows.order_by("id").values_list("patron_id", "digest"))


def _holders(numbers: Sequence[str]) -> dict[str, int]:
    keys = [identity.card_key(number) for number in numbers]
    rows = Card.objects.filter(number_key__in=keys, until_day=None)
    return dict(rows.values_list("number_key", "patron_id"))


def _without_taken_documents(
    lines: Sequence[Line], keys: Sequence[str], known: Mapping[str, Patron], documents: set[str]
) -> list[Line]:
    """Leave a document out that another reader has: they are taken over as two, and shown as probably one."""
    hashes = [registering.hash_of(line.reader) if line.reader else None for line in lines]
    open_ones = registering.open_hashes([one for one in hashes if one])
    found = []
    for key, line, hashed in zip(keys, lines, hashes, strict=True):
        row = known.get(key)
        own = row is not None and row.id_number_hash == hashed
        if line.reader and hashed and not own and (hashed in open_ones or hashed in documents):
            reader = replace(line.reader, id_number="")
            line = replace(line, reader=reader, problems=(*line.problems, (Problem.DOCUMENT_TAKEN, "")))
        elif hashed:
            documents.add(hashed)
        found.append(line)
    return found
