"""Pages of the readers' categories: what each may do, as rows that librarians change."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wenlan.kernel.errors import DomainError, NotFound
from wenlan.patrons import operations, queries
from wenlan.patrons.forms import LOAN_KINDS, CategoryForm
from wenlan.staff.access import needs
from wenlan.staff.types import Right


@needs(Right.RULES_EDIT)
def categories(request: HttpRequest) -> HttpResponse:
    """List the categories with what they may do."""
    kinds = dict(LOAN_KINDS)
    readers = queries.readers_by_category()
    rows = [
        {
            "name": one.name,
            "url": reverse("patrons:category", args=[one.code]),
            "code": one.code,
            "loan_limit": one.loan_limit,
            "overdue_limit": one.overdue_limit,
            "term": one.valid_days or _("without end"),
            "guardian": one.needs_guardian_under or "",
            "kind": kinds.get(one.loan_kind, one.loan_kind),
            "readers": readers.get(one.id, 0),
            "state": "open" if one.is_open else "closed",
        }
        for one in queries.categories()
    ]
    columns = [
        {"key": "name", "label": _("Category"), "kind": "title", "url_key": "url"},
        {"key": "code", "label": _("Code"), "kind": "code"},
        {"key": "loan_limit", "label": _("Items at a time"), "kind": "number"},
        {"key": "overdue_limit", "label": _("Overdue items that stop lending"), "kind": "number"},
        {"key": "term", "label": _("Days an account is valid")},
        {"key": "guardian", "label": _("Guardian under")},
        {"key": "kind", "label": _("Their loans count as")},
        {"key": "readers", "label": _("Readers"), "kind": "number"},
        {"key": "state", "label": _("State"), "kind": "seal"},
    ]
    return render(request, "patrons/categories.html", {"rows": rows, "columns": columns})


@needs(Right.RULES_EDIT)
def category(request: HttpRequest, code: str = "") -> HttpResponse:
    """Make a category, or change one from now on."""
    found = queries.category(code) if code else None
    if code and found is None:
        raise NotFound(what=code)
    form = CategoryForm(request.POST or None, category=found)
    if request.method == "POST" and form.is_valid():
        act = request.desk.act()  # type: ignore[attr-defined]
        try:
            made = operations.set_category(act, category=form.category(), is_new=form.is_new)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s: kept. It holds from now on.") % {"name": made.name})
            return redirect("patrons:categories")
    context = {"form": form, "category": found}
    return render(request, "patrons/category.html", context, status=422 if form.is_bound else 200)
