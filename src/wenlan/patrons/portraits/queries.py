"""Reads of readers' photographs."""

from uuid import UUID

from wenlan.files import queries as files
from wenlan.files.types import FileView


def owner_of(uid: UUID) -> str:
    """Return under which key a reader's photographs are kept."""
    return f"portrait:{uid}"


def portrait(uid: UUID) -> FileView | None:
    """Return the last photograph of a reader, None without one (one statement)."""
    kept = files.files_of([owner_of(uid)]).get(owner_of(uid), ())
    return next((one for one in reversed(kept) if not one.is_gone and one.keep_until is None), None)
