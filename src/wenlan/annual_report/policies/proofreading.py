"""Proof-reading: what a director would notice before signing. Every reason is given, none decides alone."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from wenlan.annual_report.policies.numbers import day_words, numbers_in, plain
from wenlan.annual_report.types import Finding, FindingCode, StatedTextView, StoredFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """A total and all of its parts (分别, 其中 with every part named)."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Two figures of which the first cannot exceed the second; `part` when it is one of its parts (其中)."""

    less: str
    more: str
    part: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One printing of a figure; `unit` is the unit as printed."""

    ref: str
    text: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotUse:
    """A place for stated text: what stands there, and what stood there in last year's edition."""

    slot: str
    words: str
    required: bool
    text: StatedTextView | None = None
    previous: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A wording to avoid (a regular expression), and what to write."""

    pattern: str
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFacts:
    """All that the proof-reader looks at."""

    year: int
    on: date
    period_end: date
    figures: Mapping[str, StoredFigure]
    printed: tuple[Printed, ...] = ()
    partitions: tuple[Partition, ...] = ()
    bounds: tuple[Bound, ...] = ()
    slots: tuple[SlotUse, ...] = ()
    not_held: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = field(default=())


def findings(facts: ProofFacts) -> tuple[Finding, ...]:
    """Return everything noticed, blocking findings first, each once."""
    noticed: dict[tuple[object, ...], Finding] = {}
    for rule in RULES:
        for finding in rule(facts):
            noticed.setdefault((finding.code, tuple(sorted(finding.params.items()))), finding)
    return tuple(sorted(noticed.values(), key=lambda finding: not finding.blocks))


def units_agree(printed: str, declared: str) -> bool:
    """Return whether a printed unit may stand for the measure's: 人, 人次 and 次 never stand for each other.

    Other units may be more exact words for the same thing: a session is a 场 or an 期, a volume a 册 or a 件.
    """
    families = {_family(printed), _family(declared)}
    return len(families) == 1 or not (families & {"persons", "visits", "volumes lent"})


def _family(unit: str) -> str:
    if unit in {"人", "名"}:
        return "persons"
    if unit == "人次":
        return "visits"
    if unit == "册次":
        return "volumes lent"
    return "things"


def _said(figure: StoredFigure, unit: str = "") -> str:
    number = "—" if figure.value is None else plain(figure.value)
    return f"{figure.name}{number}{unit or figure.unit.get('zh', '')}"


def _parts_differ(facts: ProofFacts) -> Iterator[Finding]:
    for partition in facts.partitions:
        total = facts.figures[partition.total]
        if total.value is None:
            continue
        computed = sum((facts.figures[part].value or Decimal(0) for part in partition.parts), Decimal(0))
        if computed != total.value:
            yield Finding(
                code=FindingCode.PARTS_DIFFER,
                params={"total": _said(total), "computed": plain(computed)},
                refs=(partition.total, *partition.parts),
                blocks=True,
            )


def _bounds_broken(facts: ProofFacts) -> Iterator[Finding]:
    for bound in facts.bounds:
        less, more = facts.figures[bound.less], facts.figures[bound.more]
        if less.value is None or more.value is None or less.value <= more.value:
            continue
        code, names = (
            (FindingCode.PART_EXCEEDS, ("part", "total"))
            if bound.part
            else (FindingCode.BOUND_BROKEN, ("less", "more"))
        )
        params = dict(zip(names, (_said(less), _said(more)), strict=True))
        yield Finding(code=code, params=params, refs=(bound.less, bound.more), blocks=bound.part)


def _restated(facts: ProofFacts) -> Iterator[Finding]:
    first: dict[tuple[object, ...], StoredFigure] = {}
    for figure in facts.figures.values():
        known = first.setdefault(figure.identity, figure)
        if known.value != figure.value:
            params = {"first": _said(known), "second": _said(figure)}
            yield Finding(code=FindingCode.RESTATED, params=params, refs=(known.ref, figure.ref), blocks=True)


def _units_differ(facts: ProofFacts) -> Iterator[Finding]:
    for printed in facts.printed:
        declared = facts.figures[printed.ref].unit.get("zh", "")
        if printed.unit and declared and not units_agree(printed.unit, declared):
            params = {"text": printed.text, "unit": declared}
            yield Finding(code=FindingCode.UNIT_DIFFERS, params=params, refs=(printed.ref,))


def _scopes_mixed(facts: ProofFacts) -> Iterator[Finding]:
    first: dict[tuple[object, ...], StoredFigure] = {}
    for figure in facts.figures.values():
        known = first.setdefault((figure.measure, repr(sorted(figure.where.items())), figure.period), figure)
        if known.scope != figure.scope:
            yield Finding(code=FindingCode.SCOPES_MIXED, params={"measure": figure.name}, refs=(known.ref, figure.ref))


def _not_held(facts: ProofFacts) -> Iterator[Finding]:
    for name in facts.not_held:
        yield Finding(code=FindingCode.NOT_HELD, params={"measure": name})


def _incomplete(facts: ProofFacts) -> Iterator[Finding]:
    for figure in facts.figures.values():
        if figure.complete_until is not None and figure.complete_until < min(figure.period.end, facts.period_end):
            params = {"measure": figure.name, "until": day_words(figure.complete_until)}
            yield Finding(code=FindingCode.INCOMPLETE, params=params, refs=(figure.ref,))


def _places_open(facts: ProofFacts) -> Iterator[Finding]:
    for use in facts.slots:
        if use.text is None:
            params = {"slot": use.words, "year": str(facts.year)}
            yield Finding(code=FindingCode.PLACE_OPEN, params=params, slot=use.slot, blocks=use.required)


def _texts_questioned(facts: ProofFacts) -> Iterator[Finding]:
    for use in facts.slots:
        if use.text is None or use.text.sample:
            continue
        if use.text.until_day is not None and use.text.until_day <= facts.on:
            params = {"slot": use.words, "until": day_words(use.text.until_day)}
            yield Finding(code=FindingCode.TEXT_EXPIRED, params=params, slot=use.slot)
        if use.previous and use.previous == use.text.text:
            yield Finding(code=FindingCode.TEXT_COPIED, params={"slot": use.words}, slot=use.slot)
        for number in numbers_in(use.text.text):
            params = {"slot": use.words, "text": number.text}
            yield Finding(code=FindingCode.FIGURE_TYPED, params=params, slot=use.slot)


def _phrases(facts: ProofFacts) -> Iterator[Finding]:
    for use in facts.slots:
        for phrase in facts.phrases if use.text is not None else ():
            for found in re.finditer(phrase.pattern, use.text.text if use.text else ""):
                params = {"found": found[0], "instead": found.expand(phrase.instead)}
                yield Finding(code=FindingCode.PHRASE, params=params, slot=use.slot)


RULES: tuple[Callable[[ProofFacts], Iterator[Finding]], ...] = (
    _parts_differ,
    _bounds_broken,
    _restated,
    _places_open,
    _units_differ,
    _scopes_mixed,
    _not_held,
    _incomplete,
    _texts_questioned,
    _phrases,
)
