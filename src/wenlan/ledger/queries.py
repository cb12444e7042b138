"""Reads of the dictionary of measures, of single acts, and of snapshots."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from wenlan.jobs.queries import version
from wenlan.ledger import declarations
from wenlan.ledger.errors import MeasureUnknown
from wenlan.ledger.models import Measure, Snapshot, Unfolded
from wenlan.ledger.types import MeasureView

_cached: tuple[int, dict[str, tuple[MeasureView, ...]]] = (-1, {})


def measures(on: date | None = None) -> tuple[MeasureView, ...]:
    """Return every measure in the version of a day (default: its latest), by code."""
    found = (version_on(versions, on) for _, versions in sorted(dictionary().items()))
    return tuple(view for view in found if view is not None)


def measure(code: str, on: date | None = None) -> MeasureView:
    """Return a measure in the version of a day (default: its latest). Raises MeasureUnknown."""
    found = version_on(measure_versions(code), on)
    if found is None:
        raise MeasureUnknown(measure=code)
    return found


def measure_versions(code: str) -> tuple[MeasureView, ...]:
    """Return all versions of a measure, oldest first. Raises MeasureUnknown."""
    versions = dictionary().get(code)
    if not versions:
        raise MeasureUnknown(measure=code)
    return versions


def unfolded_since() -> date | None:
    """Return the first day that has acts which the sums do not contain yet, or None when all are in."""
    return Unfolded.objects.order_by("day").values_list("day", flat=True).first()


def unfolded_count() -> int:
    """Return how many acts the sums do not contain yet."""
    return Unfolded.objects.count()


def latest_snapshot(measure: str, *, before: date) -> list[tuple[int, dict[str, Any], int]] | None:
    """Return the rows (node, dimensions, value) of the last snapshot taken before a day, or None."""
    taken = Snapshot.objects.filter(measure=measure, day__lt=before)
    day = taken.order_by("-day").values_list("day", flat=True).first()
    if day is None:
        return None
    return list(Snapshot.objects.filter(measure=measure, day=day).values_list("node", "dimensions", "value"))


def version_on(versions: Sequence[MeasureView], on: date | None) -> MeasureView | None:
    """Return the version that holds on a day (default: the latest), or None."""
    if on is None:
        return versions[-1]
    holding = [
        view for view in versions if view.valid_from <= on and (view.valid_until is None or on < view.valid_until)
    ]
    return holding[-1] if holding else None


def dictionary() -> Mapping[str, tuple[MeasureView, ...]]:
    """Return all versions of every measure by code, oldest first.

    Read again when the dictionary's version has moved (one statement otherwise).
    Inside a transaction it is read afresh and not kept: what stands there may yet be rolled back.
    """
    global _cached
    if transaction.get_connection().in_atomic_block:
        return _read()
    present = version("measures")
    if _cached[0] != present:
        _cached = (present, _read())
    return _cached[1]


def _read() -> dict[str, tuple[MeasureView, ...]]:
    views = [declarations.from_json(row) for row in Measure.objects.values_list("declaration", flat=True)]
    return _by_code(views or list(declarations.declared_measures()))


def _by_code(views: list[MeasureView]) -> dict[str, tuple[MeasureView, ...]]:
    found: dict[str, tuple[MeasureView, ...]] = {}
    for view in sorted(views, key=lambda view: (view.code, view.valid_from)):
        found[view.code] = (*found.get(view.code, ()), view)
    return found
