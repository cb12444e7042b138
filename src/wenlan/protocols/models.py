"""What connects from outside: terminals that speak SIP2, programs that speak REST."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wenlan.kernel.ids import new_uid


class Terminal(models.Model):
    """A self-check, return machine or gate that signs in over SIP2 and acts at one place."""

    code = models.CharField(max_length=40, unique=True)
    password = models.CharField(max_length=128)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    department = models.ForeignKey("network.Department", models.PROTECT, null=True, blank=True, related_name="+")
    encoding = models.CharField(max_length=12, default="utf-8")
    is_active = models.BooleanField(default=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.code


class ApiToken(models.Model):
    """A sign-in of a program over REST: for a member of staff under one node, or for a reader.

    Only the digest of the token is kept. `fingerprint` changes with the owner's password, so that a new
    password ends every token.
    """

    PERSONAL_FIELDS: ClassVar = {"staff": "erase", "patron": "erase"}
    HARMLESS_FIELDS: ClassVar = frozenset(
        {"id", "uid", "digest", "node", "scopes", "label", "fingerprint", "created_at", "expires_at", "revoked_at"}
    )

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    patron = models.ForeignKey("patrons.Patron", models.CASCADE, null=True, blank=True, related_name="+")
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    scopes = models.JSONField(default=list)
    label = models.CharField(max_length=60, blank=True, default="")
    fingerprint = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(staff__isnull=True) ^ Q(patron__isnull=True), name="protocols_token_of_one_person"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="protocols_token_span"),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class RefusedSignIns(models.Model):
    """How many sign-ins from one address were refused since `since`, so that guessing is slowed down."""

    PERSONAL_FIELDS: ClassVar = {"address": "erase"}
    HARMLESS_FIELDS: ClassVar = frozenset({"refused", "since"})

    address = models.CharField(max_length=64, primary_key=True)
    refused = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.address} {self.refused}"
