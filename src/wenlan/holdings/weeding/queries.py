"""Reads of weeding lists, and candidates by rule."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from wenlan.holdings import policies as states
from wenlan.holdings.ancient.queries import graded
from wenlan.holdings.models import AncientVolume, Item, WeedingLine, WeedingList
from wenlan.holdings.types import ItemStatus, Transition
from wenlan.holdings.weeding.policies import obstacles
from wenlan.holdings.weeding.types import Obstacle, WeedingFacts, WeedingReason
from wenlan.kernel.errors import NotFound

MOST_CANDIDATES = 500
MOST_LISTS = 100
A_YEAR = timedelta(days=365)
ANCIENT, GIFT = "ancient", "gift"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A weeding list with its days, people, sums (of what is not kept) and where it stands."""

    id: int
    number: str
    owner: int
    subject: str
    proposed_on: date
    proposed_by: str
    reviewed_on: date | None
    reviewed_by: str
    opinion: str
    decided_on: date | None
    decided_by: str
    approved: bool | None
    paper: str
    disposed_on: date | None
    way: str
    recipient: str
    titles: int
    units: int
    list_sum_fen: int

    @property
    def state(self) -> str:
        """Where it stands: proposed, reviewed, rejected, approved or disposed."""
        if self.disposed_on:
            return "disposed"
        if self.decided_on:
            return "approved" if self.approved else "rejected"
        return "reviewed" if self.reviewed_on else "proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A volume of a list with what stands against it now."""

    item: int
    reason: str
    note: str
    kept: bool
    obstacles: tuple[Obstacle, ...]


def weeding(list_id: int) -> ListView:
    """Return a list. Raises NotFound."""
    row = WeedingList.objects.filter(pk=list_id).first()
    if row is None:
        raise NotFound(what=str(list_id))
    return _views([row])[0]


def weedings(nodes: Collection[int]) -> tuple[ListView, ...]:
    """Return the lists of the nodes, the latest first (two statements)."""
    return tuple(_views(list(WeedingList.objects.filter(owner_node__in=nodes).order_by("-id")[:MOST_LISTS])))


def _views(rows: list[WeedingList]) -> list[ListView]:
    counted = WeedingLine.objects.filter(weeding__in=[row.pk for row in rows], kept=False).values("weeding")
    sums = counted.annotate(
        titles=Count("item__record", distinct=True), units=Count("id"), fen=Sum("item__list_price_fen")
    )
    found = {one["weeding"]: one for one in sums.order_by()}
    return [_view(row, found.get(row.pk, {})) for row in rows]


def _view(row: WeedingList, sums: Mapping[str, Any]) -> ListView:
    names = ("number", "subject", "proposed_on", "proposed_by", "reviewed_on", "reviewed_by", "opinion", "decided_on")
    more = ("decided_by", "approved", "paper", "disposed_on", "way", "recipient")
    return ListView(
        id=row.pk,
        owner=row.owner_node_id,
        titles=sums.get("titles", 0),
        units=sums.get("units", 0),
        list_sum_fen=sums.get("fen") or 0,
        **{name: getattr(row, name) for name in (*names, *more)},
    )


def lines(list_id: int) -> tuple[LineView, ...]:
    """Return the lines of a list in the order of the shelf: so it is a pick list."""
    rows = list(
        WeedingLine.objects.filter(weeding=list_id).select_related("item").order_by("item__call_key", "item_id")
    )
    stands = standing_against({row.item_id: row.reason for row in rows if not row.kept})
    return tuple(
        LineView(
            item=row.item_id, reason=row.reason, note=row.note, kept=row.kept, obstacles=stands.get(row.item_id, ())
        )
        for row in rows
    )


def standing_against(reasons: Mapping[int, str]) -> dict[int, tuple[Obstacle, ...]]:
    """Return for each item (to its reason) what stands against weeding it together with the others (three statements).

    A volume that is gone, withdrawn or set aside is no other copy of a title.
    """
    rows = list(Item.objects.filter(pk__in=list(reasons)).select_related("entered_in"))
    ancient = graded(list(reasons))
    gone = {*states.GONE, ItemStatus.WITHDRAWN, ItemStatus.SET_ASIDE}
    held = Item.objects.filter(record__in={row.record_id for row in rows}).exclude(status__in=gone)
    staying = Counter(held.exclude(pk__in=list(reasons)).values_list("record_id", flat=True))
    return {
        row.pk: obstacles(
            WeedingFacts(
                is_ancient=row.material == ANCIENT or row.pk in ancient,
                may_be_set_aside=row.status == ItemStatus.SET_ASIDE
                or row.status == ItemStatus.WITHDRAWN
                or states.may_take(Transition.SET_ASIDE, row.status),
                others=staying[row.record_id],
                is_gift=row.entered_in is not None and row.entered_in.way == GIFT,
                reason=reasons[row.pk],
            )
        )
        for row in rows
    }


def candidates(owner: int, *, rule: str, on: date, years: int = 5, keep: int = 3) -> tuple[int, ...]:
    """Return items that a rule would weed, in the order of the shelf.

    `unused`: registered more than `years` ago and never lent; `worn`: damaged; `lost`: missing or lost for `years`;
    `surplus`: what a title has beyond `keep` copies at one place, the latest ones first to go.
    """
    rows = _may_be_weeded(owner).order_by("call_key", "id")
    before = on - years * A_YEAR
    if rule == WeedingReason.WORN:
        rows = rows.filter(status=ItemStatus.DAMAGED)
    elif rule == WeedingReason.LOST:
        rows = rows.filter(status__in=(*states.GONE,), status_since__lt=before)
    elif rule == WeedingReason.SURPLUS:
        return _surplus(owner, keep)
    else:
        rows = rows.filter(Q(loans=0), status=ItemStatus.AVAILABLE, accessioned_on__lt=before)
    return tuple(rows.values_list("id", flat=True)[:MOST_CANDIDATES])


def _may_be_weeded(owner: int) -> QuerySet[Item]:
    """Items of an owner that are no ancient books and stand on no open list."""
    rows = Item.objects.filter(owner_node=owner).exclude(material=ANCIENT)
    rows = rows.exclude(pk__in=AncientVolume.objects.values("item"))
    return rows.exclude(pk__in=WeedingLine.objects.filter(is_open=True).values("item"))


def _surplus(owner: int, keep: int) -> tuple[int, ...]:
    shelf = _may_be_weeded(owner).filter(status=ItemStatus.AVAILABLE)
    many = shelf.values("record", "shelved_at").annotate(n=Count("id")).filter(n__gt=keep).order_by("record")
    found: list[int] = []
    for one in many[:MOST_CANDIDATES]:
        of = shelf.filter(record=one["record"], shelved_at=one["shelved_at"]).order_by("loans", "-id")
        found += of.values_list("id", flat=True)[: one["n"] - keep]
    return tuple(found[:MOST_CANDIDATES])
