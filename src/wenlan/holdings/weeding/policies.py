"""What stands against weeding a volume."""

from collections.abc import Callable

from wenlan.holdings.weeding.types import HARD, Obstacle, WeedingFacts, WeedingReason

GONE = frozenset({WeedingReason.LOST, WeedingReason.PAID, WeedingReason.MISTAKEN})
RULES: tuple[tuple[Obstacle, Callable[[WeedingFacts], bool]], ...] = (
    (Obstacle.ANCIENT, lambda f: f.is_ancient),
    (Obstacle.NOT_HERE, lambda f: not f.may_be_set_aside),
    (Obstacle.LAST_COPY, lambda f: f.others == 0 and f.reason not in GONE),
    (Obstacle.GIFT, lambda f: f.is_gift and f.reason not in GONE),
)


def obstacles(facts: WeedingFacts) -> tuple[Obstacle, ...]:
    """Return everything that stands against it; empty means it may go."""
    return tuple(obstacle for obstacle, applies in RULES if applies(facts))


def still_stand(found: tuple[Obstacle, ...], note: str) -> tuple[Obstacle, ...]:
    """Return the obstacles that a reviewer's note does not overcome."""
    return tuple(obstacle for obstacle in found if obstacle in HARD or not note.strip())
