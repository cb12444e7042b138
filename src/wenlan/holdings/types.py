"""Enumerations that the item's row is written with."""

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
