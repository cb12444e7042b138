"""Beginning a campaign, telling its readers in batches, writing down what came back, ending it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from wenlan.circulation import queries as loans
from wenlan.circulation.campaigns.errors import CampaignWrong, NothingLate
from wenlan.circulation.campaigns.models import CampaignLoan, RecallCampaign
from wenlan.circulation.campaigns.queries import TEMPLATE, campaign, late_loans, returned, running_on, scope_of
from wenlan.circulation.campaigns.types import CampaignPart, CampaignView, Draft
from wenlan.circulation.models import Loan
from wenlan.credit import amnesties
from wenlan.holdings import queries as holdings
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act, Channel
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.types import EventRow, ItemDimensions, ReaderDimensions
from wenlan.staff.operations import audit

READERS_A_BATCH = 100
RETURNS_A_BATCH = 500
DAY = timedelta(days=1)


@transaction.atomic
def begin(act: Act, *, draft: Draft) -> CampaignView:
    """Begin a campaign; its readers are told in batches (`carry_on`), each once for all that is late.

    Raises CampaignWrong, NothingLate. Repeating `act.key` returns the first.
    """
    if known := RecallCampaign.objects.filter(key=act.key).first():
        return campaign(known.pk)
    if not draft.name.strip() or draft.until < act.day or draft.scope.due_before > act.day:
        raise CampaignWrong()
    if not late_loans(draft.scope).exists():
        raise NothingLate()
    row = RecallCampaign.objects.create(
        name=draft.name.strip()[:60],
        node_id=draft.scope.node,
        due_before=draft.scope.due_before,
        categories=list(draft.scope.categories),
        amnesty_id=draft.amnesty,
        price_li=draft.price_li,
        begun_on=act.day,
        until=draft.until,
        made_at=act.at,
        made_by=act.operator,
        key=act.key,
    )
    audit(act, "circulation.campaign_begun", f"campaign:{row.pk}", after={"name": row.name, "until": str(row.until)})
    return campaign(row.pk)


@transaction.atomic
def end(act: Act, *, campaign_id: int) -> CampaignView:
    """End a campaign on the act's day: returns of that day still count. Twice is as once. Raises NotFound."""
    found = campaign(campaign_id)
    if RecallCampaign.objects.filter(pk=campaign_id, ended_on=None).update(
        ended_on=min(act.day, found.until), ended_by=act.operator
    ):
        audit(act, "circulation.campaign_ended", f"campaign:{campaign_id}")
    return campaign(campaign_id)


def carry_on(at: datetime) -> int:
    """Do one batch of the oldest campaign that has something to do; return how many loans it touched, 0 when none.

    Each batch is a transaction of its own and may be repeated: a loan that was asked back is not asked again, and a
    return that stands in the ledger is not counted again. Returns count from the day after, when none is undone.
    """
    today = timezone.localdate(at)
    for row in running_on(today):
        if done := _step(row, at):
            return done
    return 0


@transaction.atomic
def _step(row: RecallCampaign, at: datetime) -> int:
    today = timezone.localdate(at)
    act = Act(at=at, node=row.node_id, channel=Channel.DESK, key=f"campaign:{row.uid}:{at.isoformat()}")
    if row.ended_on is None and today > row.until:
        RecallCampaign.objects.filter(pk=row.pk, ended_on=None).update(ended_on=row.until)
        row.ended_on = row.until
    if row.told_at is None and row.ended_on is None:
        return _tell(act, row)
    if done := _settle(act, row):
        return done
    if row.ended_on is not None and today > row.ended_on:
        RecallCampaign.objects.filter(pk=row.pk).update(settled_at=at)
    return 0


def _tell(act: Act, row: RecallCampaign) -> int:
    """Tell the next readers, each once; locks the campaign."""
    RecallCampaign.objects.select_for_update().get(pk=row.pk)
    told = CampaignLoan.objects.filter(campaign=row).values("loan_id")
    waiting = late_loans(scope_of(row)).exclude(pk__in=told)
    patrons = list(waiting.order_by("patron_id").values_list("patron_id", flat=True).distinct()[:READERS_A_BATCH])
    if not patrons:
        RecallCampaign.objects.filter(pk=row.pk).update(told_at=act.at)
        return 1
    found = list(waiting.filter(patron__in=patrons).order_by("patron_id", "due_on", "id"))
    before = CampaignLoan.objects.filter(campaign=row).aggregate(last=Max("reader"))["last"] or 0
    number = {patron: before + place for place, patron in enumerate(patrons, start=1)}
    CampaignLoan.objects.bulk_create(
        [
            CampaignLoan(
                campaign=row, loan=loan, reader=number[loan.patron_id], node_id=loan.lent_node_id, asked_on=act.day
            )
            for loan in found
            if loan.patron_id is not None
        ]
    )
    ledger.record_many(_events(act, row, found, CampaignPart.ASKED))
    _post(row, found, number)
    return len(found)


def _post(row: RecallCampaign, found: Sequence[Loan], number: dict[int, int]) -> None:
    """Put one notice for each reader into the outbox, naming what is late and the amnesty that is offered."""
    views = {view.id: view for view in loans.views_of(found)}
    by_reader: dict[int, list[Loan]] = defaultdict(list)
    for loan in found:
        if loan.patron_id is not None:
            by_reader[loan.patron_id].append(loan)
    told = {"name": row.name, "until": row.until.isoformat()}
    if row.amnesty_id is not None:
        told["amnesty"] = amnesties.amnesty(row.amnesty_id).name
    jobs.post_many(
        "notices",
        [
            {
                "template": TEMPLATE,
                "patron": patron,
                "facts": told
                | {"items": [{"title": views[one.pk].title, "due_on": one.due_on.isoformat()} for one in theirs]},
                "key": f"campaign:{row.uid}:{number[patron]}",
            }
            for patron, theirs in by_reader.items()
        ],
    )


def _settle(act: Act, row: RecallCampaign) -> int:
    """Write down returns of the days before the act's, at their day and place."""
    rows = returned(CampaignLoan.objects.filter(campaign=row, back_on=None, loan__returned_on__lt=act.day))
    found = list(rows.select_related("loan").order_by("id")[:RETURNS_A_BATCH])
    ledger.record_many(_events(act, row, [one.loan for one in found], CampaignPart.BACK))
    for one in found:
        one.back_on = one.loan.returned_on
    CampaignLoan.objects.bulk_update(found, ["back_on"])
    return len(found)


def _events(act: Act, row: RecallCampaign, found: Sequence[Loan], part: CampaignPart) -> list[EventRow]:
    """Return the ledger's rows of loans asked back at the place of loan, or given back where and when they were."""
    items = holdings.items_by_id({loan.item_id for loan in found})
    is_back = part == CampaignPart.BACK
    return [
        ledger.event_row(
            replace(act, node=(loan.returned_node_id or loan.lent_node_id) if is_back else loan.lent_node_id),
            Kind.LOAN_RECALLED,
            day=loan.returned_on if is_back else act.day,
            subject=part.subject(row.pk),
            reader=ReaderDimensions(category=loan.reader_category),
            item=ItemDimensions(material=items[loan.item_id].material, owner_node=items[loan.item_id].owner_node),
            loan_kind=loan.loan_kind,
            source=f"campaign-{part.value}:{row.uid}:{loan.uid}",
        )
        for loan in found
    ]
