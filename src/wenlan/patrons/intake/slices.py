"""Readers of an old system slice by slice: fifty thousand are never in memory at once, nor their lines kept."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from django.db import transaction

from wenlan.files import queries as files
from wenlan.kernel.acts import Act
from wenlan.patrons import identity
from wenlan.patrons.intake import lines as reading_lines
from wenlan.patrons.intake.models import Intake, IntakeLine
from wenlan.patrons.intake.operations import STEP, counts, kept, write
from wenlan.patrons.intake.planning import TAKEN, key_of, planned
from wenlan.patrons.intake.profiles import Profile
from wenlan.patrons.intake.reading import ReaderFile
from wenlan.patrons.intake.types import Counts, Line, Problem, Report, Source
from wenlan.patrons.models import Patron
from wenlan.patrons.policies import tidy
from wenlan.patrons.portraits.queries import owner_of
from wenlan.patrons.types import PatronStatus, Refusal
from wenlan.staff.operations import audit


@dataclass(slots=True)
class Seen:
    """What earlier slices of a run had: a reader or a card comes once."""

    source_ids: set[str] = field(default_factory=set)
    cards: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownReader:
    """A reader who was taken over before."""

    id: int
    is_open: bool
    deposit_fen: int
    owed_fen: int
    points: int | None
    has_portrait: bool = False


def begin(act: Act, *, file_name: str, source: Source, headings: tuple[str, ...]) -> int:
    """Open a list whose lines come slice by slice; return its id."""
    facts = {"headings": list(headings), "source": {"name": source.name, "profile": source.profile}, "report": {}}
    made = kept(act, file_name=file_name, source=source, facts=facts, key=f"{act.key}/{file_name}"[:80], run_at=act.at)
    audit(act, "patrons.intake", f"intake:{made.pk}", after={"file": file_name})
    return made.pk


def take_slice(
    act: Act, *, intake: int | None, file: ReaderFile, profile: Profile, source: Source, seen: Seen
) -> tuple[Line, ...]:
    """Take in the lines of a slice and return them with what became of each; without an intake it is a trial.

    Small transactions, each of some readers with cards, money and ledger; what the lines said is not kept. The act is
    of the channel `import`.
    """
    lines = planned(
        reading_lines.lines_of(file, profile, source, act.node), source=source.name, profile=profile, on=act.day
    )
    found = tuple(_once(line, seen) for line in lines)
    if intake is None:
        return found
    write(act, found, source, Intake.objects.get(pk=intake), mark=_marked)
    return found


def _marked(made: Intake, lines: Sequence[Line], ids: Mapping[int, int]) -> None:
    """Write down what became of lines; what they said is not kept."""
    IntakeLine.objects.bulk_create(
        [
            IntakeLine(
                intake=made,
                number=line.number,
                source_id=line.source_id,
                digest=line.digest,
                outcome=line.outcome,
                problems=[list(problem) for problem in line.problems],
                patron_id=ids.get(line.number),
            )
            for line in lines
        ],
        batch_size=STEP,
    )


def _once(line: Line, seen: Seen) -> Line:
    """Return a line kept out when its reader, or its card as a new one's, came in an earlier slice."""
    card = identity.card_key(line.reader.card_number) if line.reader else ""
    if line.outcome in TAKEN and line.source_id in seen.source_ids:
        line = replace(line, outcome="rejected", problems=(*line.problems, (Problem.TWICE, line.source_id)))
    elif line.outcome == "new" and card in seen.cards:
        words = (Problem.REFUSED, str(Refusal.CARD_TAKEN.label))
        line = replace(line, outcome="rejected", problems=(*line.problems, words))
    seen.source_ids.add(line.source_id)
    seen.cards.add(card)
    return line


def known_readers(source: str, source_ids: list[str]) -> dict[str, KnownReader]:
    """Return the readers of a source who were taken over, by their id there."""
    keys = {key_of(source, tidy(one)): one for one in source_ids}
    wanted, found = list(keys), {}
    for start in range(0, len(wanted), STEP):
        rows = list(Patron.objects.filter(registration_key__in=wanted[start : start + STEP]))
        portraits = files.files_of([owner_of(row.uid) for row in rows])
        for row in rows:
            found[keys[row.registration_key]] = KnownReader(
                id=row.pk,
                is_open=row.status != PatronStatus.DEREGISTERED,
                deposit_fen=row.deposit_fen,
                owed_fen=row.owed_fen,
                points=row.credit_points,
                has_portrait=owner_of(row.uid) in portraits,
            )
    return found


def open_of(source: str) -> Mapping[str, int]:
    """Return the open accounts of a source, by their id there."""
    prefix = key_of(source, "")
    rows = Patron.objects.filter(registration_key__startswith=prefix).exclude(status=PatronStatus.DEREGISTERED)
    return {key.removeprefix(prefix): pk for key, pk in rows.values_list("registration_key", "id")}


@transaction.atomic
def close(*, intake: int, outcomes: Mapping[str, int], stated: Counts) -> None:
    """Keep with a list what became of its lines."""
    now = counts()
    report = Report(
        lines=sum(outcomes.values()),
        outcomes=dict(outcomes),
        problems={},
        unknown_categories={},
        unknown_places={},
        stated=stated,
        before=now,
        after=now,
        money_moved=False,
    )
    made = Intake.objects.get(pk=intake)
    made.facts = made.facts | {"report": asdict(report)}
    made.save(update_fields=["facts"])
