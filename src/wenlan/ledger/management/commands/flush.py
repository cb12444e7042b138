"""Django's `flush`, with the ledger's guard lifted while it runs: the tests of whole transactions use it."""

from typing import Any

from django.core.management.commands import flush
from django.db import connections

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'ledger_append_only_%'"


class Command(flush.Command):
    """Empty every table. On SQLite that is DELETE, which the ledger refuses; PostgreSQL truncates."""

    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor != "sqlite":
            super().handle(**options)
            return
        with connection.cursor() as cursor:
            cursor.execute(TRIGGERS)
            guards = cursor.fetchall()
            for name, _ in guards:
                cursor.execute(f"DROP TRIGGER {name}")
            try:
                super().handle(**options)
            finally:
                for _, sql in guards:
                    cursor.execute(sql)
