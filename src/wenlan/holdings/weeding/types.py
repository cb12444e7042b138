"""Reasons to weed, what stands against it, and the steps of a list."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class WeedingReason(models.TextChoices):
    """Why a volume is weeded."""

    WORN = "worn", pgettext_lazy("why weeded", "Worn or damaged")
    OUTDATED = "outdated", pgettext_lazy("why weeded", "Out of date")
    SURPLUS = "surplus", pgettext_lazy("why weeded", "Too many copies")
    UNUSED = "unused", pgettext_lazy("why weeded", "Not used for long")
    LOST = "lost", pgettext_lazy("why weeded", "Lost")
    PAID = "paid", pgettext_lazy("why weeded", "Lost and replaced by a reader")
    MISTAKEN = "mistaken", pgettext_lazy("why weeded", "Registered by mistake")


class Obstacle(models.TextChoices):
    """What stands against weeding a volume; the first two cannot be overcome."""

    ANCIENT = "ancient", _("Ancient books are not weeded.")
    NOT_HERE = "not_here", _("It is on loan, on its way, or being worked on.")
    LAST_COPY = "last_copy", _("It is the last copy of the network.")
    GIFT = "gift", _("It was given: ask what was agreed with the donor.")


HARD = frozenset({Obstacle.ANCIENT, Obstacle.NOT_HERE})


@dataclass(frozen=True, slots=True, kw_only=True)
class WeedingFacts:
    """All that the rules look at. `others` are the volumes of the title in the network that stay."""

    is_ancient: bool
    may_be_set_aside: bool
    others: int
    is_gift: bool
    reason: str
