"""The desk's page of digital resources: what is offered, the networks of the house, suppliers' statements."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.digital.access import operations, queries
from wenlan.digital.access.forms import NetworkForm, ResourceForm, StatementForm
from wenlan.digital.access.types import LineState
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.errors import NotAllowed
from wenlan.staff.types import Right
from wenlan.ui import clock

KEEPS = Right.REGISTERS_EDIT


@needs(KEEPS)
def resources(request: HttpRequest) -> HttpResponse:
    """Show the resources of the places this desk keeps, and offer another."""
    form = ResourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.offer(request.desk.act(form.cleaned_data["key"] or None), resource=form.resource())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Readers find it under “Digital resources” now."))
            return redirect("digital:resources")
    nodes, names = request.desk.nodes_with(KEEPS), network.node_names()
    found = queries.resources(clock.today(), nodes)
    secrets_of = request.desk.nodes_with(Right.NETWORK_EDIT)
    context = {
        "lines": [
            {
                "one": one,
                "place": names.get(one.node, ""),
                "secret": operations.secret_of(one).decode() if one.signs and one.node in secrets_of else "",
            }
            for one in found
        ],
        "networks": [(id_, names.get(node, ""), text) for id_, node, text in queries.networks(nodes)],
        "form": form,
        "network_form": NetworkForm(),
        "statement_form": StatementForm(),
        "place": request.desk.place.name,
    }
    return render(request, "digital/resources.html", context, status=422 if form.errors else 200)


@require_POST
@needs(KEEPS)
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Offer a resource no more."""
    if queries.resource(code).node not in request.desk.nodes_with(KEEPS):
        raise NotAllowed(right=KEEPS.label)
    operations.end(request.desk.act(), code=code)
    return redirect("digital:resources")


@require_POST
@needs(KEEPS)
def add_network(request: HttpRequest) -> HttpResponse:
    """Say which addresses are in this house."""
    form = NetworkForm(request.POST)
    try:
        operations.add_network(request.desk.act(), range_=form.data.get("range", "")[:50])
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("digital:resources")


@require_POST
@needs(KEEPS)
def drop_network(request: HttpRequest, network_id: int) -> HttpResponse:
    """Take a range away."""
    operations.drop_network(request.desk.act(), network=network_id, nodes=request.desk.nodes_with(KEEPS))
    return redirect("digital:resources")


@require_POST
@needs(KEEPS)
def statement(request: HttpRequest) -> HttpResponse:
    """Look at a supplier's table; when it was looked at and confirmed, take it in."""
    form = StatementForm(request.POST, request.FILES)
    if not form.is_valid():
        for error in form.errors.get("file", [_("Choose the supplier's table.")]):
            messages.error(request, str(error))
        return redirect("digital:resources")
    text, nodes = form.table(), request.desk.nodes_with(KEEPS)
    try:
        if "confirm" in request.POST:
            lines = operations.take_statement(request.desk.act(), text=text, nodes=nodes)
            taken = sum(one.state in (LineState.NEW, LineState.CHANGED) for one in lines)
            messages.success(request, _("%(count)d numbers taken in.") % {"count": taken})
            return redirect("digital:resources")
        lines = queries.statement(text, nodes)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("digital:resources")
    changes = sum(one.state in (LineState.NEW, LineState.CHANGED) for one in lines)
    context = {"lines": lines, "text": text, "changes": changes, "states": LineState}
    return render(request, "digital/statement.html", context)
