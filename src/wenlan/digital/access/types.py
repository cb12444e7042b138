"""Digital resources behind a link, who may open them, and how they were opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from wenlan.kernel.words import say


class ResourceKind(TextChoices):
    """What a resource is."""

    EBOOKS = "ebooks", pgettext_lazy("digital resource", "E-books")
    AUDIO = "audio", pgettext_lazy("digital resource", "Audio books")
    MICRO = "micro", pgettext_lazy("digital resource", "Micro reading")
    JOURNALS = "journals", pgettext_lazy("digital resource", "Journals and papers")
    VIDEO = "video", pgettext_lazy("digital resource", "Video and courses")
    OTHER = "other", pgettext_lazy("digital resource", "Other digital resource")


class OpenTo(TextChoices):
    """Who may open a resource."""

    ALL = "all", pgettext_lazy("digital resource", "Everybody")
    READERS = "readers", pgettext_lazy("digital resource", "Readers with a card, and everybody in the house")


class Way(StrEnum):
    """How a resource was used; the head of the ledger's subject, before the resource's code.

    `REMOTE_SHUT` is remote use on a day on which the library was closed for a time (a closure, not a weekday).
    `SUPPLIER` are items requested as a supplier states them: they are never added to the accesses.
    """

    HOUSE = "house"
    REMOTE = "remote"
    REMOTE_SHUT = "remote_shut"
    SUPPLIER = "supplier"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResource:
    """A resource to be offered; `signs`: the link carries a signature that the supplier checks."""

    words: Mapping[str, str]
    kind: str
    url: str
    open_to: str = OpenTo.READERS
    signs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceView:
    """A resource of a library. `code` is what its figures are told by."""

    id: int
    code: str
    node: int
    words: Mapping[str, str]
    kind: str
    url: str
    open_to: str
    signs: bool
    until_day: date | None

    @property
    def name(self) -> str:
        """The name in the language being spoken."""
        return say(self.words)

    @property
    def kind_label(self) -> str:
        """What it is, in the language being spoken."""
        return str(ResourceKind(self.kind).label)


class LineState(StrEnum):
    """What becomes of a line of a supplier's statement."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """What a supplier states of a resource and a month (its first day); `before` is what stands already."""

    named: str
    resource: int | None
    month: date
    items: int
    before: int | None
    state: LineState
