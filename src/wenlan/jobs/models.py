"""Tables that let work be repeated, queued, counted and taken by one worker at a time."""

from django.db import models


class Version(models.Model):
    """A number that grows when a kind of rule changes, so that processes know their copy is old."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


class Counter(models.Model):
    """The last number given out in a scheme (种次号, accession numbers, slips)."""

    scheme = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    value = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "key"], name="jobs_counter_once")]

    def __str__(self) -> str:
        return f"{self.scheme}/{self.key} {self.value}"


class Answer(models.Model):
    """What an operation answered the first time it came with a key."""

    operation = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    at = models.DateTimeField()
    answer = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["operation", "key"], name="jobs_answer_once")]

    def __str__(self) -> str:
        return f"{self.operation} {self.key}"


class Posted(models.Model):
    """The outbox: something another part must hear of, written in the transaction of the act."""

    topic = models.CharField(max_length=40)
    payload = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["topic", "id"], name="jobs_posted_topic")]

    def __str__(self) -> str:
        return f"{self.topic} {self.pk}"


class Lease(models.Model):
    """One holder at a time for work that must not be done twice at once."""

    name = models.CharField(max_length=60, primary_key=True)
    holder = models.CharField(max_length=80)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.holder}"


class Schedule(models.Model):
    """When a recurring task is due next; claimed by one UPDATE … WHERE."""

    name = models.CharField(max_length=60, primary_key=True)
    due_at = models.DateTimeField()
    last_error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.name} {self.due_at}"
