"""Notices, the ways each of them goes, and how places send them."""

from datetime import time
from typing import ClassVar

from django.db import models
from django.db.models import Q

from wenlan.kernel.ids import new_uid
from wenlan.notices.types import Means, Standing


class Notice(models.Model):
    """Something a reader is told, once: `key` is unique. `patron` is empty for somebody who is no reader (yet)."""

    PERSONAL_FIELDS: ClassVar = {"phone": "erase", "title": "erase", "text": "erase", "facts": "erase"}
    HARMLESS_FIELDS: ClassVar = frozenset({"id", "uid", "code", "key", "patron", "node", "made_at", "read_at", "until"})

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    code = models.CharField(max_length=40)
    key = models.CharField(max_length=160, unique=True)
    patron = models.ForeignKey("patrons.Patron", models.CASCADE, null=True, blank=True, related_name="+")
    phone = models.CharField(max_length=32, blank=True, default="")
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    facts = models.JSONField(default=dict)
    title = models.CharField(max_length=200)
    text = models.TextField()
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="notices_of_reader", fields=["patron", "-id"])]

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"


class Delivery(models.Model):
    """One way of one notice. `number` is the carrier's; `sent_at` stands from the moment it leaves the house."""

    PERSONAL_FIELDS: ClassVar = {"to": "erase"}
    HARMLESS_FIELDS: ClassVar = frozenset(
        {"id", "uid", "notice", "sender", "means", "standing", "tries", "due_at", "sent_at", "settled_at", "number"}
        | {"details"}
    )

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="ways")
    sender = models.ForeignKey("notices.Sender", models.PROTECT, null=True, blank=True, related_name="+")
    means = models.CharField(max_length=8, choices=Means)
    standing = models.CharField(max_length=8, choices=Standing)
    to = models.CharField(max_length=254, blank=True, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    number = models.CharField(max_length=100, blank=True, default="")
    details = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["notice", "means"], name="notices_each_way_once")]
        indexes: ClassVar = [
            models.Index(
                name="notices_to_be_looked_at",
                fields=["due_at"],
                condition=Q(standing__in=[Standing.WAITING, Standing.SENDING, Standing.UNCLEAR, Standing.SENT]),
            ),
            models.Index(name="notices_by_standing", fields=["standing", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.means} {self.pk}"


class Sender(models.Model):
    """How a place and all under it reach a carrier; the secret is sealed under the installation's key."""

    PERSONAL_FIELDS: ClassVar[dict[str, str]] = {}
    HARMLESS_FIELDS: ClassVar = frozenset(
        {"id", "node", "means", "name", "host", "port", "is_encrypted", "user", "sealed", "signature", "templates"}
        | {"is_on"}
    )

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    means = models.CharField(max_length=8, choices=Means)
    name = models.CharField(max_length=80, blank=True, default="")
    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField()
    is_encrypted = models.BooleanField(default=True)
    user = models.CharField(max_length=120, blank=True, default="")
    sealed = models.BinaryField(blank=True, default=b"")
    signature = models.CharField(max_length=120, blank=True, default="")
    templates = models.JSONField(default=dict, blank=True)
    is_on = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["node", "means"], name="notices_one_sender_each")]

    def __str__(self) -> str:
        return f"{self.means} {self.node_id}"


class NoticeRule(models.Model):
    """How notices go at a place and all under it (see `types.Rule`)."""

    node = models.OneToOneField("network.Node", models.PROTECT, related_name="+")
    quiet_from = models.TimeField(default=time(21))
    quiet_until = models.TimeField(default=time(8))
    means = models.JSONField(default=list)
    off = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return f"notices {self.node_id}"


class OwnWording(models.Model):
    """What a place says in its own words; a language left out keeps the shipped ones."""

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    title = models.JSONField(default=dict)
    text = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["node", "code"], name="notices_one_wording_each")]

    def __str__(self) -> str:
        return f"{self.code} {self.node_id}"


class Wish(models.Model):
    """What a reader wants: the WeChat account to write to, the language, and ways that are not wanted."""

    PERSONAL_FIELDS: ClassVar = {"wechat": "erase"}
    HARMLESS_FIELDS: ClassVar = frozenset({"patron", "language", "unwanted"})

    patron = models.OneToOneField("patrons.Patron", models.CASCADE, primary_key=True, related_name="+")
    wechat = models.CharField(max_length=64, blank=True, default="")
    language = models.CharField(max_length=10, default="zh")
    unwanted = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return f"wishes of reader {self.patron_id}"
