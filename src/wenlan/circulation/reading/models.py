"""Reading rooms, their places, who sat there and what was handed over."""

from django.db import models
from django.db.models import F, Q

from wenlan.circulation.reading.types import BookingState, PlaceKind, RoomKind
from wenlan.kernel.ids import new_uid


class ReadingRoom(models.Model):
    """How the desk of a room takes readers in; the fields of `RoomRule`."""

    HARMLESS_FIELDS = frozenset({"guardian_under"})

    department = models.OneToOneField("network.Department", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=RoomKind, default=RoomKind.GENERAL)
    takes_anonymous = models.BooleanField(default=True)
    gives_places = models.BooleanField(default=False)
    minor_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    school_from = models.TimeField(null=True, blank=True)
    school_until = models.TimeField(null=True, blank=True)
    school_days = models.JSONField(default=list)
    vacations = models.JSONField(default=list)  # [first day, last day], both in
    guardian_under = models.PositiveSmallIntegerField(null=True, blank=True)
    needs_approval = models.BooleanField(default=False)
    booking_days = models.PositiveSmallIntegerField(default=0)
    slot_minutes = models.PositiveSmallIntegerField(default=120)
    since = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circulation_school_hours_are_whole",
                condition=Q(school_from__isnull=True, school_until__isnull=True)
                | Q(school_from__isnull=False, school_until__gt=F("school_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"room {self.department_id}"


class ReadingPlace(models.Model):
    """A seat or a computer of a room, by the number on it."""

    room = models.ForeignKey(ReadingRoom, models.PROTECT, related_name="places")
    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=PlaceKind)
    is_out_of_order = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="circulation_one_place_per_number", fields=["room", "code"])]

    def __str__(self) -> str:
        return self.code


class ReadingSession(models.Model):
    """Somebody in a room, from sign-in to leaving; or several who came without a card, counted together.

    `patron` is emptied some time later. A sign-in taken back keeps its row with `cancelled_at`.
    """

    HARMLESS_FIELDS = frozenset({"with_guardian"})

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    room = models.ForeignKey(ReadingRoom, models.PROTECT, related_name="+")
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    patron = models.ForeignKey("patrons.Patron", models.PROTECT, null=True, blank=True, related_name="+")
    place = models.ForeignKey(ReadingPlace, models.PROTECT, null=True, blank=True, related_name="+")
    persons = models.PositiveSmallIntegerField(default=1)
    with_guardian = models.BooleanField(default=False)
    day = models.DateField()
    started_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveIntegerField(default=0)  # at a computer, once ended
    by = models.CharField(max_length=64, blank=True)
    ended_by = models.CharField(max_length=64, blank=True, default="")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="circulation_one_session_per_reader",
                fields=["patron"],
                condition=Q(ended_at__isnull=True, patron__isnull=False),
            ),
            models.UniqueConstraint(
                name="circulation_one_session_per_place",
                fields=["place"],
                condition=Q(ended_at__isnull=True, place__isnull=False),
            ),
            models.CheckConstraint(name="circulation_session_of_somebody", condition=Q(persons__gt=0)),
        ]
        indexes = [models.Index(name="circulation_sessions_by_day", fields=["room", "day"])]

    def __str__(self) -> str:
        return str(self.uid)


class PlaceBooking(models.Model):
    """A place that is kept for a reader at a time. `patron` is emptied some time later."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    room = models.ForeignKey(ReadingRoom, models.PROTECT, related_name="+")
    place = models.ForeignKey(ReadingPlace, models.PROTECT, related_name="+")
    patron = models.ForeignKey("patrons.Patron", models.PROTECT, null=True, blank=True, related_name="+")
    day = models.DateField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    state = models.CharField(max_length=10, choices=BookingState, default=BookingState.BOOKED)
    made_at = models.DateTimeField()
    by = models.CharField(max_length=64, blank=True)
    session = models.OneToOneField(ReadingSession, models.PROTECT, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="circulation_a_place_is_booked_once",
                fields=["place", "starts"],
                condition=Q(state__in=[BookingState.BOOKED, BookingState.USED]),
            ),
            models.UniqueConstraint(
                name="circulation_one_booking_a_day",
                fields=["room", "patron", "day"],
                condition=Q(state=BookingState.BOOKED, patron__isnull=False),
            ),
            models.CheckConstraint(name="circulation_booking_in_order", condition=Q(ends__gt=F("starts"))),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class MaterialRequest(models.Model):
    """A reader asks to see an item that is kept back; one writes it down, another decides (查阅申请与审批)."""

    PERSONAL_FIELDS = {"purpose": "erase", "answer": "erase"}
    HARMLESS_FIELDS = frozenset(
        {
            "id", "room", "patron", "item", "asked_at", "asked_by", "is_granted", "decided_at", "decided_by",
            "valid_until", "key",
        }
    )  # fmt: skip

    room = models.ForeignKey(ReadingRoom, models.PROTECT, related_name="+")
    patron = models.ForeignKey("patrons.Patron", models.PROTECT, related_name="+")
    item = models.ForeignKey("holdings.Item", models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=64)
    is_granted = models.BooleanField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=64, blank=True, default="")
    answer = models.CharField(max_length=300, blank=True, default="")
    valid_until = models.DateField(null=True, blank=True)  # the last day
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="circulation_request_two_people", condition=~Q(asked_by=F("decided_by"))),
        ]

    def __str__(self) -> str:
        return f"{self.patron_id} {self.item_id}"


class Handing(models.Model):
    """An item over the counter, and back."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    session = models.ForeignKey(ReadingSession, models.PROTECT, related_name="handings")
    item = models.ForeignKey("holdings.Item", models.PROTECT, related_name="+")
    request = models.ForeignKey(MaterialRequest, models.PROTECT, null=True, blank=True, related_name="+")
    handed_at = models.DateTimeField()
    handed_by = models.CharField(max_length=64, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.CharField(max_length=64, blank=True, default="")
    note = models.CharField(max_length=200, blank=True, default="")
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="circulation_one_handing_per_item", fields=["item"], condition=Q(returned_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)
