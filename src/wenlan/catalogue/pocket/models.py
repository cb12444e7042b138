"""The parts of the pocket file, made from the records and thrown away with them."""

from django.db import models


class PocketPart(models.Model):
    """The records of a thousand ids that have an ISBN, packed; `made_of` says of which state of the records."""

    number = models.PositiveIntegerField(primary_key=True)
    digest = models.CharField(max_length=16)
    lines = models.PositiveIntegerField()
    bytes = models.PositiveIntegerField()
    made_of = models.CharField(max_length=60)
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.number}: {self.lines}"
