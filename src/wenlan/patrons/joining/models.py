"""Rules of registration on line, and applications."""

from django.db import models
from django.db.models import Q

from wenlan.kernel.ids import new_uid
from wenlan.patrons.joining.types import OPEN, ApplicationStatus, Way


class JoiningRule(models.Model):
    """How a library and all under it take readers who register themselves; the nearest rule on the way up holds."""

    node = models.OneToOneField("network.Node", models.PROTECT, related_name="+")
    way = models.CharField(max_length=12, choices=Way)
    categories = models.JSONField(default=list)
    asks_document = models.BooleanField(default=True)
    words = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.node_id}: {self.way}"


class Application(models.Model):
    """Somebody who wants to become a reader. Once it is decided, what is personal is erased after a while."""

    PERSONAL_FIELDS = {
        "name": "erase",
        "birth_date": "erase",
        "phone": "erase",
        "email": "erase",
        "document_cipher": "erase",
        "document_hash": "erase",
        "guardian_name": "erase",
        "guardian_relation": "erase",
        "guardian_phone": "erase",
        "password": "erase",
        "reason": "erase",
    }
    HARMLESS_FIELDS = frozenset(
        {
            "id",
            "uid",
            "node",
            "channel",
            "status",
            "category",
            "sex",
            "document_kind",
            "document_key_version",
            "guardian_code",
            "guardian_code_until",
            "guardian_tries",
            "guardian_confirmed_at",
            "asked_at",
            "decided_at",
            "decided_by",
            "patron",
            "key",
            "erased_at",
        }
    )

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=12)
    status = models.CharField(max_length=12, choices=ApplicationStatus)
    category = models.ForeignKey("patrons.Category", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    sex = models.CharField(max_length=1, blank=True, default="")
    birth_date = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=32, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    document_kind = models.CharField(max_length=20, blank=True, default="")
    document_cipher = models.BinaryField(null=True, blank=True)
    document_hash = models.CharField(max_length=64, blank=True, default="")
    document_key_version = models.PositiveSmallIntegerField(default=0)
    guardian_name = models.CharField(max_length=120, blank=True, default="")
    guardian_relation = models.CharField(max_length=40, blank=True, default="")
    guardian_phone = models.CharField(max_length=32, blank=True, default="")
    guardian_code = models.CharField(max_length=64, blank=True, default="")  # keyed hash of what was sent
    guardian_code_until = models.DateTimeField(null=True, blank=True)
    guardian_tries = models.PositiveSmallIntegerField(default=0)
    guardian_confirmed_at = models.DateTimeField(null=True, blank=True)
    password = models.CharField(max_length=128, blank=True, default="")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=64, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")
    patron = models.ForeignKey("patrons.Patron", models.PROTECT, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=80, unique=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="patrons_decided_application_has_an_instant",
                condition=Q(status__in=OPEN) ^ Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="patrons_approved_application_has_a_reader",
                condition=~Q(status=ApplicationStatus.APPROVED) | Q(patron__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="patrons_open_applications", fields=["node", "id"], condition=Q(status__in=OPEN)),
            models.Index(name="patrons_application_by_status", fields=["status", "decided_at"]),
        ]

    def __str__(self) -> str:
        return f"application {self.pk}"
