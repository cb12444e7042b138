"""Reads of versions, kept answers and the outbox."""

from typing import Any

from wenlan.jobs.models import Answer, Counter, Posted, Version


def version(name: str) -> int:
    """Return how often the rules called `name` have changed (one statement; 0 before the first change)."""
    found = Version.objects.filter(name=name).values_list("value", flat=True).first()
    return found or 0


def answer(key: str, operation: str) -> dict[str, Any] | None:
    """Return what the operation answered to this key the first time, or None."""
    return Answer.objects.filter(operation=operation, key=key).values_list("answer", flat=True).first()


def posted(topic: str, limit: int) -> list[tuple[int, Any]]:
    """Return the oldest messages of a topic as (id, payload)."""
    return list(Posted.objects.filter(topic=topic).order_by("id").values_list("id", "payload")[:limit])


def posted_count(topic: str) -> int:
    """Return how many messages of a topic wait."""
    return Posted.objects.filter(topic=topic).count()


def last_number(scheme: str, key: str) -> int:
    """Return the last number given out in a scheme; 0 before the first."""
    return Counter.objects.filter(scheme=scheme, key=key).values_list("value", flat=True).first() or 0
