"""Targets, questions to them, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _


class Protocol(models.TextChoices):
    """How a target is spoken to."""

    Z3950 = "z3950", "Z39.50"
    SRU = "sru", "SRU"


class Syntax(models.TextChoices):
    """In which form records are asked for. CNMARC goes under the name of UNIMARC."""

    CNMARC = "cnmarc", "CNMARC"
    UNIMARC = "unimarc", "UNIMARC"
    USMARC = "usmarc", "USMARC / MARC 21"
    MARCXML = "marcxml", "MARCXML (SRU)"


class AnswerState(StrEnum):
    """How far a target is with its answer."""

    ASKING = "asking"
    ANSWERED = "answered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFacts:
    """What is said of a target. `path` is the database of a Z39.50 target, the path of an SRU server.

    `encoding` is that of records and of the words sent: auto, utf-8, gb18030, big5 or marc-8.
    """

    name: str
    protocol: str
    host: str
    port: int
    path: str
    is_encrypted: bool = False
    syntax: str = Syntax.CNMARC
    encoding: str = "auto"
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: int = 10
    position: int = 0
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetView(TargetFacts):
    """A target as pages show it; the password only says whether there is one."""

    id: int
    has_password: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyQuestion:
    """What is looked for; all that is stated must hold."""

    isbn: str = ""
    title: str = ""
    author: str = ""
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked at all."""
        return not (self.isbn or self.title or self.author or self.words)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a target found: how many in all, and the first records as they came."""

    total: int
    records: tuple[bytes, ...]
    note: str = ""


class TargetFailed(Exception):
    """A target gave no answer; `code` says why, `details` in the target's own words.

    `was_sent`: what it was asked may have reached it, so that asking again could do it twice.
    """

    UNREACHABLE, TIMED_OUT, REFUSED = "unreachable", "timed_out", "refused"
    GARBLED, TOO_LARGE, BUG = "garbled", "too_large", "bug"
    UNFIT, LOCKED = "unfit", "locked"

    def __init__(self, code: str, details: str = "", *, was_sent: bool = False) -> None:
        super().__init__(f"{code}: {details}")
        self.code = code
        self.details = details[:300]
        self.was_sent = was_sent


REASONS = {
    TargetFailed.UNREACHABLE: _("cannot be reached"),
    TargetFailed.TIMED_OUT: _("took too long"),
    TargetFailed.REFUSED: _("refused"),
    TargetFailed.GARBLED: _("answered in a way that cannot be understood"),
    TargetFailed.TOO_LARGE: _("answered more than is taken"),
    TargetFailed.BUG: _("failed here; the administrator finds it in the log"),
    TargetFailed.UNFIT: _("did not take this one"),
    TargetFailed.LOCKED: _("the password kept cannot be opened since the installation's key changed; type it again"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """How one target answered: `shown` records came of `total`; `reason` says why none came."""

    target: int
    name: str
    state: str
    total: int
    shown: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HitView:
    """One record that a target sent."""

    id: int
    target_name: str
    encoding: str
    raw: bytes = field(repr=False)
    search: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """One search at several targets: what was asked, and how each answered."""

    uid: UUID
    staff: int
    asked_at: datetime
    question: CopyQuestion
    answers: tuple[AnswerView, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every target has answered or failed."""
        return all(one.state != AnswerState.ASKING for one in self.answers)

    @property
    def answered(self) -> int:
        """How many targets have answered or failed."""
        return sum(one.state != AnswerState.ASKING for one in self.answers)
