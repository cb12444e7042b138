"""Writing down that a tag was written."""

from django.db import transaction

from wenlan.holdings.errors import ItemUnknown
from wenlan.holdings.models import Item, ItemTag
from wenlan.holdings.tagging import queries
from wenlan.holdings.tagging.types import TagView
from wenlan.kernel.acts import Act


@transaction.atomic
def record(act: Act, *, item: int, uid: str, profile: str, part: int = 0, total: int = 0) -> TagView:
    """Write down that a tag was written for an item and read back as it should be.

    The tag leaves the item it was on before; another tag of the same piece was replaced and is forgotten. Raises
    ItemUnknown. Repeating it changes nothing.
    """
    if not Item.objects.select_for_update(of=("self",)).filter(pk=item).exists():
        raise ItemUnknown(what=str(item))
    ItemTag.objects.filter(item=item, part=part).exclude(uid=uid.upper()).delete()
    row, _ = ItemTag.objects.update_or_create(
        uid=uid.upper(),
        defaults={
            "item_id": item,
            "profile": profile,
            "part": part,
            "total": total,
            "written_at": act.at,
            "written_by": act.operator,
        },
    )
    return queries.view_of(ItemTag.objects.select_related("item").get(pk=row.pk))
