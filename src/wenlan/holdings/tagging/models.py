"""The tags that were written, one row a tag."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class ItemTag(models.Model):
    """A tag on an item; a set has one on each of its parts. `uid` is the chip's own number, which no two chips share.

    A tag that is written anew for another item moves to that item.
    """

    PERSONAL_FIELDS: ClassVar[dict[str, str]] = {}
    HARMLESS_FIELDS: ClassVar = frozenset({"id", "uid", "item", "profile", "part", "total", "written_at", "written_by"})

    uid = models.CharField(max_length=32, unique=True)
    item = models.ForeignKey("holdings.Item", models.PROTECT, related_name="+")
    profile = models.CharField(max_length=20)
    part = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField(db_index=True)
    written_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(part__lte=F("total")), name="holdings_part_of_the_whole_set")
        ]

    def __str__(self) -> str:
        return self.uid
