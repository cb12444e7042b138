"""Copies that came without a barcode of their own get one of ours before the batch is accepted."""

from collections.abc import Mapping

from django.db import transaction

from wenlan.acquisitions.errors import CopyHasBarcode, NotInBatch
from wenlan.acquisitions.models import BatchCopy
from wenlan.acquisitions.receiving import record_step
from wenlan.acquisitions.types import Step
from wenlan.acquisitions.verifying import lock_batch
from wenlan.holdings.barcodes import taken
from wenlan.holdings.errors import BarcodeMissing, BarcodeTaken
from wenlan.holdings.policies import barcode_key
from wenlan.kernel.acts import Act


@transaction.atomic
def give_barcodes(act: Act, *, batch: str, barcodes: Mapping[int, str]) -> int:
    """Give copies, by their id, the barcodes that were glued on or printed for them; returns how many changed.

    Only a copy whose barcode is missing, stands twice or is on another item gets one; giving it the same again
    changes nothing. What has been given a barcode in the hand has been found. Raises BatchUnknown, BatchClosed,
    NotInBatch, BarcodeMissing, CopyHasBarcode, and BarcodeTaken for one on another item or copy; then none is given.
    """
    found = lock_batch(batch)
    copies = {row.pk: row for row in BatchCopy.objects.filter(batch=found, pk__in=barcodes)}
    changed = []
    for copy, barcode in barcodes.items():
        if copy not in copies:
            raise NotInBatch(what=copy, number=batch)
        row, key = copies[copy], barcode_key(barcode)
        if not key:
            raise BarcodeMissing
        if row.barcode_key == key:
            continue
        if not row.problem:
            raise CopyHasBarcode(barcode=row.barcode)
        row.barcode, row.barcode_key, row.problem = barcode.strip()[:40], key, ""
        row.found_at, row.is_missing = row.found_at or act.at, False
        changed.append(row)
    _refuse_known(changed, found.pk, found.barcode_scope)
    BatchCopy.objects.bulk_update(changed, ["barcode", "barcode_key", "problem", "found_at", "is_missing"], 500)
    if changed:
        record_step(act, found, Step.BARCODED, details={"copies": len(changed)})
    return len(changed)


def _refuse_known(changed: list[BatchCopy], batch: int, scope: str) -> None:
    keys = [row.barcode_key for row in changed]
    carried = {*taken([row.barcode for row in changed], scope=scope)}
    carried |= {*BatchCopy.objects.filter(batch=batch, barcode_key__in=keys).values_list("barcode_key", flat=True)}
    carried |= {key for key in keys if keys.count(key) > 1}
    for row in changed:
        if row.barcode_key in carried:
            raise BarcodeTaken(barcode=row.barcode)
