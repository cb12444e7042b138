"""Reads of copy cataloguing: targets, searches, what the targets answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from wenlan.kernel.errors import NotFound
from wenlan.protocols.copying import sealing
from wenlan.protocols.copying.types import (
    REASONS,
    AnswerState,
    AnswerView,
    CopyQuestion,
    HitView,
    SearchView,
    TargetFacts,
    TargetFailed,
    TargetView,
)
from wenlan.protocols.models import CopyAnswer, CopyHit, CopySearch, CopyTarget

GRACE = timedelta(seconds=5)


def targets(*, active_only: bool = False) -> tuple[TargetView, ...]:
    """Return the targets in their order (one statement)."""
    rows = CopyTarget.objects.order_by("position", "name")
    return tuple(view(row) for row in (rows.filter(is_active=True) if active_only else rows))


def target(target_id: int) -> TargetView:
    """Return one target. Raises NotFound."""
    row = CopyTarget.objects.filter(pk=target_id).first()
    if row is None:
        raise NotFound(what=str(target_id))
    return view(row)


def view(row: CopyTarget) -> TargetView:
    """Return a target as pages show it, its password left out."""
    return TargetView(
        id=row.pk,
        has_password=bool(row.sealed_password),
        name=row.name,
        protocol=row.protocol,
        host=row.host,
        port=row.port,
        path=row.path,
        is_encrypted=row.is_encrypted,
        syntax=row.syntax,
        encoding=row.encoding,
        user=row.user,
        seconds=row.seconds,
        position=row.position,
        is_active=row.is_active,
    )


def facts(row: CopyTarget) -> TargetFacts:
    """Return all that is needed to ask a target, its password too. Raises TargetFailed when that cannot be opened."""
    return TargetFacts(
        name=row.name,
        protocol=row.protocol,
        host=row.host,
        port=row.port,
        path=row.path,
        is_encrypted=row.is_encrypted,
        syntax=row.syntax,
        encoding=row.encoding,
        user=row.user,
        password=sealing.open_seal(bytes(row.sealed_password)),
        seconds=row.seconds,
        position=row.position,
        is_active=row.is_active,
    )


def search(uid: UUID, at: datetime) -> SearchView:
    """Return how far a search is (two statements). Raises NotFound.

    A target whose time is long up counts as one that took too long: the process that asked it may be gone.
    """
    row = CopySearch.objects.filter(uid=uid).first()
    if row is None:
        raise NotFound(what=str(uid))
    rows = CopyAnswer.objects.filter(search=row).select_related("target").order_by("target__position", "target__name")
    shown = {one.pk: 0 for one in rows}
    for answer in CopyHit.objects.filter(answer__search=row).values_list("answer_id", flat=True):
        shown[answer] = shown.get(answer, 0) + 1
    answers = tuple(_answer_view(one, shown.get(one.pk, 0), row.asked_at, at) for one in rows)
    question = CopyQuestion(**row.question)
    return SearchView(uid=row.uid, staff=row.staff or 0, asked_at=row.asked_at, question=question, answers=answers)


def _answer_view(row: CopyAnswer, shown: int, asked_at: datetime, at: datetime) -> AnswerView:
    state, reason = row.state, row.reason
    if state == AnswerState.ASKING and at > asked_at + timedelta(seconds=row.target.seconds) + GRACE:
        state, reason = AnswerState.FAILED, TargetFailed.TIMED_OUT
    words = str(REASONS.get(reason, reason))
    return AnswerView(
        target=row.target_id,
        name=row.target.name,
        state=state,
        total=row.total,
        shown=shown,
        reason=f"{words}: {row.details}" if words and row.details else words or row.details,
    )


def question_of(uid: UUID) -> CopyQuestion:
    """Return what a search asked. Raises NotFound."""
    stated = CopySearch.objects.filter(uid=uid).values_list("question", flat=True).first()
    if stated is None:
        raise NotFound(what=str(uid))
    return CopyQuestion(**stated)


def in_words(question: CopyQuestion) -> str:
    """Return a question in one line, as it is kept beside a record."""
    stated = (("ISBN", question.isbn), ("title", question.title), ("author", question.author), ("", question.words))
    return "; ".join(f"{name} {text}".strip() for name, text in stated if text)


def hits(uid: UUID) -> tuple[HitView, ...]:
    """Return what the targets sent, the first of each first (one statement)."""
    rows = CopyHit.objects.filter(answer__search__uid=uid).select_related("answer__target")
    return tuple(_hit_view(row, uid) for row in rows.order_by("position", "answer__target__position", "answer_id"))


def hit(uid: UUID, hit_id: int) -> HitView:
    """Return one record of a search. Raises NotFound."""
    row = CopyHit.objects.filter(answer__search__uid=uid, pk=hit_id).select_related("answer__target").first()
    if row is None:
        raise NotFound(what=str(hit_id))
    return _hit_view(row, uid)


def _hit_view(row: CopyHit, uid: UUID) -> HitView:
    target = row.answer.target
    encoding = "auto" if target.protocol == "sru" else target.encoding
    return HitView(id=row.pk, target_name=target.name, encoding=encoding, raw=bytes(row.raw), search=uid)
