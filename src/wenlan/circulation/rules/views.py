"""The page of the rules: what holds where, what would be said of a loan, and amending from a day on."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.catalogue.types import Material
from wenlan.circulation import operations
from wenlan.circulation.rules import queries
from wenlan.circulation.rules.forms import EndForm, RuleForm, TryForm, shown
from wenlan.circulation.rules.queries import Question, Trial
from wenlan.circulation.rules.words import LABELS, field_text
from wenlan.circulation.types import LoanRuleView
from wenlan.kernel.errors import DomainError
from wenlan.kernel.words import say
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock

TOMORROW = timedelta(days=1)


@needs(Right.CATALOGUE_SEE)
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rules along the tree, and try one loan that is not made."""
    today, desk = clock.today(), request.desk
    start = {"node": desk.node, "owner": desk.node, "day": today, "category": "adult", "material": Material.BOOK}
    asked = request.GET.dict() if "category" in request.GET else start
    form = TryForm(asked, on=today)
    trial, is_tried = None, form.is_valid()
    if is_tried:
        trial = queries.tried(question(form))
    context = {
        "parts": [
            _("A reader of the category"), form["category"], _("borrows"), form["material"], _("owned by"),
            form["owner"], _("at the place"), form["node"], _("on the day"), form["day"],
        ],
        "form": form,
        "trial": trial,
        "is_tried": is_tried,
        "said": said_by(trial) if trial else [],
        "lines": [line(request, one) for one in queries.present_rules(today)],
        "may_edit": bool(request.desk.nodes_with(Right.RULES_EDIT)),
    }  # fmt: skip
    return render(request, "circulation/rules.html", context, status=200 if is_tried or asked is start else 422)


def question(form: TryForm) -> Question:
    """Return what is tried."""
    said = form.cleaned_data
    return Question(
        node=int(said["node"]),
        owner=int(said["owner"]),
        category=said["category"],
        material=said["material"],
        on=said["day"],
    )


def said_by(trial: Trial) -> list[dict[str, Any]]:
    """Return what holds, field by field, with the rule that says so; first for how long, then until when."""
    decision = trial.decision
    lines = [
        {"label": LABELS[name], "value": field_text(name, getattr(decision, name)), **by(decision.stated_by.get(name))}
        for name in LABELS
        if name != "loan_limit"
        and getattr(decision, name) is not None
        and (name != "fixed_due" or decision.fixed_due_on is not None)
    ]
    limits = [
        {
            "label": _("Most items at once"),
            "value": f"{limit.most} ({kind_words(limit.rule)})",
            **by(limit.rule),
        }
        for limit in decision.limits
    ]
    if decision.total is None:
        limits.append(
            {"label": _("Most items at once"), "value": str(trial.limit), "rule": _("the category"), "place": ""}
        )
    return lines + limits


def by(rule: LoanRuleView | None) -> dict[str, str]:
    """Return which rule of which place says something; nothing said is the shipped habit."""
    if rule is None:
        return {"rule": _("no rule; what is usual"), "place": ""}
    return {"rule": say(rule.words), "place": network.node(rule.node).name}


def kind_words(rule: LoanRuleView) -> str:
    """Return which items, to whom a rule is for."""
    found = []
    if rule.category:
        category = patrons.category(rule.category)
        found.append(category.name if category else rule.category)
    if rule.material:
        found.append(str(Material(rule.material).label))
    if rule.owner:
        found.append(_("owned by %(place)s") % {"place": network.node(rule.owner).name})
    return " · ".join(found) or _("everything")


def line(request: HttpRequest, rule: LoanRuleView) -> dict[str, Any]:
    """Return a rule as the list shows it."""
    place = network.node(rule.node)
    depth = len(network.ancestors(rule.node)) - 1
    stated = [
        f"{LABELS[name]}: {field_text(name, getattr(rule, name))}" for name in LABELS if getattr(rule, name) is not None
    ]
    may = request.desk.may(Right.RULES_EDIT, rule.node)
    return {
        "rule": say(rule.words),
        "from_day": rule.from_day,
        "until_day": rule.until_day,
        "place": place.name,
        "depth": depth,
        "for": kind_words(rule),
        "stated": stated,
        "is_to_come": rule.from_day > clock.today(),
        "url": reverse("circulation:rule", args=[rule.id]) if may else "",
    }


@needs(Right.RULES_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Write a new rule."""
    today = clock.today()
    start = {"node": request.desk.node, "from_day": today + TOMORROW}
    form = RuleForm(request.POST or None, on=today, nodes=request.desk.nodes_with(Right.RULES_EDIT), initial=start)
    if request.method == "POST" and form.is_valid() and save(request, form, fresh_code(form.cleaned_data["node"])):
        return redirect("circulation:rules")
    return form_page(request, form, _("A new rule"), [])


@needs(Right.RULES_EDIT)
def rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Amend a rule from a day on; its earlier versions stay with the loans that were made by them."""
    standing, today = queries.rule(rule_id), clock.today()
    request.desk.insist(Right.RULES_EDIT, standing.node)
    initial = shown(standing, from_day=today + TOMORROW)
    form = RuleForm(request.POST or None, on=today, nodes=request.desk.nodes_with(Right.RULES_EDIT), initial=initial)
    if request.method == "POST" and form.is_valid() and save(request, form, standing.code):
        return redirect("circulation:rules")
    return form_page(request, form, say(standing.words), queries.versions(standing.code))


def save(request: HttpRequest, form: RuleForm, code: str) -> bool:
    """Write the rule that was entered; False when it is wrong, which the form then says."""
    entered = form.rule(code)
    request.desk.insist(Right.RULES_EDIT, entered.node)
    try:
        operations.set_rule(request.desk.act(), rule=entered)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("The rule holds from %(day)s on.") % {"day": entered.from_day.isoformat()})
    return True


def form_page(request: HttpRequest, form: RuleForm, heading: str, versions: Any) -> HttpResponse:
    """Render the form of a rule with its history."""
    context = {
        "form": form,
        "heading": heading,
        "versions": versions,
        "code": versions[0].code if versions else "",
        "end_form": EndForm(initial={"until": clock.today() + TOMORROW}),
    }
    return render(request, "circulation/rule.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(Right.RULES_EDIT)
def end(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Let a rule end before a day."""
    standing, form = queries.rule(rule_id), EndForm(request.POST)
    request.desk.insist(Right.RULES_EDIT, standing.node)
    if not form.is_valid():
        messages.error(request, _("Give the day and the reason."))
        return redirect("circulation:rule", rule_id=rule_id)
    try:
        operations.end_rule(request.desk.act(), code=standing.code, **form.cleaned_data)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("circulation:rule", rule_id=rule_id)
    messages.success(request, _("The rule ends. What it said is said by the next rule up."))
    return redirect("circulation:rules")


def fresh_code(node: str) -> str:
    """Return a code that no rule has."""
    start = network.node(int(node)).code.lower()[:30]
    for number in count(1):
        code = f"{start}-{number}"
        if not queries.codes_taken([code]):
            return code
    raise AssertionError("count ends nowhere")
