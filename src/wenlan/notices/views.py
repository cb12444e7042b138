"""Pages of notices at the desk: what went out, slips to print, wordings, rules and carriers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.kernel.errors import DomainError
from wenlan.kernel.words import say
from wenlan.network import queries as network
from wenlan.notices import operations, policies, queries, rulebook, wordings
from wenlan.notices.forms import RuleForm, SenderForm, ShownForm, WordingForm, template_lines
from wenlan.notices.types import OUTSIDE, Means, NoticeView, Rule
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui.addresses import whole_number

PAGE = 40
EXAMPLE = {
    "title": "平凡的世界", "due_on": "2020-03-09", "pick_up_by": "2020-03-11", "items": 3, "days": 7, "points": -3,
    "balance": 97, "fen": 10_000, "code": "204816", "child": "小明", "minutes": 30, "answer": "已恢复积分", "name": "",
    "day": "2020-03-04", "reader": "王芳",
}  # fmt: skip


@needs(Right.PATRONS_SEE)
def log(request: HttpRequest) -> HttpResponse:
    """List what was told to readers of the places this desk sees, and what became of it."""
    form = ShownForm(request.GET)
    said = form.cleaned_data if form.is_valid() else {"standing": "", "means": ""}
    before = whole_number(request.GET.get("before"))
    visible, named = request.desk.visible, request.desk.nodes_with(Right.PATRONS_NAMES)
    found = queries.notices(visible, before=before, limit=PAGE + 1, **said)
    counts = queries.standings(visible)
    context = {
        "parts": [_("Notices"), form["standing"], form["means"]],
        "rows": [row(one, named) for one in found[:PAGE]],
        "next": str(found[PAGE - 1].id) if len(found) > PAGE else "",
        "first": before is None,
        "places": network.node_names(),
        "asked_for": any(said.values()),
        "open": sum(counts.get(standing, 0) for standing in operations.BY_HAND),
    }
    return render(request, "notices/log.html", context)


def row(one: NoticeView, named: frozenset[int]) -> dict[str, Any]:
    """Return a notice as the log shows it: its text only to those who see names there."""
    ways = [{"way": way, "decide": way.standing in operations.BY_HAND} for way in one.ways if way.means != Means.IN_APP]
    return {"notice": one, "ways": ways, "read": one.node in named}


@require_POST
@needs(Right.PATRONS_NAMES)
def decide(request: HttpRequest, delivery: int, what: str) -> HttpResponse:
    """Send a notice again, or put it aside."""
    act, nodes = request.desk.act(), request.desk.nodes_with(Right.PATRONS_NAMES)
    try:
        if what == "again":
            operations.send_again(act, delivery=delivery, nodes=nodes)
            messages.success(request, _("It is sent again."))
        else:
            reason = request.POST.get("reason", "").strip()
            operations.put_aside(act, delivery=delivery, nodes=nodes, reason=reason)
            messages.success(request, _("Put aside."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("notices:log")


@needs(Right.PATRONS_NAMES)
def slips(request: HttpRequest) -> HttpResponse:
    """List the slips to print, and say that they were printed."""
    nodes = request.desk.nodes_with(Right.PATRONS_NAMES)
    if request.method == "POST":
        chosen = [number for one in request.POST.getlist("slip") if (number := whole_number(one))]
        printed = operations.mark_printed(request.desk.act(), deliveries=chosen, nodes=nodes)
        messages.success(request, _("%(count)d slips are marked as printed.") % {"count": printed})
        return redirect("notices:slips")
    context = {"slips": queries.slips(nodes), "places": network.node_names()}
    name = "notices/slips_print.html" if "print" in request.GET else "notices/slips.html"
    return render(request, name, context)


@needs(Right.RULES_EDIT)
def wordings_page(request: HttpRequest) -> HttpResponse:
    """List what notices say at a place."""
    node = place(request)
    way_up = network.ancestors(node)
    own = queries.own_codes(node)
    rows = [
        {"kind": one, "name": say(one.name), "said": example(one.code, way_up), "own": one.code in own}
        for one in queries.kinds()
    ]
    context = {"rows": rows, "node": node, "choices": choices(request)}
    return render(request, "notices/wordings.html", context)


def example(code: str, way_up: tuple[int, ...]) -> tuple[str, str]:
    """Return title and text of a notice with invented facts."""
    facts = EXAMPLE | {"library": network.node(way_up[0]).name, "place": network.node(way_up[0]).name}
    return wordings.put_into_words(wordings.wording(code, way_up), facts, language="zh")


@needs(Right.RULES_EDIT)
def wording(request: HttpRequest, code: str) -> HttpResponse:
    """Say a notice in a place's own words."""
    said = wordings.shipped().get(code)
    if said is None:
        raise Http404
    node = place(request)
    title, text = queries.own_wording(node, code)
    initial = {f"title_{tag}": words for tag, words in title.items()}
    initial |= {f"text_{tag}": words for tag, words in text.items()}
    form = WordingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            words = {"title": form.words("title"), "text": form.words("text")}
            operations.set_wording(request.desk.act(), node=node, code=code, **words)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The wording is kept."))
            return redirect(f"{reverse('notices:wordings')}?node={node}")
    context = {
        "form": form,
        "kind": said,
        "name": say(said.name),
        "known": [f"{{{name}}}" for name in (*said.facts, *policies.ALWAYS_KNOWN)],
        "said": example(code, network.ancestors(node)),
        "place": network.node(node).name,
        "node": node,
    }
    return render(request, "notices/wording.html", context, status=422 if form.errors else 200)


@needs(Right.RULES_EDIT)
def rules(request: HttpRequest) -> HttpResponse:
    """Show and change how notices go at a place, and which carriers it reaches."""
    node = place(request)
    rule = rulebook.rule_at(node)
    order = dict(zip(("first", "second", "third"), rule.means, strict=False))
    initial = {"quiet_from": rule.quiet_from, "quiet_until": rule.quiet_until, "off": sorted(rule.off)} | order
    kinds = queries.kinds()
    form = RuleForm(
        request.POST or None, initial=initial, kinds=kinds, names={one.code: say(one.name) for one in kinds}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        new = Rule(node=node, quiet_from=said["quiet_from"], quiet_until=said["quiet_until"], means=form.means,
                   off=frozenset(said["off"]))  # fmt: skip
        operations.set_rule(request.desk.act(), rule=new)
        messages.success(request, _("The rule is kept."))
        return redirect(f"{reverse('notices:rules')}?node={node}")
    reached = rulebook.senders_at(node)
    context = {
        "form": form,
        "rule": rule,
        "node": node,
        "choices": choices(request),
        "from_place": network.node(rule.node).name,
        "ways": [(one, reached.get(one)) for one in OUTSIDE],
        "places": network.node_names(),
    }
    return render(request, "notices/rules.html", context, status=422 if form.errors else 200)


@needs(Right.RULES_EDIT)
def carrier(request: HttpRequest, means: str) -> HttpResponse:
    """Set up how a place reaches a carrier."""
    if means not in OUTSIDE:
        raise Http404
    node = place(request)
    present = next((one for one in queries.senders([node]) if one.means == means), None)
    fields = ("host", "port", "is_encrypted", "user", "name", "signature", "is_on")
    initial = {name: getattr(present, name) for name in fields} if present else {}
    if present:
        initial["templates"] = template_lines(present.templates)
    form = SenderForm(request.POST or None, initial=initial, codes=frozenset(wordings.shipped()))
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_sender(request.desk.act(), sender=form.sender(node, means))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The carrier is kept."))
            return redirect(f"{reverse('notices:rules')}?node={node}")
    context = {"form": form, "way": Means(means).label, "node": node,
               "place": network.node(node).name}  # fmt: skip
    return render(request, "notices/carrier.html", context, status=422 if form.errors else 200)


def place(request: HttpRequest) -> int:
    """Return the place asked for if its rules may be changed here, else the desk's own."""
    asked = whole_number(request.POST.get("node") or request.GET.get("node"))
    node = asked or request.desk.node
    request.desk.insist(Right.RULES_EDIT, node)
    return int(node)


def choices(request: HttpRequest) -> list[tuple[int, str]]:
    """Return the places whose rules may be changed here."""
    allowed = request.desk.nodes_with(Right.RULES_EDIT)
    return [(view.id, view.name) for view in network.nodes() if view.id in allowed]
