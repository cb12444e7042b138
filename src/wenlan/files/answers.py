"""Answers that show a file kept here."""

from django.http import HttpResponse

from wenlan.files import queries
from wenlan.files.types import FileView


def private(kept: FileView) -> HttpResponse:
    """Return a file for the one who asked: no store between keeps it, no browser guesses at what it is."""
    answer = HttpResponse(queries.content(kept), content_type=kept.content_type)
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = "inline"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
