"""Packages of electronic documents and who owns them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from wenlan.kernel.words import say


class Ownership(TextChoices):
    """By what right a resource is offered: the ministry's form counts own and bought ones only."""

    OWN = "own", pgettext_lazy("right to a resource", "Made by the library")
    BOUGHT = "bought", pgettext_lazy("right to a resource", "Bought")
    SHARED = "shared", pgettext_lazy("right to a resource", "Shared without charge")
    TRIAL = "trial", pgettext_lazy("right to a resource", "On trial")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourcePackageView:
    """A package of electronic documents, counted in volumes. `ended_on` None: still offered."""

    uid: UUID
    words: Mapping[str, str]
    volumes: int
    ownership: Ownership
    node: int
    added_on: date
    ended_on: date | None

    @property
    def name(self) -> str:
        """The name in the language being spoken."""
        return say(self.words)
