"""What the clock does for the protocols."""

from wenlan.jobs.types import Recurring
from wenlan.protocols.copying.operations import forget_searches
from wenlan.protocols.sip2.watching import forget_faults
from wenlan.protocols.uploading import sending

RECURRING = (
    Recurring(name="protocols.forget_searches", every_seconds=3600, run=forget_searches),
    Recurring(name="protocols.uploads", every_seconds=20, run=sending.start),
    Recurring(name="protocols.forget_faults", every_seconds=86400, run=forget_faults),
)
