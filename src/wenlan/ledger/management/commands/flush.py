"""Django's `flush`, with the ledger's guard lifted while it runs: the tests of whole transactions use it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import flush
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'ledger_append_only_%'"
MAY_BE_QUICK = "SELECT current_setting('is_superuser') = 'on'"
NO_TRIGGERS = "SET LOCAL session_replication_role = replica"
STAYS = {"django_content_type", "auth_permission"}  # Django would write the same rows again


class Command(flush.Command):
    """Empty every table. On SQLite that is DELETE, which the ledger refuses; PostgreSQL truncates.

    Where the numbers of rows may go on, as after each test, only tables with rows are emptied, and Django's own rows
    stay: truncating two hundred tables takes PostgreSQL about a second, whatever stands in them.
    """

    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        with guard_lifted(connection):
            if options.get("reset_sequences", True) or not may_be_quick(connection):
                super().handle(**options)
            else:
                empty(connection)


@contextmanager
def guard_lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Take the ledger's triggers away on SQLite, and put them back."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS)
        guards = cursor.fetchall()
        for name, _ in guards:
            cursor.execute(f"DROP TRIGGER {name}")
        try:
            yield
        finally:
            for _, sql in guards:
                cursor.execute(sql)


def may_be_quick(connection: BaseDatabaseWrapper) -> bool:
    """Whether this connection may delete past triggers and keys: on PostgreSQL its superuser may."""
    if connection.vendor == "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute(MAY_BE_QUICK)
        return bool(cursor.fetchone()[0])


def empty(connection: BaseDatabaseWrapper) -> None:
    """Delete the rows of every table that has any, in one transaction."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in names)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(NO_TRIGGERS)
        cursor.execute(asked)
        for name in {name for (name,) in cursor.fetchall()} - STAYS:
            cursor.execute(f"DELETE FROM {name}")
