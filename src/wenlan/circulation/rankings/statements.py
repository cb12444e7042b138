"""The loans of a place and span, summed by title or by reader."""

from dataclasses import replace
from datetime import date
from typing import Any, LiteralString

from wenlan.circulation.rankings.types import Question
from wenlan.circulation.statements import fetch

# A loan counts under whatever stood above its place on the day, and not when it was taken back at the desk.
LOANS: LiteralString = """
    FROM circulation_loan l
    JOIN network_closure_facts c ON c.descendant = l.lent_node_id AND c.ancestor = %s
        AND l.lent_on >= c.from_day AND (c.until_day IS NULL OR l.lent_on < c.until_day)
    JOIN holdings_facts i ON i.id = l.item_id
    WHERE l.lent_on >= %s AND l.lent_on < %s AND l.cancelled_at IS NULL
"""
NARROWED: dict[str, LiteralString] = {
    "main_class": " AND i.main_class = %s",
    "audience": " AND i.audience = %s",
    "category": " AND l.reader_category = %s",
}
BY: dict[str, LiteralString] = {"title": "i.record_id", "reader": "l.patron_id"}


def ranked(question: Question, by: str, limit: int, *, without: tuple[str, ...] = ()) -> list[tuple[int, int]]:
    """Return the ids (of titles or of readers) lent most, with their loans; `without` some categories of readers."""
    sql, values = _asked(question, without)
    key = BY[by]
    return fetch(
        f"SELECT {key}, COUNT(*) {sql} AND {key} IS NOT NULL GROUP BY {key} ORDER BY 2 DESC, 1 LIMIT %s",
        [*values, limit],
    )


def counted(question: Question, *, without: tuple[str, ...] = ()) -> tuple[int, int]:
    """Return how many loans are asked about, and of how many the reader is still known."""
    sql, values = _asked(question, without)
    ((loans, known),) = fetch(f"SELECT COUNT(*), COUNT(l.patron_id) {sql}", values)
    return loans, known


def last_day(question: Question) -> date | None:
    """Return the last day before the end of the span on which anything asked about was lent; None when never."""
    sql, values = _asked(replace(question, start=date.min), ())
    ((day,),) = fetch(f"SELECT MAX(l.lent_on) {sql}", values)
    return date.fromisoformat(day) if isinstance(day, str) else day


def _asked(question: Question, without: tuple[str, ...]) -> tuple[str, list[Any]]:
    sql, values = LOANS, [question.node, question.start, question.end]
    for name, clause in NARROWED.items():
        if value := getattr(question, name):
            sql += clause
            values.append(value)
    if without:
        sql += f" AND l.reader_category NOT IN ({', '.join(['%s'] * len(without))})"
    return sql, [*values, *without]
