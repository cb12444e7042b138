"""What the volumes of a batch cost (实洋): by the packing list, by a share of the list price, or by one sum."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet, Sum

from wenlan.acquisitions.errors import PaidTwice
from wenlan.acquisitions.models import Batch, BatchCopy
from wenlan.acquisitions.policies import discounted, shares_of
from wenlan.acquisitions.receiving import record_step
from wenlan.acquisitions.types import PaidBy, Step
from wenlan.acquisitions.verifying import lock_batch
from wenlan.kernel.acts import Act


@transaction.atomic
def set_paid(act: Act, *, batch: str, total_fen: int | None = None, discount_permille: int | None = None) -> None:
    """Say what is to pay for a batch: a sum for what is accepted of it, or a share of the list prices (折扣).

    With neither, it is as the packing list says where every line of it does, and else unknown. Raises BatchUnknown,
    BatchClosed, PaidTwice when both are given.
    """
    if total_fen is not None and discount_permille is not None:
        raise PaidTwice
    found = lock_batch(batch)
    found.paid_by, found.discount_permille = _paid_by(found, total_fen, discount_permille), discount_permille
    if found.paid_by == PaidBy.LIST:
        total_fen = BatchCopy.objects.filter(batch=found).aggregate(paid=Sum("paid_fen"))["paid"]
    found.paid_fen = total_fen
    found.save(update_fields=["paid_by", "discount_permille", "paid_fen"])
    details = {"by": found.paid_by, "total_fen": total_fen, "discount_permille": discount_permille}
    record_step(act, found, Step.PRICED, details=details)


def _paid_by(batch: Batch, total_fen: int | None, discount_permille: int | None) -> PaidBy:
    if total_fen is not None:
        return PaidBy.TOTAL
    if discount_permille is not None:
        return PaidBy.DISCOUNT
    is_listed = BatchCopy.objects.filter(batch=batch, paid_fen__isnull=False).exists()
    return PaidBy.LIST if is_listed else PaidBy.UNKNOWN


def makeable(batch: Batch) -> QuerySet[BatchCopy]:
    """Return the copies of which an item can be made: they are there, with a barcode of their own."""
    return BatchCopy.objects.filter(batch=batch, problem="", is_missing=False)


def paid_shares(batch: Batch) -> Mapping[int, int | None]:
    """Return what is paid for each copy that is or can be accepted, by its id, in fen (one statement).

    A sum for the whole batch is shared by list price to the last fen.
    """
    rows = list(makeable(batch).order_by("position").values_list("pk", "price_fen", "paid_fen"))
    if batch.paid_by == PaidBy.TOTAL:
        shares = shares_of(batch.paid_fen, [price for _copy, price, _paid in rows])
    elif batch.paid_by == PaidBy.DISCOUNT:
        shares = [discounted(price, batch.discount_permille or 0) for _copy, price, _paid in rows]
    elif batch.paid_by == PaidBy.LIST:
        shares = [paid for _copy, _price, paid in rows]
    else:
        shares = [None] * len(rows)
    return {copy: share for (copy, _price, _paid), share in zip(rows, shares, strict=True)}


def to_pay(number: str) -> int | None:
    """Return what is to pay for what is or can be accepted of a batch, in fen; None when it is not known."""
    batch = Batch.objects.get(number=number)
    known = [share for share in paid_shares(batch).values() if share is not None]
    return sum(known) if known else None
