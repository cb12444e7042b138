"""The rules of credit and charges: what holds where, each version kept."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wenlan.credit import operations, queries
from wenlan.credit.forms import RuleForm, fresh_key, initial_of
from wenlan.credit.pages import described, place_choices
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock


@needs(Right.PATRONS_SEE)
def index(request: HttpRequest) -> HttpResponse:
    """List the rules in force or to come, of the places seen and of all above them."""
    above = {node for place in request.desk.visible for node in network.ancestors(place)}
    words = {category.code: category.name for category in patrons.categories()}
    context = {
        "rules": [
            {
                "rule": rule,
                "said": described(rule),
                "place": network.node(rule.node).name,
                "category": words.get(rule.category, _("All categories")),
                "may_edit": request.desk.may(Right.RULES_EDIT, rule.node),
            }
            for rule in queries.rules(clock.today(), above)
        ],
        "may_edit": request.desk.may(Right.RULES_EDIT),
    }
    return render(request, "credit/rules.html", context)


@needs(Right.RULES_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Make a rule."""
    return edit_page(request, code=fresh_key(), initial={"from_day": clock.today(), "node": request.desk.node})


@needs(Right.RULES_EDIT)
def edit(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Make the next version of a rule."""
    rule = queries.rule(rule_id)
    request.desk.insist(Right.RULES_EDIT, rule.node)
    return edit_page(request, code=rule.code, initial=initial_of(rule) | {"from_day": clock.today()})


def edit_page(request: HttpRequest, *, code: str, initial: dict[str, object]) -> HttpResponse:
    """Show the form of a rule and keep what is entered."""
    form = RuleForm(
        request.POST or None,
        initial=initial,
        nodes=place_choices(request, Right.RULES_EDIT),
        categories=[(category.code, category.name) for category in patrons.categories()],
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_rule(request.desk.act(), rule=form.rule(code))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The rule holds from %(day)s.") % {"day": form.cleaned_data["from_day"]})
            return redirect("credit:rules")
    context = {
        "form": form,
        "versions": [{"rule": rule, "said": described(rule)} for rule in queries.versions(code)],
    }
    return render(request, "credit/rule.html", context, status=422 if form.is_bound else 200)
