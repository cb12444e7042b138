"""Django's `migrate`, which makes the tables of an empty database at once; `wenlan init` and the tests begin so."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from wenlan.config.schema.loading import load

LOOKS_ONLY = ("plan", "check_unapplied", "prune")
IN_PART = ("app_label", "fake", "fake_initial")


class Command(migrate.Command):
    """Load the schema of this version, then apply what it does not have."""

    def handle(self, *args: Any, **options: Any) -> None:
        if not any(options[name] for name in (*LOOKS_ONLY, *IN_PART)):
            load(connections[options["database"]])
        super().handle(*args, **options)
