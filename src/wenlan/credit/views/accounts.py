"""A reader's account at the desk: points with their reasons, charges, deposit; corrections and requests."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.credit import operations, queries, reviews
from wenlan.credit.external import operations as guarantees
from wenlan.credit.forms import AskForm, CorrectForm
from wenlan.credit.money import queries as money
from wenlan.credit.pages import described, people, seen_by
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.patrons.errors import CardUnknown
from wenlan.patrons.types import PatronView
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number

PAGE = 40


@needs(Right.PATRONS_SEE)
def home(request: HttpRequest) -> HttpResponse:
    """Ask for a card and open the account."""
    card = request.GET.get("q", "").strip()[:64]
    found = None
    if card:
        try:
            found = patrons.patron_id_by_card(card)
        except CardUnknown as unknown:
            messages.error(request, str(unknown))
        else:
            return redirect("credit:account", found)
    return render(request, "credit/home.html", {"query": card})


@needs(Right.PATRONS_SEE)
def account(request: HttpRequest, patron_id: int) -> HttpResponse:
    """Show the account of one reader."""
    found = patrons.patron(patron_id)
    context = shown(request, found) | {
        "correct_form": CorrectForm(auto_id="correct_%s"),
        "ask_form": AskForm(auto_id="ask_%s"),
    }
    return render(request, "credit/account.html", context)


@needs(Right.PATRONS_SEE)
def panel(request: HttpRequest, patron_id: int) -> HttpResponse:
    """Show the account in short, as a part of the reader's page."""
    found = patrons.patron(patron_id)
    return render(request, "credit/panel.html", shown(request, found))


def shown(request: HttpRequest, found: PatronView) -> dict[str, Any]:
    """Return an account as its page and its panel show it."""
    desk, before = request.desk, whole_number(request.GET.get("before"))
    view = queries.account(found.id, clock.today())
    lines = queries.points(found.id, before=before, limit=PAGE + 1)
    journal, asked = money.lines(found.id), money.approvals(found.id)
    requests = reviews.of_reader(found.id)
    operators = {line.operator for line in (*lines, *journal)} | {one.asked_by for one in (*asked, *requests)}
    here = desk.may(Right.MONEY, found.home_node)
    return {
        "reader": seen_by(request, found),
        "account": view,
        "rule": described(view.rule) if view.rule else [],
        "lines": lines[:PAGE],
        "next": str(lines[PAGE - 1].id) if len(lines) > PAGE else "",
        "first": before is None,
        "charges": money.charges(found.id),
        "journal": journal,
        "approvals": asked,
        "reviews": requests,
        "guarantee": guarantees.of_reader(found.id),
        "who": people(operators | {one.decided_by for one in (*asked, *requests)}),
        "places": network.node_names(),
        "may_take": here or desk.may(Right.MONEY),
        "may_correct": desk.may(Right.MONEY_APPROVE, found.home_node),
        "may_ask": desk.may(Right.PATRONS_NAMES, found.home_node),
    }


@require_POST
@needs(Right.MONEY_APPROVE)
def correct(request: HttpRequest, patron_id: int) -> HttpResponse:
    """Give or take points by hand."""
    request.desk.insist(Right.MONEY_APPROVE, patrons.patron(patron_id).home_node)
    form = CorrectForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please enter points and a reason."))
        return redirect("credit:account", patron_id)
    said = form.cleaned_data
    try:
        act = request.desk.act(key=said["key"] or None)
        line = operations.correct(act, patron=patron_id, points=said["points"], reason=said["reason"])
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The account stands at %(points)d points.") % {"points": line.balance})
    return redirect("credit:account", patron_id)


@require_POST
@needs(Right.PATRONS_SEE)
def ask(request: HttpRequest, patron_id: int) -> HttpResponse:
    """Write down that the reader asks to look again, at a line or at the account."""
    request.desk.insist(Right.PATRONS_NAMES, patrons.patron(patron_id).home_node)
    form = AskForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please write down what the reader says."))
        return redirect("credit:account", patron_id)
    try:
        act = request.desk.act(key=form.cleaned_data["key"] or None)
        entry = whole_number(request.POST.get("entry"))
        reviews.ask(act, patron=patron_id, words=form.cleaned_data["words"], entry=entry)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Written down. Somebody else will decide, and the reader is told."))
    return redirect("credit:account", patron_id)
