"""Writes that other packages' operations are made of; each joins the caller's transaction."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from wenlan.jobs import statements
from wenlan.jobs.models import Answer, Counter, Lease, Posted, Version

LONGEST_STEP = 1 << 40


@transaction.atomic
def bump(name: str) -> int:
    """Tell every process that the rules called `name` changed; returns the new version.

    Versions grow by a random step: one that was rolled back never comes again with another content, so that a
    copy made under it can never pass for the present one.
    """
    Version.objects.get_or_create(name=name)
    row = Version.objects.select_for_update().get(name=name)
    row.value += 1 + secrets.randbelow(LONGEST_STEP)
    row.save(update_fields=["value"])
    return row.value


@transaction.atomic
def next_number(scheme: str, key: str, *, count: int = 1) -> int:
    """Take `count` consecutive numbers of a scheme and return the first; the first ever is 1.

    Locks the counter's row until the caller's transaction ends, so two people never get the same.
    """
    Counter.objects.get_or_create(scheme=scheme, key=key)
    row = Counter.objects.select_for_update().get(scheme=scheme, key=key)
    Counter.objects.filter(pk=row.pk).update(value=F("value") + count)
    return row.value + 1


@transaction.atomic
def raise_counters(scheme: str, values: Mapping[str, int]) -> None:
    """Let the counters of a scheme stand at no less than these numbers: they came from elsewhere and are taken."""
    statements.raise_counters(scheme, values)


def remember(key: str, operation: str, answer: dict[str, Any], *, at: datetime) -> None:
    """Keep an operation's answer under its key. Raises IntegrityError when the key came before."""
    Answer.objects.create(operation=operation, key=key, answer=answer, at=at)


def post(topic: str, payload: Any) -> None:
    """Put a message into the outbox; it is there exactly when the act is."""
    Posted.objects.create(topic=topic, payload=payload)


def post_many(topic: str, payloads: Sequence[Any]) -> None:
    """Put several messages into the outbox by one statement."""
    Posted.objects.bulk_create([Posted(topic=topic, payload=payload) for payload in payloads])


def delete_posted(ids: Collection[int]) -> int:
    """Take handled messages out of the outbox; returns how many were still there."""
    return Posted.objects.filter(id__in=ids).delete()[0]


@transaction.atomic
def lease(name: str, *, holder: str, seconds: int, at: datetime) -> bool:
    """Take or keep the lease `name`; False when somebody else holds it still."""
    until = at + timedelta(seconds=seconds)
    Lease.objects.get_or_create(name=name, defaults={"holder": holder, "until": at})
    free = Q(holder=holder) | Q(until__lte=at)
    return Lease.objects.filter(free, name=name).update(holder=holder, until=until) == 1


def release(name: str, *, holder: str) -> None:
    """Give a lease back early."""
    Lease.objects.filter(name=name, holder=holder).delete()
