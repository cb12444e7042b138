"""The desk's side of registration on line: the queue, one application with readers like it, and the rules."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons import queries as readers
from wenlan.patrons.errors import ApplicationUnknown
from wenlan.patrons.joining import operations, queries
from wenlan.patrons.joining.forms import ApproveForm, RefuseForm, RuleForm
from wenlan.patrons.joining.types import OPEN, ApplicationView
from wenlan.patrons.types import DocumentKind, Sex
from wenlan.patrons.views import lookalike_line
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui.addresses import whole_number
from wenlan.ui.typography import clock_time, table_day

PAGE = 50


def moment(at: datetime | None) -> str:
    """Return an instant as a table writes it; nothing for none."""
    return f"{table_day(at)} {clock_time(at)}" if at else ""


@needs(Right.PATRONS_REGISTER)
def applications(request: HttpRequest) -> HttpResponse:
    """List who waits, the longest first, and what was decided last."""
    nodes = request.desk.nodes_with(Right.PATRONS_REGISTER)
    start = whole_number(request.GET.get("after")) or 0
    found = queries.waiting(nodes, after=start, limit=PAGE + 1)
    context = {
        "rows": lines_of(found[:PAGE]),
        "columns": [
            {"key": "asked_at", "label": _("When"), "kind": "moment", "url_key": "url"},
            {"key": "name", "label": _("Name"), "kind": "title", "url_key": "url"},
            {"key": "category", "label": _("Category")},
            {"key": "place", "label": _("Home library")},
            {"key": "status", "label": _("State")},
        ],
        "decided": lines_of(queries.decided(nodes)) if not start else [],
        "next": str(found[PAGE - 1].id) if len(found) > PAGE else "",
        "first": start == 0,
    }
    return render(request, "patrons/applications.html", context)


def lines_of(found: Sequence[ApplicationView]) -> list[dict[str, object]]:
    """Return applications as the queue lists them (one statement)."""
    categories = {one.code: one.name for one in readers.categories()}
    places = network.node_names()
    return [
        {
            "asked_at": one.asked_at,
            "url": reverse("patrons:application", args=[one.id]),
            "name": one.name or "—",
            "category": categories.get(one.category, one.category),
            "place": places.get(one.node, ""),
            "status": one.status.label,
        }
        for one in found
    ]


def ours(request: HttpRequest, application_id: int) -> ApplicationView:
    """Return an application that this desk may decide. Raises ApplicationUnknown, NotAllowed."""
    found = queries.application(application_id)
    if found.node not in request.desk.visible:
        raise ApplicationUnknown(what=application_id)
    request.desk.insist(Right.PATRONS_REGISTER, found.node)
    return found


@needs(Right.PATRONS_REGISTER)
def application(request: HttpRequest, application_id: int) -> HttpResponse:
    """Show what was entered, and readers who may be the same person; approve it with a card."""
    found = ours(request, application_id)
    form = ApproveForm(request.POST or None, initial={"category": found.category})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.approve(request.desk.act(), application=found.id, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is registered.") % {"name": made.name})
            return redirect("patrons:applications")
    if not found.needs_guardian or found.guardian_confirmed_at:
        del form.fields["guardian_consents"]
    context = {
        "found": found,
        "pairs": described(found),
        "alike": [lookalike_line(request, one) for one in queries.lookalikes(found.id) if one.id != found.patron],
        "form": form,
        "refuse_form": RefuseForm(auto_id="refuse_%s"),
        "is_open": found.status in OPEN,
    }
    return render(request, "patrons/application.html", context, status=422 if form.is_bound else 200)


def described(found: ApplicationView) -> list[tuple[str, object]]:
    """Return what was entered, as terms and words."""
    guardian = " ".join((found.guardian_name, found.guardian_relation, found.guardian_phone)).strip()
    confirmed = moment(found.guardian_confirmed_at)
    category = readers.category(found.category)
    return [
        (_("State"), found.status.label),
        (_("When"), moment(found.asked_at)),
        (_("Category"), category.name if category else found.category),
        (_("Home library"), network.node(found.node).name),
        (_("Sex"), Sex(found.sex).label if found.sex else ""),
        (_("Date of birth"), found.birth_date.isoformat() if found.birth_date else ""),
        (str(DocumentKind(found.document_kind).label) if found.document_kind else _("Document"), found.document),
        (_("Telephone"), found.phone),
        (_("Guardian"), guardian),
        (_("The guardian consented"), confirmed or (_("not yet") if guardian else "")),
        (_("Reason"), found.reason),
    ]


@require_POST
@needs(Right.PATRONS_REGISTER)
def refuse(request: HttpRequest, application_id: int) -> HttpResponse:
    """Refuse an application with a reason."""
    found = ours(request, application_id)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say why: the applicant reads it."))
        return redirect("patrons:application", found.id)
    operations.refuse(request.desk.act(), application=found.id, reason=form.cleaned_data["reason"])
    messages.success(request, _("Refused. The applicant reads the reason."))
    return redirect("patrons:applications")


@needs(Right.RULES_EDIT)
def rules(request: HttpRequest) -> HttpResponse:
    """List the places with a rule of their own, and the others to give one to."""
    nodes = request.desk.nodes_with(Right.RULES_EDIT)
    written = {rule.at: rule for rule in queries.rules()}
    places = [view for view in network.nodes() if view.id in nodes]
    context = {
        "rows": [
            {
                "name": view.name,
                "url": reverse("patrons:joining_rule", args=[view.id]),
                "way": written[view.id].way.label,
            }
            for view in places
            if view.id in written
        ],
        "columns": [
            {"key": "name", "label": _("Place"), "kind": "title", "url_key": "url"},
            {"key": "way", "label": _("Registration on line")},
        ],
        "others": [(view.name, reverse("patrons:joining_rule", args=[view.id])) for view in places],
        "shipped": queries.SHIPPED.way.label,
    }
    return render(request, "patrons/joining_rules.html", context)


@needs(Right.RULES_EDIT)
def rule(request: HttpRequest, node_id: int) -> HttpResponse:
    """Say how one place and all under it take readers who register themselves."""
    request.desk.insist(Right.RULES_EDIT, network.node(node_id).id)
    present = queries.rule_at(node_id)
    form = RuleForm(request.POST or None, rule=present)
    if request.method == "POST" and form.is_valid():
        operations.set_rule(request.desk.act(), node=node_id, **form.facts())
        messages.success(request, _("Kept. It holds from now on."))
        return redirect("patrons:joining_rules")
    source = network.node(present.at).name if present.at and present.at != node_id else ""
    context = {"form": form, "place": network.node(node_id), "source": source}
    return render(request, "patrons/joining_rule.html", context, status=422 if form.is_bound else 200)
