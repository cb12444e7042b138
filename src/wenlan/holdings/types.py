"""What items look like from outside."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import models
from django.utils.translation import pgettext_lazy


class ItemStatus(models.TextChoices):
    """What may be done with an item now. It says nothing about whether the library owns it."""

    IN_PROCESSING = "in_processing", pgettext_lazy("item status", "In processing")
    AVAILABLE = "available", pgettext_lazy("item status", "On the shelf")
    ON_LOAN = "on_loan", pgettext_lazy("item status", "On loan")
    IN_TRANSIT = "in_transit", pgettext_lazy("item status", "In transit")
    ON_HOLD_SHELF = "on_hold_shelf", pgettext_lazy("item status", "On the hold shelf")
    MISSING = "missing", pgettext_lazy("item status", "Missing")
    LOST = "lost", pgettext_lazy("item status", "Lost")
    DAMAGED = "damaged", pgettext_lazy("item status", "Damaged")
    IN_REPAIR = "in_repair", pgettext_lazy("item status", "In repair")
    WITHDRAWN = "withdrawn", pgettext_lazy("item status", "Withdrawn")


class Lending(models.TextChoices):
    """Whether an item leaves the house."""

    LENDABLE = "lendable", pgettext_lazy("lending", "May be lent")
    IN_HOUSE = "in_house", pgettext_lazy("lending", "For use in the house")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """One unit to be registered as the library's property.

    `record` is the id of its bibliographic record. `owner` is who it belongs to (empty: where the act
    happens), `shelved_at` where its place is (empty: the owner). What is empty of `material`, `main_class`,
    `audience` and `language` is taken from the record, and the call number from its class. `origin` says
    how it came (purchase, gift, ...). `key` tells the items of one batch apart.
    """

    record: int
    barcode: str
    barcode_scope: str = ""
    owner: int | None = None
    shelved_at: int | None = None
    department: int | None = None
    lending: str = Lending.LENDABLE
    status: str = ItemStatus.AVAILABLE
    material: str = ""
    main_class: str = ""
    audience: str = ""
    language: str = ""
    volume: str = ""
    call_number: str = ""
    list_price_fen: int | None = None
    origin: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """An item. `present_node` is where it stands, or stood last; money is in fen."""

    id: int
    uid: UUID
    record: int
    barcode: str
    barcode_scope: str
    owner_node: int
    shelved_at: int
    present_node: int
    department: int | None
    status: str
    status_since: date
    lending: str
    material: str
    call_number: str
    main_class: str
    audience: str
    language: str
    volume: str
    list_price_fen: int | None
    accession_number: str
    accessioned_on: date
    withdrawn_on: date | None
    loans: int

    @property
    def is_available(self) -> bool:
        """Whether a reader can take it from the shelf and borrow it now."""
        return self.status == ItemStatus.AVAILABLE and self.lending == Lending.LENDABLE

    @property
    def status_label(self) -> str:
        """The status in the language being spoken."""
        return str(ItemStatus(self.status).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """The units of one record at one node: how many have their place there, how many can be borrowed now."""

    node: int
    held: int
    available: int
    call_number: str
