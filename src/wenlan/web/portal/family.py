"""A reader's e-card with its rotating code, and the family: whom I see, who sees me, and asking and agreeing."""

from contextlib import suppress

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from segno import make_qr

from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.errors import DomainError
from wenlan.kernel.ids import new_uid
from wenlan.patrons import operations as patrons
from wenlan.patrons import passes, queries
from wenlan.patrons.families import operations
from wenlan.patrons.families import queries as families
from wenlan.patrons.joining.operations import next_e_card
from wenlan.patrons.types import CardKind, CardStatus, CardView, PatronView, masked_name
from wenlan.ui import clock
from wenlan.web.portal.reading import reader_of


class AskForm(forms.Form):
    """Somebody of the family, by the card; they answer in their own account."""

    card = forms.CharField(label=gettext_lazy("Card of the other reader"), max_length=64)
    relation = forms.CharField(label=gettext_lazy("Relation"), max_length=40, required=False)


def act_of(reader: PatronView) -> Act:
    """Return the act of a reader at home."""
    return Act(at=clock.now(), node=reader.home_node, channel=Channel.WEB, key=str(new_uid()))


@never_cache
def card(request: HttpRequest) -> HttpResponse:
    """Show the e-card; a reader without one gets it here."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    held = e_card_of(reader)
    if request.method == "POST" and held is None:
        patrons.issue_card(act_of(reader), patron=reader.id, number=next_e_card(), kind=CardKind.E_CARD)
        return redirect("portal:card")
    context = {"reader": reader, "reader_name": reader.masked().name, "card": held, **code_of(held)}
    return render(request, "web/portal/card.html", context)


@never_cache
@require_safe
def card_code(request: HttpRequest) -> HttpResponse:
    """Return the code that holds now, for a page that stays open."""
    reader = reader_of(request)
    held = e_card_of(reader) if reader else None
    if held is None:
        return HttpResponse(status=204)
    return render(request, "web/portal/card_code.html", {"card": held, **code_of(held)})


def e_card_of(reader: PatronView) -> CardView | None:
    """Return the reader's e-card that serves, None without one."""
    e_cards = (one for one in reader.cards if one.kind == CardKind.E_CARD and one.until_day is None)
    return next((one for one in e_cards if one.status == CardStatus.VALID), None)


def code_of(held: CardView | None) -> dict[str, object]:
    """Return the drawn code and how many seconds it stays the newest."""
    if held is None:
        return {}
    now = clock.now()
    return {"code": drawn(passes.make(held.id, now)), "seconds": passes.seconds_left(now)}


def drawn(code: str) -> SafeString:
    """Return a code as an image in the page, black on white in every theme so that scanners read it."""
    image = make_qr(code, error="m").svg_inline(scale=8, border=4, dark="#000", light="#fff", omitsize=True)
    return mark_safe(image)


@never_cache
def family(request: HttpRequest) -> HttpResponse:
    """List the family and ask somebody; nothing is seen before their yes."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask(request, reader, form)
        return redirect("portal:family")
    bonds = families.family(reader.id)
    context = {
        "reader_name": reader.masked().name,
        "form": form,
        "seen": [(bond, masked_name(bond.name)) for bond in bonds if bond.holds],
        "seen_by": [(bond, masked_name(bond.name)) for bond in bonds if not bond.holds],
    }
    return render(request, "web/portal/family.html", context, status=422 if form.is_bound else 200)


def ask(request: HttpRequest, reader: PatronView, form: AskForm) -> None:
    """Ask another reader; whether there is such a card is not said."""
    said = form.cleaned_data
    with suppress(DomainError):  # the answer is the same, or a stranger could find out who has a card
        other = queries.patron_id_by_card(said["card"])
        operations.bind(act_of(reader), holder=reader.id, member=other, relation=said["relation"], agreed=False)
    messages.success(request, _("Asked. As soon as the other reader agrees in their own account, you see their loans."))


@require_POST
def answer(request: HttpRequest, bond_id: int, what: str) -> HttpResponse:
    """Agree to be seen, or end a bond."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    if what == "agree":
        operations.agree(act_of(reader), bond=bond_id, member=reader.id)
    else:
        operations.unbind(act_of(reader), bond=bond_id, patron=reader.id)
    messages.success(request, _("Done."))
    return redirect("portal:family")
