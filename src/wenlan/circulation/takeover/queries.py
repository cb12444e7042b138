"""Reads of what was taken over."""

from collections.abc import Collection, Iterator, Sequence

from wenlan.circulation.models import OPEN, Loan, Reservation
from wenlan.circulation.reserving.models import OPEN_STATES
from wenlan.circulation.takeover.types import KnownLoan

CHUNK = 500


def loans_by_key(keys: Sequence[str]) -> dict[str, KnownLoan]:
    """Return the loans that were taken over under these keys."""
    found = {}
    for start in range(0, len(keys), CHUNK):
        for row in Loan.objects.filter(out_key__in=keys[start : start + CHUNK]):
            found[row.out_key] = _known(row)
    return found


def open_of_items(items: Collection[int]) -> dict[int, KnownLoan]:
    """Return the open loans of items, by item, whoever made them."""
    wanted, found = sorted(items), {}
    for start in range(0, len(wanted), CHUNK):
        for row in Loan.objects.filter(OPEN, item__in=wanted[start : start + CHUNK]):
            found[row.item_id] = _known(row)
    return found


def open_under(prefix: str) -> Iterator[KnownLoan]:
    """Yield the open loans whose key begins so."""
    for row in Loan.objects.filter(OPEN, out_key__startswith=prefix).order_by("id").iterator(CHUNK):
        yield _known(row)


def count_open_under(prefix: str) -> int:
    """Return how many loans with such keys are open."""
    return Loan.objects.filter(OPEN, out_key__startswith=prefix).count()


def reservations_by_key(keys: Sequence[str]) -> dict[str, tuple[int, bool]]:
    """Return the reservations taken over under these keys: their ids, and whether they wait or lie ready still."""
    found = {}
    for start in range(0, len(keys), CHUNK):
        rows = Reservation.objects.filter(key__in=keys[start : start + CHUNK]).values_list("key", "id", "state")
        found.update({key: (pk, state in OPEN_STATES) for key, pk, state in rows})
    return found


def reservations_under(prefix: str) -> dict[str, int]:
    """Return the open reservations whose key begins so."""
    rows = Reservation.objects.filter(key__startswith=prefix, state__in=OPEN_STATES)
    return dict(rows.values_list("key", "id"))


def count_open_reservations() -> int:
    """Return how many reservations stand in the whole network."""
    return Reservation.objects.filter(state__in=OPEN_STATES).count()


def has_reserved(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return which (reader, title) have an open reservation."""
    rows = Reservation.objects.filter(patron__in={one for one, _ in pairs}, state__in=OPEN_STATES)
    return {pair for pair in rows.values_list("patron_id", "record_id") if pair in pairs}


def _known(row: Loan) -> KnownLoan:
    return KnownLoan(
        id=row.pk,
        key=row.out_key,
        item=row.item_id,
        patron=row.patron_id,
        due_on=row.due_on,
        renewals=row.renewals,
        is_open=row.returned_at is None and row.cancelled_at is None,
    )
