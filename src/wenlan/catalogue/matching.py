"""Which incoming records are ones that we have: a few statements a batch, the decisions of `policies`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wenlan.catalogue.columns import Prepared
from wenlan.catalogue.models import BibRecord, RecordNumber, RecordSource
from wenlan.catalogue.policies import Decision, Identity, Outcome, decide, doubt

_COLUMNS = ("id", "content_hash", "control_number", "agency", "title_key", "isbn")


@dataclass(slots=True)
class Known:
    """The records that incoming ones are matched with: those in the table, and in a trial those it would make."""

    is_trial: bool = False
    imagined: dict[str, list[Identity]] = field(default_factory=dict)
    carried: set[str] = field(default_factory=set)

    def match(self, incoming: Sequence[Prepared]) -> list[Decision]:
        """Return the decision on each record (four statements a batch). No two may be the same or of one number."""
        identities = [one.identity for one in incoming]
        known = self._known(identities)
        taken = _taken_before(identities)
        found = [self._decision(one, known, taken) for one in identities]
        return self._doubted(identities, found)

    def _decision(self, one: Identity, known: dict[str, list[Identity]], taken: dict[str, int]) -> Decision:
        candidates = (*known.get(one.content_hash, ()), *known.get("#" + one.control_number, ()))
        match = decide(one, candidates, taken.get(one.content_hash))
        if self.is_trial and match.outcome != Outcome.UNCHANGED:
            self._imagine(replace(one, id=match.id))
        return match

    def _imagine(self, one: Identity) -> None:
        self.imagined.setdefault(one.content_hash, []).append(one)
        if one.control_number:
            self.imagined.setdefault("#" + one.control_number, []).append(one)

    def _known(self, incoming: Collection[Identity]) -> dict[str, list[Identity]]:
        """Return the records with the same content or control number, under the content hash and under `#number`."""
        numbers = [one.control_number for one in incoming if one.control_number]
        found: dict[str, list[Identity]] = {}
        for one in incoming if self.is_trial else ():
            for place in (one.content_hash, "#" + one.control_number):
                found[place] = list(self.imagined.get(place, ()))
        for row in _rows(content_hash__in=[one.content_hash for one in incoming]):
            found.setdefault(row.content_hash, []).append(row)
        for row in _rows(control_number__in=numbers):
            found.setdefault("#" + row.control_number, []).append(row)
        return found

    def _doubted(self, identities: Sequence[Identity], found: Sequence[Decision]) -> list[Decision]:
        """Return the decisions, with a doubt on new records whose ISBN another one carries (here or before)."""
        new = {isbn for one, match in zip(identities, found, strict=True) if match.is_new for isbn in one.isbn}
        rows = RecordNumber.objects.filter(kind="isbn", number__in=new) if new else RecordNumber.objects.none()
        carried = {*rows.values_list("number", flat=True), *(new & self.carried)}
        if self.is_trial:
            self.carried |= new
        judged = []
        for one, match in zip(identities, found, strict=True):
            if match.is_new and one.isbn:
                judged.append(replace(match, note=match.note or doubt(one, carried)))
                carried |= one.isbn
            else:
                judged.append(match)
        return judged


def _rows(**among: Any) -> Iterable[Identity]:
    rows = BibRecord.objects.filter(**among).values(*_COLUMNS)
    return [Identity(**{**row, "isbn": frozenset(row["isbn"])}) for row in rows]


def _taken_before(incoming: Collection[Identity]) -> dict[str, int]:
    """Return the record that was made or changed from the very same content before, by that content."""
    rows = RecordSource.objects.filter(content_hash__in=[one.content_hash for one in incoming])
    return dict(rows.values_list("content_hash", "record_id"))
