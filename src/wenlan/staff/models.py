"""Staff accounts, the roles they hold over parts of the tree, and the audit trail."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from wenlan.kernel.ids import new_uid


class StaffMember(AbstractBaseUser):
    """A member of staff who signs in. Left staff keep their row: acts name it."""

    PERSONAL_FIELDS = {"name": "erase", "username": "erase", "password": "erase", "totp_secret": "erase"}

    username = models.CharField(max_length=60, unique=True)
    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    name = models.CharField(max_length=60)
    home_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    department = models.ForeignKey("network.Department", models.PROTECT, null=True, blank=True, related_name="+")
    totp_secret = models.CharField(max_length=64, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = BaseUserManager()

    def __str__(self) -> str:
        return self.username


class Role(models.Model):
    """A named set of rights; shipped ones follow the county's usual posts."""

    code = models.CharField(max_length=40, unique=True)
    names = models.JSONField()
    rights = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.code


class Grant(models.Model):
    """A role held over a node and all under it, for a span of days; delegation carries its last day."""

    staff = models.ForeignKey(StaffMember, models.PROTECT, related_name="+")
    role = models.ForeignKey(Role, models.PROTECT, related_name="+")
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(until_day__gt=F("from_day")), name="staff_grant_span"
            ),
            models.UniqueConstraint(fields=["staff", "role", "node", "from_day"], name="staff_grant_once"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.role_id} {self.node_id}"


class AuditEntry(models.Model):
    """Who changed what: personal, restricted, kept for a set time, and never read by a figure."""

    PERSONAL_FIELDS = {"before": "erase", "after": "erase", "reason": "erase"}

    at = models.DateTimeField()
    staff = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="+")
    device = models.CharField(max_length=60, blank=True)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "at"], name="staff_audit_subject"),
            models.Index(fields=["node", "at"], name="staff_audit_node"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"


class SignInTry(models.Model):
    """Failed sign-ins of a name, so that guessing is slowed down."""

    username = models.CharField(max_length=60, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.username
