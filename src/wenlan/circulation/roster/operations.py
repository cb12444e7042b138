"""Writing the roster: posts, who stands where, swaps and absences."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, time, timedelta

from django.db import transaction

from wenlan.circulation.roster import policies, queries
from wenlan.circulation.roster.errors import DutyOver, NoSuchShift, NotYours, OnDutyAlready, PostWrong
from wenlan.circulation.roster.models import Duty, DutySwap, Post
from wenlan.circulation.roster.types import MOST_PEOPLE, DutyView, PostView, Span, SwapState
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.network import operations as network
from wenlan.staff import queries as staff
from wenlan.staff.operations import audit

WEEK = timedelta(days=7)


@transaction.atomic
def open_post(act: Act, *, words: Mapping[str, str], people: int = 1, has_till: bool = False) -> PostView:
    """Set up a post at the act's place. Raises PostWrong. Repeating `act.key` returns the first."""
    if not words.get("zh", "").strip() or not 1 <= people <= MOST_PEOPLE:
        raise PostWrong()
    what = {"node_id": act.node, "words": dict(words), "people": people, "has_till": has_till, "from_day": act.day}
    row, is_new = Post.objects.get_or_create(key=act.key, defaults=what)
    if is_new:
        audit(act, "circulation.post", f"post:{row.pk}", after={"words": dict(words), "people": people})
    return queries.post_view(row)


@transaction.atomic
def close_post(act: Act, *, post: int) -> None:
    """Keep a post no longer from the act's day on; duties after it are taken off. Twice is as once."""
    row = queries.post_row(post)
    if row.until_day is None:
        Post.objects.filter(pk=post).update(until_day=max(act.day, row.from_day))
        Duty.objects.filter(post=post, day__gte=act.day, off_at=None).update(off_at=act.at)
        audit(act, "circulation.post", f"post:{post}", after={"until": act.day.isoformat()})


@transaction.atomic
def assign(act: Act, *, post: int, day: date, starts: time, member: int, covers: int | None = None) -> DutyView:
    """Put a member of staff into a shift of the opening calendar, or in the place of somebody absent (`covers`).

    Raises NotFound, NoSuchShift, OnDutyAlready. Locks the place, so that two planners do not put one person into two
    shifts, and the member's duties of the day. Repeating `act.key` for the same shift and person returns the first.
    """
    key = f"{act.key}:{post}:{day:%Y%m%d}{starts:%H%M}:{member}"
    of, person = queries.post_row(post), staff.member(member)
    network.lock_node(of.node_id)
    if known := Duty.objects.select_related("post").filter(key=key).first():
        return queries.duty_view(known)
    spans = queries.shifts_of(of.node_id, day) if queries.is_kept(of, day) else ()
    span = next((one for one in spans if one.starts == starts), None)
    if span is None:
        raise NoSuchShift(start=f"{starts:%H:%M}", day=day)
    _insist_free(person.id, day, span)
    row = Duty.objects.create(
        post=of, day=day, starts=span.starts, ends=span.ends, staff_id=person.id, covers_id=covers, key=key
    )
    return queries.duty_view(row)


def _insist_free(member: int, day: date, span: Span, *, but: tuple[int, ...] = ()) -> None:
    rows = Duty.objects.select_for_update().filter(staff=member, day=day, off_at=None, absent_for="")
    taken = [Span(starts=row.starts, ends=row.ends) for row in rows.exclude(pk__in=but)]
    if policies.clashes(span, taken):
        raise OnDutyAlready(name=staff.member(member).name, day=day, span=span)


@transaction.atomic
def take_off(act: Act, *, duty: int) -> None:
    """Take a person out of a shift. Twice is as once. Raises NotFound."""
    row = _locked(duty)
    if row.off_at is None:
        row.off_at = act.at
        row.save(update_fields=["off_at"])
        audit(act, "circulation.duty", f"duty:{duty}", after={"off": True})


@transaction.atomic
def repeat_week(act: Act, *, node: int, monday: date) -> int:
    """Fill a week as the week before it was, where its shifts have a gap; return how many duties were made.

    What the calendar does not have (a holiday, other hours), who is on duty elsewhere, was only covering or has left
    the staff, is left out. Doing it again makes nothing twice. Locks the place. Costs a fixed number of statements, and
    those of `assign` for each duty made.
    """
    network.lock_node(node)
    before, made = _week_before(node, monday), 0
    here = staff.still_here({member for members in before.values() for member in members})
    busy = _busy(here, monday)
    for shift in queries.roster(node, monday):
        gap, there = shift.gap, {one.staff for one in (*shift.on_duty, *shift.absent)}
        for member in before[shift.post.id, shift.day - WEEK, shift.span.starts]:
            taken = busy[member, shift.day]
            if gap and member in here - there and not policies.clashes(shift.span, taken):
                assign(act, post=shift.post.id, day=shift.day, starts=shift.span.starts, member=member)
                taken.append(shift.span)
                made, gap = made + 1, gap - 1
    return made


def _week_before(node: int, monday: date) -> dict[tuple[int, date, time], list[int]]:
    """Who stood in which shift in the week before, in the order in which they were put there."""
    found: dict[tuple[int, date, time], list[int]] = defaultdict(list)
    rows = Duty.objects.filter(post__node=node, day__gte=monday - WEEK, day__lt=monday, off_at=None, covers=None)
    for post, day, starts, member in rows.order_by("id").values_list("post_id", "day", "starts", "staff_id"):
        found[post, day, starts].append(member)
    return found


def _busy(members: Collection[int], monday: date) -> dict[tuple[int, date], list[Span]]:
    """When some people are on duty already in a week, anywhere, by person and day."""
    found: dict[tuple[int, date], list[Span]] = defaultdict(list)
    rows = Duty.objects.filter(staff__in=members, day__gte=monday, day__lt=monday + WEEK, off_at=None, absent_for="")
    for row in rows:
        found[row.staff_id, row.day].append(Span(starts=row.starts, ends=row.ends))
    return found


@transaction.atomic
def report_absence(act: Act, *, duty: int, reason: str) -> DutyView:
    """Say that the person of a duty cannot come: the shift has a gap until somebody covers it. Twice is as once.

    Raises NotFound, and DutyOver for a day that has passed. Locks the duty.
    """
    row = _ahead(act, duty)
    if not row.absent_for:
        row.absent_for = reason.strip()[:100] or "-"
        row.save(update_fields=["absent_for"])
        DutySwap.objects.filter(mine=row, state=SwapState.ASKED).update(state=SwapState.DECLINED, answered_at=act.at)
        DutySwap.objects.filter(theirs=row, state=SwapState.ASKED).update(state=SwapState.DECLINED, answered_at=act.at)
        audit(act, "circulation.duty", f"duty:{duty}", after={"absent": True}, reason=row.absent_for)
    return queries.duty_view(row)


@transaction.atomic
def cover(act: Act, *, duty: int, member: int) -> DutyView:
    """Put somebody in the place of one who is absent. Raises NotFound, DutyOver for one who is here or has a stand-in,
    and what `assign` raises. Locks the duty.
    """
    row = _locked(duty)
    has_stand_in = Duty.objects.filter(covers=row, off_at=None, absent_for="").exists()
    if row.off_at is not None or not row.absent_for or has_stand_in:
        raise DutyOver()
    return assign(act, post=row.post_id, day=row.day, starts=row.starts, member=member, covers=duty)


@transaction.atomic
def ask_swap(act: Act, *, mine: int, theirs: int) -> int:
    """Ask another to swap a duty of one's own (`act.staff`) for theirs; return the wish's id.

    Raises NotFound (also for a duty at another place), NotYours, DutyOver. Asking the same again is as once.
    """
    own, other = _both_ahead(act, mine, theirs)
    if own.post.node_id != other.post.node_id:
        raise NotFound(what=str(theirs))
    if own.staff_id != act.staff or other.staff_id == act.staff:
        raise NotYours()
    if own.absent_for or other.absent_for:
        raise DutyOver()
    row, _is_new = DutySwap.objects.get_or_create(
        mine=own, theirs=other, state=SwapState.ASKED, defaults={"asked_at": act.at, "key": act.key}
    )
    return row.pk


@transaction.atomic
def answer_swap(act: Act, *, swap: int, agree: bool) -> None:
    """Answer a wish to swap, as the one who is asked; on a yes each stands in the other's shift.

    Twice is as once. Raises NotFound, NotYours, DutyOver, and OnDutyAlready when one of the two is on duty there
    already. Locks both duties.
    """
    row = DutySwap.objects.select_for_update().filter(pk=swap).first()
    if row is None:
        raise NotFound(what=str(swap))
    if row.state != SwapState.ASKED:
        return
    own, other = _both_ahead(act, row.mine_id, row.theirs_id)
    if other.staff_id != act.staff:
        raise NotYours()
    row.state, row.answered_at = (SwapState.AGREED if agree else SwapState.DECLINED), act.at
    row.save(update_fields=["state", "answered_at"])
    if agree:
        _exchange(act, own, other)


def _exchange(act: Act, own: Duty, other: Duty) -> None:
    both = (own.pk, other.pk)
    _insist_free(own.staff_id, other.day, Span(starts=other.starts, ends=other.ends), but=both)
    _insist_free(other.staff_id, own.day, Span(starts=own.starts, ends=own.ends), but=both)
    Duty.objects.filter(pk__in=both).update(off_at=act.at)
    for place, person in ((own, other.staff_id), (other, own.staff_id)):
        Duty.objects.create(
            post_id=place.post_id,
            day=place.day,
            starts=place.starts,
            ends=place.ends,
            staff_id=person,
            covers_id=place.covers_id,
            key=f"{act.key}:swap:{place.pk}",
        )
    audit(act, "circulation.duty", f"duty:{own.pk}", after={"swapped_for": other.pk})


def _both_ahead(act: Act, mine: int, theirs: int) -> tuple[Duty, Duty]:
    """Two duties, locked in one order whoever asks whom."""
    rows = {duty: _ahead(act, duty) for duty in sorted({mine, theirs})}
    return rows[mine], rows[theirs]


def _ahead(act: Act, duty: int) -> Duty:
    row = _locked(duty)
    if row.off_at is not None or row.day < act.day:
        raise DutyOver()
    return row


def _locked(duty: int) -> Duty:
    row = Duty.objects.select_for_update(of=("self",)).select_related("post").filter(pk=duty).first()
    if row is None:
        raise NotFound(what=str(duty))
    return row
