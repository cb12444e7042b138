"""Reads of tags."""

from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Q

from wenlan.holdings.models import Item, ItemTag
from wenlan.holdings.tagging.types import Progress, TagView


def item_of_tag(uid: str) -> int | None:
    """Return the item that a tag was written for, None for a tag of somebody else."""
    return ItemTag.objects.filter(uid=uid.upper()).values_list("item_id", flat=True).first()


def tags_of_item(item: int) -> tuple[TagView, ...]:
    """Return the tags on an item, by part."""
    return tuple(map(view_of, ItemTag.objects.filter(item=item).select_related("item").order_by("part", "id")))


def latest(*, operator: str, limit: int) -> tuple[TagView, ...]:
    """Return the tags that somebody wrote last, the newest first."""
    rows = ItemTag.objects.filter(written_by=operator).select_related("item")
    return tuple(map(view_of, rows.order_by("-written_at", "-id")[:limit]))


def progress(nodes: Collection[int]) -> tuple[Progress, ...]:
    """Return how far each place has come with the items that have their place there (one statement)."""
    tagged = Exists(ItemTag.objects.filter(item=OuterRef("pk")))
    rows = Item.objects.filter(shelved_at__in=nodes, withdrawn_on=None).annotate(is_tagged=tagged)
    found = rows.values_list("shelved_at").annotate(items=Count("id"), tagged=Count("id", filter=Q(is_tagged=True)))
    return tuple(
        Progress(node=node, items=items, tagged=tagged) for node, items, tagged in found.order_by("shelved_at")
    )  # fmt: skip


def view_of(row: ItemTag) -> TagView:
    """Return a tag with the barcode of its item."""
    return TagView(
        uid=row.uid,
        item=row.item_id,
        barcode=row.item.barcode,
        record=row.item.record_id,
        profile=row.profile,
        part=row.part,
        total=row.total,
        written_at=row.written_at,
        written_by=row.written_by,
    )
