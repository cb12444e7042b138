"""Which incoming records are ones that we have: a few statements a batch, the decisions of `policies`."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db import connection

from wenlan.catalogue import statements
from wenlan.catalogue.policies import Decision, Identity, decide, doubt


@dataclass(slots=True)
class Known:
    """The records that incoming ones are matched with: those in the table, and in a trial those it would make."""

    is_trial: bool = False
    imagined: dict[str, list[Identity]] = field(default_factory=dict)
    carried: set[str] = field(default_factory=set)

    def match(self, identities: Sequence[Identity]) -> list[Decision]:
        """Return the decision on each incoming record. No two may be the same or of one number.

        At most four statements a batch, each only for what the one before left open: same content, content that came
        before, same control number, ISBN.
        """
        same = self._same_content(identities)
        left = [one for one in identities if one.content_hash not in same]
        with connection.cursor() as cursor:
            taken = statements.taken_before(cursor, [one.content_hash for one in left])
        numbered = self._same_number(one for one in left if one.content_hash not in taken)
        found = []
        for one in identities:
            known = same.get(one.content_hash) or numbered.get(one.control_number, ())
            found.append(decide(one, tuple(known), taken.get(one.content_hash)))
        if self.is_trial:
            for one, match in zip(identities, found, strict=True):
                self._imagine(one, match)
        return self._doubted(identities, found)

    def _imagine(self, one: Identity, match: Decision) -> None:
        """Keep what a trial would make or change."""
        if match.is_new or match.outcome == "updated":
            kept = one._replace(id=match.id)
            self.imagined.setdefault(one.content_hash, []).append(kept)
            if one.control_number:
                self.imagined.setdefault("#" + one.control_number, []).append(kept)

    def _same_content(self, incoming: Iterable[Identity]) -> Mapping[str, Sequence[Identity]]:
        """Return the records with the very same content, by its hash."""
        by_hash = {one.content_hash: one for one in incoming}
        with connection.cursor() as cursor:
            rows = statements.same_content(cursor, by_hash)
        there = {content: [by_hash[content]._replace(id=record)] for content, record in rows.items()}
        imagined = {content: self.imagined[content] for content in by_hash if content in self.imagined}
        return {**there, **imagined}

    def _same_number(self, incoming: Iterable[Identity]) -> Mapping[str, Sequence[Identity]]:
        """Return the records with the same control number, by the number: first those that a trial would make."""
        numbers = {one.control_number for one in incoming} - {""}
        found = {number: list(self.imagined.get("#" + number, ())) for number in numbers}
        with connection.cursor() as cursor:
            rows = statements.same_number(cursor, numbers)
        for record, content, number, agency, title, isbns in rows:
            found[number].append(
                Identity(
                    id=record,
                    content_hash=content,
                    control_number=number,
                    agency=agency,
                    title_key=title,
                    isbn=frozenset(json.loads(isbns)),
                )
            )
        return found

    def _doubted(self, identities: Sequence[Identity], found: Sequence[Decision]) -> list[Decision]:
        """Return the decisions, with a doubt on new records whose ISBN another one carries (here or before)."""
        new = {isbn for one, match in zip(identities, found, strict=True) if match.is_new for isbn in one.isbn}
        carried = self._carried(new)
        judged = []
        for one, match in zip(identities, found, strict=True):
            if match.is_new and one.isbn:
                judged.append(replace(match, note=match.note or doubt(one, carried)))
                carried |= one.isbn
            else:
                judged.append(match)
        return judged

    def _carried(self, isbns: Collection[str]) -> set[str]:
        with connection.cursor() as cursor:
            found = statements.carried_isbns(cursor, isbns) | {one for one in isbns if one in self.carried}
        if self.is_trial:
            self.carried.update(isbns)
        return found
