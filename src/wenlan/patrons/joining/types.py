"""What an application to become a reader looks like."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.utils.translation import pgettext_lazy

from wenlan.kernel.words import say
from wenlan.patrons.types import DocumentKind, NewGuardian, Sex


class Way(models.TextChoices):
    """How a library takes readers who register themselves."""

    NONE = "none", pgettext_lazy("registration on line", "Not offered: readers come to the desk")
    APPROVED = "approved", pgettext_lazy("registration on line", "A librarian approves each")
    AT_ONCE = "at_once", pgettext_lazy("registration on line", "At once, when nothing speaks against it")


class ApplicationStatus(models.TextChoices):
    """Where an application stands."""

    GUARDIAN = "guardian", pgettext_lazy("application", "Waits for the guardian")
    WAITING = "waiting", pgettext_lazy("application", "Waits for a librarian")
    APPROVED = "approved", pgettext_lazy("application", "Approved")
    REFUSED = "refused", pgettext_lazy("application", "Refused")
    LAPSED = "lapsed", pgettext_lazy("application", "Lapsed")


OPEN = (ApplicationStatus.GUARDIAN, ApplicationStatus.WAITING)


@dataclass(frozen=True, slots=True, kw_only=True)
class JoiningRuleView:
    """The rule that holds at a place; `at` is the node it was written for (None: the shipped one).

    `categories` are codes; empty means every category of persons that is open.
    """

    at: int | None
    way: Way = Way.APPROVED
    categories: tuple[str, ...] = ()
    asks_document: bool = True
    words: Mapping[str, str]

    @property
    def told(self) -> str:
        """What the applicant is told, in the language being spoken."""
        return say(self.words) if self.words else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApplication:
    """What somebody says who wants to become a reader. `node` is where the account is to be kept."""

    node: int
    category: str
    name: str
    sex: str = Sex.UNKNOWN
    birth_date: date | None = None
    phone: str = ""
    email: str = ""
    document_kind: str = DocumentKind.CITIZEN
    document: str = ""
    guardian: NewGuardian | None = None
    password: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationView:
    """An application as a librarian sees it. `document` is masked; `patron` is set once it was approved."""

    id: int
    uid: UUID
    node: int
    channel: str
    status: ApplicationStatus
    category: str
    name: str
    sex: str
    birth_date: date | None
    phone: str
    email: str
    document_kind: str
    document: str
    guardian_name: str
    guardian_relation: str
    guardian_phone: str
    guardian_confirmed_at: datetime | None
    needs_guardian: bool
    asked_at: datetime
    decided_at: datetime | None
    decided_by: str
    reason: str
    patron: int | None
