"""Pages of recall campaigns: preview and begin, how one goes by place and by way, the acts behind it, its end."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.circulation import queries as loans
from wenlan.circulation.campaigns import operations, queries
from wenlan.circulation.campaigns.forms import CampaignForm
from wenlan.circulation.campaigns.types import CampaignPart, CampaignView, PlaceLine, Preview
from wenlan.credit import amnesties
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.network import queries as network
from wenlan.notices.types import Means, Standing
from wenlan.patrons import queries as patrons
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number

AT_ONCE = 5  # batches that the page itself does; the clock carries on with the rest
LOANS_SHOWN = 200
LI_PER_YUAN = 1000


@needs(Right.CHECK_OUT)
def campaigns(request: HttpRequest) -> HttpResponse:
    """List the campaigns; preview a new one by GET, begin it by POST."""
    nodes = request.desk.nodes_with(Right.PATRONS_NAMES) & request.desk.nodes_with(Right.CHECK_OUT)
    sent = request.POST or (request.GET if "name" in request.GET else None)
    form = CampaignForm(
        sent,
        nodes=nodes,
        categories=[one for one in patrons.categories() if one.is_open],
        amnesties=[one for one in amnesties.amnesties(on_the_way_up(request)) if standing(one)],
        home=request.desk.node,
    )
    preview = None
    if form.is_valid():
        request.desk.insist(Right.CHECK_OUT, form.draft().scope.node)
        if request.method == "POST" and (made := begun(request, form)):
            return redirect("circulation:campaign", made.id)
        preview = queries.preview(form.draft().scope, price_li=form.draft().price_li)
    context = {
        "form": form,
        "preview": preview,
        "ways": ways(preview) if preview else [],
        "cost": yuan(preview.cost_li) if preview else "",
        "places": [(network.node(node).name, count) for node, count in preview.places] if preview else [],
        "lines": [line(one) for one in queries.campaigns(request.desk.visible)],
    }
    return render(request, "circulation/campaigns.html", context, status=422 if form.errors else 200)


def on_the_way_up(request: HttpRequest) -> frozenset[int]:
    """Return the places whose amnesties hold here: this desk's with those above, and those below."""
    return request.desk.visible | frozenset(network.ancestors(request.desk.node))


def standing(amnesty: Any) -> bool:
    """Return whether an amnesty is approved and not over."""
    return amnesty.approved_at is not None and amnesty.until_day > clock.today()


def begun(request: HttpRequest, form: CampaignForm) -> CampaignView | None:
    """Begin a campaign and tell its first readers, or say in the form why not."""
    try:
        made = operations.begin(request.desk.act(key=form.cleaned_data["key"]), draft=form.draft())
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return None
    for _batch in range(AT_ONCE):
        if not operations.carry_on(clock.now()):
            break
    messages.success(request, _("The campaign has begun. Readers are told at a decent hour, each once."))
    return made


def ways(found: Preview) -> list[tuple[str, int]]:
    """Return by which way how many readers would be told, in words."""
    return [(str(Means(code).label), count) for code, count in sorted(found.ways.items(), key=lambda one: -one[1])]


def yuan(li: int) -> str:
    """Return a sum of thousandths of a yuan as yuan."""
    return f"{li / LI_PER_YUAN:.2f}"


def line(one: CampaignView) -> dict[str, Any]:
    """Return a campaign as the list shows it."""
    share = f"{one.loans_back * 100 / one.loans:.1f}%" if one.loans else ""
    return {"one": one, "place": network.node(one.scope.node).name, "state": state(one), "share": share}


def state(one: CampaignView) -> str:
    """Return where a campaign stands, in words."""
    if one.ended_on is not None or clock.today() > one.until:
        return _("Ended")
    return _("Readers are being told") if one.told_at is None else _("Running")


def seen(request: HttpRequest, campaign_id: int) -> CampaignView:
    """Return a campaign of a place in sight. Raises NotFound."""
    found = queries.campaign(campaign_id)
    if found.scope.node not in request.desk.visible:
        raise NotFound(what=str(campaign_id))
    return found


@needs(Right.CHECK_OUT)
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Show how a campaign goes: told and reached, back by place, the loans of one place."""
    found = seen(request, campaign_id)
    told, node = queries.told(found.id), whole_number(request.GET.get("node"))
    names = {one.code: one.name for one in patrons.categories()}
    context = line(found) | {
        "told": told,
        "ways": [
            (Means(means).label, Standing(standing).label, count)
            for (means, standing), count in sorted(told.ways.items())
            if means != Means.IN_APP
        ],
        "cost": yuan(sum(n for (means, where), n in told.ways.items() if paid(means, where)) * found.price_li),
        "places": [place_line(one) for one in queries.places(found.id)],
        "categories": [names.get(code, code) for code in found.scope.categories],
        "amnesty": amnesties.amnesty(found.amnesty) if found.amnesty else None,
        "acts": [acts_address(found, part) for part in CampaignPart],
        "may_end": found.ended_on is None
        and clock.today() <= found.until
        and request.desk.may(Right.CHECK_OUT, found.scope.node),
        "chosen": network.node(node).name if node in network.subtree(found.scope.node) else "",
        "loans": loan_lines(request, found, node) if node in network.subtree(found.scope.node) else [],
        "crumbs": [(_("Recall campaigns"), reverse("circulation:campaigns")), (found.name, "")],
    }
    return render(request, "circulation/campaign.html", context)


def paid(means: str, where: str) -> bool:
    """Return whether a way in a standing costs a text message."""
    return means == Means.SMS and where in {Standing.SENT, Standing.ARRIVED, Standing.SENDING, Standing.UNCLEAR}


def place_line(one: PlaceLine) -> dict[str, Any]:
    """Return a place of loan as the table shows it."""
    return {"one": one, "place": network.node(one.node).name, "url": f"?{urlencode({'node': one.node})}#loans"}


def acts_address(found: CampaignView, part: CampaignPart) -> dict[str, Any]:
    """Return where the acts behind a campaign's figure stand."""
    measure = {CampaignPart.ASKED: "campaign_copies", CampaignPart.BACK: "campaign_returns"}[part]
    last = max(found.until, found.begun_on)
    said = {"node": network.root().id, "start": found.begun_on, "last": last, "c_subject": part.subject(found.id)}
    return {"label": part.label, "url": f"{reverse('indicators:acts', args=[measure])}?{urlencode(said)}"}


def loan_lines(request: HttpRequest, found: CampaignView, node: int | None) -> list[dict[str, Any]]:
    """Return the loans of a place, those still out first; readers' names where this desk may see them."""
    views = loans.loans_by_id(queries.loans_of(found.id, node=node, limit=LOANS_SHOWN))
    readers = patrons.patrons_by_id({one.patron for one in views if one.patron is not None})
    return [
        {"loan": one, "reader": shown(request, readers[one.patron]) if one.patron in readers else None}
        for one in sorted(views, key=lambda one: (one.returned_on is not None, one.due_on, one.id))
    ]


def shown(request: HttpRequest, reader: Any) -> Any:
    """Return a reader as this desk may see them."""
    return reader if request.desk.may(Right.PATRONS_NAMES, reader.home_node) else reader.masked()


@require_POST
@needs(Right.CHECK_OUT)
def end(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """End a campaign before its last day."""
    found = seen(request, campaign_id)
    request.desk.insist(Right.CHECK_OUT, found.scope.node)
    operations.end(request.desk.act(), campaign_id=found.id)
    messages.success(request, _("The campaign has ended. Its figures stay."))
    return redirect("circulation:campaign", found.id)
