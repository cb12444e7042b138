"""Reads of copied paper registers."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.journals.types import LineState
from wenlan.circulation.paper.errors import LineUnknown
from wenlan.circulation.paper.models import PaperLine, PaperPage
from wenlan.circulation.paper.policies import late_month
from wenlan.circulation.paper.types import LateSum, LineView, PageView

MOST = 200
BACK = "/back"  # ends the key of a return that stands on the same line as its loan


def page_row(uid: UUID) -> PaperPage:
    """Return the row of a page. Raises LineUnknown."""
    row = PaperPage.objects.filter(uid=uid).first()
    if row is None:
        raise LineUnknown(what=str(uid)[:13])
    return row


def page(uid: UUID) -> PageView:
    """Return a page (two statements). Raises LineUnknown."""
    page_row(uid)
    return _pages(Q(uid=uid))[0]


def pages(nodes: Collection[int], *, limit: int = 50) -> tuple[PageView, ...]:
    """Return the pages of some places, the latest first (one statement)."""
    return _pages(Q(node__in=nodes))[:limit]


def _pages(which: Q) -> tuple[PageView, ...]:
    standing = Count("lines", filter=Q(lines__struck_at=None))
    rows = PaperPage.objects.select_related("stored_file").filter(which).annotate(n=standing).order_by("-id")[:MOST]
    return tuple(
        PageView(
            uid=row.uid,
            node=row.node_id,
            month=row.month,
            number=row.number,
            photo=row.stored_file.uid if row.stored_file else None,
            taken_at=row.taken_at,
            by=row.by,
            lines=row.n,
        )
        for row in rows
    )


def last_day(page_id: int) -> date | None:
    """Return the day of the line that was copied last from a page, not that of its return."""
    rows = PaperLine.objects.filter(page=page_id).exclude(key__endswith=BACK)
    return rows.order_by("-id").values_list("day", flat=True).first()


def lines_of(page_uid: UUID) -> tuple[LineView, ...]:
    """Return the lines copied from a page, the latest first (two statements)."""
    return _lines(PaperLine.objects.filter(page__uid=page_uid).order_by("-id")[:MOST])


def lines_copied(node: int, day: date) -> tuple[LineView, ...]:
    """Return the lines that were copied at a place on a day, the latest first (two statements)."""
    return _lines(PaperLine.objects.filter(node=node, entered_on=day).order_by("-id")[:MOST])


def lines(uids: Sequence[UUID]) -> tuple[LineView, ...]:
    """Return lines in the order in which they were copied (two statements)."""
    return _lines(PaperLine.objects.filter(uid__in=uids).order_by("id"))


def lines_by_key(keys: Sequence[str]) -> tuple[LineView, ...]:
    """Return the lines that were copied under some keys (two statements)."""
    return _lines(PaperLine.objects.filter(key__in=keys).order_by("id"))


def late_sums(nodes: Collection[int], *, start: date, end: date) -> tuple[LateSum, ...]:
    """Return what was copied in `[start, end)` of months that were over by then: what changed in their figures."""
    rows = PaperLine.objects.filter(node__in=nodes, entered_on__gte=start, entered_on__lt=end, struck_at=None)
    found: Counter[tuple[date, int, str]] = Counter()
    for node, day, entered_on, what, quantity in rows.values_list("node_id", "day", "entered_on", "what", "quantity"):
        if month := late_month(day, entered_on):
            found[month, node, what] += quantity
    return tuple(
        LateSum(node=node, month=month, what=what, quantity=quantity)
        for (month, node, what), quantity in sorted(found.items(), reverse=True)
    )


def _lines(rows: Iterable[PaperLine]) -> tuple[LineView, ...]:
    kept = list(rows)
    uids = [row.journal_uid for row in kept if row.journal_uid]
    waiting = JournalLine.objects.filter(uid__in=uids, state=LineState.WAITING) if uids else ()
    problems = {line.uid: line.problem for line in waiting}
    pages_of = dict(PaperPage.objects.filter(pk__in={row.page_id for row in kept}).values_list("id", "uid"))
    return tuple(
        LineView(
            uid=row.uid,
            page=pages_of.get(row.page_id or 0),
            node=row.node_id,
            what=row.what,
            day=row.day,
            day_written=row.day_written,
            reader=row.reader_written,
            item=row.item_written,
            is_known=row.journal_uid is not None,
            quantity=row.quantity,
            entered_at=row.entered_at,
            by=row.by,
            late_days=(row.entered_on - row.day).days,
            problem=problems.get(row.journal_uid, "") if row.journal_uid else "",
            struck_at=row.struck_at,
        )
        for row in kept
    )
