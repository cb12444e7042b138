"""What hand-written SQL needs to speak to both databases."""

from datetime import UTC, datetime

from django.db import connections


def instant(at: datetime, using: str = "default") -> datetime | str:
    """Return an aware instant as the ORM stores it in this database.

    SQLite keeps naive UTC text; a driver-adapted aware value would carry `+00:00` and then be
    found by one comparison of three.
    """
    if connections[using].vendor == "sqlite":
        naive = at.astimezone(UTC).replace(tzinfo=None)
        return naive.isoformat(sep=" ")
    return at
