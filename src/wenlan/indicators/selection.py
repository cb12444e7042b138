"""From a measure and a question to SQL: which rows of which table, summed how."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenlan.indicators.cubes import DAILY, MONTHLY, NUMBERS, PERSONS, Cube, cube_for, known, ledger_column
from wenlan.indicators.statements import FOLDED, WITH_TOKEN, Clause, month_of
from wenlan.kernel.periods import Period
from wenlan.ledger.types import MeasureView

CLOSURE = (
    "JOIN network_closure_facts c ON c.descendant = s.node AND c.ancestor = %s "
    "AND s.day >= c.from_day AND (c.until_day IS NULL OR s.day < c.until_day)"
)
BRANCH = (
    "LEFT JOIN network_closure_facts b ON b.descendant = s.node AND b.depth = c.depth - 1 "
    "AND s.day >= b.from_day AND (b.until_day IS NULL OR s.day < b.until_day)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """The node asked; `only` narrows it to some nodes under it (the library itself with its buildings).

    `changes` are the days on which the tree under it changed.
    """

    node: int
    only: tuple[int, ...] | None = None
    changes: tuple[date, ...] = ()


def total(measure: MeasureView, place: Place, spans: Sequence[tuple[str, date, date]], by: tuple[str, ...]) -> Clause:
    """Return the statement that sums a measure over spans of (grain, first day, day after), grouped by dimensions.

    Its rows are the values of `by`, then the sum, then its estimated part.
    """
    rows = _rows(measure, spans, by)
    keys = [_key(name) for name in by]
    column = "acts" if measure.counts == "acts" else "quantity"
    sign = _in("s.kind", measure.minus_kinds)
    taken = f"CASE WHEN {sign.sql} THEN -s.{column} ELSE s.{column} END" if measure.minus_kinds else f"s.{column}"
    where = _place(place)
    return Clause(
        f"SELECT {''.join(key + ', ' for key in keys)}COALESCE(SUM({taken}), 0), COALESCE(SUM(s.estimated), 0) "
        f"FROM ({rows.sql}) s {CLOSURE} {BRANCH if 'branch' in by else ''} WHERE {where.sql}"
        + (f" GROUP BY {', '.join(keys)} ORDER BY {', '.join(keys)}" if keys else ""),
        [*sign.parameters, *rows.parameters, place.node, *where.parameters],
    )


def persons(measure: MeasureView, place: Place, period: Period, by: tuple[str, ...]) -> Clause:
    """Return the statement that counts different persons, or their visits, grouped by dimensions."""
    keys = [_key(name) for name in by]
    visit = ["s.day", "s.node"] if measure.counts == "visits" else []
    where = _place(place)
    named = "".join(f"{key} AS k{place}, " for place, key in enumerate(keys))
    outer = "".join(f"k{place}, " for place in range(len(keys)))
    rows = _rows_of(PERSONS, measure, [(DAILY, period.start, period.end)])
    return Clause(
        f"SELECT {outer}COUNT(*), 0 FROM (SELECT {named}s.token FROM ({rows.sql}) s {CLOSURE} "
        f"{BRANCH if 'branch' in by else ''} WHERE {where.sql} "
        f"GROUP BY {', '.join([*keys, *visit, 's.token'])} HAVING SUM(s.quantity) > 0) persons"
        + (f" GROUP BY {outer.rstrip(', ')} ORDER BY {outer.rstrip(', ')}" if keys else ""),
        [*rows.parameters, place.node, *where.parameters],
    )


def days_with_acts(measure: MeasureView, place: Place, period: Period, cell: Mapping[str, Any], limit: int) -> Clause:
    """Return the statement for the first days of a period on which the measure has acts in the cell."""
    rows = _rows(measure, [(DAILY, period.start, period.end)], tuple(cell))
    where, said = _place(place), _cell(cell)
    return Clause(
        f"SELECT DISTINCT s.day FROM ({rows.sql}) s {CLOSURE} {_branch(cell)} "
        f"WHERE {where.sql} AND {said.sql} ORDER BY s.day LIMIT {limit}",
        [*rows.parameters, place.node, *where.parameters, *said.parameters],
    )


def acts(
    measure: MeasureView,
    place: Place,
    days: Sequence[date],
    cell: Mapping[str, Any],
    after: tuple[date, int] | None,
    limit: int,
) -> Clause:
    """Return the statement for the acts of some days behind a measure's cell, in order of day and id."""
    columns = (
        "id, day, kind, occurred_at, node, department, owner_node, home_node, channel, operator, quantity, subject, "
        "reader_category, item_material, item_class, loan_kind, estimated, source, reverses"
    )
    said = ", ".join(f"{ledger_column(name)} AS c_{name}" for name in _dimensions(cell))
    on_days, chosen = _in("day", days), _filter(measure, ledger=True)
    persons_only = f" AND {WITH_TOKEN}" if measure.counts in {"persons", "visits"} else ""
    where, within = _place(place), _cell(cell, prefix="c_")
    later = Clause("s.day > %s OR (s.day = %s AND s.id > %s)", [after[0], *after]) if after else Clause("1 = 1", [])
    return Clause(
        f"SELECT {', '.join('s.' + name.strip() for name in columns.split(','))} FROM "
        f"(SELECT {columns}{', ' + said if said else ''} FROM {FOLDED} AND {on_days.sql} AND {chosen.sql}"
        f"{persons_only}) s {CLOSURE} {_branch(cell)} "
        f"WHERE {where.sql} AND {within.sql} AND ({later.sql}) ORDER BY s.day, s.id LIMIT {limit}",
        [
            *on_days.parameters,
            *chosen.parameters,
            place.node,
            *where.parameters,
            *within.parameters,
            *later.parameters,
        ],
    )


def tree_changes(node: int, among_branches: bool) -> Clause:
    """Return the statement for the days on which the tree under a node changed: from and until."""
    which = "c.ancestor = %s"
    if among_branches:
        which = "c.descendant IN (SELECT d.descendant FROM network_closure_facts d WHERE d.ancestor = %s)"
    return Clause(f"SELECT DISTINCT c.from_day, c.until_day FROM network_closure_facts c WHERE {which}", [node])


def spoken(by: tuple[str, ...], keys: Sequence[Any]) -> tuple[object, ...]:
    """Return the keys of a row as they are spoken of: days as dates, the unknown as None."""
    return tuple(
        date.fromisoformat(value) if name in {"day", "month"} and isinstance(value, str) else known(name, value)
        for name, value in zip(by, keys, strict=True)
    )


def _rows(measure: MeasureView, spans: Sequence[tuple[str, date, date]], by: Iterable[str]) -> Clause:
    """The rows of the smallest cube that serves; of the ledger itself when none does."""
    asked = {*by, *_filtered(measure)}
    cube = cube_for(asked)
    if cube is not None:
        return _rows_of(cube, measure, spans)
    names = sorted(_dimensions(asked))
    said = "".join(f"{ledger_column(name)} AS {name}, " for name in names)
    chosen = _filter(measure, ledger=True)
    return Clause(
        f"SELECT day, kind, node, {said}quantity, "
        "CASE WHEN reverses IS NULL THEN 1 ELSE -1 END AS acts, "
        "CASE WHEN estimated THEN quantity ELSE 0 END AS estimated "
        f"FROM {FOLDED} AND day >= %s AND day < %s AND {chosen.sql}",
        [min(start for _, start, _ in spans), max(end for _, _, end in spans), *chosen.parameters],
    )


def _rows_of(cube: Cube, measure: MeasureView, spans: Sequence[tuple[str, date, date]]) -> Clause:
    chosen = _filter(measure, ledger=False)
    parts, parameters = [], []
    for grain, start, end in spans:
        parts.append(f"SELECT * FROM {cube.table} WHERE grain = '{grain}' AND day >= %s AND day < %s AND {chosen.sql}")
        parameters += [start, end, *chosen.parameters]
    return Clause(" UNION ALL ".join(parts), parameters)


def _filter(measure: MeasureView, *, ledger: bool) -> Clause:
    """The kinds of a measure and its filter, over the ledger's columns or a cube's."""
    clauses = [_in("kind", (*measure.kinds, *measure.minus_kinds))]
    for name, values in measure.filter.items():
        if name in {"age_from", "age_until"}:
            column = ledger_column("age") if ledger else "age"
            clauses.append(Clause(f"{column} >= %s" if name == "age_from" else f"{column} < %s", [values]))
            clauses.append(Clause(f"{column} >= 0", []))
            continue
        dimension = name.removesuffix("_not")
        column = ledger_column(dimension) if ledger else dimension
        found = _any_of(column, [NUMBERS.get(dimension, "") if value is None else value for value in values])
        clauses.append(Clause(f"NOT ({found.sql})", found.parameters) if name.endswith("_not") else found)
    return Clause(
        " AND ".join(f"({clause.sql})" for clause in clauses),
        [value for clause in clauses for value in clause.parameters],
    )


def _filtered(measure: MeasureView) -> set[str]:
    return {"age" if name.startswith("age_") else name.removesuffix("_not") for name in measure.filter}


def _any_of(column: str, values: Sequence[Any]) -> Clause:
    """A column among values; `prefix*` stands for all that begin so."""
    prefixes = [value[:-1] for value in values if isinstance(value, str) and value.endswith("*")]
    plain = [value for value in values if not (isinstance(value, str) and value.endswith("*"))]
    clauses = [_in(column, plain)] if plain else []
    clauses += [Clause(f"SUBSTR({column}, 1, {len(prefix)}) = %s", [prefix]) for prefix in prefixes]
    return Clause(
        " OR ".join(clause.sql for clause in clauses) or "1 = 0",
        [value for clause in clauses for value in clause.parameters],
    )


def _in(column: str, values: Sequence[Any]) -> Clause:
    if not values:
        return Clause("1 = 0", [])
    return Clause(f"{column} IN ({', '.join(['%s'] * len(values))})", list(values))


def _place(place: Place) -> Clause:
    return Clause("1 = 1", []) if place.only is None else _in("s.node", place.only)


def _cell(cell: Mapping[str, Any], prefix: str = "") -> Clause:
    """The rows of one cell of a breakdown, or of several whose keys are listed; None asks for what is not known."""
    clauses, parameters = ["1 = 1"], []
    for name, value in cell.items():
        dimension = prefix + name if name in _dimensions(cell) else name
        column = _key(name) if name in {"month", "branch"} else f"s.{dimension}"
        values = list(value) if isinstance(value, list | tuple) else [value]
        if name == "branch" and None in values:
            nodes = _in(column, [one for one in values if one is not None])
            clauses.append(f"({nodes.sql} OR {column} IS NULL)")
            parameters += nodes.parameters
            continue
        found = _in(column, [NUMBERS.get(name, "") if one is None else one for one in values])
        clauses.append(found.sql)
        parameters += found.parameters
    return Clause(" AND ".join(clauses), parameters)


def _branch(cell: Mapping[str, Any]) -> str:
    return BRANCH if "branch" in cell else ""


def _key(name: str) -> str:
    if name == "branch":
        return "b.ancestor"
    return month_of("s.day") if name == "month" else f"s.{name}"


def _dimensions(names: Iterable[str]) -> set[str]:
    return {name for name in names if name not in {"node", "day", "month", "branch"}}


def spans_of(period: Period, boundaries: Iterable[date], *, daily: bool) -> list[tuple[str, date, date]]:
    """Cut a period into spans that monthly sums can answer and spans that need the days.

    A month with a change of the tree inside it needs its days; `daily` asks for days throughout.
    """
    moved = {day.replace(day=1) for day in boundaries if day.day > 1}
    spans: list[tuple[str, date, date]] = []
    first = period.start
    while first < period.end:
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        whole = first.day == 1 and following <= period.end and first not in moved
        grain = MONTHLY if whole and not daily else DAILY
        end = min(following, period.end)
        if spans and spans[-1][0] == grain:
            spans[-1] = (grain, spans[-1][1], end)
        else:
            spans.append((grain, first, end))
        first = end
    return spans or [(DAILY, period.start, period.end)]
