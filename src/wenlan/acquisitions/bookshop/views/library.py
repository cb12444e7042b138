"""What the library arranges about its bookshops: campaigns, shops, what was chosen and refused, statements."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenlan.acquisitions.bookshop import operations, queries
from wenlan.acquisitions.bookshop.errors import (
    CampaignUnknown,
    ChoiceUnknown,
    SettlementUnknown,
    ShopUnknown,
)
from wenlan.acquisitions.bookshop.forms import (
    CampaignForm,
    ReasonForm,
    ShopForm,
    shown_campaign,
    shown_shop,
)
from wenlan.acquisitions.bookshop.types import CampaignView, SettlementState, SettlementView, ShopView
from wenlan.acquisitions.errors import ReasonMissing
from wenlan.circulation.reserving.forms import fresh_key
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number

PAGE = 50
SEALS = {
    SettlementState.MADE: "proofread",
    SettlementState.APPROVED: "approved",
    SettlementState.PAID: "closed",
    SettlementState.SENT_BACK: "cancelled",
}


def tabs(current: str) -> list[dict[str, Any]]:
    """Return the pages about the bookshops beside each other."""
    known = (
        ("campaigns", _("Campaigns")),
        ("chosen", _("Chosen books")),
        ("arrivals", _("Came back from the bookshop")),
        ("refusals", _("Refused at the bookshop")),
        ("settlements", _("Statements")),
        ("shops", _("Bookshops")),
    )
    return [{"label": label, "url": reverse(f"bookshop:{name}"), "current": name == current} for name, label in known]


def seen_shops(request: HttpRequest) -> dict[int, ShopView]:
    """Return the shops whose place this desk sees, by id."""
    return {one.id: one for one in queries.shops(request.desk.visible)}


@require_safe
@needs(Right.HOLDINGS_EDIT)
def chosen(request: HttpRequest) -> HttpResponse:
    """What readers chose at the shops this desk sees, the latest first."""
    campaign = whole_number(request.GET.get("campaign"))
    before = whole_number(request.GET.get("after"))
    lines = queries.choices(list(seen_shops(request)), campaign=campaign, before=before, limit=PAGE)
    context = {
        "tabs": tabs("chosen"),
        "lines": lines,
        "next": lines[-1].id if len(lines) == PAGE else "",
        "first": before is None,
    }
    return render(request, "acquisitions/bookshop/chosen.html", context)


@require_POST
@needs(Right.BOOKSHOP)
def give_back(request: HttpRequest, number: str) -> HttpResponse:
    """Give a book back that was not taken, with the reason; back to the page it was done on."""
    one, form = queries.choice(number), ReasonForm(request.POST)
    shop = seen_shops(request).get(one.shop)
    if shop is None:
        raise ChoiceUnknown(what=number)
    request.desk.insist(Right.BOOKSHOP, shop.node)
    try:
        if not form.is_valid():
            raise ReasonMissing
        operations.give_back(request.desk.act(), number=number, reason=form.cleaned_data["reason"])
        messages.success(request, _("%(title)s is given back to the shop.") % {"title": one.title})
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('bookshop:counter')}?shop={shop.code}")


@require_safe
@needs(Right.HOLDINGS_EDIT)
def arrivals(request: HttpRequest) -> HttpResponse:
    """Chosen books that came back and wait for a cataloguer."""
    lines = queries.to_process(request.desk.visible)
    context = {"tabs": tabs("arrivals"), "lines": lines, "may_edit": request.desk.may(Right.CATALOGUE_EDIT)}
    return render(request, "acquisitions/bookshop/arrivals.html", context)


@require_safe
@needs(Right.HOLDINGS_EDIT)
def refusals(request: HttpRequest) -> HttpResponse:
    """What was refused at the shops, with every reason: what readers wish and the rules do not give."""
    shops, before = seen_shops(request), whole_number(request.GET.get("after"))
    found = queries.refusals(list(shops), before=before, limit=PAGE)
    context = {
        "tabs": tabs("refusals"),
        "lines": [{"one": one, "shop": shops[one.shop].name} for one in found],
        "next": found[-1].id if len(found) == PAGE else "",
        "first": before is None,
    }
    return render(request, "acquisitions/bookshop/refusals.html", context)


@require_safe
@needs(Right.HOLDINGS_EDIT)
def campaigns(request: HttpRequest) -> HttpResponse:
    """The campaigns of the places this desk sees, with what is spent and left."""
    today, shops = clock.today(), seen_shops(request)
    lines = [
        {"one": one, "runs": one.runs_on(today), "shops": [shops[shop].name for shop in one.shops if shop in shops]}
        for one in queries.campaigns(request.desk.visible)
    ]
    context = {"tabs": tabs("campaigns"), "lines": lines, "has_shops": bool(shops)}
    return render(request, "acquisitions/bookshop/campaigns.html", context)


@needs(Right.HOLDINGS_EDIT)
def campaign(request: HttpRequest, campaign_id: int | None = None) -> HttpResponse:
    """Begin a campaign, or see how one stands and change its terms."""
    known = seen_campaign(request, campaign_id) if campaign_id is not None else None
    nodes = request.desk.nodes_with(Right.HOLDINGS_EDIT)
    initial = shown_campaign(known) if known else {"node": request.desk.node, "processed_at": request.desk.node}
    shops = tuple(seen_shops(request).values())
    form = CampaignForm(request.POST or None, nodes=nodes, shops=shops, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            keep_campaign(request, form, known)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect("bookshop:campaigns")
    context = {
        "form": form,
        "one": known,
        "runs": bool(known and known.runs_on(clock.today())),
        "name": known.name if known else _("New campaign"),
        "crumbs": [(_("Campaigns"), reverse("bookshop:campaigns")), (known.name if known else _("New campaign"), "")],
    }
    return render(request, "acquisitions/bookshop/campaign.html", context, status=422 if form.is_bound else 200)


def seen_campaign(request: HttpRequest, campaign_id: int) -> CampaignView:
    """Return a campaign of a place where this desk may change it. Raises CampaignUnknown."""
    found = queries.campaign(campaign_id)
    if found.node not in request.desk.nodes_with(Right.HOLDINGS_EDIT):
        raise CampaignUnknown(what=campaign_id)
    return found


def keep_campaign(request: HttpRequest, form: CampaignForm, known: CampaignView | None) -> None:
    """Write a campaign down, new or changed."""
    act = request.desk.act(form.cleaned_data["key"])
    if known is None:
        operations.begin_campaign(act, facts=form.facts())
    else:
        operations.change_campaign(act, campaign=known.id, facts=form.facts())


@require_POST
@needs(Right.HOLDINGS_EDIT)
def end_campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """End a campaign today."""
    operations.end_campaign(request.desk.act(), campaign=seen_campaign(request, campaign_id).id)
    messages.success(request, _("The campaign ends today."))
    return redirect("bookshop:campaign", campaign_id)


@require_safe
@needs(Right.HOLDINGS_EDIT)
def shops(request: HttpRequest) -> HttpResponse:
    """The shops that take part."""
    names = network.node_names()
    lines = [
        {"one": one, "place": names.get(one.node, ""), "free": sum(of.free for of in queries.labels(one))}
        for one in seen_shops(request).values()
    ]
    return render(request, "acquisitions/bookshop/shops.html", {"tabs": tabs("shops"), "lines": lines})


@needs(Right.HOLDINGS_EDIT)
def shop(request: HttpRequest, code: str = "") -> HttpResponse:
    """Write down a shop, or change what holds for it."""
    nodes = request.desk.nodes_with(Right.HOLDINGS_EDIT)
    known = queries.shop_by_code(code) if code else None
    if known is not None and known.node not in nodes:
        raise ShopUnknown(what=code)
    initial = shown_shop(known) if known else {"is_active": True, "node": request.desk.node}
    form = ShopForm(request.POST or None, nodes=nodes, initial=initial)
    if known:
        form.fields["code"].disabled = True
    if form.is_bound and form.is_valid():
        operations.save_shop(request.desk.act(), facts=form.facts())
        messages.success(request, _("Kept."))
        return redirect("bookshop:shops")
    name = known.name if known else _("New bookshop")
    crumbs = [(_("Bookshops"), reverse("bookshop:shops")), (name, "")]
    context = {"form": form, "name": name, "crumbs": crumbs}
    return render(request, "acquisitions/bookshop/shop.html", context, status=422 if form.is_bound else 200)


@require_safe
@needs(Right.HOLDINGS_EDIT, Right.MONEY_APPROVE)
def settlements(request: HttpRequest) -> HttpResponse:
    """Months that are over and not settled, and the statements that were made."""
    known = seen_shops(request)
    first_of_month = clock.today().replace(day=1)
    waiting = queries.unsettled(list(known), first_of_month)
    context = {
        "tabs": tabs("settlements"),
        "waiting": [
            {"shop": known[shop], "month": month, "volumes": volumes, "sum_fen": sum_fen}
            for (shop, month), (volumes, sum_fen) in waiting.items()
        ],
        "lines": [
            {"one": one, "shop": known[one.shop].name, "seal": SEALS[SettlementState(one.state)]}
            for one in queries.settlements(list(known))
        ],
        "key": fresh_key(),
        "may_make": request.desk.may(Right.HOLDINGS_EDIT),
    }
    return render(request, "acquisitions/bookshop/settlements.html", context)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def settle(request: HttpRequest) -> HttpResponse:
    """Make the statement of a month."""
    shop_id, month = whole_number(request.POST.get("shop")), request.POST.get("month", "")
    found = seen_shops(request).get(shop_id or 0)
    if found is None:
        raise ShopUnknown(what=shop_id or "")
    request.desk.insist(Right.HOLDINGS_EDIT, found.node)
    months = {f"{one:%Y-%m}": one for _shop, one in queries.unsettled([found.id], clock.today().replace(day=1))}
    try:
        if month not in months:
            raise SettlementUnknown(what=month)
        act = request.desk.act(request.POST.get("key", "")[:64] or None)
        made = operations.settle(act, shop=found.id, month=months[month])
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("bookshop:settlements")
    return redirect("bookshop:settlement", made.number)


@require_safe
@needs(Right.HOLDINGS_EDIT, Right.MONEY_APPROVE)
def settlement(request: HttpRequest, number: str) -> HttpResponse:
    """One statement with its lines, and what may be done with it."""
    return render(request, "acquisitions/bookshop/settlement.html", statement_page(request, number))


@require_safe
@needs(Right.HOLDINGS_EDIT, Right.MONEY_APPROVE)
def settlement_sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The statement as it is printed and signed by both sides."""
    return render(request, "acquisitions/bookshop/settlement_sheet.html", statement_page(request, number))


def seen_settlement(request: HttpRequest, number: str) -> tuple[SettlementView, ShopView]:
    """Return a statement of a shop this desk sees, and the shop. Raises SettlementUnknown."""
    one = queries.settlement(number)
    shop = seen_shops(request).get(one.shop)
    if shop is None:
        raise SettlementUnknown(what=number)
    return one, shop


def statement_page(request: HttpRequest, number: str) -> dict[str, Any]:
    """Return a statement with its shop, its lines, and the sums by campaign."""
    one, shop = seen_settlement(request, number)
    lines = queries.choices_of(one.id)
    sums: dict[int, list[int]] = {}
    for line in lines:
        volumes = sums.setdefault(line.campaign, [0, 0, 0])
        for place, value in enumerate((1, line.list_price_fen, line.paid_fen)):
            volumes[place] += value
    known = queries.campaigns_by_id(sums)
    return {
        "one": one,
        "shop": shop,
        "seal": SEALS[SettlementState(one.state)],
        "lines": lines,
        "sums": [{"name": known[of].name, "sums": found} for of, found in sums.items()],
        "owner": network.node(known[next(iter(sums))].node).name if sums else "",
        "may_approve": request.desk.may(Right.MONEY_APPROVE, shop.node),
        "crumbs": [(_("Statements"), reverse("bookshop:settlements")), (one.number, "")],
    }


@require_POST
@needs(Right.MONEY_APPROVE)
def approve(request: HttpRequest, number: str) -> HttpResponse:
    """Approve a statement that somebody else made."""
    _one, shop = seen_settlement(request, number)
    request.desk.insist(Right.MONEY_APPROVE, shop.node)
    return told(request, number, lambda: operations.approve(request.desk.act(), number=number), _("Approved."))


@require_POST
@needs(Right.HOLDINGS_EDIT, Right.MONEY_APPROVE)
def pay(request: HttpRequest, number: str) -> HttpResponse:
    """Write down the voucher by which a statement was paid."""
    insist_on_either(request, number)
    voucher = request.POST.get("voucher", "")
    return told(
        request, number, lambda: operations.pay(request.desk.act(), number=number, voucher=voucher), _("Paid, kept.")
    )


@require_POST
@needs(Right.HOLDINGS_EDIT, Right.MONEY_APPROVE)
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    """Send a statement back that does not agree with the shop's own; its lines wait for the next."""
    insist_on_either(request, number)
    reason = request.POST.get("reason", "")
    return told(
        request,
        number,
        lambda: operations.send_back(request.desk.act(), number=number, reason=reason),
        _("Sent back. Its lines can be settled anew."),
    )


def insist_on_either(request: HttpRequest, number: str) -> None:
    """Let those go on who make or approve statements of the shop. Raises SettlementUnknown and NotAllowed."""
    _one, shop = seen_settlement(request, number)
    if not request.desk.may(Right.MONEY_APPROVE, shop.node):
        request.desk.insist(Right.HOLDINGS_EDIT, shop.node)


def told(request: HttpRequest, number: str, done: Any, said: str) -> HttpResponse:
    """Do one thing with a statement and say what happened on its page."""
    try:
        done()
        messages.success(request, said)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("bookshop:settlement", number)
