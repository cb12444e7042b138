"""The database of the last release that landed, brought up to this one: nothing is lost, and the books agree.

`landed.json` holds the rows of a small installation as that release wrote them: two readers, three items, two
loans, one of them renewed, a return and a withdrawal. When a release lands, its own rows take their place.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
AS_IT_LANDED = f"""
import json
import django
django.setup()
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

landed = json.load(open({str(Path(__file__).with_name("landed.json"))!r}, encoding="utf-8"))
MigrationExecutor(connection).migrate(list(landed["migrations"].items()))


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


@pytest.fixture
def environment(tmp_path):
    """Give the environment of an installation of its own, on the database of the run."""
    home = tmp_path / "var"
    home.mkdir()
    (home / "wenlan.toml").write_text("", encoding="utf-8")
    url = os.environ.get("WENLAN_DATABASE_URL", "")
    base = {**os.environ, "WENLAN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "wenlan.config.settings"}
    if not url:
        yield base
        return
    import psycopg

    server, _, _name = url.rpartition("/")
    name = f"upgrade_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {name}")
        yield base | {"WENLAN_DATABASE_URL": f"{server}/{name}"}
        administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(environment, *arguments):
    done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_an_installation_of_the_last_release_is_brought_up_to_this_one(environment):
    run(environment, "-c", AS_IT_LANDED)

    run(environment, "-m", "wenlan", "init")

    assert run(environment, "-m", "wenlan", "verify")
    period = ("--from", "2026-01-01", "--to", "2027-01-01", "--json")
    figures = json.loads(run(environment, "-m", "wenlan", "figures", *period))
    told = {figure["measure"]: figure["value"] for figure in figures}
    assert [told[code] for code in ("loans", "returns", "renewals", "stock_held")] == [2, 1, 1, 2]
