"""Pages of an ancient work: entered from one of its items, graded anew."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.holdings import queries as items
from wenlan.holdings.ancient import operations, queries
from wenlan.holdings.ancient.forms import LONGEST, OF_THE_ITEMS, WorkForm
from wenlan.holdings.pages import show_form
from wenlan.holdings.views import editable
from wenlan.kernel.errors import DomainError
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui.addresses import whole_number


@needs(Right.HOLDINGS_EDIT)
def work(request: HttpRequest, item_id: int) -> HttpResponse:
    """Enter the item, with others of its title, in the register of ancient books; or grade its work anew."""
    found = editable(request, item_id)
    known = queries.work_of(item_id)
    back = reverse("holdings:item", args=[item_id])
    if known is None:
        others = [one for one in items.items_of(found.record) if one.owner_node == found.owner_node]
        standing = queries.graded([one.id for one in others])
        volumes = [(str(one.id), f"{one.barcode} {one.volume}".strip()) for one in others if one.id not in standing]
        initial = {"items": [value for value, _label in volumes], "volumes": len(volumes), "works": 1}
        form = WorkForm(request.POST or None, volumes=volumes, initial=initial)
        heading, button = _("Enter as an ancient book"), _("Enter in the register")
    else:
        initial = {code: value for code, value in known.values.items() if code not in OF_THE_ITEMS}
        form = WorkForm(request.POST or None, volumes=None, initial=initial)
        heading, button = _("Grade anew"), _("Write it")
    if request.method == "POST" and form.is_valid():
        try:
            write(request, form, known)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The work stands in the register of ancient books."))
            return redirect(back)
    return show_form(request, form, heading, back, button)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def take_out(request: HttpRequest, item_id: int) -> HttpResponse:
    """Strike the work of the item from the register."""
    editable(request, item_id)
    known = queries.work_of(item_id)
    try:
        if known is not None:
            operations.take_out(request.desk.act(), work_id=known.id, reason=request.POST.get("reason", "")[:LONGEST])
            messages.success(request, _("The work was struck from the register of ancient books."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("holdings:item", item_id)


def write(request: HttpRequest, form: WorkForm, known: queries.WorkView | None) -> None:
    """Enter the work, or amend what the register says of it."""
    act = request.desk.act(key=form.cleaned_data["key"] or None)
    if known is not None:
        operations.grade_anew(act, work_id=known.id, said=form.said(), reason=form.cleaned_data["reason"])
        return
    chosen = [item for text in form.cleaned_data["items"] if (item := whole_number(text)) is not None]
    operations.register(act, items=chosen, said=form.said())
