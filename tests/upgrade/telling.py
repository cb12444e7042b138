"""Brings an installation to this release and tells what it is then, as JSON: `python -m tests.upgrade.telling FROM`.

FROM is `landed`, an installation of the release that landed, or `nothing`, a new one. It stands in WENLAN_HOME, on an
empty database. All is done in one program: each start of one costs more than what is done in it.
"""

import io
import json
import sys
from contextlib import redirect_stdout
from pathlib import Path

import django

from tests.upgrade import tables

LANDED = Path(__file__).with_name("landed")


def restore() -> None:
    """Make the tables and the rows of the installation as they landed."""
    from django.db import connection, transaction

    from wenlan.config.schema import loading

    here, loading.FOLDER = loading.FOLDER, LANDED
    assert loading.load(connection), "a migration that has landed was edited"
    loading.FOLDER = here
    landed = json.loads((LANDED / "rows.json").read_text(encoding="utf-8"))
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in landed["tables"].items():
            put(cursor, connection.vendor, table, rows)


def put(cursor, vendor: str, table: str, rows: list[dict]) -> None:
    """Write the rows of a table, which SQLite told, into either database."""
    names = ", ".join(rows[0])
    if vendor == "sqlite":
        for row in rows:
            values = [bytes.fromhex(value["bytes"]) if isinstance(value, dict) else value for value in row.values()]
            cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(row))})", values)
        return
    parsed = columns_of_json(cursor, table)
    for row in rows:
        for name, value in row.items():
            if isinstance(value, dict):
                row[name] = "\\x" + value["bytes"]
            elif name in parsed and value is not None:
                row[name] = json.loads(value)
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {names} FROM json_populate_recordset(NULL::{table}, %s::json)",
        [json.dumps(rows)],
    )
    if "id" in rows[0]:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table})) "
            f"WHERE pg_get_serial_sequence('{table}', 'id') IS NOT NULL"
        )


def columns_of_json(cursor, table: str) -> list[str]:
    """Return the columns of a table of PostgreSQL whose values are JSON."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND data_type = 'jsonb'", [table]
    )
    return [name for (name,) in cursor.fetchall()]


def said(*words: str) -> str:
    """Return what a `wenlan` command prints; it must succeed."""
    from wenlan.config.commands import main

    with redirect_stdout(io.StringIO()) as printed:
        status = main(words)
    assert status == 0, printed.getvalue()
    return printed.getvalue()


def told(year: int) -> dict[str, object]:
    """Return all that is in the database but its rows, the rows it came with, and what the commands say of it."""
    from django.db import connection

    books = said("verify")
    figures = json.loads(said("figures", "--from", f"{year}-01-01", "--to", f"{year + 1}-01-01", "--json"))
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        return {
            "books": books,
            "figures": {figure["measure"]: figure["value"] for figure in figures},
            "migrations": cursor.fetchall(),
            "all": tables.described(cursor, connection.vendor),
            "filled": tables.filled(cursor, names),
            "shipped": tables.shipped_rows(cursor, connection.vendor),
        }


def main() -> int:
    """Bring it up and tell."""
    begun, year = sys.argv[1:]
    django.setup()
    if begun == "landed":
        restore()
    said("init")
    print(json.dumps(told(int(year))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
