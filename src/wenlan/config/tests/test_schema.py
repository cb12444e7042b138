"""A new database gets its tables at once: whole or not at all, and only where none stands."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from wenlan.config.database import database_settings
from wenlan.config.schema import loading
from wenlan.config.schema.loading import digests, load

pytestmark = pytest.mark.slow
NAME = f"empty_{os.getpid()}"


@pytest.fixture
def empty(tmp_path, django_db_blocker):
    """A database without any table, beside the one of the run and of the same kind."""
    url = ""
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            url = urlunsplit(urlsplit(settings.WENLAN_DATABASE_URL)._replace(path=f"/{NAME}"))
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {NAME}")
        named = {"default": {}, "empty": database_settings(url, tmp_path)}
        connections.settings["empty"] = connections.configure_settings(named)["empty"]
        yield connections["empty"]
        connections["empty"].close()
        if url:
            connections["empty"].close_pool()
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"DROP DATABASE {NAME} WITH (FORCE)")
        del connections["empty"], connections.settings["empty"]


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """The file that tables are made from, in a folder of its own, to be changed by a test."""
    folder = shutil.copytree(loading.FOLDER, tmp_path / "schema")
    monkeypatch.setattr(loading, "FOLDER", folder)
    return folder / f"{connection.vendor}.sql"


def waiting(database):
    executor = MigrationExecutor(database)
    return [migration.name for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def test_migrate_begins_with_it_unless_it_only_looks(empty):
    call_command("migrate", database="empty", check_unapplied=False, plan=True, verbosity=0)
    assert empty.introspection.table_names() == []

    call_command("migrate", database="empty", verbosity=0)

    assert waiting(empty) == []
    with empty.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM catalogue_overlayrule")
        assert cursor.fetchone()[0] > 30
        cursor.execute("SELECT count(*) FROM django_content_type")
        assert cursor.fetchone()[0] > 100


def test_where_any_table_stands_nothing_is_made(empty):
    with empty.cursor() as cursor:
        cursor.execute("CREATE TABLE somebodys (id integer)")

    assert not load(empty)
    assert empty.introspection.table_names() == ["somebodys"]


def test_a_migration_that_has_changed_since_leaves_it_to_the_migrations(empty, kept):
    script = kept.read_text(encoding="utf-8")
    known = digests()["ledger", "0001_initial"]
    kept.write_text(script.replace(known, "0" * len(known)), encoding="utf-8")

    assert not load(empty)
    assert empty.introspection.table_names() == []


def test_a_migration_written_since_waits_to_be_run(empty, kept):
    script = kept.read_text(encoding="utf-8")
    newest = f"-- migration demo.0001_initial {digests()['demo', '0001_initial']}\n"
    assert newest in script
    kept.write_text(script.replace(newest, ""), encoding="utf-8")

    assert load(empty)
    assert "0001_initial" in waiting(empty)


def test_what_breaks_off_in_between_leaves_the_database_empty(empty, kept):
    kept.write_text("CREATE TABLE first (id integer);\nINSERT INTO no_such_table VALUES (1);\n", encoding="utf-8")

    with pytest.raises(DatabaseError):
        load(empty)

    assert empty.introspection.table_names() == []


def test_of_two_programs_that_begin_together_one_makes_the_tables(empty):
    def make():
        own = connections["empty"]
        try:
            return load(own)
        finally:
            own.close()

    with ThreadPoolExecutor(max_workers=2) as programs:
        made = [program.result() for program in [programs.submit(make) for _ in range(2)]]

    assert sorted(made) == [False, True]
    known = loading.stated_in((loading.FOLDER / f"{empty.vendor}.sql").read_text(encoding="utf-8"))
    assert set(MigrationRecorder(empty).applied_migrations()) == set(known)
    assert len(waiting(empty)) == len(digests()) - len(known)
