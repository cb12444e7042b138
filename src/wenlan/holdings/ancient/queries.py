"""Reads of ancient books: the work an item belongs to, as the register has it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wenlan.holdings.books import ANCIENT_BOOKS
from wenlan.holdings.models import AncientVolume, AncientWork
from wenlan.kernel.errors import NotFound
from wenlan.registers import queries as registers
from wenlan.registers.types import EntryStatus, FieldKind

RARE = "ancient.rare."


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkView:
    """A work in the register with its items. `values` are those of the entry; `stands` is False when it was struck."""

    id: int
    entry: UUID
    record: int
    owner_node: int
    items: tuple[int, ...]
    values: Mapping[str, Any]
    stands: bool

    @property
    def is_rare(self) -> bool:
        """Whether it is 善本: grades one to three are, whatever anybody says."""
        return str(self.values.get("grade", "")).startswith(RARE)

    def pairs(self) -> list[tuple[str, object]]:
        """Return what the register says of it, as terms and words."""
        said: list[tuple[str, object]] = []
        for field in ANCIENT_BOOKS.fields:
            value = self.values.get(field.code)
            if value not in (None, ""):
                told = field.choice_label(str(value)) if field.kind == FieldKind.CHOICE else value
                said.append((field.label, told))
        return said


def work(work_id: int) -> WorkView:
    """Return a work. Raises NotFound."""
    row = AncientWork.objects.filter(pk=work_id).first()
    if row is None:
        raise NotFound(what=str(work_id))
    return _view(row)


def work_of(item: int) -> WorkView | None:
    """Return the work that an item belongs to; None for an item that is not in the register."""
    found = AncientVolume.objects.filter(item=item).select_related("work").first()
    return _view(found.work) if found else None


def works() -> Iterator[WorkView]:
    """Yield every work, one after the other."""
    for row in AncientWork.objects.order_by("id"):
        yield _view(row)


def graded(items: Collection[int]) -> frozenset[int]:
    """Return which of the items stand in the register of ancient books (one statement)."""
    return frozenset(AncientVolume.objects.filter(item__in=items).values_list("item", flat=True))


def _view(row: AncientWork) -> WorkView:
    entry = registers.entry(row.entry)
    return WorkView(
        id=row.pk,
        entry=row.entry,
        record=row.record_id,
        owner_node=row.owner_node_id,
        items=tuple(row.volumes.order_by("item__accession_number", "item_id").values_list("item", flat=True)),
        values=entry.values,
        stands=entry.status == EntryStatus.STANDS,
    )
