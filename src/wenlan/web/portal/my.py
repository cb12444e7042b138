"""What a reader sees of their own: loans with renewal, and signing in and out."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wenlan.circulation import operations, queries
from wenlan.circulation.types import CardRef, Initiative, ItemRef
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.kernel.ids import new_uid
from wenlan.network.almanac.queries import caps_on
from wenlan.notices import queries as notices
from wenlan.patrons import passwords
from wenlan.patrons import queries as patrons
from wenlan.patrons.families import queries as families
from wenlan.patrons.types import PatronView, masked_name
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number
from wenlan.web.portal import reserving
from wenlan.web.portal.reading import forget, reader_of, remember

LONGEST_KEY = 80


class ReaderSignInForm(forms.Form):
    """Card and password."""

    card = forms.CharField(label=gettext_lazy("Card number"), max_length=64)
    password = forms.CharField(label=gettext_lazy("Password"), widget=forms.PasswordInput, max_length=200)
    card.widget.attrs.update(autofocus=True, autocomplete="username", autocapitalize="none")
    password.widget.attrs.update(autocomplete="current-password")


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for card and password."""
    form = ReaderSignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reader = passwords.check_sign_in(**form.cleaned_data, at=clock.now())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            response = redirect("portal:my")
            remember(response, reader)
            return response
    return render(request, "web/portal/sign_in.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Forget who reads here."""
    response = redirect("portal:home")
    forget(response)
    return response


@never_cache
def loans(request: HttpRequest) -> HttpResponse:
    """List what the reader and those of the family who agreed have at home, the next due first."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    bonds = families.family(reader.id)
    context = {
        "reader": reader,
        "reader_name": reader.masked().name,
        "loans": queries.open_loans(reader.id),
        "reservations": reserving.lines_of(reader),
        "family": [
            {"bond": bond, "name": masked_name(bond.name), "loans": queries.open_loans(bond.member)}
            for bond in bonds
            if bond.holds and not bond.is_asked
        ],
        "asked": [bond for bond in bonds if not bond.holds and bond.is_asked],
        "today": clock.today(),
        "unread": notices.unread(reader.id),
        "is_capped": bool(caps_on(clock.today())),
    }
    return render(request, "web/portal/my.html", context)


@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Keep one item longer, one's own or one of the family's, or say every reason why not."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    act = Act(
        at=clock.now(),
        node=reader.home_node,
        channel=Channel.WEB,
        key=f"my:{reader.id}:{request.POST.get('key') or new_uid()}"[:LONGEST_KEY],
    )
    try:
        renewed = operations.renew(
            act,
            item=ItemRef(request.POST.get("barcode", ""), request.POST.get("scope", "")),
            card=CardRef(card_for(request, reader)),
            initiative=Initiative.READER,
        )
    except DomainError as refusal:
        messages.error(request, " ".join(refusal.sentences))
    else:
        messages.success(request, _("Renewed until %(day)s.") % {"day": f"{renewed.due_on:%Y-%m-%d}"})
    return redirect("portal:my")


def card_for(request: HttpRequest, reader: PatronView) -> str:
    """Return a card of the reader, or of the one of the family for whom it is asked. Raises NotFound for a stranger."""
    member = whole_number(request.POST.get("member"))
    if member and member != reader.id:
        if not families.may_see(reader.id, member):
            raise NotFound(what=str(member))
        reader = patrons.patron(member)
    return next((card.number for card in reader.cards if card.until_day is None), "")
