"""What the reader's page does about families and contacts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.kernel.errors import DomainError
from wenlan.patrons import queries
from wenlan.patrons.families import operations
from wenlan.patrons.families.forms import ContactForm, FamilyForm
from wenlan.patrons.views import changeable
from wenlan.staff.access import needs
from wenlan.staff.types import Right


@require_POST
@needs(Right.PATRONS_REGISTER)
def bind(request: HttpRequest, patron_id: int) -> HttpResponse:
    """Bind two readers who stand at the desk; the other one may be of another library, the card is in hand."""
    changeable(request, patron_id)
    form = FamilyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please scan the other reader's card, and let both agree."))
        return redirect("patrons:reader", patron_id)
    said, act = form.cleaned_data, request.desk.act()
    try:
        other = queries.patron_id_by_card(said["card"])
        pairs = {"holder": [(patron_id, other)], "member": [(other, patron_id)]}
        for holder, member in pairs.get(said["sees"], [(patron_id, other), (other, patron_id)]):
            operations.bind(act, holder=holder, member=member, relation=said["relation"], agreed=True)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect("patrons:reader", patron_id)


@require_POST
@needs(Right.PATRONS_REGISTER)
def unbind(request: HttpRequest, patron_id: int, bond_id: int) -> HttpResponse:
    """End a bond at the wish of this reader."""
    changeable(request, patron_id)
    operations.unbind(request.desk.act(), bond=bond_id, patron=patron_id)
    messages.success(request, _("Done."))
    return redirect("patrons:reader", patron_id)


@require_POST
@needs(Right.PATRONS_REGISTER)
def add_contact(request: HttpRequest, patron_id: int) -> HttpResponse:
    """Name a person whom the institution sends."""
    changeable(request, patron_id)
    form = ContactForm(request.POST)
    if form.is_valid():
        operations.add_contact(request.desk.act(), patron=patron_id, **form.cleaned_data)
        messages.success(request, _("Done."))
    else:
        messages.error(request, _("Please enter the person's name."))
    return redirect("patrons:reader", patron_id)


@require_POST
@needs(Right.PATRONS_REGISTER)
def end_contact(request: HttpRequest, patron_id: int, contact_id: int) -> HttpResponse:
    """Take a person off the institution's list."""
    changeable(request, patron_id)
    operations.end_contact(request.desk.act(), patron=patron_id, contact=contact_id)
    messages.success(request, _("Done."))
    return redirect("patrons:reader", patron_id)
