"""Group loans and which loans were made by them."""

from django.db import models

from wenlan.kernel.ids import new_uid


class GroupLoan(models.Model):
    """One act by which a class or a unit borrowed. Whose card it was, its loans know; `persons` as the class says."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    name = models.CharField(max_length=60)
    persons = models.PositiveIntegerField(null=True, blank=True)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_on = models.DateField()
    made_by = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=60, unique=True)

    class Meta:
        indexes = [models.Index(name="circulation_groups_by_day", fields=["node", "made_on"])]

    def __str__(self) -> str:
        return self.name


class GroupLoanItem(models.Model):
    """One loan of a group loan."""

    group = models.ForeignKey(GroupLoan, models.PROTECT, related_name="items")
    loan = models.OneToOneField("circulation.Loan", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.group_id}/{self.loan_id}"
