"""How a file of SQL is handed to each database."""

import sqlite3
from collections.abc import Iterator

from django.db.backends.utils import CursorWrapper

HOLD = {"postgresql": "SELECT pg_advisory_xact_lock(hashtext('wenlan.schema'))"}  # SQLite has one writer anyway


def hold_for_one(cursor: CursorWrapper, vendor: str) -> None:
    """Let other programs that would make the tables wait until this transaction ends."""
    if vendor in HOLD:
        cursor.execute(HOLD[vendor])


def statements_of(script: str, vendor: str) -> Iterator[str]:
    """Yield what to execute: PostgreSQL takes a whole script, SQLite one statement after another."""
    if vendor != "sqlite":
        yield script
        return
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if line.endswith(";\n") and sqlite3.complete_statement(statement):
            yield statement
            statement = ""
