"""What connects from outside: terminals that speak SIP2, programs that speak REST."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wenlan.kernel.ids import new_uid
from wenlan.protocols.copying.types import Protocol
from wenlan.protocols.sip2.types import Encoding, FaultKind, FieldSet, usual_rights
from wenlan.protocols.uploading.models import Upload, UploadBatch, UploadCentre  # noqa: F401  # tables that stand with their subject


class Terminal(models.Model):
    """A self-check, return machine, card machine or gate that signs in over SIP2 and acts at one place.

    `rights` are values of TerminalRight; `sort_rules` and `reader_types` are as in TerminalFacts.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60, blank=True, default="")
    password = models.CharField(max_length=128)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    department = models.ForeignKey("network.Department", models.PROTECT, null=True, blank=True, related_name="+")
    encoding = models.CharField(max_length=12, choices=Encoding, default=Encoding.UTF8)
    field_set = models.CharField(max_length=10, choices=FieldSet, default=FieldSet.STANDARD)
    rights = models.JSONField(default=usual_rights)
    institution = models.CharField(max_length=40, blank=True, default="")
    shows_names = models.BooleanField(default=False)
    asks_password = models.BooleanField(default=False)
    sort_rules = models.JSONField(default=list)
    reader_types = models.JSONField(default=dict)
    is_active = models.BooleanField(default=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.code


class TerminalDay(models.Model):
    """What a terminal did on one local day; written every few seconds, not with every message."""

    terminal = models.ForeignKey(Terminal, models.CASCADE, related_name="days")
    day = models.DateField()
    messages = models.PositiveIntegerField(default=0)
    acts = models.PositiveIntegerField(default=0)
    refusals = models.PositiveIntegerField(default=0)
    faults = models.PositiveIntegerField(default=0)
    slowest_ms = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["terminal", "day"], name="protocols_one_sum_a_terminal_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.terminal_id} {self.day}"


class TerminalFault(models.Model):
    """What went wrong between a terminal and us, kept for a month; `terminal` is empty for who did not sign in.

    `line` is what came, with the fields that hold personal data or passwords masked before it was written.
    """

    PERSONAL_FIELDS: ClassVar = {"peer": "erase"}
    HARMLESS_FIELDS: ClassVar = frozenset({"id", "terminal", "code", "at", "kind", "message", "line"})

    terminal = models.ForeignKey(Terminal, models.CASCADE, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=40, blank=True, default="")
    peer = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=16, choices=FaultKind)
    message = models.CharField(max_length=300, blank=True, default="")
    line = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["terminal", "at"], name="protocols_fault_of_terminal")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"


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


class CopyTarget(models.Model):
    """A library or centre whose records are taken over (see `copying.types.TargetFacts`)."""

    PERSONAL_FIELDS: ClassVar[dict[str, str]] = {}
    HARMLESS_FIELDS: ClassVar = frozenset(
        {"id", "name", "protocol", "host", "port", "path", "is_encrypted", "syntax", "encoding", "user"}
        | {"sealed_password", "seconds", "position", "is_active"}
    )

    name = models.CharField(max_length=100, unique=True)
    protocol = models.CharField(max_length=8, choices=Protocol)
    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField()
    path = models.CharField(max_length=200)
    is_encrypted = models.BooleanField(default=False)
    syntax = models.CharField(max_length=8)
    encoding = models.CharField(max_length=12)
    user = models.CharField(max_length=100, blank=True)
    sealed_password = models.BinaryField(blank=True, default=b"")
    seconds = models.PositiveSmallIntegerField(default=10)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class CopySearch(models.Model):
    """One search at several targets; kept for a day, so that any process can show what came."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    staff = models.BigIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField(db_index=True)
    question = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.uid)


class CopyAnswer(models.Model):
    """How one target answered one search."""

    search = models.ForeignKey(CopySearch, models.CASCADE, related_name="answers")
    target = models.ForeignKey(CopyTarget, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, default="asking")
    total = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=20, blank=True)
    details = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["search", "target"], name="protocols_one_answer_a_target")
        ]

    def __str__(self) -> str:
        return f"{self.search_id}:{self.target_id} {self.state}"


class CopyHit(models.Model):
    """A record as a target sent it."""

    answer = models.ForeignKey(CopyAnswer, models.CASCADE, related_name="hits")
    position = models.PositiveSmallIntegerField()
    raw = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "position"], name="protocols_hit_has_its_place")
        ]

    def __str__(self) -> str:
        return f"{self.answer_id}:{self.position}"
