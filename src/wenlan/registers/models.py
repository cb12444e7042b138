"""Declarations of books in all their versions, entries, and what entries said before they were amended."""

from django.db import models

from wenlan.kernel.ids import new_uid
from wenlan.registers.types import EntryStatus, Level


class BookVersion(models.Model):
    """One version of a book's declaration; the highest is in force."""

    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    origin = models.CharField(max_length=40)
    declaration = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="registers_book_version")]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class Entry(models.Model):
    """One entry of a book. `recorded` maps the ledger sources of its present revision to their quantities."""

    PERSONAL_FIELDS = {
        "values": "fields of the kind people are blanked by the book's retention",
        "text": "made again from the values",
    }

    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    book = models.CharField(max_length=40)
    book_version = models.PositiveIntegerField()
    day = models.DateField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    department = models.ForeignKey("network.Department", models.PROTECT, related_name="+", null=True, blank=True)
    values = models.JSONField()
    text = models.TextField(blank=True)
    level = models.CharField(max_length=8, choices=Level)
    status = models.CharField(max_length=8, choices=EntryStatus, default=EntryStatus.STANDS)
    revision = models.PositiveIntegerField(default=1)
    recorded = models.JSONField(default=dict)
    entered_by = models.CharField(max_length=64)
    entered_at = models.DateTimeField()
    key = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "key"], name="registers_entry_once")]
        indexes = [models.Index(fields=["book", "-day", "-id"], name="registers_entry_list")]

    def __str__(self) -> str:
        return f"{self.book} {self.day}"


class Amendment(models.Model):
    """What an entry said in an earlier revision, and who changed it, when and why."""

    PERSONAL_FIELDS = {"values": "goes with the entry", "reason": "kept: who reads it may read the entry"}

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="amendments")
    revision = models.PositiveIntegerField()
    day = models.DateField()
    values = models.JSONField()
    changed_by = models.CharField(max_length=64)
    changed_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "revision"], name="registers_amendment_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.revision}"
