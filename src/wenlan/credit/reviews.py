"""A reader asks that a person look again (复核); somebody else than who wrote it down decides, with an answer."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from wenlan.credit import accounts, policies
from wenlan.credit.accounts import locked
from wenlan.credit.errors import EntryUnknown, NoPointsKept, ReasonMissing, ReviewDecided, ReviewOpen, SamePerson
from wenlan.credit.models import PointEntry, Review
from wenlan.credit.queries import point_line
from wenlan.credit.types import Cause, ReviewState, ReviewView
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.staff.operations import audit

READER = "reader"


@transaction.atomic
def ask(act: Act, *, patron: int, words: str, entry: int | None = None) -> ReviewView:
    """Write down that a reader asks to look again, at one line of points or at the account as it stands.

    An act without staff is the reader's own. Raises ReasonMissing, EntryUnknown for a line of another reader,
    ReviewOpen while one about the same is open. Repeating `act.key` returns the first request.
    """
    if done := Review.objects.filter(key=act.key).first():
        return review(done.pk)
    if not words.strip():
        raise ReasonMissing()
    locked(act, patron)
    if entry is not None and not PointEntry.objects.filter(pk=entry, patron=patron).exists():
        raise EntryUnknown(what=str(entry))
    if Review.objects.filter(patron=patron, entry=entry, state=ReviewState.OPEN).exists():
        raise ReviewOpen()
    row = Review.objects.create(
        patron_id=patron,
        entry_id=entry,
        asked_at=act.at,
        asked_by=act.operator if act.staff is not None else READER,
        channel=act.channel.value,
        words=words.strip()[:500],
        key=act.key,
    )
    return review(row.pk)


@transaction.atomic
def decide(act: Act, *, review_id: int, answer: str, points: int | None) -> ReviewView:
    """Grant a request with so many points given back (0: none), or refuse it (None); the reader is told the answer.

    Raises ReasonMissing without an answer, ReviewDecided, NoPointsKept, SamePerson for who wrote the request down or
    made the very correction it is about.
    """
    if not answer.strip():
        raise ReasonMissing()
    account = locked(act, review(review_id).patron)
    row = Review.objects.select_for_update().get(pk=review_id)
    if row.state != ReviewState.OPEN:
        raise ReviewDecided()
    if act.operator in {row.asked_by, corrected_by(row)}:
        raise SamePerson()
    given = give(act, account, row, points, answer) if points else 0
    row.state = ReviewState.REFUSED if points is None else ReviewState.GRANTED
    row.decided_at, row.decided_by, row.answer, row.points = act.at, act.operator, answer.strip()[:500], given
    row.save(update_fields=["state", "decided_at", "decided_by", "answer", "points"])
    audit(act, "credit.review", f"review:{review_id}", after={"state": row.state, "points": given}, reason=answer)
    accounts.tell(
        account, "review_decided", key=str(row.pk), state=row.state, points=given, balance=account.points,
        answer=row.answer,
    )  # fmt: skip
    return review(review_id)


def corrected_by(row: Review) -> str:
    """Return who made the correction that a request is about, '' for a line that a rule made."""
    entry = row.entry
    return entry.operator if entry is not None and entry.cause == Cause.CORRECTED else ""


def give(act: Act, account: accounts.Account, row: Review, points: int, answer: str) -> int:
    """Give points back, up to the most a reader may have; returns how many."""
    if not account.keeps_points:
        raise NoPointsKept()
    accounts.open_points(act, account)
    most = account.rule.most_points if account.rule else None
    change = policies.within(account.points or 0, max(points, 0), most)
    if change:
        accounts.write(act, account, Cause.REVIEWED, change, key=f"review:{row.pk}", reason=answer.strip()[:200])
    return change


def review(review_id: int) -> ReviewView:
    """Return a request. Raises NotFound."""
    found = views(Review.objects.filter(pk=review_id))
    if not found:
        raise NotFound(what=str(review_id))
    return found[0]


def queue(nodes: Collection[int], *, limit: int = 100) -> tuple[ReviewView, ...]:
    """Return the open requests of readers of the places, the oldest first (one statement)."""
    rows = Review.objects.filter(state=ReviewState.OPEN, patron__home_node__in=nodes)
    return views(rows.order_by("id")[:limit])


def of_reader(patron: int, *, limit: int = 20) -> tuple[ReviewView, ...]:
    """Return a reader's requests, the latest first (one statement)."""
    return views(Review.objects.filter(patron=patron).order_by("-id")[:limit])


def views(rows: QuerySet[Review]) -> tuple[ReviewView, ...]:
    """Return the public side of requests."""
    return tuple(
        ReviewView(
            id=row.pk,
            patron=row.patron_id,
            home_node=row.patron.home_node_id,
            entry=point_line(row.entry) if row.entry else None,
            asked_at=row.asked_at,
            asked_by=row.asked_by,
            words=row.words,
            state=row.state,
            decided_at=row.decided_at,
            decided_by=row.decided_by,
            answer=row.answer,
            points=row.points,
        )
        for row in rows.select_related("patron", "entry__reversed_by")
    )
