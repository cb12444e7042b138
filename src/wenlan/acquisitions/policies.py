"""How a supplier's title is recognised in the catalogue, and when a batch may be accepted: pure decisions."""

import math
import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from wenlan.acquisitions.types import Doubt, Hindrance, Outcome

NUMBER_PLACES = 4
OVERRULED = frozenset({Hindrance.TOO_MANY_ERRORS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a title is recognised by. `title_key` and `volume_key` are folded; `price_fen` is None when unknown."""

    isbn: frozenset[str]
    title_key: str
    volume_key: str = ""
    price_fen: int | None = None
    year: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """The outcome, the record when it is sure, and else the records a person compares, with the doubts about each."""

    outcome: Outcome
    record: int | None = None
    candidates: Mapping[int, tuple[Doubt, ...]] | None = None


def match(incoming: Known, held: Sequence[Known]) -> Match:
    """Return what a title is: new, a further copy of one held record, or doubtful.

    Sure is only what ISBN, title, volume and price say together: the same ISBN returns with reprints at another
    price, with the volumes of a set, and by mistake with another book. Another volume of a set, when both state
    theirs, is new; so is the same title under another ISBN.
    """
    doubts = {one.id: found for one in held if (found := doubts_about(incoming, one)) is not None}
    sure = [record for record, found in doubts.items() if not found]
    if len(sure) == 1:
        return Match(Outcome.COPY, record=sure[0])
    if len(sure) > 1:
        return Match(Outcome.DOUBTFUL, candidates=dict.fromkeys(sure, (Doubt.SEVERAL,)))
    if doubts:
        return Match(Outcome.DOUBTFUL, candidates=doubts)
    return Match(Outcome.NEW)


def doubts_about(incoming: Known, held: Known) -> tuple[Doubt, ...] | None:
    """Return the doubts whether both are the same publication; empty when sure, None when surely not."""
    same_title = bool(incoming.title_key) and incoming.title_key == held.title_key
    if incoming.isbn and held.isbn:
        if not incoming.isbn & held.isbn:
            return None
        return doubts_under_one_number(incoming, held, same_title=same_title)
    if not same_title or volumes_differ(incoming, held) or years_differ(incoming, held):
        return None
    return (Doubt.NO_NUMBER,)


def doubts_under_one_number(incoming: Known, held: Known, *, same_title: bool) -> tuple[Doubt, ...] | None:
    """Return the doubts about two publications with one ISBN; None for two stated volumes of one set."""
    if same_title and volumes_differ(incoming, held):
        return None
    found = []
    if not same_title:
        found.append(Doubt.OTHER_TITLE)
    elif incoming.volume_key != held.volume_key:
        found.append(Doubt.OTHER_VOLUME)
    if None not in (incoming.price_fen, held.price_fen) and incoming.price_fen != held.price_fen:
        found.append(Doubt.OTHER_PRICE)
    return tuple(found)


def volumes_differ(one: Known, other: Known) -> bool:
    """Return whether both state their volume, and not the same."""
    return bool(one.volume_key and other.volume_key) and one.volume_key != other.volume_key


def years_differ(one: Known, other: Known) -> bool:
    """Return whether both state their year, and not the same."""
    return None not in (one.year, other.year) and one.year != other.year


def sample_of(copies: Collection[int], *, percent: int, seed: str) -> tuple[int, ...]:
    """Return the copies to look at: `percent` of them, at least one, the same for the same seed. 0 percent is none."""
    if not percent or not copies:
        return ()
    size = max(1, math.ceil(len(copies) * percent / 100))
    return tuple(sorted(random.Random(seed).sample(sorted(copies), size)))


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceFacts:
    """All that decides about an acceptance. Counts are of titles, parcels and volumes."""

    doubtful: int
    changed: int
    scans_parcels: bool
    parcels: int
    parcels_open: int
    sample_percent: int
    sample_size: int
    sample_done: int
    sample_wrong: int
    most_errors_permille: int
    makeable: int


ACCEPTANCE_RULES: tuple[tuple[Hindrance, Callable[[AcceptanceFacts], bool]], ...] = (
    (Hindrance.DOUBTFUL_LEFT, lambda f: f.doubtful > 0),
    (Hindrance.CATALOGUE_CHANGED, lambda f: f.changed > 0),
    (Hindrance.NOT_SCANNED, lambda f: f.scans_parcels and (f.parcels_open > 0 or not f.parcels)),
    (Hindrance.NO_SAMPLE, lambda f: f.sample_percent > 0 and not f.sample_size),
    (Hindrance.SAMPLE_OPEN, lambda f: f.sample_done < f.sample_size),
    (Hindrance.TOO_MANY_ERRORS, lambda f: f.sample_wrong * 1000 > f.most_errors_permille * f.sample_size),
    (Hindrance.NOTHING_TO_MAKE, lambda f: not f.makeable),
)


def hindrances(facts: AcceptanceFacts, *, overrules: bool = False) -> tuple[Hindrance, ...]:
    """Return every reason why the batch cannot be accepted; who overrules may accept too many errors."""
    found = (reason for reason, applies in ACCEPTANCE_RULES if applies(facts))
    return tuple(reason for reason in found if not (overrules and reason in OVERRULED))


def shares_of(total_fen: int | None, prices: Sequence[int | None]) -> list[int | None]:
    """Share a sum over volumes by their list prices, in whole fen, so that the shares are the sum; evenly without any.

    None when there is no sum.
    """
    if total_fen is None:
        return [None] * len(prices)
    weights = [price or 0 for price in prices] if any(prices) else [1] * len(prices)
    whole, reached, given = sum(weights), 0, 0
    shares: list[int | None] = []
    for weight in weights:
        reached += weight
        due = total_fen * reached // whole
        shares.append(due - given)
        given = due
    return shares


def discounted(price_fen: int | None, permille: int) -> int | None:
    """Return what is paid of a list price, rounded to the fen; None without one."""
    return None if price_fen is None else (price_fen * permille + 500) // 1000


def batch_number(year: int, running: int) -> str:
    """Return a 批次号: the year and a running number of that year, `2026-0007`."""
    return f"{year}-{running:0{NUMBER_PLACES}d}"
