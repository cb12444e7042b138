"""Union centres, records on their way to them, and files made for them."""

from typing import ClassVar

from django.db import models

from wenlan.protocols.uploading.types import Route, UploadAction, UploadState


class UploadCentre(models.Model):
    """A union centre that is handed our originals (see `uploading.types.CentreFacts`).

    `looked_at` is the last first version the rule has looked at.
    """

    PERSONAL_FIELDS: ClassVar[dict[str, str]] = {}
    HARMLESS_FIELDS: ClassVar = frozenset(
        {"id", "name", "route", "host", "port", "path", "is_encrypted", "format", "encoding", "user", "is_active"}
        | {"sealed_password", "seconds", "left_out", "takes_by_itself", "rest_hours", "looked_at"}
    )

    name = models.CharField(max_length=100, unique=True)
    route = models.CharField(max_length=12, choices=Route)
    format = models.CharField(max_length=8)
    encoding = models.CharField(max_length=12)
    host = models.CharField(max_length=253, blank=True)
    port = models.PositiveIntegerField(default=80)
    path = models.CharField(max_length=200, blank=True)
    is_encrypted = models.BooleanField(default=False)
    user = models.CharField(max_length=100, blank=True)
    sealed_password = models.BinaryField(blank=True, default=b"")
    seconds = models.PositiveSmallIntegerField(default=10)
    left_out = models.CharField(max_length=200, blank=True)
    takes_by_itself = models.BooleanField(default=False)
    rest_hours = models.PositiveSmallIntegerField(default=24)
    looked_at = models.BigIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class UploadBatch(models.Model):
    """A file of records made for a centre, kept as it was, so that it can be fetched again."""

    centre = models.ForeignKey(UploadCentre, models.PROTECT, related_name="batches")
    name = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    staff = models.BigIntegerField(null=True, blank=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """One record on its way to one centre. `content_hash` is of the record as it was last sent, empty before."""

    centre = models.ForeignKey(UploadCentre, models.PROTECT, related_name="uploads")
    record = models.ForeignKey("catalogue.BibRecord", models.CASCADE, related_name="+")
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    staff = models.BigIntegerField(null=True, blank=True)
    action = models.CharField(max_length=8, choices=UploadAction, default=UploadAction.CREATE)
    state = models.CharField(max_length=8, choices=UploadState, default=UploadState.QUEUED)
    content_hash = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=20, blank=True)
    details = models.CharField(max_length=300, blank=True)
    remote_number = models.CharField(max_length=64, blank=True)
    batch = models.ForeignKey(UploadBatch, models.PROTECT, null=True, blank=True, related_name="uploads")
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["centre", "record"], name="protocols_one_upload_each")]
        indexes: ClassVar = [models.Index(fields=["state", "due_at"], name="protocols_upload_due")]

    def __str__(self) -> str:
        return f"{self.record_id} > {self.centre_id}: {self.state}"
