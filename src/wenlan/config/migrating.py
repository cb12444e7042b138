"""Tests that do not wait for the migrations: an empty database that was migrated once, kept for as long as they stay.

Every test process makes a database of its own, and a hundred migrations take some fifteen seconds of it. What they
lead to depends on their own text alone, so that it is kept under its digest, outside the checkout. SQLite only.
"""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import wraps
from pathlib import Path
from typing import Any

import django
from django.core.management.commands.migrate import Command
from django.db import connections

PACKAGES = Path(__file__).resolve().parent.parent
ALSO_READ = ("kernel/sqlite/*.py", "kernel/ids.py", "facilities/types.py", "ledger/types.py", "ledger/kinds.py")


def keep_migrated() -> None:
    """Let `migrate` begin with a kept database where it would begin with an empty one."""
    Command.handle = _from_kept(Command.handle)  # type: ignore[method-assign]


def give_migrated(home: Path) -> Path:
    """Return a new home whose empty database is migrated already, as far as one is kept; for tests of commands."""
    home.mkdir(parents=True)
    if (kept := _place()).exists():
        shutil.copyfile(kept, home / "wenlan.sqlite3")
    return home


def _from_kept(handle: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(handle)
    def migrate(command: Command, *args: Any, **options: Any) -> Any:
        connection = connections[options["database"]]
        if connection.vendor != "sqlite" or options.get("app_label") or connection.introspection.table_names():
            return handle(command, *args, **options)
        kept = _place()
        if kept.exists():
            with closing(sqlite3.connect(kept)) as source:
                source.backup(connection.connection)
            return handle(command, *args, **options)
        done = handle(command, *args, **options)
        _keep(connection.connection, kept)
        return done

    return migrate


def _keep(database: sqlite3.Connection, kept: Path) -> None:
    half = kept.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(half)) as target:
        database.backup(target)
    half.replace(kept)


def _place() -> Path:
    digest = hashlib.sha256(django.get_version().encode())
    for pattern in ("*/migrations/*.py", *ALSO_READ):
        for file in sorted(PACKAGES.glob(pattern)):
            digest.update(file.read_bytes())
    return Path(tempfile.gettempdir()) / f"wenlan-migrated-{digest.hexdigest()[:20]}.sqlite3"
