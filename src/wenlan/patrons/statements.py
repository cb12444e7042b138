"""A reader with category, cards and guardian in one statement: every desk and terminal asks for one at each act."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

# What a view calls a column, and the column.
PATRON = {
    name: f"p.{name}"
    for name in (
        *("id", "uid", "name", "sex", "birth_date", "phone", "status", "status_since", "status_reason"),
        *("suspended_until", "valid_from", "valid_until", "registered_on", "special_group", "open_loans"),
        *("credit_points", "owed_fen", "deposit_fen", "email", "address", "document_kind"),
    )
} | {
    "home_node": "p.home_node_id",
    "has_id_number": "p.id_number_hash IS NOT NULL",
    "merged_into": "p.merged_into_id",
}
CATEGORY = {
    name: f"g.{name}"
    for name in (
        *("id", "code", "words", "loan_limit", "valid_days", "overdue_limit", "needs_guardian_under"),
        *("is_institution", "loan_kind", "special_group"),
    )
} | {"is_open": "g.closed_on IS NULL"}
CARD = {
    name: f"c.{name}" for name in ("id", "kind", "number", "status", "status_since", "from_day", "until_day", "bearer")
}
GUARDIAN = {name: f"a.{name}" for name in ("name", "relation", "phone")} | {
    "consented_at": "CASE WHEN a.withdrawn_at IS NULL THEN a.consented_at END"
}
PARTS = (PATRON, CATEGORY, GUARDIAN, CARD)
WHOLE = f"""SELECT {", ".join(column for part in PARTS for column in part.values())}
FROM patrons_patron p JOIN patrons_category g ON g.id = p.category_id
LEFT JOIN patrons_guardian a ON a.patron_id = p.id LEFT JOIN patrons_card c ON c.patron_id = p.id
WHERE p.id = %s ORDER BY c.id"""


def whole(patron: int) -> list[list[dict[str, Any]]]:
    """Return what views of a reader need: for each card the values of PARTS by name, as the ORM would give them.

    The values of a reader without card or guardian are None there. Nothing for a reader who never was.
    """
    with connection.cursor() as cursor:
        cursor.execute(WHOLE, (patron,))
        rows = cursor.fetchall()
    return [parts_of(row) for row in rows]


def parts_of(row: Sequence[Any]) -> list[dict[str, Any]]:
    """Return a row as the values of each part by name."""
    found, start = [], 0
    for part, forms in zip(PARTS, FORMS, strict=True):
        values = dict(zip(part, row[start : start + len(part)], strict=True))
        for name, form in forms.items():
            if values[name] is not None:
                values[name] = form(values[name])
        found.append(values)
        start += len(part)
    return found


def day(stored: date | str) -> date:
    """Return a day; SQLite keeps it as text."""
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


def instant(stored: datetime | str) -> datetime:
    """Return an instant; SQLite keeps it as text in UTC."""
    return datetime.fromisoformat(stored).replace(tzinfo=UTC) if isinstance(stored, str) else stored


def uid(stored: UUID | str) -> UUID:
    """Return an id that travels; SQLite keeps it as text."""
    return stored if isinstance(stored, UUID) else UUID(stored)


@lru_cache(maxsize=256)
def words(stored: str) -> Mapping[str, str]:
    """Return words by language."""
    said: dict[str, str] = json.loads(stored)
    return said


Form = Callable[[Any], Any]
DAYS = ("birth_date", "status_since", "suspended_until", "valid_from", "valid_until", "registered_on")
OF_PATRON: dict[str, Form] = {"uid": uid, "has_id_number": bool, **dict.fromkeys(DAYS, day)}
OF_CATEGORY: dict[str, Form] = {"words": words, "is_institution": bool, "is_open": bool}
OF_GUARDIAN: dict[str, Form] = {"consented_at": instant}
OF_CARD: dict[str, Form] = dict.fromkeys(("status_since", "from_day", "until_day"), day)
FORMS = (OF_PATRON, OF_CATEGORY, OF_GUARDIAN, OF_CARD)
