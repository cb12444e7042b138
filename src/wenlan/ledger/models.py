"""The ledger, what of it is not yet folded into sums, yearly token keys, snapshots, and the measures."""

from django.db import models
from django.db.models import F, Q

from wenlan.ledger.kinds import Kind
from wenlan.ledger.types import Sums


class ServiceEvent(models.Model):
    """One act of service. Append-only by trigger; nameless; no foreign key in or out.

    The table is made by hand in the migration: on PostgreSQL it is partitioned by month of `day`, on
    SQLite `id` alone is the key. Written through `operations.record`, never through this model.
    """

    pk = models.CompositePrimaryKey("day", "id")
    id = models.BigIntegerField()
    day = models.DateField()
    kind = models.CharField(max_length=40, choices=Kind)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    node = models.IntegerField()
    department = models.IntegerField(null=True)
    owner_node = models.IntegerField(null=True)
    home_node = models.IntegerField(null=True)
    channel = models.CharField(max_length=12)
    operator = models.CharField(max_length=64)
    quantity = models.BigIntegerField()
    subject = models.CharField(max_length=80)
    reader_category = models.CharField(max_length=40)
    reader_sex = models.CharField(max_length=1)
    reader_age = models.SmallIntegerField(null=True)
    person_token = models.BigIntegerField(null=True)
    item_material = models.CharField(max_length=20)
    item_class = models.CharField(max_length=4)
    item_audience = models.CharField(max_length=12)
    item_language = models.CharField(max_length=3)
    loan_kind = models.CharField(max_length=12)
    rule_version = models.IntegerField()
    special_group = models.CharField(max_length=20)
    estimated = models.BooleanField()
    source = models.CharField(max_length=120)
    reverses = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "source"], name="ledger_event_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.source}"


class Unfolded(models.Model):
    """An act that the sums do not contain yet."""

    event = models.BigIntegerField(primary_key=True)
    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.day} {self.event}"


class TokenKey(models.Model):
    """The secret under which readers of one year are told apart; destroyed, it leaves no way back to them."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    key = models.BinaryField(null=True)

    def __str__(self) -> str:
        return str(self.year)


class Snapshot(models.Model):
    """A stock as it stood at the end of a day, where its dimensions age (valid cards by age)."""

    day = models.DateField()
    measure = models.CharField(max_length=60)
    node = models.IntegerField()
    dimensions = models.JSONField(default=dict)
    value = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["measure", "day", "node"], name="ledger_snapshot_of")]

    def __str__(self) -> str:
        return f"{self.measure} {self.day} {self.node}"


class Measure(models.Model):
    """A figure declared as data, in the version of one span of days."""

    code = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    origin = models.CharField(max_length=60)
    sums = models.CharField(max_length=12, choices=Sums)
    words = models.JSONField()
    declaration = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="ledger_measure_version"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")), name="ledger_measure_span"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.valid_from}"
