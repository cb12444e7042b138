"""Which items an entry of the register of ancient books is about."""

from django.db import models


class AncientWork(models.Model):
    """A work (部) in the register. `entry` is its entry there, which holds grade, edition, frame, binding, damage."""

    entry = models.UUIDField(unique=True)
    record = models.ForeignKey("catalogue.BibRecord", models.PROTECT, related_name="+")
    owner_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.entry)


class AncientVolume(models.Model):
    """An item that belongs to a work. It is no other work's, is never weeded, and keeps its owner."""

    work = models.ForeignKey(AncientWork, models.PROTECT, related_name="volumes")
    item = models.OneToOneField("holdings.Item", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.item_id)
