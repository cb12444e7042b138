"""What is known of a file; its bytes lie sealed in the storage, under their digest."""

from typing import ClassVar

from django.db import models

from wenlan.files.types import Visibility
from wenlan.kernel.ids import new_uid


class StoredFile(models.Model):
    """One file of one record. The same bytes kept twice are two rows and lie once."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    owner = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PRIVATE)
    consent = models.CharField(max_length=200, blank=True, default="")
    keep_until = models.DateField(null=True, blank=True)
    stored_at = models.DateTimeField()
    stored_by = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=90, unique=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner"], name="files_by_owner")]

    def __str__(self) -> str:
        return self.name
