"""Enumerations that the reader's and the card's rows are written with."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PatronStatus(models.TextChoices):
    """Where a reader stands. Expiry is no status: `valid_until` says it."""

    VALID = "valid", pgettext_lazy("reader status", "Valid")
    SUSPENDED = "suspended", pgettext_lazy("reader status", "Suspended")
    DEREGISTERED = "deregistered", pgettext_lazy("reader status", "Deregistered")


class CardStatus(models.TextChoices):
    """Where one card stands. Lost and suspended can be lifted; replaced and closed are the end."""

    VALID = "valid", pgettext_lazy("card status", "Valid")
    LOST = "lost", pgettext_lazy("card status", "Reported lost")
    SUSPENDED = "suspended", pgettext_lazy("card status", "Suspended")
    REPLACED = "replaced", pgettext_lazy("card status", "Replaced")
    CLOSED = "closed", pgettext_lazy("card status", "Closed")


class CardKind(models.TextChoices):
    """What a reader holds out at the desk."""

    BARCODE = "barcode", _("Library card")
    ID = "id", _("Identity card")
    SOCIAL_SECURITY = "social_security", _("Social-security card")
    E_CARD = "e_card", _("E-card")


class Sex(models.TextChoices):
    """As figures break readers down; not known is not a third sex but an absence."""

    MALE = "m", _("Male")
    FEMALE = "f", _("Female")
    UNKNOWN = "", _("Not known")
