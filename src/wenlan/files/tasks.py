"""What the clock does for files."""

from wenlan.files import operations
from wenlan.jobs.types import Recurring

RECURRING = (Recurring(name="files.let_go", every_seconds=3600, run=operations.let_go),)
