"""Reads of editions and of the texts that go into them."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from wenlan.annual_report import trees
from wenlan.annual_report.models import Edition, EditionFigure, EditionFinding, EditionStep, StatedText
from wenlan.annual_report.policies import numbers
from wenlan.annual_report.types import (
    Document,
    EditionLine,
    EditionView,
    Finding,
    KeptFinding,
    Paragraph,
    StatedTextView,
    StoredFigure,
    TakenStep,
)
from wenlan.indicators import queries as indicators
from wenlan.indicators.types import ActPage
from wenlan.kernel.errors import NotFound
from wenlan.kernel.periods import Period
from wenlan.ledger.types import Sums
from wenlan.network import queries as network


def edition(edition_id: int) -> EditionView:
    """Return an edition with its figures, findings and steps. Raises NotFound."""
    row = Edition.objects.filter(pk=edition_id).first()
    if row is None:
        raise NotFound(what=str(edition_id))
    return EditionView(
        id=row.pk,
        uid=str(row.uid),
        node=row.node_id,
        node_code=network.node(row.node_id).code,
        year=row.year,
        shape=row.shape,
        number=row.number,
        state=row.state,
        scope=row.scope,
        composed_at=row.composed_at,
        composed_by=row.composed_by_id,
        complete_until=row.complete_until,
        document=trees.from_json(row.document),
        figures={found.ref: _figure(found) for found in row.figures.order_by("position")},
        findings=tuple(_finding(found) for found in row.findings.select_related("released_by").order_by("position")),
        steps=tuple(_step(taken) for taken in row.steps.select_related("by").order_by("at", "pk")),
        drawings=row.drawings,
    )


def editions(nodes: Collection[int]) -> tuple[EditionLine, ...]:
    """Return the editions of some nodes, the newest first (two statements)."""
    still_open = Count("findings", filter=Q(findings__released_at__isnull=True))
    rows = Edition.objects.filter(node__in=nodes).annotate(open=still_open).defer("document", "drawings")
    names = network.node_names()
    return tuple(
        EditionLine(
            id=row.pk,
            node=row.node_id,
            library=names.get(row.node_id, ""),
            title=row.title,
            year=row.year,
            shape=row.shape,
            number=row.number,
            state=row.state,
            composed_at=row.composed_at,
            findings_open=row.open,
        )
        for row in rows.order_by("-year", "-composed_at")
    )


def newest_edition(*, node: int, year: int) -> EditionView | None:
    """Return the latest edition of a node and year, or None."""
    found = Edition.objects.filter(node=node, year=year).order_by("-number").values_list("pk", flat=True).first()
    return None if found is None else edition(found)


def stated_texts(node: int) -> tuple[StatedTextView, ...]:
    """Return every text that was stated for a node, by slot, the newest first."""
    rows = StatedText.objects.filter(node=node).order_by("slot", "-from_day", "-pk")
    return tuple(_text(row) for row in rows)


def texts_for(*, node: int, year: int, on: date) -> dict[str, StatedTextView]:
    """Return for each slot the newest text that was confirmed for the year and holds on the day of composing."""
    rows = StatedText.objects.filter(node=node, confirmed_for=year, from_day__lte=on).order_by("from_day", "pk")
    return {row.slot: _text(row) for row in rows}


def texts_printed(*, node: int, year: int) -> dict[str, str]:
    """Return the stated texts of a year's newest edition by slot, as they were printed."""
    rows = Edition.objects.filter(node=node, year=year).order_by("-number").values_list("document", flat=True)
    kept = rows.first()
    if kept is None:
        return {}
    document: Document = trees.from_json(kept)
    found: dict[str, list[str]] = {}
    for block in document.blocks():
        if isinstance(block, Paragraph) and block.slot:
            found.setdefault(block.slot, []).append("".join(run.text for run in block.runs))
    return {slot: "\n".join(lines) for slot, lines in found.items()}


def acts_behind(
    figure: StoredFigure,
    *,
    node: int,
    month: date | None = None,
    after: tuple[date, int] | None = None,
    limit: int = 20,
) -> ActPage:
    """Return a page of the acts behind a figure, or behind one month of it; of a part of several codes, all of them."""
    cell = {
        dimension: [_code(dimension, code) for code in _codes(wanted)] for dimension, wanted in figure.where.items()
    }
    return indicators.acts_of(
        figure.measure,
        node=node,
        period=figure.period,
        cell=cell if month is None else cell | {"month": month},
        after=after,
        limit=limit,
        scope=figure.scope,
    )


def months_behind(figure: StoredFigure, *, node: int) -> tuple[tuple[date, Decimal], ...]:
    """Return a figure month by month; nothing for one that is of a month, or that no months add up to."""
    if "month" in figure.where or figure.sums != Sums.ADDITIVE:
        return ()
    dimensions = tuple(figure.where)
    wanted = [tuple(cell.values()) for cell in _cells(figure.where)]
    found: dict[date, Decimal] = {}
    for cell in indicators.breakdown(
        figure.measure, node=node, period=figure.period, by=(*dimensions, "month"), scope=figure.scope
    ):
        *keys, month = cell.keys
        if isinstance(month, date) and cell.value is not None and (tuple(keys) in wanted):
            found[month] = found.get(month, Decimal(0)) + Decimal(cell.value)
    return tuple(sorted(found.items()))


def present_value(figure: StoredFigure, *, node: int) -> Decimal | None:
    """Return what the sums say of a figure today; it may have moved since the edition was composed."""
    if not figure.where:
        found = indicators.figures((figure.measure,), node=node, period=figure.period, scope=figure.scope)
        value = found[figure.measure].value
        return None if value is None else Decimal(value)
    ((dimension, wanted),) = figure.where.items()
    codes = {_code(dimension, code) for code in _codes(wanted)}
    cells = indicators.breakdown(figure.measure, node=node, period=figure.period, by=(dimension,), scope=figure.scope)
    held = [Decimal(cell.value) for cell in cells if cell.keys[0] in codes and cell.value is not None]
    return sum(held, Decimal(0)) if held or figure.value == 0 else None


def _cells(where: Mapping[str, object]) -> list[dict[str, object]]:
    if not where:
        return [{}]
    ((dimension, wanted),) = where.items()
    return [{dimension: _code(dimension, code)} for code in _codes(wanted)]


def _codes(wanted: object) -> list[Any]:
    return wanted if isinstance(wanted, list) else [wanted]


def _code(dimension: str, code: Any) -> object:
    return date.fromisoformat(code) if dimension in {"month", "day"} and isinstance(code, str) else code


def _figure(row: EditionFigure) -> StoredFigure:
    return StoredFigure(
        ref=row.ref,
        measure=row.measure,
        version=row.version.isoformat(),
        words=row.declaration["words"],
        definition=row.declaration["definition"],
        unit=row.declaration["unit"],
        source=row.declaration["source"],
        sums=row.declaration["sums"],
        where=row.where,
        name=row.name,
        value=None if row.value is None else Decimal(numbers.plain(row.value)),
        period=Period(row.period_start, row.period_end),
        scope=row.scope,
        complete_until=row.complete_until,
    )


def _finding(row: EditionFinding) -> KeptFinding:
    return KeptFinding(
        id=row.pk,
        finding=Finding(code=row.code, params=row.params, refs=tuple(row.refs), slot=row.slot, blocks=row.blocks),
        released_by=row.released_by.name if row.released_by else "",
        released_at=row.released_at,
        reason=row.reason,
    )


def _step(row: EditionStep) -> TakenStep:
    return TakenStep(step=row.step, by=row.by.name if row.by else "", at=row.at, note=row.note)


def _text(row: StatedText) -> StatedTextView:
    return StatedTextView(
        id=row.pk,
        slot=row.slot,
        text=row.text,
        source_document=row.source_document,
        from_day=row.from_day,
        until_day=row.until_day,
        approver=row.approver,
        confirmed_for=row.confirmed_for,
        sample=row.sample,
    )
