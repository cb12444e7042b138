"""The page on which two accounts become one: the other account is found, looked at beside this one, and merged."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons import queries
from wenlan.patrons.forms import fresh_key
from wenlan.patrons.merging.operations import MergePreview, preview
from wenlan.patrons.merging.operations import merge as merge_accounts
from wenlan.patrons.types import PatronView
from wenlan.patrons.views import changeable, described, lookalike_line
from wenlan.staff.access import needs
from wenlan.staff.types import Right

FIELD_WORDS = {
    "sex": gettext_lazy("Sex"),
    "birth_date": gettext_lazy("Date of birth"),
    "phone": gettext_lazy("Telephone"),
    "email": gettext_lazy("E-mail"),
    "address": gettext_lazy("Address"),
    "special_group": gettext_lazy("Special group"),
    "id_number": gettext_lazy("Identity number"),
}


class OtherForm(forms.Form):
    """The other account, by one of its cards."""

    card = forms.CharField(label=gettext_lazy("Card of the other account"), max_length=64)


class MergeForm(forms.Form):
    """Which account goes, and why."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64)
    gone = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


def mergeable(request: HttpRequest, patron_id: int) -> PatronView:
    """Return a reader whose account this desk may merge. Raises NotFound and NotAllowed."""
    found = changeable(request, patron_id)
    for right in (Right.PATRONS_MANAGE, Right.PATRONS_NAMES):
        request.desk.insist(right, found.home_node)
    return found


@needs(Right.PATRONS_MANAGE)
def merge(request: HttpRequest, patron_id: int) -> HttpResponse:
    """Find the other account, show both and what would move, and merge."""
    kept = mergeable(request, patron_id)
    form = MergeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        gone = mergeable(request, said["gone"])
        try:
            merge_accounts(request.desk.act(key=said["key"]), kept=kept.id, gone=gone.id, reason=said["reason"])
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The accounts were merged. Both cards open this one."))
            return redirect("patrons:reader", kept.id)
    shown, other = None, OtherForm(request.GET or None)
    if other.is_bound and other.is_valid():
        try:
            gone = mergeable(request, queries.patron_id_by_card(other.cleaned_data["card"]))
            shown = preview(kept=kept.id, gone=gone.id)
        except DomainError as refusal:
            other.add_error("card", str(refusal))
    return render(request, "patrons/merge.html", context_of(request, kept, shown, other))


def context_of(
    request: HttpRequest, kept: PatronView, shown: MergePreview | None, other: OtherForm
) -> dict[str, object]:
    """Return what the page shows: readers alike, or the two accounts side by side."""
    context: dict[str, object] = {"kept": kept, "shown": shown, "other": other}
    if shown is None:
        alike = queries.lookalikes(name=kept.name, birth_date=kept.birth_date, phone=kept.phone)
        context["alike"] = [
            lookalike_line(request, one)
            for one in alike
            if one.id != kept.id and request.desk.may(Right.PATRONS_MANAGE, one.home_node)
        ]
        return context
    return context | {
        "sides": [
            {
                "reader": side,
                "pairs": [*described(side, queries.masked_document(side.id)), (_("Cards"), cards_of(side))],
                "home": network.node(side.home_node).name,
            }
            for side in (shown.kept, shown.gone)
        ],
        "refusals": [refusal.label for refusal in shown.refusals],
        "fills": "、".join(str(FIELD_WORDS[name]) for name in shown.fills if name in FIELD_WORDS),
        "form": MergeForm(initial={"gone": shown.gone.id}),
    }


def cards_of(reader: PatronView) -> str:
    """Return the numbers of a reader's cards that serve."""
    return "、".join(card.number for card in reader.cards if card.until_day is None)
