"""How far a demonstration has come: each step is written in the transaction that did it."""

from django.db import models


class Demo(models.Model):
    """The demonstration that this installation holds."""

    network = models.CharField(max_length=40, unique=True)
    year = models.PositiveSmallIntegerField()
    scale = models.CharField(max_length=20)  # as it was written: 0.04
    seed = models.IntegerField()
    staff = models.JSONField(default=dict)  # ids of the shown accounts by sign-in name
    periodicals = models.JSONField(default=list)  # ids of the records that bound volumes and recordings belong to

    def __str__(self) -> str:
        return f"{self.network} {self.year} --scale {self.scale} --seed {self.seed}"


class DemoStep(models.Model):
    """A part that was built, or a day that was lived."""

    demo = models.ForeignKey(Demo, models.CASCADE, related_name="steps")
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(name="demo_step_once", fields=["demo", "name"])]

    def __str__(self) -> str:
        return self.name
