"""The portal's page of digital resources: opened from the house or from home, also while the library is closed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wenlan.digital.access import operations, queries
from wenlan.digital.access.errors import CardNeeded
from wenlan.digital.access.types import OpenTo
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.errors import DomainError
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.ui import clock
from wenlan.web.portal.reading import reader_of
from wenlan.web.portal.views import shown

IN_WECHAT = "MicroMessenger"
LONGEST_KEY = 40


@never_cache
@require_safe
def resources(request: HttpRequest) -> HttpResponse:
    """List the resources, saying which ones ask for a card here."""
    today, names = clock.today(), network.node_names()
    may_open_all = reader_of(request) is not None or house_of(request) is not None
    found = [
        {"one": one, "place": names.get(one.node, ""), "opens": may_open_all or one.open_to == OpenTo.ALL}
        for one in queries.resources(today)
    ]
    root = network.root_or_none()
    is_shut = root is not None and queries.is_shut(root.id, today)
    return shown(request, "web/portal/digital.html", {"resources": found, "is_shut": is_shut, "key": str(new_uid())})


def house_of(request: HttpRequest) -> int | None:
    """Return the node in whose house the reader sits, by the address."""
    return queries.house_of(request.META.get("REMOTE_ADDR", ""))


@require_POST
def open_resource(request: HttpRequest, code: str) -> HttpResponse:
    """Count the opening and send the reader on; from outside, without a card, to the sign-in."""
    reader, found = reader_of(request), queries.resource(code)
    channel = Channel.WECHAT if IN_WECHAT in request.headers.get("User-Agent", "") else Channel.WEB
    key = f"{code}:{request.POST.get('key', '')[:LONGEST_KEY] or new_uid()}"
    act = Act(at=clock.now(), node=found.node, channel=channel, key=key)
    try:
        address = operations.open_resource(
            act,
            code=code,
            address=request.META.get("REMOTE_ADDR", ""),
            patron=reader.id if reader else None,
        )
    except CardNeeded as refusal:
        messages.error(request, str(refusal))
        return redirect("portal:sign_in")
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("portal:digital")
    return redirect(address)
