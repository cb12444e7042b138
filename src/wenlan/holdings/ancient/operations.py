"""Entering items as an ancient work in the register, and grading it anew."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction

from wenlan.catalogue import queries as catalogue
from wenlan.holdings.ancient.queries import WorkView, work
from wenlan.holdings.books import ANCIENT_BOOKS
from wenlan.holdings.errors import AncientMixed, AncientTwice, ReasonMissing, WeedingTwice
from wenlan.holdings.models import AncientVolume, AncientWork, Item, WeedingLine
from wenlan.holdings.states import lock_items
from wenlan.kernel.acts import Act
from wenlan.registers import operations as registers
from wenlan.staff.operations import audit


@transaction.atomic
def register(act: Act, *, items: Collection[int], said: Mapping[str, Any]) -> WorkView:
    """Enter the items of one title and owner as one work in the register of ancient books.

    Title, author, accession and call numbers are those of the items; `said` are the other fields of the book, the
    number of volumes (册) among them, for one item may be a case of several. From now on the items are never weeded.
    Raises AncientMixed, AncientTwice, WeedingTwice for an item proposed for weeding, EntryRefused with every fault,
    ItemUnknown. Repeating `act.key` returns the work entered first.
    """
    rows = list(lock_items(items).values())
    _refuse(rows)
    before = AncientVolume.objects.filter(item__in=rows).select_related("work")
    entry = registers.enter(
        act, book=ANCIENT_BOOKS.code, day=act.day, values=described(rows) | dict(said), node=rows[0].owner_node_id
    )
    row = AncientWork.objects.filter(entry=entry.uid).first()
    if row is None:
        if taken := before.first():
            raise AncientTwice(barcode=taken.item.barcode)
        row = AncientWork.objects.create(
            entry=entry.uid, record_id=rows[0].record_id, owner_node_id=rows[0].owner_node_id
        )
        AncientVolume.objects.bulk_create([AncientVolume(work=row, item=item) for item in rows])
        audit(act, "holdings.ancient", f"ancient:{row.pk}", after={"items": len(rows), "grade": said.get("grade")})
    return work(row.pk)


def _refuse(rows: Sequence[Item]) -> None:
    if len({(row.record_id, row.owner_node_id) for row in rows}) != 1:
        raise AncientMixed()
    proposed = WeedingLine.objects.filter(item__in=list(rows), is_open=True).select_related("item", "weeding").first()
    if proposed:
        raise WeedingTwice(barcode=proposed.item.barcode, number=proposed.weeding.number)


def described(rows: Sequence[Item]) -> dict[str, Any]:
    """Return what the items and their title say of the work."""
    record = catalogue.record(rows[0].record_id)
    numbers = sorted(row.accession_number for row in rows)
    return {
        "title": record.title,
        "author": "，".join(record.authors) or record.responsibility,
        "accession": numbers[0] if len(numbers) == 1 else f"{numbers[0]}—{numbers[-1]}（{len(numbers)}）",
        "call_number": rows[0].call_number,
    }


@transaction.atomic
def grade_anew(act: Act, *, work_id: int, said: Mapping[str, Any], reason: str = "") -> WorkView:
    """Change what the register says of a work; what it counted is taken back and counted anew, the old words stay.

    Raises NotFound, EntryRefused, EntryStruck.
    """
    found = work(work_id)
    rows = list(lock_items(found.items).values())
    values = {**found.values, **described(rows), **said}
    registers.amend(act, entry=found.entry, values=values, reason=reason)
    audit(
        act,
        "holdings.ancient",
        f"ancient:{work_id}",
        before={"grade": found.values.get("grade")},
        after={"grade": values.get("grade")},
        reason=reason,
    )
    return work(work_id)


@transaction.atomic
def take_out(act: Act, *, work_id: int, reason: str) -> None:
    """Strike a work from the register, and let its items be ordinary ones: it was no ancient book, or it passes on.

    What it counted is taken back. Raises NotFound, ReasonMissing. An entry that was struck already is left so.
    """
    found = work(work_id)
    if not reason.strip():
        raise ReasonMissing()
    if found.stands:
        registers.strike(act, entry=found.entry, reason=reason)
    AncientVolume.objects.filter(work=work_id).delete()
    AncientWork.objects.filter(pk=work_id).delete()
    audit(
        act, "holdings.ancient_taken_out", f"record:{found.record}", before={"items": list(found.items)}, reason=reason
    )
