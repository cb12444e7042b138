"""What notices look like from outside: their wordings, the ways they go, and where each stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Protocol, runtime_checkable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TOPIC = "notices"


class Means(TextChoices):
    """A way to a reader."""

    IN_APP = "in_app", _("On line, among “my messages”")
    WECHAT = "wechat", _("WeChat")
    SMS = "sms", _("Text message")
    EMAIL = "email", _("E-mail")
    PRINT = "print", _("Printed slip")


OUTSIDE = (Means.WECHAT, Means.SMS, Means.EMAIL)


class Standing(TextChoices):
    """Where one notice stands on one way."""

    WAITING = "waiting", pgettext_lazy("notice", "To be sent")
    SENDING = "sending", pgettext_lazy("notice", "Being sent")
    SENT = "sent", pgettext_lazy("notice", "Sent")
    ARRIVED = "arrived", pgettext_lazy("notice", "Arrived")
    FAILED = "failed", pgettext_lazy("notice", "Not delivered")
    UNCLEAR = "unclear", pgettext_lazy("notice", "Unclear")
    TO_PRINT = "to_print", pgettext_lazy("notice", "To be printed")
    PRINTED = "printed", pgettext_lazy("notice", "Printed")
    DROPPED = "dropped", pgettext_lazy("notice", "Too late to send")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a notice says, by language; `facts` are the names that may stand in braces.

    A notice that `presses` is sent at any hour; one that `prints` becomes a slip where no other way leads to the
    reader; one without `keeps` is not shown among the reader's messages. After `hours` it is too late to send it.
    """

    code: str
    name: Mapping[str, str]
    title: Mapping[str, str]
    text: Mapping[str, str]
    facts: Sequence[str] = ()
    presses: bool = False
    prints: bool = False
    keeps: bool = True
    hours: int = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How notices go at a place and all under it: quiet hours, ways in order, codes that are not sent."""

    node: int
    quiet_from: time = time(21)
    quiet_until: time = time(8)
    means: Sequence[str] = (Means.WECHAT, Means.SMS, Means.EMAIL)
    off: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One notice on one way. `key` is ours, at most 36 characters, the same each time it is tried.

    `template` and `values` are what a service with approved templates fills in.
    """

    key: str
    to: str
    title: str
    text: str
    template: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a carrier answered: `number` is theirs; `details` their own words when it is not delivered."""

    standing: Standing
    number: str = ""
    details: str = ""


class Carrier(Protocol):
    """A way out of the house: an e-mail server, a text-message service, WeChat."""

    def send(self, letter: Letter) -> Receipt:
        """Hand over one letter. Raises CarrierFailed."""


@runtime_checkable
class TellsAfterwards(Protocol):
    """A carrier that can be asked what became of a letter."""

    def ask(self, letter: Letter, number: str) -> Receipt | None:
        """Return what became of a letter handed over before, None when the carrier cannot tell (yet).

        Raises CarrierFailed.
        """


class CarrierFailed(Exception):
    """The carrier did not answer as it should. `may_have_gone`: the letter may be on its way nevertheless."""

    def __init__(self, details: str, *, may_have_gone: bool = False) -> None:
        super().__init__(details)
        self.details, self.may_have_gone = details, may_have_gone


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderView:
    """A carrier as a place has set it up; the secret is never shown."""

    id: int
    node: int
    means: str
    name: str
    host: str
    port: int
    is_encrypted: bool
    user: str
    has_secret: bool
    signature: str
    templates: Mapping[str, Mapping[str, object]]
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSender:
    """How a place reaches a carrier. `secret` None keeps the one that is there.

    `signature` is the sender's address (e-mail), the approved signature (text messages), or empty (WeChat, where
    `user` is the app id). `templates` gives for each wording's code the carrier's `code` and its `values`, each with
    our facts in braces.
    """

    node: int
    means: str
    name: str = ""
    host: str = ""
    port: int = 443
    is_encrypted: bool = True
    user: str = ""
    secret: str | None = field(default=None, repr=False)
    signature: str = ""
    templates: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    is_on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryView:
    """One way of one notice; `to` is masked."""

    id: int
    means: str
    standing: str
    to: str
    tries: int
    due_at: datetime
    settled_at: datetime | None
    details: str

    @property
    def words(self) -> str:
        """The standing in the language being spoken."""
        return str(Standing(self.standing).label)

    @property
    def way(self) -> str:
        """The way in the language being spoken."""
        return str(Means(self.means).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sendings:
    """What became of notices that belong together: how many, how many reached somebody, ways by means and standing.

    A notice reached its reader when a carrier took it, when it was read on line, or when its slip was printed.
    """

    notices: int
    reached: int
    ways: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """A notice with its ways; `patron` None when it went to somebody who is no reader."""

    id: int
    code: str
    name: str
    patron: int | None
    node: int
    title: str
    text: str
    made_at: datetime
    read_at: datetime | None
    ways: tuple[DeliveryView, ...] = ()
