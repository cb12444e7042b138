"""The only clock: edges ask it, operations are told."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """Return the present instant in UTC, moved by the installation's offset (a demo lives in its year)."""
    return timezone.now() + timedelta(seconds=settings.WENLAN_CLOCK_OFFSET_SECONDS)


def here() -> datetime:
    """Return the present instant in the installation's zone."""
    return now().astimezone(timezone.get_default_timezone())


def today() -> date:
    """Return the present local day in the installation's zone."""
    return here().date()
