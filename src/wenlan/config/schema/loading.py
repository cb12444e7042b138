"""A new database gets the tables that the migrations lead to at once, instead of migration by migration.

Django renders every model again for each operation of a hundred migrations, which takes half a minute and more. Their
outcome stands here as SQL, one file for each database; its head names the migrations it stands for, each with the
digest of its text. Loaded, they are recorded as applied, and those that have been written since follow as on any
installation. A file that knows a migration otherwise than it stands here is left alone: then all migrations run.
"""

import hashlib
import re
from pathlib import Path

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from wenlan.config.schema.statements import hold_for_one, statements_of

FOLDER = Path(__file__).parent
HEAD = "-- The tables of a new database, as the migrations leave them. Made by ./dev schema; never edited by hand."
STATED = re.compile(r"^-- migration (\w+)\.(\w+) (\w+)$", re.MULTILINE)

Name = tuple[str, str]  # of a migration: the application's label, its own


def load(connection: BaseDatabaseWrapper) -> bool:
    """Make the tables of an empty database, in one transaction; return whether that was done.

    It is not done where any table stands already, and where the file does not fit the migrations. Of two programs
    that find the database empty together the second waits, and finds the tables of the first.
    """
    script = (FOLDER / f"{connection.vendor}.sql").read_text(encoding="utf-8")
    stated = stated_in(script)
    if not stated.items() <= digests().items():
        return False
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        hold_for_one(cursor, connection.vendor)
        if connection.introspection.table_names(cursor):
            return False
        for statement in statements_of(script, connection.vendor):
            cursor.execute(statement)
        applied = MigrationRecorder(connection)
        applied.migration_qs.bulk_create(applied.Migration(app=app, name=name) for app, name in stated)
    return True


def stated_in(script: str) -> dict[Name, str]:
    """Return the migrations that a file stands for, in the order in which they were applied, with their digests."""
    return {(app, name): digest for app, name, digest in STATED.findall(script)}


def digests() -> dict[Name, str]:
    """Return every migration of this version, Django's own included, with the digest of its text."""
    return {
        (application.label, file.stem): hashlib.sha256(file.read_text(encoding="utf-8").encode()).hexdigest()[:16]
        for application in apps.get_app_configs()
        for file in sorted(Path(application.path, "migrations").glob("[0-9]*.py"))
    }
