"""Reads of files of readers that were kept."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Count

from wenlan.kernel.errors import NotFound
from wenlan.patrons import queries as readers
from wenlan.patrons.intake.models import Intake, IntakeLine
from wenlan.patrons.intake.operations import line_of
from wenlan.patrons.intake.types import IntakeView, LineView, Problem


def intake(intake_id: int) -> IntakeView:
    """Return a file with its lines counted by outcome. Raises NotFound."""
    row = Intake.objects.filter(pk=intake_id).first()
    if row is None:
        raise NotFound(what=str(intake_id))
    return _views([row])[0]


def intakes(nodes: Collection[int], limit: int = 30) -> tuple[IntakeView, ...]:
    """Return the last files taken in at the nodes (two statements)."""
    return tuple(_views(list(Intake.objects.filter(node__in=nodes).order_by("-id")[:limit])))


def lines(intake_id: int, *, outcomes: Collection[str] = (), limit: int = 50) -> tuple[LineView, ...]:
    """Return the first lines of a file, of some outcomes only when asked; what a line said is read from its secret."""
    made = Intake.objects.get(pk=intake_id)
    rows = made.lines.order_by("number")
    chosen = rows.filter(outcome__in=outcomes) if outcomes else rows
    names = {one.code: one.name for one in readers.categories()}
    return tuple(_line(made, row, names) for row in chosen[:limit])


def rejected_cells(intake_id: int) -> tuple[tuple[str, ...], list[list[str]]]:
    """Return the headings of a file, and its lines that were kept out as they stood, each with why."""
    made = Intake.objects.get(pk=intake_id)
    headings = tuple(str(heading) for heading in made.facts["headings"])
    found = []
    for row in made.lines.filter(outcome__in=("rejected", "skipped")).order_by("number"):
        line = line_of(made, row)
        cells = list(line.cells) if line else []
        found.append([*cells, *[""] * (len(headings) - len(cells)), "；".join(_words(row))])
    return headings, found


def _line(made: Intake, row: IntakeLine, names: Mapping[str, str]) -> LineView:
    line = line_of(made, row)
    reader = line.reader if line else None
    last: date | None = reader.term.last if reader and reader.term else None
    return LineView(
        number=row.number,
        name=line.name if line else "",
        card=reader.card_number if reader else row.source_id,
        category=names.get(reader.category, "") if reader else "",
        valid_until=last,
        outcome=row.outcome,
        problems=_words(row),
        patron=row.patron_id,
    )


def _words(row: IntakeLine) -> tuple[str, ...]:
    """Return what is odd about a line, in the language being spoken."""
    return tuple(
        words if code == Problem.REFUSED and words else f"{Problem(code).label}{f' ({words})' if words else ''}"
        for code, words in row.problems
    )


def _views(rows: list[Intake]) -> list[IntakeView]:
    counted: dict[int, dict[str, int]] = {row.pk: {} for row in rows}
    outcomes = IntakeLine.objects.filter(intake__in=counted).values_list("intake", "outcome")
    for intake_id, outcome, count in outcomes.annotate(n=Count("id")).order_by():
        counted[intake_id][outcome] = count
    return [
        IntakeView(
            id=row.pk,
            made_at=row.made_at,
            node=row.node_id,
            operator=row.operator,
            source=row.source,
            profile=row.profile,
            file_name=row.file_name,
            facts=row.facts,
            run_at=row.run_at,
            run_by=row.run_by,
            outcomes=counted[row.pk],
        )
        for row in rows
    ]
