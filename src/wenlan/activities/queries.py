"""Reads of kinds, programmes, sessions and attendance."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from wenlan.activities.errors import KindUnknown
from wenlan.activities.models import ActivityKind, Programme, Session, SignUp, Tally
from wenlan.activities.types import (
    CountingUnit,
    KindView,
    Lesson,
    Mode,
    Organiser,
    OrganiserRole,
    ProgrammeDetails,
    ProgrammeView,
    SessionStatus,
    SessionView,
    SignUpStatus,
    SignUpView,
    TallyView,
)
from wenlan.kernel.errors import NotFound
from wenlan.kernel.periods import Period
from wenlan.kernel.words import say

UNIT_WORDS: Mapping[CountingUnit, dict[str, str]] = MappingProxyType(
    {
        CountingUnit.SESSION: {"zh": "场", "en": "session"},
        CountingUnit.SHOWING: {"zh": "次", "en": "showing"},
        CountingUnit.CLASS: {"zh": "班", "en": "class"},
    }
)
LONGEST_SESSION = timedelta(days=366)


@cache
def shipped_kinds() -> Mapping[str, KindView]:
    """Return the kinds that every installation starts with, in the order of the list."""
    declared = tomllib.loads(files("wenlan.activities").joinpath("kinds.toml").read_text("utf-8"))
    return MappingProxyType({code: _kind(code, row, row["counted_by"]) for code, row in declared.items()})


def kinds() -> dict[str, KindView]:
    """Return every kind by code: the shipped ones, in the library's words where it has some, then its own."""
    own = {row.code: _kind(row.code, row.words, row.counted_by) for row in ActivityKind.objects.order_by("code")}
    return {**shipped_kinds(), **own}


def kind(code: str) -> KindView:
    """Return a kind. Raises KindUnknown."""
    found = kinds().get(code)
    if found is None:
        raise KindUnknown(kind=code)
    return found


def _kind(code: str, words: Mapping[str, str], counted_by: str) -> KindView:
    unit = CountingUnit(counted_by)
    spoken = {tag: words[tag] for tag in ("zh", "en") if tag in words}
    return KindView(code=code, words=spoken, counted_by=unit, unit_words=UNIT_WORDS[unit])


def programme(code: str) -> ProgrammeView:
    """Return a programme by its code. Raises NotFound."""
    row = Programme.objects.select_related("part_of").filter(code=code).first()
    if row is None:
        raise NotFound(what=code)
    return programme_view(row)


def programmes(nodes: Collection[int], *, text: str = "", limit: int = 200) -> tuple[ProgrammeView, ...]:
    """Return the programmes of some nodes, newest first; `text` is looked for in name and code (one statement)."""
    rows = Programme.objects.select_related("part_of").filter(node_id__in=nodes)
    if text:
        rows = rows.filter(Q(code__icontains=text) | Q(words__zh__icontains=text) | Q(words__en__icontains=text))
    return tuple(programme_view(row) for row in rows.order_by("-id")[:limit])


def programme_names(codes: Collection[str]) -> dict[str, str]:
    """Return the names of programmes by code, in the language being spoken (one statement)."""
    return {code: say(words) for code, words in Programme.objects.filter(code__in=codes).values_list("code", "words")}


def programme_codes(code: str) -> tuple[str, ...]:
    """Return the code of a series and of all that is part of it, at any depth.

    Their sum is the figure of the series: the ledger's rows name the programme itself.
    """
    parents = dict(Programme.objects.values_list("code", "part_of__code"))
    if code not in parents:
        raise NotFound(what=code)
    return tuple(sorted(each for each in parents if code in _line(each, parents)))


def _line(code: str | None, parents: Mapping[str, str | None]) -> Iterable[str]:
    seen: set[str] = set()
    while code is not None and code not in seen:
        seen.add(code)
        yield code
        code = parents[code]


def programme_view(row: Programme) -> ProgrammeView:
    """Return what others may see of a programme."""
    details = ProgrammeDetails(
        mode=Mode(row.mode),
        is_brand=row.is_brand,
        is_alliance=row.is_alliance,
        edition=row.edition,
        special_group=row.special_group,
        summary=row.summary,
        organisers=tuple(Organiser(role=OrganiserRole(o["role"]), name=o["name"]) for o in row.organisers),
    )
    return ProgrammeView(
        id=row.pk,
        code=row.code,
        words=row.words,
        kind=row.kind,
        node=row.node_id,
        part_of=row.part_of.code if row.part_of else "",
        details=details,
    )


def session(uid: UUID) -> SessionView:
    """Return a session with its lessons and the people counted so far. Raises NotFound."""
    row = _sessions().prefetch_related("lessons").filter(uid=uid).first()
    if row is None:
        raise NotFound(what=str(uid))
    return session_view(row)


def sessions(
    nodes: Collection[int],
    period: Period,
    *,
    programme: str = "",
    status: SessionStatus | None = None,
    limit: int = 500,
) -> tuple[SessionView, ...]:
    """Return the sessions that touch a period, in order of time (two statements)."""
    start, end = _instant(period.start), _instant(period.end)
    rows = _sessions().filter(node_id__in=nodes, starts_at__lt=end, ends_at__gte=start)
    rows = rows.filter(starts_at__gte=start - LONGEST_SESSION)
    if programme:
        rows = rows.filter(programme__code=programme)
    if status is not None:
        rows = rows.filter(status=status)
    ordered = rows.prefetch_related("lessons").order_by("starts_at", "id")
    return tuple(session_view(row) for row in ordered[:limit])


def upcoming(nodes: Collection[int], from_: date, until: date, *, limit: int = 200) -> tuple[SessionView, ...]:
    """Return what readers can still go to in `[from_, until)`: planned and running sessions in order of time."""
    found = sessions(nodes, Period(from_, until), limit=limit)
    return tuple(view for view in found if view.status is not SessionStatus.CANCELLED)


def day_of(one: SessionView) -> date:
    """Return the local day on which a session starts."""
    return timezone.localdate(one.starts_at)


def tallies(session_uid: UUID) -> tuple[TallyView, ...]:
    """Return the standing counts of a session by day."""
    rows = Tally.objects.filter(session__uid=session_uid, replaced_at__isnull=True).select_related("session")
    return tuple(tally_view(row) for row in rows.order_by("day", "mode"))


def sign_ups(session_uid: UUID) -> tuple[SignUpView, ...]:
    """Return everybody who signed up, in order of signing up, the waiting ones with their place in the queue."""
    rows = SignUp.objects.filter(session__uid=session_uid).select_related("session").order_by("signed_up_at", "id")
    queue = 0
    views = []
    for row in rows:
        waits = row.status == SignUpStatus.WAITING
        queue += waits
        views.append(sign_up_view(row, place_in_queue=queue if waits else None))
    return tuple(views)


def sign_ups_of(patron: int, *, since: datetime) -> tuple[tuple[SignUpView, SessionView], ...]:
    """Return what a reader signed up for among sessions that end after `since`."""
    rows = SignUp.objects.filter(patron_id=patron, session__ends_at__gt=since).exclude(status=SignUpStatus.WITHDRAWN)
    found = {row.session_id: row for row in rows.select_related("session")}
    sessions_ = _sessions().prefetch_related("lessons").filter(id__in=found).order_by("starts_at")
    return tuple((sign_up_view(found[row.pk]), session_view(row)) for row in sessions_)


def _sessions() -> QuerySet[Session]:
    tallied = Tally.objects.filter(session=OuterRef("pk"), replaced_at__isnull=True).order_by()
    checked = SignUp.objects.filter(session=OuterRef("pk"), status=SignUpStatus.CHECKED_IN).order_by()
    return Session.objects.select_related("programme").annotate(
        tallied=Coalesce(Subquery(tallied.values("session").annotate(n=Sum("persons")).values("n")), 0),
        checked=Coalesce(Subquery(checked.values("session").annotate(n=Count("id")).values("n")), 0),
    )


def session_view(row: Session) -> SessionView:
    """Return what others may see of a session; `persons` needs the sums that `session` reads."""
    lessons = tuple(
        Lesson(starts_at=lesson.starts_at, ends_at=lesson.ends_at, topic=lesson.topic) for lesson in row.lessons.all()
    )
    return SessionView(
        id=row.pk,
        uid=row.uid,
        programme=row.programme.code,
        programme_words=row.programme.words,
        kind=row.programme.kind,
        title=row.title,
        node=row.node_id,
        department=row.department_id,
        place=row.place,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        mode=Mode(row.mode),
        special_group=row.special_group,
        status=SessionStatus(row.status),
        capacity=row.capacity,
        places_taken=row.places_taken,
        persons=getattr(row, "tallied", 0) + getattr(row, "checked", 0),
        lessons=lessons,
    )


def tally_view(row: Tally) -> TallyView:
    """Return what others may see of a count."""
    return TallyView(uid=row.uid, session=row.session.uid, day=row.day, mode=Mode(row.mode), persons=row.persons)


def sign_up_view(row: SignUp, *, place_in_queue: int | None = None) -> SignUpView:
    """Return what others may see of a sign-up."""
    status = SignUpStatus(row.status)
    return SignUpView(
        uid=row.uid, session=row.session.uid, patron=row.patron_id, status=status, place_in_queue=place_in_queue
    )


def _instant(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
