"""Reads of the roster."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from wenlan.circulation.roster import policies
from wenlan.circulation.roster.models import Duty, DutySwap, Post
from wenlan.circulation.roster.types import DutyView, PostView, ShiftView, Span, SwapState, SwapView
from wenlan.kernel.errors import NotFound
from wenlan.network import queries as network

WEEK = 7


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def posts(nodes: Collection[int], start: date, end: date) -> tuple[PostView, ...]:
    """Return the posts of some places that are kept on any day of `[start, end)` (one statement)."""
    rows = Post.objects.filter(Q(until_day=None) | Q(until_day__gt=start), node__in=nodes, from_day__lt=end)
    return tuple(post_view(row) for row in rows.order_by("node_id", "id"))


def post(post_id: int) -> PostView:
    """Return a post. Raises NotFound."""
    return post_view(post_row(post_id))


def post_row(post_id: int) -> Post:
    """Return a post's row. Raises NotFound."""
    row = Post.objects.filter(pk=post_id).first()
    if row is None:
        raise NotFound(what=str(post_id))
    return row


def roster(node: int, start: date, *, days: int = WEEK) -> tuple[ShiftView, ...]:
    """Return every shift of a place from a day on, by day, time and post, with who is on duty (two statements).

    Shifts come from the opening calendar: a closed day has none. A duty in a shift that the calendar has no more
    stands in none of them; it is among `strays`, and in `mine` of the person still.
    """
    end = start + timedelta(days=days)
    rows = {row.pk: row for row in Post.objects.filter(node=node).order_by("id")}
    duties: dict[tuple[int, date, Span], list[DutyView]] = defaultdict(list)
    for duty in _standing().filter(post__node=node, day__gte=start, day__lt=end).order_by("id"):
        one = duty_view(duty)
        duties[one.post, one.day, one.span].append(one)
    found = []
    for day in (start + timedelta(days=number) for number in range(days)):
        for span in shifts_of(node, day):
            kept = [row for row in rows.values() if is_kept(row, day)]
            found += [_shift(post_view(row), day, span, duties[row.pk, day, span]) for row in kept]
    return tuple(found)


def strays(node: int, start: date, *, days: int = WEEK) -> tuple[DutyView, ...]:
    """Return the duties at a place from a day on for which the opening calendar has no shift any more (one statement).

    The place was closed, or opens at other hours, after they were planned.
    """
    rows = _standing().filter(post__node=node, day__gte=start, day__lt=start + timedelta(days=days), absent_for="")
    planned = [duty_view(row) for row in rows.order_by("day", "starts", "id")]
    spans = {day: shifts_of(node, day) for day in {one.day for one in planned}}
    return tuple(one for one in planned if one.span not in spans[one.day])


def shifts_of(node: int, day: date) -> tuple[Span, ...]:
    """Return the shifts of a place on a day; none when it is shut."""
    return policies.shifts(network.opening_on(node, day)) if network.calendar_of(node)(day) else ()


def is_kept(row: Post, day: date) -> bool:
    """Return whether a post is kept on a day."""
    return row.from_day <= day and (row.until_day is None or day < row.until_day)


def _shift(of: PostView, day: date, span: Span, duties: list[DutyView]) -> ShiftView:
    return ShiftView(
        post=of,
        day=day,
        span=span,
        on_duty=tuple(one for one in duties if not one.absent_for),
        absent=tuple(one for one in duties if one.absent_for),
    )


def duty(duty_id: int) -> DutyView:
    """Return a duty that stands in the roster. Raises NotFound."""
    row = _standing().filter(pk=duty_id).first()
    if row is None:
        raise NotFound(what=str(duty_id))
    return duty_view(row)


def mine(staff: int, start: date, end: date) -> tuple[DutyView, ...]:
    """Return a person's duties in `[start, end)`, the next first (one statement)."""
    rows = _standing().filter(staff=staff, day__gte=start, day__lt=end)
    return tuple(duty_view(row) for row in rows.order_by("day", "starts"))


def others(nodes: Collection[int], staff: int, start: date, end: date) -> tuple[DutyView, ...]:
    """Return the duties of others at some places in `[start, end)` for which one could swap (one statement)."""
    rows = _standing().filter(post__node__in=nodes, day__gte=start, day__lt=end, absent_for="").exclude(staff=staff)
    return tuple(duty_view(row) for row in rows.order_by("day", "starts", "id"))


def swaps(staff: int, start: date) -> tuple[SwapView, ...]:
    """Return the open wishes to swap that a person asked or is asked (one statement).

    Only of two duties from a day on that stand still: one that was taken off or swapped away cannot be swapped.
    """
    rows = DutySwap.objects.select_related("mine__post", "theirs__post").filter(
        Q(mine__staff=staff) | Q(theirs__staff=staff),
        state=SwapState.ASKED,
        mine__day__gte=start,
        theirs__day__gte=start,
        mine__off_at=None,
        theirs__off_at=None,
    )
    return tuple(
        SwapView(
            id=row.pk,
            mine=duty_view(row.mine),
            theirs=duty_view(row.theirs),
            state=row.state,
            asked_at=row.asked_at,
        )
        for row in rows.order_by("id")
    )


def _standing() -> QuerySet[Duty]:
    return Duty.objects.select_related("post").filter(off_at=None)


def post_view(row: Post) -> PostView:
    """Return the public side of a post."""
    return PostView(id=row.pk, node=row.node_id, words=row.words, people=row.people, has_till=row.has_till)


def duty_view(row: Duty) -> DutyView:
    """Return the public side of a duty."""
    return DutyView(
        id=row.pk,
        uid=row.uid,
        post=row.post_id,
        node=row.post.node_id,
        post_words=row.post.words,
        day=row.day,
        span=Span(starts=row.starts, ends=row.ends),
        staff=row.staff_id,
        absent_for=row.absent_for,
        covers=row.covers_id,
    )
