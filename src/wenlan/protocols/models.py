"""What connects from outside: terminals that speak SIP2."""

from django.db import models


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
