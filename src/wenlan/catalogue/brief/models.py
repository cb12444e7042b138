"""Which records were made in brief."""

from django.db import models


class BriefRecord(models.Model):
    """A record made in brief. It waits for a cataloguer as long as its leader says so (position 17 is 3)."""

    record = models.OneToOneField("catalogue.BibRecord", models.CASCADE, related_name="brief")
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    by = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return str(self.record_id)
