"""Factories for tests that need acts in the ledger."""

from datetime import UTC, date, datetime, time

from wenlan.kernel.acts import Act, Channel


def make_act(
    day: date = date(2019, 3, 4),
    *,
    node: int = 1,
    channel: Channel = Channel.DESK,
    key: str = "k",
    staff: int | None = 7,
) -> Act:
    """Return an act in the morning of `day` (02:00 UTC is 10:00 in China)."""
    return Act(at=datetime.combine(day, time(2), UTC), node=node, channel=channel, key=key, staff=staff)
