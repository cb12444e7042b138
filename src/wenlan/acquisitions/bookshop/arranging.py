"""Shops and campaigns, as the acquisitions librarian writes them down."""

from dataclasses import asdict

from django.db import transaction

from wenlan.acquisitions.bookshop import queries
from wenlan.acquisitions.bookshop.errors import CampaignUnknown, CampaignWrong
from wenlan.acquisitions.bookshop.models import Bookshop, ChoiceCampaign
from wenlan.acquisitions.bookshop.types import CampaignFacts, CampaignView, ShopFacts, ShopView
from wenlan.kernel.acts import Act
from wenlan.staff.operations import audit


@transaction.atomic
def save_shop(act: Act, *, facts: ShopFacts) -> ShopView:
    """Write down a bookshop that takes part, or what holds for it now, under its code."""
    said = {
        "name": facts.name.strip()[:100],
        "supplier_id": facts.supplier,
        "node_id": facts.node,
        "address": facts.address.strip()[:200],
        "is_active": facts.is_active,
    }
    row, _is_new = Bookshop.objects.update_or_create(code=facts.code, defaults=said)
    row.series.set(facts.series)
    audit(act, "acquisitions.bookshop", f"bookshop:{facts.code}", after=said | {"series": list(facts.series)})
    return queries.shop(row.pk)


@transaction.atomic
def begin_campaign(act: Act, *, facts: CampaignFacts) -> CampaignView:
    """Write down a campaign. Raises CampaignWrong. Repeating `act.key` returns the first."""
    if before := ChoiceCampaign.objects.filter(key=act.key).first():
        return queries.campaign(before.pk)
    _refuse_wrong(facts, spent_fen=0)
    row = ChoiceCampaign.objects.create(**_said(facts), made_at=act.at, made_by=act.operator, key=act.key)
    row.shops.set(facts.shops)
    _audit(act, row, facts)
    return queries.campaign(row.pk)


@transaction.atomic
def change_campaign(act: Act, *, campaign: int, facts: CampaignFacts) -> CampaignView:
    """Change what holds from now on: what was chosen stays. Raises CampaignUnknown, CampaignWrong.

    A budget is not lowered under what is spent, and the library whose the books become stays.
    """
    row = _locked(campaign)
    _refuse_wrong(facts, spent_fen=row.spent_fen)
    said = _said(facts)
    del said["node_id"]
    for name, value in said.items():
        setattr(row, name, value)
    row.save(update_fields=list(said))
    row.shops.set(facts.shops)
    _audit(act, row, facts)
    return queries.campaign(campaign)


@transaction.atomic
def end_campaign(act: Act, *, campaign: int) -> CampaignView:
    """End a campaign on the act's day, which still counts. Twice is as once. Raises CampaignUnknown."""
    row = _locked(campaign)
    if row.ended_on is None:
        row.ended_on = act.day
        row.save(update_fields=["ended_on"])
        audit(act, "acquisitions.campaign_ended", f"campaign:{campaign}", after={"on": str(act.day)})
    return queries.campaign(campaign)


def _locked(campaign: int) -> ChoiceCampaign:
    row = ChoiceCampaign.objects.select_for_update().filter(pk=campaign).first()
    if row is None:
        raise CampaignUnknown(what=campaign)
    return row


def _refuse_wrong(facts: CampaignFacts, *, spent_fen: int) -> None:
    terms = facts.terms
    in_order = terms.from_day <= terms.until_day and terms.copies_limit >= 1
    if not (in_order and facts.shops and facts.name.strip() and terms.budget_fen >= max(spent_fen, 1)):
        raise CampaignWrong


def _said(facts: CampaignFacts) -> dict[str, object]:
    """Return the columns of a campaign but its shops; what is listed becomes lists without repetition."""
    terms = asdict(facts.terms)
    lists = {name: list(dict.fromkeys(terms[name])) for name in queries.LISTS}
    named = {"name": facts.name.strip()[:80], "node_id": facts.node, "processed_at_id": facts.processed_at}
    return terms | lists | named


def _audit(act: Act, row: ChoiceCampaign, facts: CampaignFacts) -> None:
    told = {name: str(value) for name, value in asdict(facts.terms).items() if value not in (None, ())}
    audit(
        act, "acquisitions.campaign", f"campaign:{row.pk}", after={"name": facts.name, "shops": [*facts.shops], **told}
    )
