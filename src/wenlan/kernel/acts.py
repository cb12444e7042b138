"""Who, when, where and through what: the first argument of every operation."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone


class Channel(StrEnum):
    """The way an act reached us; frozen into the ledger row."""

    DESK = "desk"
    SIP2 = "sip2"
    KIOSK = "kiosk"
    BUS = "bus"
    OUTSIDE = "outside"
    WEB = "web"
    WECHAT = "wechat"
    OFFLINE = "offline"
    PAPER = "paper"
    IMPORT = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act of one person or device.

    `at` is an aware instant; `node` and `department` are ids of network nodes and departments;
    `staff` is the id of a staff member; `device` the code of a terminal. `key` is unique per
    operation: an operation repeated with the same key returns its first answer and writes nothing.
    `told_at` is when we heard of it, for acts of a paper register or of a device without a line.
    """

    at: datetime
    node: int
    channel: Channel
    key: str
    department: int | None = None
    staff: int | None = None
    device: str = ""
    told_at: datetime | None = None

    @property
    def recorded_at(self) -> datetime:
        """When it came into the books: at once, or when we heard of it."""
        return self.told_at or self.at

    @property
    def day(self) -> date:
        """The local day of the act, in the installation's zone."""
        return timezone.localdate(self.at, timezone.get_default_timezone())

    @property
    def operator(self) -> str:
        """Who did it, as workload figures name them: `staff:12`, `device:K03` or empty."""
        if self.staff is not None:
            return f"staff:{self.staff}"
        return f"device:{self.device}" if self.device else ""
