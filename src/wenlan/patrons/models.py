"""Readers, their categories, cards and guardians."""

from django.db import models
from django.db.models import F, Q

from wenlan.kernel.ids import new_uid
from wenlan.kernel.words import say
from wenlan.patrons.families.models import Contact, FamilyBond
from wenlan.patrons.intake.models import Intake, IntakeLine
from wenlan.patrons.joining.models import Application, JoiningRule
from wenlan.patrons.types import CardKind, CardStatus, DocumentKind, PatronStatus, Sex
from wenlan.patrons.units.models import UnitMember

__all__ = [
    "Application",
    "Card",
    "Category",
    "Contact",
    "FamilyBond",
    "Guardian",
    "Intake",
    "IntakeLine",
    "JoiningRule",
    "Password",
    "Patron",
    "UnitMember",
]


class Category(models.Model):
    """A kind of reader, as the library's rules see it."""

    code = models.CharField(max_length=40, unique=True)
    words = models.JSONField()
    loan_limit = models.PositiveSmallIntegerField()
    valid_days = models.PositiveIntegerField(null=True, blank=True)  # of a new card; empty: without end
    overdue_limit = models.PositiveSmallIntegerField(null=True, blank=True)  # overdue items that stop lending
    needs_guardian_under = models.PositiveSmallIntegerField(null=True, blank=True)  # age in years
    is_institution = models.BooleanField(default=False)
    loan_kind = models.CharField(max_length=12, default="personal")
    special_group = models.CharField(max_length=20, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return say(self.words)


class Patron(models.Model):
    """A reader. `open_loans` is kept by circulation's hot statements, `credit_points`, `owed_fen` and `deposit_fen`
    by credit, all under this row's lock. Points are empty where no scheme of points holds.
    """

    PERSONAL_FIELDS = {
        "name": "erase",
        "birth_date": "keep the year",
        "phone": "erase",
        "phone_tail": "erase",
        "email": "erase",
        "address": "erase",
        "id_number_cipher": "erase",
        "id_number_hash": "erase",
        "status_reason": "erase",
    }
    HARMLESS_FIELDS = frozenset(
        {
            "id",
            "uid",
            "category",
            "home_node",
            "sex",
            "id_key_version",
            "document_kind",
            "status",
            "status_since",
            "suspended_until",
            "valid_from",
            "valid_until",
            "registered_at",
            "registered_on",
            "registered_node",
            "registration_key",
            "special_group",
            "keeps_history",
            "open_loans",
            "credit_points",
            "owed_fen",
            "deposit_fen",
            "deregistered_on",
            "merged_into",
            "erased_at",
        }
    )

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    home_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    sex = models.CharField(max_length=1, choices=Sex, blank=True, default="")
    birth_date = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=32, blank=True, default="")
    phone_tail = models.CharField(max_length=4, blank=True, default="", db_index=True)
    email = models.EmailField(blank=True, default="")
    address = models.CharField(max_length=200, blank=True, default="")
    id_number_cipher = models.BinaryField(null=True, blank=True)
    id_number_hash = models.CharField(max_length=64, null=True, blank=True)
    id_key_version = models.PositiveSmallIntegerField(default=0)
    document_kind = models.CharField(max_length=20, choices=DocumentKind, default=DocumentKind.CITIZEN)
    status = models.CharField(max_length=12, choices=PatronStatus, default=PatronStatus.VALID)
    status_since = models.DateField()
    status_reason = models.CharField(max_length=200, blank=True, default="")
    suspended_until = models.DateField(null=True, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)  # the last day; empty: without end
    registered_at = models.DateTimeField()
    registered_on = models.DateField()
    registered_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    registration_key = models.CharField(max_length=80, unique=True)
    special_group = models.CharField(max_length=20, blank=True, default="")
    keeps_history = models.BooleanField(default=False)
    open_loans = models.IntegerField(default=0)
    credit_points = models.IntegerField(null=True, blank=True)
    owed_fen = models.BigIntegerField(default=0)  # charges not yet paid
    deposit_fen = models.BigIntegerField(default=0)  # deposit held
    deregistered_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="patrons_open_loans_not_negative", condition=Q(open_loans__gte=0)),
            models.CheckConstraint(
                name="patrons_points_not_negative", condition=Q(credit_points=None) | Q(credit_points__gte=0)
            ),
            models.CheckConstraint(name="patrons_sums_not_negative", condition=Q(owed_fen__gte=0, deposit_fen__gte=0)),
            models.CheckConstraint(
                name="patrons_validity_in_order", condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="patrons_deregistered_holds_nothing",
                condition=~Q(status=PatronStatus.DEREGISTERED) | Q(open_loans=0),
            ),
            models.CheckConstraint(
                name="patrons_merged_is_deregistered",
                condition=Q(merged_into=None) | Q(status=PatronStatus.DEREGISTERED),
            ),
            models.UniqueConstraint(
                name="patrons_one_reader_per_id_number",
                fields=["id_number_hash"],
                condition=Q(id_number_hash__isnull=False) & ~Q(status=PatronStatus.DEREGISTERED),
            ),
        ]
        indexes = [
            models.Index(name="patrons_by_name", fields=["name"]),
            models.Index(name="patrons_by_home", fields=["home_node", "id"]),
        ]

    def __str__(self) -> str:
        return f"reader {self.pk}"


class Card(models.Model):
    """One of a reader's cards. `number_key` is what a scan is matched with; see `identity.card_key`."""

    PERSONAL_FIELDS = {"number": "erase", "number_key": "erase", "bearer": "erase"}
    HARMLESS_FIELDS = frozenset({"id", "patron", "kind", "status", "status_since", "from_day", "until_day", "replaces"})

    patron = models.ForeignKey(Patron, models.PROTECT, related_name="cards")
    kind = models.CharField(max_length=20, choices=CardKind, default=CardKind.BARCODE)
    number = models.CharField(max_length=64)
    number_key = models.CharField(max_length=72)
    bearer = models.CharField(max_length=120, blank=True, default="")  # of one of several cards of an institution
    status = models.CharField(max_length=12, choices=CardStatus, default=CardStatus.VALID)
    status_since = models.DateField()
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)  # half-open; empty while the card may serve
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="patrons_one_open_card_per_number", fields=["number_key"], condition=Q(until_day__isnull=True)
            ),
            models.CheckConstraint(
                name="patrons_ended_card_has_a_day",
                condition=Q(status__in=[CardStatus.REPLACED, CardStatus.CLOSED]) ^ Q(until_day__isnull=True),
            ),
        ]
        indexes = [models.Index(name="patrons_card_by_number", fields=["number_key"])]

    def __str__(self) -> str:
        return self.number


class Guardian(models.Model):
    """Who answers for a reader under age, and the consent they gave."""

    PERSONAL_FIELDS = {"name": "erase", "phone": "erase", "relation": "erase"}
    HARMLESS_FIELDS = frozenset({"id", "patron", "consented_at", "consented_through", "withdrawn_at"})

    patron = models.OneToOneField(Patron, models.CASCADE, related_name="guardian")
    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=40, blank=True, default="")
    phone = models.CharField(max_length=32, blank=True, default="")
    consented_at = models.DateTimeField(null=True, blank=True)  # empty: named, and not asked yet
    consented_through = models.CharField(max_length=12, blank=True, default="")  # the channel the consent came by
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"guardian of reader {self.patron_id}"


class Password(models.Model):
    """What a reader signs in with on line; without a row the reader cannot. Failures slow down guessing."""

    PERSONAL_FIELDS = {"password": "erase"}
    HARMLESS_FIELDS = frozenset({"patron", "failures", "last_failed_at"})

    patron = models.OneToOneField(Patron, models.CASCADE, primary_key=True, related_name="+")
    password = models.CharField(max_length=128)
    failures = models.PositiveSmallIntegerField(default=0)
    last_failed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"password of reader {self.patron_id}"
