"""The conversion station (标签转换): the old barcode is scanned, the tag on the pad written, read again, and noted.

The pad is reached by the page itself, through the agent on its computer; the server says what belongs on the tag.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from wenlan.catalogue import queries as catalogue
from wenlan.holdings import queries as items
from wenlan.holdings.errors import ItemAmbiguous
from wenlan.holdings.tagging import operations, queries
from wenlan.holdings.tagging.forms import WrittenForm
from wenlan.holdings.tagging.types import TagView
from wenlan.holdings.types import ItemStatus, ItemView
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right

SHOWN = 20


@require_safe
@needs(Right.HOLDINGS_EDIT)
def station(request: HttpRequest) -> HttpResponse:
    """Show the station, what was written here last, and how far the places have come."""
    names = network.node_names()
    written = queries.latest(operator=request.desk.act().operator, limit=SHOWN)
    titles = catalogue.titles({tag.record for tag in written})
    context = {
        "written": [{"tag": tag, "title": titles.get(tag.record, "")} for tag in written],
        "places": [{"name": names.get(one.node, ""), "one": one} for one in queries.progress(request.desk.visible)],
        "item_url": reverse("tags:item"),
        "written_url": reverse("tags:written"),
    }
    return render(request, "holdings/tags.html", context)


@require_safe
@needs(Right.HOLDINGS_EDIT)
def item(request: HttpRequest) -> HttpResponse:
    """Say what belongs on the tag of an item, or why it is not known."""
    try:
        found = items.item_by_barcode(request.GET.get("code", ""), request.GET.get("scope", ""))
    except ItemAmbiguous as ambiguous:
        scopes = [scope for scope in ambiguous.scopes if scope]
        return JsonResponse({"refusal": str(ambiguous), "scopes": scopes}, status=409)
    except DomainError as refusal:
        return JsonResponse({"refusal": str(refusal), "scopes": []}, status=404)
    return JsonResponse(label_of(found) | {"tags": [told(tag) for tag in queries.tags_of_item(found.id)]})


def label_of(found: ItemView) -> dict[str, Any]:
    """Return an item as the station shows and writes it; the owner is the code its library signs with."""
    return {
        "item": found.id,
        "code": found.barcode,
        "title": catalogue.titles([found.record]).get(found.record, ""),
        "call_number": found.call_number,
        "owner": network.agency_of(found.owner_node),
        "owner_name": network.node(found.owner_node).name,
        "status": found.status_label,
        "is_out": found.status == ItemStatus.ON_LOAN,
    }


def told(tag: TagView) -> dict[str, Any]:
    """Return a tag as the page shows it."""
    written = timezone.localdate(tag.written_at).isoformat()
    return {"uid": tag.uid, "part": tag.part, "total": tag.total, "written_on": written}


@require_POST
@needs(Right.HOLDINGS_EDIT)
def written(request: HttpRequest) -> HttpResponse:
    """Note a tag that was written and read back."""
    form = WrittenForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"refusal": form.errors.as_text()}, status=400)
    said = form.cleaned_data
    try:
        made = operations.record(
            request.desk.act(),
            item=said["item"],
            uid=said["uid"],
            profile=said["profile"],
            part=said["part"] or 0,
            total=said["total"] or 0,
        )
    except DomainError as refusal:
        return JsonResponse({"refusal": str(refusal)}, status=404)
    return JsonResponse(told(made))


@require_safe
@needs(Right.CATALOGUE_SEE)
def passage(request: HttpRequest) -> HttpResponse:
    """Say which item went through the gate armed: by the number on its tag, else by the tag's own number."""
    found = None
    try:
        found = items.item_by_barcode(request.GET.get("code", ""))
    except DomainError:
        known = queries.item_of_tag(request.GET.get("uid", ""))
        found = items.item(known) if known else None
    return JsonResponse({"found": label_of(found) if found else None})
