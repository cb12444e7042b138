"""What a record should be: pure rules over a record and the format, each finding with its place and repair."""

from __future__ import annotations

from wenlan.catalogue.cnmarc import MarcRecord
from wenlan.catalogue.editing.rules import agreement, form, marc21, numbers, times
from wenlan.catalogue.editing.rules.facts import Facts
from wenlan.catalogue.editing.types import Finding, Gravity

__all__ = ["RULES", "Facts", "findings"]

RULES = {
    "cnmarc": (*form.RULES, *numbers.RULES, *times.RULES, *agreement.RULES),
    "marc21": (*form.RULES, *marc21.RULES),
}
_ORDER = tuple(Gravity)


def findings(record: MarcRecord, facts: Facts) -> tuple[Finding, ...]:
    """Return everything that the rules of the format find: errors first, then in the order of the record."""
    found = [one for rule in RULES.get(facts.format.code, ()) for one in rule(record, facts)]
    return tuple(sorted(found, key=_rank))


def _rank(one: Finding) -> tuple[int, int, int]:
    return _ORDER.index(one.gravity), -1 if one.place.field is None else one.place.field, one.place.subfield or 0
