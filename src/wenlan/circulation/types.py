"""Enumerations that loans, renewals and transits are written with."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Initiative(models.TextChoices):
    """Who asked for a renewal. An automatic one is never counted as a service to a reader."""

    READER = "reader", pgettext_lazy("who asked for a renewal", "Reader")
    STAFF = "staff", pgettext_lazy("who asked for a renewal", "Staff")
    AUTOMATIC = "automatic", pgettext_lazy("who asked for a renewal", "Automatic")


class RenewFrom(models.TextChoices):
    """The day a renewal runs from."""

    DUE_DATE = "due", _("From the due date")
    TODAY = "today", _("From the day of renewal")


class UndoneAct(models.TextChoices):
    """Which act was taken back."""

    CHECK_OUT = "check_out", _("Loan")
    CHECK_IN = "check_in", _("Return")
    RENEW = "renew", _("Renewal")
