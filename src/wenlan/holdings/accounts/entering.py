"""What accession and deregistration write into the batch register, in their own transaction."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from wenlan.holdings.accounts.models import BookEntry, LockedMonth
from wenlan.holdings.errors import MonthLocked
from wenlan.holdings.types import Direction
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act


def hold_books(owner: int) -> None:
    """Keep the owner's books from being locked, or written by somebody else, until the transaction ends."""
    jobs.next_number("accession", str(owner), count=0)


def refuse_locked(owner: int, day: date) -> None:
    """Raise MonthLocked when the owner's books of the day are closed."""
    last = LockedMonth.objects.filter(owner_node=owner).order_by("-month").values_list("month", flat=True).first()
    if last is not None and day < following(last):
        raise MonthLocked(month=f"{last:%Y-%m}")


def entry(act: Act, *, owner: int, direction: str, way: str, voucher: str = "", source: str = "") -> BookEntry:
    """Return the line of the day for this way and voucher; the first volume of the day opens it.

    The owner's books are held. Raises MonthLocked for a day of a closed month.
    """
    refuse_locked(owner, act.day)
    key = f"{owner}:{direction}:{act.day}:{act.channel}:{way}:{voucher}"[:160]
    found = BookEntry.objects.filter(key=key).first()
    if found is None:
        scheme = f"book_entry:{direction}:{act.day.year}"
        found = BookEntry.objects.create(
            owner_node_id=owner,
            direction=direction,
            year=act.day.year,
            number=jobs.next_number(scheme, str(owner)),
            day=act.day,
            way=way,
            voucher=voucher[:60],
            source=source[:100],
            note="opening" if direction == Direction.IN and act.channel == "import" else "",
            key=key,
        )
    return found


def add_paid(sums: Iterable[tuple[int | None, int | None]]) -> None:
    """Add what was paid (实洋) to the lines, given as (id of the line, fen); nothing for what has no price.

    The lines' books are held by the caller, so nobody else adds meanwhile (two statements, however many lines).
    """
    paid: Counter[int] = Counter()
    for line, fen in sums:
        if line is not None and fen is not None:
            paid[line] += fen
    rows = list(BookEntry.objects.filter(pk__in=paid))
    for row in rows:
        row.paid_sum_fen = (row.paid_sum_fen or 0) + paid[row.pk]
    BookEntry.objects.bulk_update(rows, ["paid_sum_fen"])


def following(month: date) -> date:
    """Return the first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
