"""SQLite for a service with several threads: one writer lane, so that a desk never waits on a lock timer."""

import random
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base, schema
from django.db.utils import OperationalError

_lane = threading.RLock()
BUSY_SECONDS = 20.0


@lru_cache(maxsize=4096)
def with_question_marks(query: str) -> str:
    """Return SQL with the parameter marks of SQLite; looking for them costs as much as running a short statement."""
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class Cursor(base.SQLiteCursorWrapper):
    """Django's cursor, which remembers how it translated a statement."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        """Return the statement as SQLite reads it."""
        if param_names is not None:
            return str(super().convert_query(query, param_names=param_names))
        return with_question_marks(query)


class SchemaEditor(schema.DatabaseSchemaEditor):
    """Django's schema editor, which remakes a table under the views that read it."""

    def _remake_table(self, *args: Any, **kwargs: Any) -> None:
        # Between dropping the old table and renaming the new one a view reads nothing; without this SQLite refuses.
        self.execute("PRAGMA legacy_alter_table = ON")
        try:
            super()._remake_table(*args, **kwargs)  # type: ignore[misc]
        finally:
            self.execute("PRAGMA legacy_alter_table = OFF")


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite with transactions that queue in this process before they take the file's lock.

    SQLite's own busy handler sleeps in growing steps and lets late comers overtake; threads of one
    process pass a lock to each other in microseconds. Another process that writes (a backup, a command)
    is met by retries with jitter.
    """

    SchemaEditorClass = SchemaEditor
    _in_lane = False

    def create_cursor(self, name: str | None = None) -> Cursor:  # noqa: ARG002 - of PostgreSQL
        """Return a cursor of ours."""
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        _lane.acquire()
        self._in_lane = True
        try:
            begin_with_retry(super()._start_transaction_under_autocommit)  # type: ignore[misc]
        except BaseException:
            self._leave_lane()
            raise

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]
        if autocommit:  # the transaction is over; what runs on commit may start the next one
            self._leave_lane()

    def close_if_unusable_or_obsolete(self) -> None:
        """Close what is of no more use; Django asks at each end of a request, and some share a transaction."""
        if not self.in_atomic_block:
            super().close_if_unusable_or_obsolete()

    def close(self) -> None:
        """Close the connection; a transaction that dies with it leaves the lane."""
        try:
            super().close()
        finally:
            self._leave_lane()

    def _leave_lane(self) -> None:
        if self._in_lane:
            self._in_lane = False
            _lane.release()


def begin_with_retry(begin: Callable[[], None]) -> None:
    """Call `begin` until another process lets the file go; raises its error after `BUSY_SECONDS`."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            begin()
        except OperationalError as busy:
            if "locked" not in str(busy) or time.monotonic() > until:
                raise
            time.sleep(random.uniform(0.0005, 0.004))
        else:
            return
