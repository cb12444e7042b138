"""The tables of a new database, written down from a database that was migrated step by step.

    ./dev schema            run the migrations that sqlite.sql and postgresql.sql do not have yet, and write both anew
    ./dev schema --anew     run all migrations, for a minute or two: when one that they have was changed

Both stand in src/wenlan/config/schema/ and are read back from throw-away databases: SQLite's from its own catalogue,
PostgreSQL's by `pg_dump`. Rows that migrations have put into tables come along. What needs Django runs in a program
of its own.
"""

import argparse
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tools import postgres
from tools.console import ROOT, Failure, banner, leave, say

FOLDER = ROOT / "src" / "wenlan" / "config" / "schema"
MIGRATE = """
import json
import sys
import django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from wenlan.config.schema.loading import HEAD, digests, load
if "--anew" not in sys.argv:
    load(connection)
executor = MigrationExecutor(connection)
executor.migrate(executor.loader.graph.leaf_nodes())
known = digests()
applied = MigrationRecorder(connection).migration_qs.order_by("id").values_list("app", "name")
print(json.dumps([HEAD, *(f"-- migration {app}.{name} {known[app, name]}" for app, name in applied)]))
"""
OBJECTS = """
SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
ORDER BY CASE type WHEN 'table' THEN 1 WHEN 'index' THEN 2 WHEN 'view' THEN 3 ELSE 4 END, name
"""
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
RECORD = "django_migrations"  # written when the file is loaded, with the instant

# What pg_dump says about itself and its session, and sequences that stand at their beginning anyway.
OF_THE_DUMP = re.compile(
    r"^(--.*|SET .*;|\\.*|SELECT pg_catalog\.(set_config\(.*|setval\(.*, 1, false\));)\n", re.MULTILINE
)
OF_THE_RECORD = re.compile(rf"^(INSERT INTO |SELECT pg_catalog\.setval\('){RECORD}(_id_seq)?\b.*\n", re.MULTILINE)
USUAL_SEQUENCE = re.compile(
    r"\(\n +(SEQUENCE NAME \w+)\n +START WITH 1\n.*\n +NO MINVALUE\n +NO MAXVALUE\n +CACHE 1\n\)"
)
# `IN (...)` is told in two ways: as it was made, and as it was made from what the server told.
LIST = re.compile(r"\(ARRAY\[((?:'[^']*'::character varying(?:, )?)+)\]\)::text\[\]")
ENTRY = re.compile(r"'[^']*'::character varying")


def main() -> int:
    """Write both files; 1 where there is no PostgreSQL on this machine to write the second from."""
    parser = argparse.ArgumentParser(prog="./dev schema")
    parser.add_argument("--anew", action="store_true", help="run all migrations")
    options = sys.argv[1:] if parser.parse_args().anew else []
    say("migrating an empty SQLite database")
    with tempfile.TemporaryDirectory() as home:
        head = migrate(home, *options, url="")
        with closing(sqlite3.connect(Path(home, "wenlan.sqlite3"))) as database:
            write("sqlite", head, "\n".join(of_sqlite(database)))
    binaries = postgres.provide_binaries()
    if binaries is None:
        banner("postgresql.sql is as it was: PostgreSQL is not installed (Debian: apt install postgresql)")
        return 1
    say(f"migrating an empty database of {postgres.server_version(binaries)}")
    with tempfile.TemporaryDirectory() as home, postgres.cluster(binaries) as url:
        head = migrate(home, *options, url=url)
        write("postgresql", head, of_postgresql(dump(binaries / "pg_dump", url)))
    return 0


def migrate(home: str, *options: str, url: str) -> list[str]:
    """Bring an empty database to the last migration; return the head of its file. Raises Failure."""
    environment = {**os.environ, "WENLAN_HOME": home, "WENLAN_DATABASE_URL": url}
    environment["DJANGO_SETTINGS_MODULE"] = "wenlan.config.settings"
    command = [sys.executable, "-c", MIGRATE, *options]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failure(done.stderr)
    lines: list[str] = json.loads(done.stdout)
    return lines


def of_sqlite(database: sqlite3.Connection) -> Iterator[str]:
    """Yield the statements that make the database again."""
    for (sql,) in database.execute(OBJECTS).fetchall():
        yield f"{sql};"
    for (table,) in database.execute(TABLES).fetchall():
        if table == RECORD:
            continue
        columns = [column for _, column, *_ in database.execute(f'PRAGMA table_info("{table}")')]
        quoted = ", ".join(f'quote("{column}")' for column in columns)
        names = ", ".join(f'"{column}"' for column in columns)
        for values in database.execute(f'SELECT {quoted} FROM "{table}"'):
            yield f'INSERT INTO "{table}" ({names}) VALUES ({", ".join(values)});'


def dump(program: Path, url: str) -> str:
    """Return what `pg_dump` makes of a database. Raises Failure."""
    options = ("--no-owner", "--no-privileges", "--column-inserts", "--dbname", url)
    done = subprocess.run([program, *options], capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise Failure(f"pg_dump failed:\n{done.stderr}")
    return done.stdout


def of_postgresql(dumped: str) -> str:
    """Return a dump as any server takes it: without the words of one version, its session and its schema's name."""
    text = OF_THE_DUMP.sub("", dumped).replace("public.", "")
    text = OF_THE_RECORD.sub("", text)
    text = told_once(USUAL_SEQUENCE.sub(r"(\1)", text))
    text = re.sub(r"^(ALTER TABLE .*)\n +(ADD CONSTRAINT .*;)$", r"\1 \2", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n", text).strip()


def told_once(definition: str) -> str:
    """Return a definition in the one of its forms in which each value of a list is cast by itself."""
    return LIST.sub(lambda found: "ARRAY[" + ENTRY.sub(r"(\g<0>)::text", found[1]) + "]", definition)


def write(vendor: str, head: list[str], body: str) -> None:
    """Write one file."""
    path = FOLDER / f"{vendor}.sql"
    path.write_text("\n".join((*head, "", body, "")), encoding="utf-8", newline="\n")
    say(f"wrote {path.relative_to(ROOT).as_posix()}")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        leave(failure)
