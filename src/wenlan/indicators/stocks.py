"""Stocks that are snapshots: their dimensions age, so they cannot be added up from acts."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from wenlan.indicators.errors import BreakdownUnknown
from wenlan.kernel.periods import Period
from wenlan.ledger import queries as ledger
from wenlan.ledger.types import MeasureView

ALWAYS = {"node"}


def snapshot_cells(
    view: MeasureView, nodes: Collection[int], only: Collection[int] | None, period: Period, by: tuple[str, ...]
) -> dict[tuple[object, ...], Any]:
    """Return the latest snapshot taken before the period's end, for the nodes, by key; (None, 0) when there is none."""
    rows = ledger.latest_snapshot(view.snapshot, before=period.end)
    if rows is None:
        return {(): (None, 0)}
    wanted = set(nodes) & set(only) if only is not None else set(nodes)
    sums: dict[tuple[object, ...], int] = defaultdict(int)
    for node, dimensions, value in rows:
        if node not in wanted or not _passes(view, dimensions):
            continue
        sums[tuple(_key(view, name, node, dimensions) for name in by)] += value
    return {keys: (value, 0) for keys, value in sums.items()} or ({} if by else {(): (0, 0)})


def _passes(view: MeasureView, dimensions: dict[str, Any]) -> bool:
    for name, values in view.filter.items():
        if name == "age_from" and not (dimensions.get("age") is not None and dimensions["age"] >= values):
            return False
        if name == "age_until" and not (dimensions.get("age") is not None and dimensions["age"] < values):
            return False
        if name in {"age_from", "age_until"}:
            continue
        given = dimensions.get(name.removesuffix("_not"))
        if (given in values) == name.endswith("_not"):
            return False
    return True


def _key(view: MeasureView, name: str, node: int, dimensions: dict[str, Any]) -> object:
    if name in ALWAYS:
        return node
    if name not in dimensions:
        raise BreakdownUnknown(measure=view.name, dimension=name)
    return dimensions[name]
