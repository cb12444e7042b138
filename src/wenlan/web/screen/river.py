"""The branches as a river of loans: a drawing without any boundary of the land, as a pure function."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MIDDLE = 1000, 460, 230
SOURCE, MOUTH = 60, 985
THINNEST, WIDEST = 2.0, 26.0
REACH, HEAD = 96, 96


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """What one branch brings: its curve into the river, how broad, and where its name stands."""

    id: int
    name: str
    loans: int
    path: str
    breadth: float
    x: float
    name_y: float
    count_y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The river between two streams, broader below each."""

    start: float
    end: float
    breadth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class River:
    """The whole drawing in units of its own, `WIDTH` by `HEIGHT`."""

    streams: tuple[Stream, ...]
    stretches: tuple[Stretch, ...]
    width: int = WIDTH
    height: int = HEIGHT
    middle: int = MIDDLE


def river(branches: Sequence[tuple[int, str, int]]) -> River:
    """Return the river of branches given as (id, name, loans); they join in turn from above and from below."""
    whole = sum(loans for _id, _name, loans in branches) or 1
    step = (MOUTH - SOURCE - REACH) / max(len(branches), 1)
    streams, stretches, carried = [], [], 0
    for number, (branch, name, loans) in enumerate(branches):
        joins = SOURCE + REACH + step * (number + 0.5)
        above = number % 2 == 0
        head_y = HEAD if above else HEIGHT - HEAD
        streams.append(
            Stream(
                id=branch,
                name=name,
                loans=loans,
                path=curve(joins - REACH, head_y, joins, MIDDLE),
                breadth=breadth(loans / whole),
                x=round(joins - REACH, 1),
                name_y=head_y - 60 if above else head_y + 46,
                count_y=head_y - 24 if above else head_y + 84,
            )
        )
        carried += loans
        end = joins + step if number + 1 < len(branches) else MOUTH
        stretches.append(Stretch(start=round(joins, 1), end=round(end, 1), breadth=breadth(carried / whole)))
    return River(streams=tuple(streams), stretches=tuple(stretches))


def breadth(share: float) -> float:
    """Return how broad water is drawn that carries this share of all loans: area, not breadth, follows the share."""
    return round(THINNEST + (WIDEST - THINNEST) * share**0.5, 1)


def curve(x: float, y: float, to_x: float, to_y: float) -> str:
    """Return the path of a stream that falls down its valley and turns into the river."""
    return f"M{x:.1f} {y:.1f} C{x:.1f} {(y + to_y) / 2:.1f} {to_x - REACH / 2:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}"
