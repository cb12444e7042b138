"""Reads of trials and runs."""

from collections.abc import Collection

from wenlan.kernel.errors import NotFound
from wenlan.moving.models import Misfit, Run
from wenlan.moving.types import Found, RunView


def runs(nodes: Collection[int], *, limit: int = 30) -> tuple[RunView, ...]:
    """Return the last trials and runs for the places, the latest first (one statement)."""
    return tuple(_view(row) for row in Run.objects.filter(node__in=nodes).order_by("-id")[:limit])


def run(run_id: int) -> RunView:
    """Return a trial or run. Raises NotFound."""
    row = Run.objects.filter(pk=run_id).first()
    if row is None:
        raise NotFound(what=str(run_id))
    return _view(row)


def misfits(run_id: int, *, part: str = "", problem: str = "", limit: int = 200) -> tuple[Found, ...]:
    """Return the first lines that do not fit, of one part or with one problem when asked (one statement)."""
    rows = Misfit.objects.filter(run=run_id).order_by("id")
    rows = rows.filter(part=part) if part else rows
    rows = rows.filter(problem=problem) if problem else rows
    return tuple(
        Found(part=row.part, file=row.file, where=row.line, what=row.what, problem=row.problem, words=row.words)
        for row in rows[:limit]
    )


def _view(row: Run) -> RunView:
    return RunView(
        id=row.pk,
        made_at=row.made_at,
        source=row.source,
        profile=row.profile,
        folder=row.folder,
        is_trial=row.is_trial,
        is_last=row.is_last,
        operator=row.operator,
        node=row.node_id,
        report=row.report,
    )
