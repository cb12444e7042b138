"""Reads of batches."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from wenlan.holdings.batches.models import Batch, BatchLine
from wenlan.kernel.errors import NotFound

MOST_LINES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """A batch; `counts` are the lines by outcome ('' before it has run)."""

    id: int
    node: int
    made_at: datetime
    operator: str
    changes: dict[str, Any]
    run_at: datetime | None
    run_by: str
    undoes: int | None
    undone_by: int | None
    counts: dict[str, int]

    @property
    def items(self) -> int:
        """How many items it is about."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLineView:
    """One item of a batch: what it was and what it becomes."""

    item: int
    before: dict[str, Any]
    after: dict[str, Any]
    outcome: str


def batch(batch_id: int) -> BatchView:
    """Return a batch. Raises NotFound."""
    row = Batch.objects.filter(pk=batch_id).first()
    if row is None:
        raise NotFound(what=str(batch_id))
    return view(row)


def batches(nodes: Collection[int], limit: int = 50) -> tuple[BatchView, ...]:
    """Return the last batches made at the nodes, the latest first (three statements)."""
    return tuple(_views(list(Batch.objects.filter(node__in=nodes).order_by("-id")[:limit])))


def lines(batch_id: int) -> tuple[BatchLineView, ...]:
    """Return the first lines of a batch, in the order of the shelf."""
    rows = BatchLine.objects.filter(batch=batch_id).order_by("item__call_key", "item_id")[:MOST_LINES]
    return tuple(
        BatchLineView(item=row.item_id, before=row.before, after=row.after, outcome=row.outcome) for row in rows
    )


def view(row: Batch) -> BatchView:
    """Return the public side of a batch."""
    return _views([row])[0]


def _views(rows: list[Batch]) -> list[BatchView]:
    ids = [row.pk for row in rows]
    counts: dict[int, dict[str, int]] = {row.pk: {} for row in rows}
    lines = BatchLine.objects.filter(batch__in=ids).values_list("batch", "outcome").annotate(n=Count("id"))
    for batch_id, outcome, n in lines.order_by():
        counts[batch_id][outcome] = n
    undone = dict(Batch.objects.filter(undoes__in=ids).values_list("undoes", "id"))
    return [
        BatchView(
            id=row.pk,
            node=row.node_id,
            made_at=row.made_at,
            operator=row.operator,
            changes=row.changes,
            run_at=row.run_at,
            run_by=row.run_by,
            undoes=row.undoes_id,
            undone_by=undone.get(row.pk),
            counts=counts[row.pk],
        )
        for row in rows
    ]
