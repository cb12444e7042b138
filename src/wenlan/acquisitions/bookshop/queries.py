"""Reads of shops, campaigns, choices, refusals and statements."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from wenlan.acquisitions.bookshop.errors import CampaignUnknown, ChoiceUnknown, SettlementUnknown, ShopUnknown
from wenlan.acquisitions.bookshop.models import Bookshop, Choice, ChoiceCampaign, ChoiceRefusal, ShopSettlement
from wenlan.acquisitions.bookshop.types import (
    CampaignView,
    ChoiceState,
    ChoiceView,
    Reason,
    RefusalView,
    SettlementView,
    ShopView,
    Terms,
)
from wenlan.holdings import queries as holdings
from wenlan.holdings.series import queries as series
from wenlan.holdings.series.types import SeriesView
from wenlan.holdings.types import ItemStatus

LISTS = ("categories", "excluded_classes", "excluded_words")
MOST = 500


def shops(nodes: Collection[int] | None = None, *, only_active: bool = False) -> tuple[ShopView, ...]:
    """Return the shops of some places or all, by name (two statements)."""
    rows = Bookshop.objects.filter(is_active=True) if only_active else Bookshop.objects.all()
    if nodes is not None:
        rows = rows.filter(node__in=nodes)
    return tuple(_shop_view(row) for row in _whole_shops(rows).order_by("name", "id"))


def shop(shop_id: int) -> ShopView:
    """Return a shop (two statements). Raises ShopUnknown."""
    row = _whole_shops(Bookshop.objects.filter(pk=shop_id)).first()
    if row is None:
        raise ShopUnknown(what=shop_id)
    return _shop_view(row)


def shop_by_code(code: str) -> ShopView:
    """Return a shop by its code (two statements). Raises ShopUnknown."""
    row = _whole_shops(Bookshop.objects.filter(code=code)).first()
    if row is None:
        raise ShopUnknown(what=code)
    return _shop_view(row)


def labels(one: ShopView) -> tuple[SeriesView, ...]:
    """Return the series of labels that a shop was given, the oldest first, with how many are used (one a series)."""
    found = [series.any_series(number) for number in sorted(one.series)]
    return tuple(found)


def next_label(one: ShopView) -> str:
    """Return the first label of the shop that is on no item; '' when its labels are used up."""
    for of in labels(one):
        if of.free and (spans := series.free_spans(of)):
            return of.barcode(spans[0][0])
    return ""


def campaigns(nodes: Collection[int]) -> tuple[CampaignView, ...]:
    """Return the campaigns of these places, the latest first (two statements)."""
    rows = _whole(ChoiceCampaign.objects.filter(node__in=nodes))
    return tuple(_campaign_view(row) for row in rows.order_by("-from_day", "-id"))


def campaign(campaign_id: int) -> CampaignView:
    """Return a campaign (two statements). Raises CampaignUnknown."""
    row = _whole(ChoiceCampaign.objects.filter(pk=campaign_id)).first()
    if row is None:
        raise CampaignUnknown(what=campaign_id)
    return _campaign_view(row)


def campaigns_by_id(ids: Collection[int]) -> dict[int, CampaignView]:
    """Return several campaigns by id (two statements)."""
    return {row.pk: _campaign_view(row) for row in _whole(ChoiceCampaign.objects.filter(pk__in=ids))}


def running(shop_id: int, on: date) -> tuple[CampaignView, ...]:
    """Return the campaigns that run at an active shop on a day, the one that ends first before the others."""
    rows = _whole(ChoiceCampaign.objects.filter(pk__in=running_at(shop_id, on).values("pk")))
    return tuple(_campaign_view(row) for row in rows.order_by("until_day", "id"))


def running_at(shop_id: int, on: date) -> QuerySet[ChoiceCampaign]:
    """Return the rows of the campaigns that run at an active shop on a day, in the order in which they are taken."""
    rows = ChoiceCampaign.objects.filter(shops=shop_id, shops__is_active=True)
    rows = rows.filter(Q(ended_on=None) | Q(ended_on__gte=on), from_day__lte=on, until_day__gte=on)
    return rows.order_by("until_day", "id")


def running_anywhere(on: date) -> tuple[CampaignView, ...]:
    """Return every campaign that runs on a day, for readers (two statements)."""
    rows = ChoiceCampaign.objects.filter(Q(ended_on=None) | Q(ended_on__gte=on), from_day__lte=on, until_day__gte=on)
    return tuple(_campaign_view(row) for row in _whole(rows).order_by("until_day", "id"))


def choice(number: str) -> ChoiceView:
    """Return a chosen book by its number (two statements). Raises ChoiceUnknown."""
    row = Choice.objects.filter(number=number).first()
    if row is None:
        raise ChoiceUnknown(what=number)
    return choice_views([row])[0]


def choices(
    shops: Collection[int], *, campaign: int | None = None, before: int | None = None, limit: int = 50
) -> tuple[ChoiceView, ...]:
    """Return what was chosen at some shops, the latest first, under an id (two statements)."""
    rows = Choice.objects.filter(shop__in=shops)
    if campaign is not None:
        rows = rows.filter(campaign=campaign)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return choice_views(rows.order_by("-id")[:limit])


def choices_of(settlement_id: int) -> tuple[ChoiceView, ...]:
    """Return the lines of a statement, by number (two statements)."""
    return choice_views(Choice.objects.filter(settlement=settlement_id).order_by("id"))


def to_process(nodes: Collection[int], *, limit: int = MOST) -> tuple[ChoiceView, ...]:
    """Return chosen books that came back to these places and wait for a cataloguer, the longest first (two statements).

    It is the items' state that says so: processing ends at the item.
    """
    rows = Choice.objects.filter(
        state=ChoiceState.LENT, item__status=ItemStatus.IN_PROCESSING, item__present_node__in=nodes
    )
    return choice_views(rows.order_by("item__status_since", "id")[:limit])


def unsettled(shop_ids: Collection[int], until: date) -> dict[tuple[int, date], tuple[int, int]]:
    """Return what stands on no statement yet, by shop and first day of the month: (volumes, fen to pay).

    Only what was chosen before the day `until` (one statement).
    """
    found: dict[tuple[int, date], tuple[int, int]] = {}
    rows = Choice.objects.filter(shop__in=shop_ids, state=ChoiceState.LENT, settlement=None, day__lt=until)
    for shop_id, day, fen in rows.values_list("shop_id", "day", "paid_fen").order_by("day", "id"):
        place = shop_id, day.replace(day=1)
        volumes, sum_fen = found.get(place, (0, 0))
        found[place] = (volumes + 1, sum_fen + fen)
    return found


def settlements(shop_ids: Collection[int], *, limit: int = MOST) -> tuple[SettlementView, ...]:
    """Return the statements of some shops, the latest month first (one statement)."""
    rows = ShopSettlement.objects.filter(shop__in=shop_ids).order_by("-month", "shop_id", "-id")
    return tuple(settlement_view(row) for row in rows[:limit])


def settlement(number: str) -> SettlementView:
    """Return a statement. Raises SettlementUnknown."""
    row = ShopSettlement.objects.filter(number=number).first()
    if row is None:
        raise SettlementUnknown(what=number)
    return settlement_view(row)


def refusals(shop_ids: Collection[int], *, before: int | None = None, limit: int = 50) -> tuple[RefusalView, ...]:
    """Return what was refused at some shops, the latest first, under an id (one statement)."""
    rows = ChoiceRefusal.objects.filter(shop__in=shop_ids)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return tuple(
        RefusalView(
            id=row.pk,
            at=row.at,
            shop=row.shop_id,
            isbn=row.isbn,
            title=row.title,
            reasons=tuple(Reason(code=code, because=because) for code, because in row.reasons),
        )
        for row in rows.order_by("-id")[:limit]
    )


def choice_views(rows: Iterable[Choice]) -> tuple[ChoiceView, ...]:
    """Return the public side of choices with their items (two statements)."""
    found = list(rows)
    items = holdings.items_by_id({row.item_id for row in found})
    return tuple(
        ChoiceView(
            id=row.pk,
            number=row.number,
            campaign=row.campaign_id,
            shop=row.shop_id,
            day=row.day,
            at=row.at,
            by=row.by,
            isbn=row.isbn,
            title=row.title,
            author=row.author,
            publisher=row.publisher,
            list_price_fen=row.list_price_fen,
            paid_fen=row.paid_fen,
            item=row.item_id,
            barcode=items[row.item_id].barcode,
            status=items[row.item_id].status,
            accession_number=items[row.item_id].accession_number,
            record=items[row.item_id].record,
            is_brief=row.is_brief,
            loan=row.loan_uid,
            state=row.state,
            cancelled_on=row.cancelled_on,
            reason=row.reason,
            settlement=row.settlement_id,
        )
        for row in found
    )


def terms_of(row: ChoiceCampaign) -> Terms:
    """Return the terms of a campaign's row."""
    names = Terms.__dataclass_fields__
    said = {name: getattr(row, name) for name in names}
    return Terms(**said | {name: tuple(said[name]) for name in LISTS})


def settlement_view(row: ShopSettlement) -> SettlementView:
    """Return the public side of a statement."""
    return SettlementView(
        id=row.pk,
        number=row.number,
        shop=row.shop_id,
        month=row.month,
        state=row.state,
        volumes=row.volumes,
        list_price_fen=row.list_price_fen,
        paid_fen=row.paid_fen,
        made_on=row.made_on,
        made_by=row.made_by,
        approved_on=row.approved_on,
        approved_by=row.approved_by,
        paid_on=row.paid_on,
        voucher=row.voucher,
        reason=row.reason,
    )


def _whole_shops(rows: QuerySet[Bookshop]) -> QuerySet[Bookshop]:
    return rows.select_related("supplier").prefetch_related("series")


def _shop_view(row: Bookshop) -> ShopView:
    return ShopView(
        id=row.pk,
        code=row.code,
        name=row.name,
        supplier=row.supplier_id,
        supplier_name=row.supplier.name,
        discount_permille=row.supplier.discount_permille,
        node=row.node_id,
        address=row.address,
        series=tuple(sorted(one.pk for one in row.series.all())),
        is_active=row.is_active,
    )


def _whole(rows: QuerySet[ChoiceCampaign]) -> QuerySet[ChoiceCampaign]:
    lent = Count("choices", filter=Q(choices__state=ChoiceState.LENT))
    return rows.annotate(volumes=lent).prefetch_related("shops")


def _campaign_view(row: ChoiceCampaign) -> CampaignView:
    return CampaignView(
        id=row.pk,
        name=row.name,
        node=row.node_id,
        processed_at=row.processed_at_id,
        shops=tuple(sorted(one.pk for one in row.shops.all())),
        terms=terms_of(row),
        spent_fen=row.spent_fen,
        volumes=getattr(row, "volumes", 0),
        ended_on=row.ended_on,
    )
