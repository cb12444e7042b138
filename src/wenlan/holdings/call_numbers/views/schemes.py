"""Pages of the schemes: what is in force where, changed; tables of author numbers; numbers kept and free."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.catalogue import queries as catalogue
from wenlan.holdings.call_numbers import author_tables, queries, schemes
from wenlan.holdings.call_numbers.forms import SchemeForm, TableForm, told
from wenlan.holdings.pages import people
from wenlan.holdings.types import BookNumbers, Scheme
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui.addresses import whole_number

LARGEST_TABLE = 1 << 20


@needs(Right.HOLDINGS_EDIT)
def overview(request: HttpRequest) -> HttpResponse:
    """Show the schemes, the tables, and every number that is kept or free in the scheme of this desk."""
    asked = request.GET.get("author", "").strip()[:60]
    known, names = queries.schemes(), network.node_names()
    ours = request.desk.nodes_with(Right.HOLDINGS_EDIT)
    here = queries.scheme_of(request.desk.node, known)
    kept = queries.kept_of(here)
    titles, who = catalogue.titles({one.record for one in kept if one.record}), people(one.operator for one in kept)
    context: dict[str, Any] = {
        "schemes": [described(scheme, names) for scheme in known.values()],
        "here": described(here, names),
        "places": [(node, names.get(node, "")) for node in sorted(ours) if node not in known],
        "tables": [table_line(name, asked) for name in author_tables.table_names()],
        "author": asked,
        "table_form": TableForm(),
        "kept": [
            {"number": one, "title": titles.get(one.record or 0, ""), "who": who.get(one.operator, "")} for one in kept
        ],
    }
    return render(request, "holdings/schemes.html", context)


def described(scheme: Scheme, names: Mapping[int, str]) -> dict[str, Any]:
    """Return a scheme in words; everybody's has no name."""
    kinds = {kind.value: str(kind.label) for kind in BookNumbers}
    return {
        "scheme": scheme,
        "place": names.get(scheme.node or 0, ""),
        "kind": " ".join(filter(None, (kinds[scheme.book_numbers], scheme.author_table))),
        "rules": [
            f"{rule.first}—{rule.last} {kinds.get(rule.book_numbers, '')} {rule.author_table}".strip()
            for rule in scheme.rules
        ],
        "lines": list(scheme.lines.values()),
    }


def table_line(name: str, author: str) -> dict[str, Any]:
    """Return a table with its size and what it says of an author; why when it cannot be read."""
    try:
        table = author_tables.table(name)
    except DomainError as refusal:
        return {"name": name, "fault": str(refusal)}
    return {"name": name, "lines": len(table.starts), "number": table.number(author) if author else ""}


@needs(Right.HOLDINGS_EDIT)
def scheme(request: HttpRequest, node_id: int) -> HttpResponse:
    """Make or change the scheme of a place."""
    request.desk.insist(Right.HOLDINGS_EDIT, node_id)
    place, known = network.node(node_id), queries.schemes().get(node_id)
    initial = told(known) if known else {"name": place.name}
    form = SchemeForm(request.POST or None, node=node_id, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            schemes.keep_scheme(request.desk.act(), node=node_id, said=form.scheme())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The scheme is kept. It holds for what is registered from now on."))
            return redirect("holdings:schemes")
    context = {"form": form, "place": place.name, "back": reverse("holdings:schemes")}
    return render(request, "holdings/scheme.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Lead to the scheme of the place that was chosen."""
    node = whole_number(request.POST.get("place")) or 0
    request.desk.insist(Right.HOLDINGS_EDIT, node)
    return redirect("holdings:scheme", node)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def bring_table(request: HttpRequest) -> HttpResponse:
    """Take in a table of author numbers; it serves the whole installation."""
    request.desk.insist(Right.HOLDINGS_EDIT, network.root().id)
    form = TableForm(request.POST, request.FILES)
    if not form.is_valid() or form.cleaned_data["file"].size > LARGEST_TABLE:
        messages.error(request, _("Please choose a file of author numbers, and give it a name."))
        return redirect("holdings:schemes")
    name = form.cleaned_data["name"].strip().lower()
    try:
        lines = schemes.bring_table(request.desk.act(), name=name, content=form.cleaned_data["file"].read())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The table %(name)s has %(count)d lines.") % {"name": name, "count": lines})
    return redirect("holdings:schemes")
