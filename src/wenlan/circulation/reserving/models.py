"""Reservations, from the wish to the hold shelf."""

from django.db import models
from django.db.models import Q

from wenlan.circulation.reserving.types import ReservationKind, ReservationState
from wenlan.kernel.ids import new_uid

HOLDS_A_COPY = Q(state__in=[ReservationState.TO_PICK, ReservationState.ON_THE_WAY, ReservationState.READY])
OPEN_STATES = [
    ReservationState.WAITING,
    ReservationState.TO_PICK,
    ReservationState.ON_THE_WAY,
    ReservationState.READY,
]


class Reservation(models.Model):
    """One reader's wish for a title, or for one copy of it. The queue is in the order of the ids.

    `item` is the copy that is wanted (empty: any), `assigned` the one that was found for it; `passed_over` are copies
    that were not found on their shelves. `trapped` is the loan whose return found the copy, `loan` the one that
    ended the wait.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=ReservationKind)
    state = models.CharField(max_length=12, choices=ReservationState, default=ReservationState.WAITING)
    patron = models.ForeignKey("patrons.Patron", models.PROTECT, null=True, blank=True, related_name="+")
    record = models.ForeignKey("catalogue.BibRecord", models.PROTECT, related_name="+")
    item = models.ForeignKey("holdings.Item", models.PROTECT, null=True, blank=True, related_name="+")
    within = models.ForeignKey("network.Node", models.PROTECT, null=True, blank=True, related_name="+")
    pickup = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_on = models.DateField()
    made_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    made_by = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=80, unique=True)
    suspended_until = models.DateField(null=True, blank=True)  # the last day
    assigned = models.ForeignKey("holdings.Item", models.PROTECT, null=True, blank=True, related_name="+")
    assigned_at = models.DateTimeField(null=True, blank=True)
    passed_over = models.JSONField(default=list, blank=True)
    trapped = models.ForeignKey("circulation.Loan", models.PROTECT, null=True, blank=True, related_name="+")
    recalled_at = models.DateTimeField(null=True, blank=True)
    ready_on = models.DateField(null=True, blank=True)
    pick_up_by = models.DateField(null=True, blank=True)
    loan = models.ForeignKey("circulation.Loan", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="circulation_one_reservation_per_title",
                fields=["patron", "record"],
                condition=Q(state__in=OPEN_STATES, item__isnull=True),
            ),
            models.UniqueConstraint(
                name="circulation_one_reservation_per_copy_held", fields=["assigned"], condition=HOLDS_A_COPY
            ),
            models.CheckConstraint(
                name="circulation_reservation_holds_a_copy", condition=~HOLDS_A_COPY | Q(assigned__isnull=False)
            ),
            models.CheckConstraint(
                name="circulation_reservation_waits_for_somebody",
                condition=Q(patron__isnull=False) | ~Q(state__in=OPEN_STATES),
            ),
            models.CheckConstraint(
                name="circulation_ready_has_a_last_day",
                condition=~Q(state=ReservationState.READY) | Q(ready_on__isnull=False, pick_up_by__isnull=False),
            ),
            models.CheckConstraint(
                name="circulation_reservation_ends_once", condition=Q(state__in=OPEN_STATES) ^ Q(ended_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(
                name="circulation_queue", fields=["record", "id"], condition=Q(state=ReservationState.WAITING)
            ),
            models.Index(
                name="circulation_hold_shelf",
                fields=["pickup", "pick_up_by"],
                condition=Q(state=ReservationState.READY),
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)
