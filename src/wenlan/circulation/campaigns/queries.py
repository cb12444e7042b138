"""Reads of campaigns: what one would do, how one goes, where."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from wenlan.circulation.campaigns.models import CampaignLoan, RecallCampaign
from wenlan.circulation.campaigns.types import CampaignView, PlaceLine, Preview, Scope, Told
from wenlan.circulation.models import OPEN, Loan
from wenlan.kernel.errors import NotFound
from wenlan.network import queries as network
from wenlan.notices import queries as notices
from wenlan.notices.types import Means

TEMPLATE = "recall_campaign"
READERS_AT_ONCE = 500


def late_loans(scope: Scope) -> QuerySet[Loan]:
    """Return the open loans that a campaign asks back: of readers, not of those whom nobody knows any more."""
    rows = Loan.objects.filter(OPEN, lent_node__in=network.subtree(scope.node), due_on__lt=scope.due_before)
    if scope.categories:
        rows = rows.filter(reader_category__in=scope.categories)
    return rows.filter(patron__isnull=False, claimed_on=None)


def preview(scope: Scope, *, price_li: int = 0) -> Preview:
    """Return what a campaign would do now; some statements for each 500 readers."""
    places = late_loans(scope).values_list("lent_node_id").annotate(n=Count("id")).order_by("-n", "lent_node_id")
    patrons = list(late_loans(scope).order_by("patron_id").values_list("patron_id", flat=True).distinct())
    ways: Counter[str] = Counter()
    for start in range(0, len(patrons), READERS_AT_ONCE):
        ways.update(notices.first_ways(patrons[start : start + READERS_AT_ONCE], code=TEMPLATE))
    return Preview(
        loans=sum(count for _node, count in places),
        readers=len(patrons),
        places=tuple(places),
        ways=dict(ways),
        cost_li=ways[Means.SMS] * price_li,
    )


def campaigns(nodes: Collection[int], *, limit: int = 50) -> tuple[CampaignView, ...]:
    """Return the campaigns of places, the latest first (three statements)."""
    return _views(RecallCampaign.objects.filter(node__in=nodes).order_by("-id")[:limit])


def campaign(campaign_id: int) -> CampaignView:
    """Return one campaign (three statements). Raises NotFound."""
    found = _views(RecallCampaign.objects.filter(pk=campaign_id))
    if not found:
        raise NotFound(what=str(campaign_id))
    return found[0]


def names(ids: Collection[int]) -> dict[int, str]:
    """Return what campaigns are called (one statement)."""
    return dict(RecallCampaign.objects.filter(pk__in=ids).values_list("pk", "name"))


def returned(rows: QuerySet[CampaignLoan]) -> QuerySet[CampaignLoan]:
    """Return those that came back while their campaign ran: given back, not lost nor found by ourselves."""
    begun = Q(loan__returned_on__gte=F("asked_on"), loan__ended_as="")
    in_time = Q(campaign__ended_on=None) | Q(loan__returned_on__lte=F("campaign__ended_on"))
    return rows.filter(begun, in_time, loan__returned_on__lte=F("campaign__until"))


def places(campaign_id: int) -> tuple[PlaceLine, ...]:
    """Return a campaign by place of loan, those with most copies first (two statements)."""
    rows = CampaignLoan.objects.filter(campaign=campaign_id)
    asked = {node: (readers, loans) for node, readers, loans in _counted(rows, "node_id")}
    back = {node: (readers, loans) for node, readers, loans in _counted(returned(rows), "node_id")}
    found = [
        PlaceLine(
            node=node,
            readers=readers,
            loans=loans,
            readers_back=back.get(node, (0, 0))[0],
            loans_back=back.get(node, (0, 0))[1],
        )
        for node, (readers, loans) in asked.items()
    ]
    return tuple(sorted(found, key=lambda line: (-line.loans, line.node)))


def loans_of(campaign_id: int, *, node: int | None = None, back: bool | None = None, limit: int = 500) -> Sequence[int]:
    """Return the loans of a campaign by their ids: all, of one place, those that came back or are still out."""
    rows = CampaignLoan.objects.filter(campaign=campaign_id)
    if node is not None:
        rows = rows.filter(node=node)
    if back is not None:
        rows = returned(rows) if back else rows.filter(Q(loan__returned_at=None))
    return list(rows.order_by("reader", "id").values_list("loan_id", flat=True)[:limit])


def told(campaign_id: int) -> Told:
    """Return how far a campaign's readers were told and reached (four statements)."""
    row = RecallCampaign.objects.filter(pk=campaign_id).first()
    if row is None:
        raise NotFound(what=str(campaign_id))
    sent = notices.sendings(f"campaign:{row.uid}:")
    return Told(notices=sent.notices, reached=sent.reached, ways=sent.ways)


def scope_of(row: RecallCampaign) -> Scope:
    """Return whose loans a campaign asks back."""
    return Scope(node=row.node_id, due_before=row.due_before, categories=tuple(row.categories))


def running_on(day: date) -> QuerySet[RecallCampaign]:
    """Return the campaigns at work on a day: begun and not settled."""
    return RecallCampaign.objects.filter(settled_at=None, begun_on__lte=day).order_by("id")


def _counted(rows: QuerySet[CampaignLoan], by: str) -> Iterable[tuple[int, int, int]]:
    counted = rows.values_list(by).annotate(readers=Count("reader", distinct=True), loans=Count("id"))
    return counted.order_by()


def _views(rows: Iterable[RecallCampaign]) -> tuple[CampaignView, ...]:
    found = list(rows)
    of_these = CampaignLoan.objects.filter(campaign__in=found)
    asked = {one: (readers, loans) for one, readers, loans in _counted(of_these, "campaign_id")}
    back = {one: (readers, loans) for one, readers, loans in _counted(returned(of_these), "campaign_id")}
    return tuple(
        CampaignView(
            id=row.pk,
            name=row.name,
            scope=scope_of(row),
            begun_on=row.begun_on,
            until=row.until,
            amnesty=row.amnesty_id,
            price_li=row.price_li,
            made_at=row.made_at,
            made_by=row.made_by,
            told_at=row.told_at,
            ended_on=row.ended_on,
            readers=asked.get(row.pk, (0, 0))[0],
            loans=asked.get(row.pk, (0, 0))[1],
            readers_back=back.get(row.pk, (0, 0))[0],
            loans_back=back.get(row.pk, (0, 0))[1],
        )
        for row in found
    )
