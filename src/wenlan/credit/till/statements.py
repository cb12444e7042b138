"""The SQL that counts acts of service by operator in the ledger."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from wenlan.kernel.sql import instant

BETWEEN = """SELECT kind, sum(quantity) FROM ledger_facts
    WHERE day >= %s AND day <= %s AND operator = %s AND occurred_at >= %s AND occurred_at <= %s
    GROUP BY kind ORDER BY kind"""
BY_OPERATOR = """SELECT operator, day, kind, sum(quantity) FROM ledger_facts
    WHERE day >= %s AND day < %s AND operator LIKE 'staff:%%' AND kind IN ({kinds}) AND node IN ({nodes})
    GROUP BY operator, day, kind HAVING sum(quantity) <> 0 ORDER BY day, operator, kind"""


def acts_between(*, operator: str, start: datetime, end: datetime) -> list[tuple[str, int]]:
    """Return (kind, quantity) of an operator's acts between two instants."""
    days = (timezone.localdate(start), timezone.localdate(end))
    rows = _fetch(BETWEEN, (*days, operator, instant(start), instant(end)))
    return [(kind, int(count)) for kind, count in rows]


def acts_by_operator(
    nodes: Collection[int], *, start: date, end: date, kinds: Sequence[str]
) -> list[tuple[str, date, str, int]]:
    """Return (operator, day, kind, quantity) of what staff did at the places in `[start, end)`."""
    if not nodes:
        return []
    sql = BY_OPERATOR.format(kinds=", ".join(["%s"] * len(kinds)), nodes=", ".join(["%s"] * len(nodes)))
    rows = _fetch(sql, (start, end, *kinds, *sorted(nodes)))
    return [(operator, _day(day), kind, int(count)) for operator, day, kind, count in rows]


def _day(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _fetch(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
