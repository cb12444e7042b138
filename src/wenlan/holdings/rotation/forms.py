"""The form of a plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.catalogue.types import Audience, Material
from wenlan.holdings.forms import KeyedForm
from wenlan.holdings.rotation.queries import MOST, Plan
from wenlan.holdings.transfers.operations import Route
from wenlan.holdings.transfers.types import Purpose
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.patrons.errors import CardUnknown
from wenlan.ui.widgets import DayInput

PURPOSES = [(one.value, one.label) for one in (Purpose.ROTATION, Purpose.DISTRIBUTION, Purpose.DEPOSIT)]
ANY = ("", _("any"))
MONTH = 30


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return the field of a day that may be left open."""
    return forms.DateField(label=label, required=False, widget=DayInput(), **more)


class PlanForm(KeyedForm):
    """From where, to where, why, how much, and which."""

    purpose = forms.ChoiceField(label=_("What for"), choices=PURPOSES)
    place = forms.ChoiceField(label=_("Transferred from"))
    to = forms.ChoiceField(label=_("Transferred to"))
    units = forms.IntegerField(label=_("How many volumes"), min_value=1, max_value=MOST, initial=200)
    classes = forms.CharField(
        label=_("Classes"), max_length=200, required=False, help_text=_("Beginnings of call numbers, parted by blanks.")
    )
    audience = forms.ChoiceField(label=_("Audience"), choices=[ANY, *Audience.choices], required=False)
    material = forms.ChoiceField(label=_("Material"), choices=[ANY, *Material.choices], required=False)
    idle = forms.IntegerField(label=_("Untouched for months"), min_value=0, max_value=600, required=False)
    since = day_field(_("Registered from"))
    until = day_field(_("Registered up to"))
    leave = forms.IntegerField(
        label=_("Copies of a title that stay"), min_value=0, max_value=99, required=False, initial=0
    )
    only_new = forms.BooleanField(label=_("Only what the other place has not had"), required=False, initial=True)
    due_on = day_field(_("Due back on"), help_text=_("For a bulk deposit only."))
    holder = forms.CharField(
        label=_("Card of the institution"),
        max_length=64,
        required=False,
        help_text=_("Who answers for a bulk deposit and is reminded."),
    )
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def __init__(self, *args: Any, nodes: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        views = list(network.nodes())
        self.fields["place"].choices = [(str(view.id), view.name) for view in views if view.id in nodes]
        self.fields["to"].choices = [(str(view.id), view.name) for view in views]

    def clean(self) -> dict[str, Any]:
        """A deposit is due back and may have an institution; nothing else is and has."""
        said = super().clean() or {}
        is_deposit = said.get("purpose") == Purpose.DEPOSIT
        if is_deposit and not said.get("due_on"):
            self.add_error("due_on", _("Say until when the volumes stay there."))
        if said.get("place") and said.get("place") == said.get("to"):
            self.add_error("to", _("Say where the items go, or to whom they pass."))
        said["holder_id"] = self.institution(said.get("holder", "")) if is_deposit else None
        return said

    def institution(self, card: str) -> int | None:
        """Return the institution of a card, None without one; says so on the form when it is a person's."""
        if not card.strip():
            return None
        try:
            found = patrons.patron(patrons.patron_id_by_card(card))
        except CardUnknown as unknown:
            self.add_error("holder", str(unknown))
            return None
        if not found.category.is_institution:
            self.add_error("holder", _("This is the card of a person. Use that of the institution."))
        return found.id

    def plan(self) -> Plan:
        """Return which items are meant."""
        said = self.cleaned_data
        return Plan(
            from_node=int(said["place"]),
            to_node=int(said["to"]),
            units=said["units"],
            class_starts=tuple(said["classes"].replace("，", " ").replace(",", " ").split()),
            audience=said["audience"],
            material=said["material"],
            idle_days=None if said["idle"] is None else said["idle"] * MONTH,
            accessioned_from=said["since"],
            accessioned_to=said["until"],
            leave=said["leave"] or 0,
            only_new=said["only_new"],
        )

    def route(self) -> Route:
        """Return from where to where, and why."""
        said = self.cleaned_data
        is_deposit = said["purpose"] == Purpose.DEPOSIT
        return Route(
            from_node=int(said["place"]),
            to_node=int(said["to"]),
            purpose=said["purpose"],
            due_on=said["due_on"] if is_deposit else None,
            holder=said["holder_id"],
            note=said["note"],
        )
