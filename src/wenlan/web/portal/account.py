"""A reader's own account: points with the reason of each change, what is owed, the deposit, and asking a person."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wenlan.credit import queries, reviews
from wenlan.credit.external import alipay
from wenlan.credit.external import operations as guarantees
from wenlan.credit.money import queries as money
from wenlan.credit.pages import described
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.errors import DomainError
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number
from wenlan.web.portal.reading import reader_of

PAGE = 30


class LookAgainForm(forms.Form):
    """What the reader says why a person should look again."""

    words = forms.CharField(max_length=500)
    key = forms.CharField(max_length=40)
    entry = forms.IntegerField(required=False)


@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Show the reader's own account."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    before = whole_number(request.GET.get("before"))
    found = queries.account(reader.id, clock.today())
    lines = queries.points(reader.id, before=before, limit=PAGE + 1)
    asked = reviews.of_reader(reader.id)
    context = {
        "reader": reader,
        "account": found,
        "rule": described(found.rule) if found.rule else [],
        "lines": lines[:PAGE],
        "next": str(lines[PAGE - 1].id) if len(lines) > PAGE else "",
        "first": before is None,
        "charges": [charge for charge in money.charges(reader.id) if charge.open_fen],
        "reviews": asked,
        "open_entries": {one.entry.id if one.entry else None for one in asked if one.state == "open"},
        "places": network.node_names(),
        "key": str(new_uid()),
        "may_guarantee": bool(found.deposit_due_fen) and alipay.of_installation(clock.now()) is not None,
    }
    return render(request, "web/portal/account.html", context)


@require_POST
def guarantee(request: HttpRequest) -> HttpResponse:
    """Send the reader's phone to an outside credit that stands for the deposit."""
    reader, client = reader_of(request), alipay.of_installation(clock.now())
    if reader is None or client is None:
        return redirect("portal:sign_in" if reader is None else "portal:account")
    act = Act(at=clock.now(), node=reader.home_node, channel=Channel.WEB, key=str(new_uid()))
    back_to = request.build_absolute_uri(reverse("portal:guarantee_back"))
    try:
        found = guarantees.begin(act, patron=reader.id, provider=client, back_to=back_to)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("portal:account")
    return redirect(found.address)


@never_cache
def guarantee_back(request: HttpRequest) -> HttpResponse:
    """Take the reader back from the outside credit and say how it stands; what the phone says is not believed."""
    reader, client = reader_of(request), alipay.of_installation(clock.now())
    if reader is None or client is None:
        return redirect("portal:sign_in" if reader is None else "portal:account")
    found = guarantees.of_reader(reader.id)
    if found is not None:
        act = Act(at=clock.now(), node=reader.home_node, channel=Channel.WEB, key=str(new_uid()))
        try:
            done = guarantees.look(act, guarantee_id=found.id, provider=client)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.info(request, done.state_label)
    return redirect("portal:account")


@require_POST
def look_again(request: HttpRequest) -> HttpResponse:
    """Ask that a person looks at a line, or at the account as it stands."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    form = LookAgainForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please write why a person should look again."))
        return redirect("portal:account")
    said = form.cleaned_data
    act = Act(at=clock.now(), node=reader.home_node, channel=Channel.WEB, key=f"review:{reader.id}:{said['key']}")
    try:
        reviews.ask(act, patron=reader.id, words=said["words"], entry=said["entry"])
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. A librarian will look at it and answer here."))
    return redirect("portal:account")
