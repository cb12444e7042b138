"""Writes of copy cataloguing: targets defined, searches begun, records taken over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from wenlan.catalogue.overlay import taking
from wenlan.catalogue.types import MarcFormat, RecordView
from wenlan.jobs import operations as jobs
from wenlan.jobs.queries import answer
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.protocols.copying import asking, queries, sealing
from wenlan.protocols.copying.errors import HitUnreadable, NothingAsked, TargetNameTaken
from wenlan.protocols.copying.types import CopyQuestion, TargetFacts, TargetFailed, TargetView
from wenlan.protocols.models import CopyAnswer, CopySearch, CopyTarget
from wenlan.staff.operations import audit

KEPT = timedelta(days=1)
MOST_TARGETS = 12


@transaction.atomic
def save_target(act: Act, *, facts: TargetFacts, target: int | None = None) -> TargetView:
    """Define a target, or change one; an empty password leaves the one that is kept, unless the user is emptied too.

    Raises NotFound, TargetNameTaken.
    """
    row = CopyTarget() if target is None else CopyTarget.objects.select_for_update().filter(pk=target).first()
    if row is None:
        raise NotFound(what=str(target))
    if CopyTarget.objects.filter(name=facts.name).exclude(pk=row.pk).exists():
        raise TargetNameTaken(name=facts.name)
    values = asdict(facts)
    password = values.pop("password")
    for name, value in values.items():
        setattr(row, name, value)
    if password or not facts.user:
        row.sealed_password = sealing.seal(password)
    row.save()
    audit(act, "protocols.save_target", f"target:{row.pk}", after=values)
    return queries.view(row)


@transaction.atomic
def remove_target(act: Act, *, target: int) -> None:
    """Remove a target and what it answered lately; records taken over keep its name. Nothing for one that is gone."""
    row = CopyTarget.objects.filter(pk=target).first()
    if row is not None:
        row.delete()
        audit(act, "protocols.remove_target", f"target:{target}", before={"name": row.name, "host": row.host})


@transaction.atomic
def begin_search(act: Act, *, question: CopyQuestion, targets: Collection[int]) -> UUID:
    """Ask several targets at once and return the search under which their answers gather.

    Returns before any of them has answered. Repeating `act.key` returns the first search. Raises NothingAsked.
    """
    if before := answer(act.key, "protocols.begin_search"):
        return UUID(before["uid"])
    rows = list(CopyTarget.objects.filter(pk__in=targets, is_active=True).order_by("position", "name")[:MOST_TARGETS])
    if question.is_empty or not rows:
        raise NothingAsked
    search = CopySearch.objects.create(staff=act.staff, asked_at=act.at, question=asdict(question))
    answers = CopyAnswer.objects.bulk_create(CopyAnswer(search=search, target=row) for row in rows)
    asked = []
    for one, row in zip(answers, rows, strict=True):
        try:
            asked.append((one.pk, queries.facts(row)))
        except TargetFailed as failed:
            asking.write_failure(one.pk, failed.code, failed.details)
    jobs.remember(act.key, "protocols.begin_search", {"uid": str(search.uid)}, at=act.at)
    transaction.on_commit(lambda: asking.start(asked, question))
    return search.uid


def take(
    act: Act,
    *,
    search: UUID,
    hit: int,
    over: UUID | None = None,
    into: MarcFormat | None = None,
    based_on: str = "",
) -> RecordView:
    """Take over a record that a target sent, as a new one or over one of ours; see `taking.take_over`.

    Raises NotFound, HitUnreadable, RecordChangedMeanwhile.
    """
    found = queries.hit(search, hit)
    foreign = taking.read_foreign(found.raw, found.encoding)
    if foreign is None:
        raise HitUnreadable(target=found.target_name)
    asked = queries.question_of(search)
    origin = taking.Origin(
        name=found.target_name, question=queries.in_words(asked), encoding=foreign.encoding, raw=found.raw
    )
    return taking.take_over(act, foreign=foreign, origin=origin, over=over, into=into, based_on=based_on)


def forget_searches(at: datetime) -> int:
    """Remove searches that are more than a day old; returns how many rows that were."""
    return CopySearch.objects.filter(asked_at__lt=at - KEPT).delete()[0]
