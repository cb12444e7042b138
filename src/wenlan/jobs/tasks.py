"""What the clock does for the database itself."""

from datetime import datetime

from wenlan.jobs import statements
from wenlan.jobs.types import Recurring


def copy_log(at: datetime) -> None:
    """Keep SQLite's log short, so that no act has to: who commits when it is full would wait for the whole copy."""
    statements.copy_log()


RECURRING = (Recurring(name="jobs.copy_log", every_seconds=1.0, run=copy_log, claimed=False),)
