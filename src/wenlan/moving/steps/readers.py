"""Readers with cards, states, money and points: slices of the lists that the readers' package takes in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from wenlan.moving import policies, statements
from wenlan.moving.profiles import Form
from wenlan.moving.tables import Line, opened
from wenlan.moving.types import Outcome, Part, Problem
from wenlan.moving.work import Work, batches
from wenlan.network import queries as network
from wenlan.patrons import identity
from wenlan.patrons import queries as patrons
from wenlan.patrons.intake import slices
from wenlan.patrons.intake.profiles import Profile, profile
from wenlan.patrons.intake.reading import ReaderFile
from wenlan.patrons.intake.types import Counts, Source
from wenlan.patrons.intake.types import Line as ReaderLine
from wenlan.patrons.intake.types import Problem as Odd
from wenlan.patrons.policies import tidy

SLICE = 1000
SUMS = ("deposit", "owed")
UNKNOWN = {Odd.CATEGORY_UNKNOWN.value: "category", Odd.PLACE_UNKNOWN.value: "place", Odd.STATUS_UNKNOWN.value: "status"}


def reading_of(work: Work) -> Profile:
    """Return the readers' own profile with what this one says on top; its readers are always taken over."""
    own, form = profile(work.profile.readers), work.form(Part.READERS)
    states = {**own.statuses, **form.of("statuses"), **work.words.get("status", {})}
    return replace(
        own,
        takes_over=True,
        money="yuan",
        columns={**own.columns, **form.columns},
        sexes={**own.sexes, **form.of("sexes")},
        documents={**own.documents, **form.of("documents")},
        statuses=states,
        categories={**own.categories, **form.of("categories")},
    )


def form_of(work: Work) -> Form:
    """Return how a file of readers is written."""
    return Form(columns=reading_of(work).columns)


def source_of(work: Work) -> Source:
    """Return the source with our categories and places by its words, and by our own."""
    ours = {word: one.code for one in patrons.categories() for word in (one.code, *one.words.values())}
    places = {word: view.id for view in network.nodes() for word in (view.code, *view.names.values())}
    told = {**work.profile.places, **work.words.get("place", {})}
    places |= {word: place.node for word, code in told.items() if (place := work.places.find(code))}
    categories = {**ours, **work.words.get("category", {}), **work.order.categories}
    return Source(
        name=work.source,
        profile=work.profile.readers,
        categories=categories,
        places=places | dict(work.order.places),
        with_money=work.order.is_last,
    )


def take(work: Work, path: Path) -> int:
    """Take in a file of readers; returns how many lines it has."""
    form, source, seen = reading_of(work), source_of(work), slices.Seen()
    table = opened(path, form_of(work), encoding=work.profile.encoding)
    assert table is not None
    intake = None
    if not work.is_trial:
        intake = slices.begin(work.step_of(0), file_name=path.name, source=source, headings=())
    done, sums = 0, Counter[str]()
    for batch in batches(table.lines, SLICE):
        file = ReaderFile(headings=(), columns=(), lines=tuple(_cells(work, line) for line in batch))
        act = work.step_of(done)
        found = slices.take_slice(act, intake=intake, file=file, profile=form, source=source, seen=seen)
        for line in found:
            _count(work, line, sums)
        done += len(batch)
        work.say(Part.READERS, done)
    if intake is not None:
        outcomes = work.outcomes[Part.READERS]
        stated = Counts(
            readers=sums["readers"], cards=sums["readers"], deposit_fen=sums["deposit"], owed_fen=sums["owed"]
        )
        slices.close(intake=intake, outcomes=outcomes, stated=stated)
    return done


def _cells(work: Work, line: Line) -> tuple[int, dict[str, str], tuple[str, ...]]:
    """Return a line with its sums as plain yuan; what cannot be read stays, and is said by whoever reads it."""
    told = dict(line.told)
    for name in SUMS:
        if told.get(name):
            try:
                told[name] = f"{policies.fen(told[name], unit=work.profile.money) / 100:.2f}"
            except ValueError:
                continue
    return line.number, told, ()


def _count(work: Work, line: ReaderLine, sums: Counter[str]) -> None:
    is_in = line.outcome in {"new", "changed", "same"}
    is_closed = any(code == Odd.CLOSED_THERE for code, _ in line.problems)
    work.count(Part.READERS, Outcome(line.outcome))
    amounts = {"readers": 0 if is_closed else 1}
    if work.order.is_last:
        amounts |= {"deposit_fen": line.deposit_fen, "owed_fen": line.owed_fen}
    work.stated.update(amounts)
    (work.here if is_in else work.kept_out).update(amounts)
    sums.update({"readers": is_in, "deposit": line.deposit_fen * is_in, "owed": line.owed_fen * is_in})
    if is_in:
        work.readers.update({line.source_id, identity.card_key(line.reader.card_number)} if line.reader else ())
    else:
        work.named.add((Part.READERS, work.file, line.number))
    for code, words in line.problems:
        _say(work, line, code, words)


def _say(work: Work, line: ReaderLine, code: str, words: str) -> None:
    if code in UNKNOWN:
        work.unknown[UNKNOWN[code]][words] += 1
    label, open_words = str(Odd(code).label), words if code in UNKNOWN or code == Odd.REFUSED else ""
    hidden = "" if open_words else words
    said, counted = f"{label} {open_words}".strip(), f"{Problem.READER}:{code}"
    work.note(Part.READERS, line.number, line.source_id, Problem.READER, said, hidden=hidden, counted=counted)


class Known:
    """The readers of a source by their id there, or by a card; in a trial also those that it would make."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.left = work.readers if work.is_trial else set()

    def find(self, told: Sequence[str]) -> Mapping[str, tuple[int | None, bool]]:
        """Return (id or None in a trial, whether open) of each that is known."""
        wanted = sorted({one for one in told if one})
        found: dict[str, tuple[int | None, bool]] = {}
        for one, known in slices.known_readers(self.work.source, wanted).items():
            found[one] = known.id, known.is_open
        keys = {identity.card_key(one): one for one in wanted if one not in found}
        for key, (patron, is_open) in statements.readers_by_card(list(keys)).items():
            found[keys[key]] = patron, is_open
        for key, one in keys.items():
            if one not in found and (key in self.left or tidy(one) in self.left):
                found[one] = None, True
        return found


def gone(work: Work) -> None:
    """Name the readers who were taken over before and are no longer in the export: they were closed there."""
    if work.is_trial and not work.readers:
        return
    seen = work.readers
    for told in slices.open_of(work.source):
        if told not in seen:
            work.note(Part.READERS, 0, told, Problem.GONE_READER)
