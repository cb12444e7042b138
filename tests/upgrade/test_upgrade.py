"""The database of the last release that landed, brought up to this one: nothing is lost, and the books agree.

`landed/` holds that release's tables, which were its `src/wenlan/config/schema/*.sql`, and in `rows.json` the rows of a
small installation as it wrote them: two readers, three items, two loans, one of them renewed, a return and a
withdrawal. When a release lands, its own tables and rows take their place. Its migrations must stand as they landed.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent.parent
LANDED = Path(__file__).with_name("landed")
AS_IT_LANDED = f"""
import json
import django
django.setup()
from pathlib import Path
from django.db import connection, transaction
from wenlan.config.schema import loading

loading.FOLDER = Path({str(LANDED)!r})
assert loading.load(connection), "a migration that has landed was edited"
landed = json.loads((loading.FOLDER / "rows.json").read_text(encoding="utf-8"))


def columns_of_json(cursor, table):
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND data_type = 'jsonb'", [table]
    )
    return [name for (name,) in cursor.fetchall()]


def put(cursor, table, rows):
    names = ", ".join(rows[0])
    if connection.vendor == "sqlite":
        for row in rows:
            values = [bytes.fromhex(value["bytes"]) if isinstance(value, dict) else value for value in row.values()]
            cursor.execute(f"INSERT INTO {{table}} ({{names}}) VALUES ({{', '.join(['%s'] * len(row))}})", values)
        return
    parsed = columns_of_json(cursor, table)
    for row in rows:
        for name, value in row.items():
            if isinstance(value, dict):
                row[name] = "\\\\x" + value["bytes"]
            elif name in parsed and value is not None:
                row[name] = json.loads(value)
    cursor.execute(
        f"INSERT INTO {{table}} ({{names}}) SELECT {{names}} FROM json_populate_recordset(NULL::{{table}}, %s::json)",
        [json.dumps(rows)],
    )
    if "id" in rows[0]:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{{table}}', 'id'), (SELECT max(id) FROM {{table}})) "
            f"WHERE pg_get_serial_sequence('{{table}}', 'id') IS NOT NULL"
        )


with transaction.atomic(), connection.cursor() as cursor:
    for table, rows in landed["tables"].items():
        put(cursor, table, rows)
"""


TELL = """
import json
import django
django.setup()
from django.db import connection
from tests.upgrade import tables
with connection.cursor() as cursor:
    names = connection.introspection.table_names(cursor)
    told = {"all": tables.described(cursor, connection.vendor), "filled": tables.filled(cursor, names)}
    told["shipped"] = tables.shipped_rows(cursor, connection.vendor)
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    told["migrations"] = cursor.fetchall()
print(json.dumps(told))
"""
OF_ITS_OWN_BOOKS = ["holdings_bookentry"]  # a migration writes them for the items that the library had


@contextmanager
def installation(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """Give the environment of an installation of its own, on an empty database of the kind of the run."""
    home = folder / "var"
    home.mkdir()
    (home / "wenlan.toml").write_text("", encoding="utf-8")
    url = os.environ.get("WENLAN_DATABASE_URL", "")
    base = {**os.environ, "WENLAN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "wenlan.config.settings"}
    if not url:
        yield base
        return
    import psycopg

    server, _, _name = url.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {name}_{os.getpid()}")
        try:
            yield base | {"WENLAN_DATABASE_URL": f"{server}/{name}_{os.getpid()}"}
        finally:
            administrator.execute(f"DROP DATABASE {name}_{os.getpid()} WITH (FORCE)")


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory):
    """An installation of the last release, brought up to this one, migration by migration."""
    with installation(tmp_path_factory.mktemp("upgraded"), "upgraded") as environment:
        run(environment, "-c", AS_IT_LANDED)
        run(environment, "-m", "wenlan", "init")
        yield environment


@pytest.fixture
def new(tmp_path):
    """A new installation, whose tables were made at once."""
    with installation(tmp_path, "new") as environment:
        run(environment, "-m", "wenlan", "init")
        yield environment


def run(environment, *arguments):
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_an_installation_of_the_last_release_is_brought_up_to_this_one(upgraded):
    assert run(upgraded, "-m", "wenlan", "verify")
    period = ("--from", "2026-01-01", "--to", "2027-01-01", "--json")
    figures = json.loads(run(upgraded, "-m", "wenlan", "figures", *period))
    told = {figure["measure"]: figure["value"] for figure in figures}
    assert [told[code] for code in ("loans", "returns", "renewals", "stock_held")] == [2, 1, 1, 2]


def test_it_then_stands_on_the_same_tables_as_a_new_one(upgraded, new):
    after_all_migrations, at_once = (json.loads(run(environment, "-c", TELL)) for environment in (upgraded, new))

    assert at_once["all"] == after_all_migrations["all"], "differs from what the migrations lead to: ./dev schema"
    for what in ("shipped", "migrations"):
        assert at_once[what] == after_all_migrations[what]
    landed = json.loads((LANDED / "rows.json").read_text(encoding="utf-8"))["tables"]
    assert sorted({*after_all_migrations["filled"]} - {*at_once["filled"], *landed}) == OF_ITS_OWN_BOOKS
