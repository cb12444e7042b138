"""The form of a recall campaign."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.circulation.campaigns.types import Draft, Scope
from wenlan.circulation.rules.forms import day_field, node_choices
from wenlan.credit.types import AmnestyView
from wenlan.kernel.ids import new_uid
from wenlan.patrons.types import CategoryView
from wenlan.ui import clock

LI_PER_FEN = 10
USUAL_DAYS, USUAL_LATE = 30, 30


class CampaignForm(forms.Form):
    """Whose late loans are asked back, until when, and what goes with it."""

    key = forms.CharField(widget=forms.HiddenInput, initial=lambda: str(new_uid()), max_length=64)
    name = forms.CharField(label=_("Name of the campaign"), max_length=60)
    node = forms.ChoiceField(label=_("Lent at"), help_text=_("With all places under it."))
    due_before = day_field(_("Due before"))
    until = day_field(_("Last day of the campaign"))
    categories = forms.MultipleChoiceField(
        label=_("Categories"), required=False, help_text=_("None: readers of all categories."),
        widget=forms.SelectMultiple(attrs={"size": 4}),
    )  # fmt: skip
    amnesty = forms.ChoiceField(
        label=_("Amnesty offered with it"), required=False,
        help_text=_("One that is approved and stands until the last day; the message names it."),
    )  # fmt: skip
    price = forms.DecimalField(
        label=_("Price of a text message, in fen"), min_value=0, max_value=1000, max_digits=5, decimal_places=1,
        initial=Decimal("4.5"),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        nodes: frozenset[int],
        categories: Sequence[CategoryView],
        amnesties: Sequence[AmnestyView],
        home: int,
        **kwargs: Any,
    ) -> None:
        today = clock.today()
        usual = {"due_before": today - timedelta(days=USUAL_LATE), "until": today + timedelta(days=USUAL_DAYS)}
        kwargs["initial"] = usual | {"node": home}
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = node_choices(today, nodes)
        self.fields["categories"].choices = [(one.code, one.name) for one in categories]
        self.amnesties = {one.id: one for one in amnesties}
        self.fields["amnesty"].choices = [("", _("none")), *((one.id, one.name) for one in amnesties)]

    def clean(self) -> dict[str, Any]:
        """An amnesty that is offered stands until the last day."""
        said = super().clean() or {}
        chosen = self.amnesties.get(int(said.get("amnesty") or 0))
        if chosen and said.get("until") and chosen.until_day <= said["until"]:
            self.add_error("amnesty", _("This amnesty ends before the campaign does."))
        return said

    def draft(self) -> Draft:
        """Return the campaign of a valid form."""
        said = self.cleaned_data
        scope = Scope(node=int(said["node"]), due_before=said["due_before"], categories=tuple(said["categories"]))
        return Draft(
            name=said["name"],
            scope=scope,
            until=said["until"],
            amnesty=int(said["amnesty"]) if said["amnesty"] else None,
            price_li=int(said["price"] * LI_PER_FEN),
        )
