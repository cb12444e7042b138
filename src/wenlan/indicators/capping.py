"""What stands beside figures of people who came: the spans in which only so many were let in (限流)."""

from dataclasses import dataclass

from wenlan.indicators.types import Figure
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network
from wenlan.network.almanac.queries import caps
from wenlan.network.almanac.types import CapView

VISITING = frozenset({Kind.VISIT_COUNTED, Kind.READING_ROOM_VISITED})


@dataclass(frozen=True, slots=True, kw_only=True)
class CappedSpan:
    """A cap that touches a figure's span, and the name of the place where it holds."""

    cap: CapView
    place: str


def capped(figure: Figure) -> tuple[CappedSpan, ...]:
    """Return the caps that a figure of visits has to be read with; none for others (one statement)."""
    if not VISITING.intersection(figure.measure.kinds):
        return ()
    return tuple(CappedSpan(cap=cap, place=network.node(cap.node).name) for cap in caps(figure.node, figure.period))
