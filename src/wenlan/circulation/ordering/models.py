"""Orders of readers and the themed sets that may be ordered."""

from django.db import models
from django.db.models import F, Q

from wenlan.circulation.ordering.types import ENDED, OrderChannel, OrderKind, OrderState, StepKind
from wenlan.kernel.ids import new_uid
from wenlan.kernel.words import say

OPEN_ORDER = ~Q(state__in=sorted(ENDED))


class ThemedSet(models.Model):
    """A set of titles on the menu of a place and all under it (红色经典 30 册); it stands there for a span of days."""

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    words = models.JSONField()
    about = models.JSONField(default=dict)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)  # half-open
    made_by = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circulation_themed_set_span", condition=Q(until_day=None) | Q(until_day__gte=F("from_day"))
            ),
        ]

    def __str__(self) -> str:
        return say(self.words)


class ThemedSetTitle(models.Model):
    """One title of a themed set."""

    themed = models.ForeignKey(ThemedSet, models.CASCADE, related_name="titles")
    record = models.ForeignKey("catalogue.BibRecord", models.PROTECT, related_name="+")
    copies = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="circulation_title_once_in_set", fields=["themed", "record"]),
            models.CheckConstraint(name="circulation_set_title_has_copies", condition=Q(copies__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.themed_id}/{self.record_id}"


class BookOrder(models.Model):
    """A wish of a reader, a class or an institution, and what became of it.

    `patron` is emptied some time after the end. The address is sealed as identity numbers are, bound to `uid`.
    `group` is the group loan of an institution's order, `counted` how often its end was recorded in the ledger.
    """

    PERSONAL_FIELDS = {
        "wish": "erase",
        "reason": "erase",
        "address_cipher": "erase",
        "address_key_version": "goes with the address",
    }

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=8, choices=OrderKind)
    themed = models.ForeignKey(ThemedSet, models.PROTECT, null=True, blank=True, related_name="+")
    patron = models.ForeignKey("patrons.Patron", models.PROTECT, null=True, blank=True, related_name="+")
    wish = models.CharField(max_length=500, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    persons = models.PositiveIntegerField(null=True, blank=True)
    wanted_on = models.DateField(null=True, blank=True)
    place = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    to_door = models.BooleanField(default=False)
    address_cipher = models.BinaryField(null=True, blank=True)
    address_key_version = models.PositiveSmallIntegerField(default=0)
    channel = models.CharField(max_length=8, choices=OrderChannel)
    state = models.CharField(max_length=12, choices=OrderState, default=OrderState.ASKED)
    is_short = models.BooleanField(default=False)
    taken_by = models.CharField(max_length=64, blank=True, default="")
    made_at = models.DateTimeField()
    made_on = models.DateField()
    made_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    made_by = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=80, unique=True)
    group = models.ForeignKey("circulation.GroupLoan", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True, default="")
    counted = models.PositiveSmallIntegerField(default=0)
    counted_on = models.DateField(null=True, blank=True)  # the day on which it counts as fulfilled
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circulation_order_ends_once", condition=OPEN_ORDER ^ Q(ended_at__isnull=False)
            ),
            models.CheckConstraint(
                name="circulation_order_is_somebodys", condition=Q(patron__isnull=False) | ~OPEN_ORDER
            ),
            models.CheckConstraint(
                name="circulation_menu_order_has_a_set", condition=Q(kind=OrderKind.FREE) ^ Q(themed__isnull=False)
            ),
        ]
        indexes = [
            models.Index(name="circulation_orders_of_place", fields=["place", "state", "-id"]),
        ]

    def __str__(self) -> str:
        return self.number


class OrderLine(models.Model):
    """One line of an order: a title, or a subject in words with class and ages."""

    order = models.ForeignKey(BookOrder, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300, blank=True)
    record = models.ForeignKey("catalogue.BibRecord", models.PROTECT, null=True, blank=True, related_name="+")
    class_number = models.CharField(max_length=20, blank=True)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    wanted = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(name="circulation_order_line_wants", condition=Q(wanted__gte=1))]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.position}"


class OrderCopy(models.Model):
    """One copy picked for a line by a reservation, or lent to it at once by a scan."""

    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="copies")
    reservation = models.OneToOneField(
        "circulation.Reservation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    loan = models.OneToOneField("circulation.Loan", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circulation_order_copy_is_picked_or_lent",
                condition=Q(reservation__isnull=True) ^ Q(loan__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}/{self.pk}"


class OrderStep(models.Model):
    """One step of an order's history."""

    PERSONAL_FIELDS = {"note": "erase"}

    order = models.ForeignKey(BookOrder, models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=StepKind)
    by = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=300, blank=True)
    told = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.order_id} {self.kind}"
