"""Family bonds, and the contact persons of institutions."""

from django.db import models
from django.db.models import F, Q


class FamilyBond(models.Model):
    """`holder` may see and renew what `member` has at home. Until `agreed_at` it is only asked for."""

    PERSONAL_FIELDS = {"relation": "erase"}
    HARMLESS_FIELDS = frozenset({"id", "holder", "member", "asked_at", "agreed_at", "agreed_through", "ended_at"})

    holder = models.ForeignKey("patrons.Patron", models.PROTECT, related_name="+")
    member = models.ForeignKey("patrons.Patron", models.PROTECT, related_name="+")
    relation = models.CharField(max_length=40, blank=True, default="")
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_through = models.CharField(max_length=12, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="patrons_one_open_bond_a_pair", fields=["holder", "member"], condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(name="patrons_bond_of_two", condition=~Q(holder=F("member"))),
        ]

    def __str__(self) -> str:
        return f"{self.holder_id} for {self.member_id}"


class Contact(models.Model):
    """A person whom an institution sends: who signs for loans and is called when something is late."""

    PERSONAL_FIELDS = {"name": "erase", "phone": "erase", "duty": "erase"}
    HARMLESS_FIELDS = frozenset({"id", "patron", "from_day", "until_day"})

    patron = models.ForeignKey("patrons.Patron", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=32, blank=True, default="")
    duty = models.CharField(max_length=60, blank=True, default="")
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)  # half-open

    def __str__(self) -> str:
        return f"contact {self.pk} of reader {self.patron_id}"
