"""Forms of the register of machines."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.facilities.machines import queries
from wenlan.facilities.machines.sheets import LONGEST
from wenlan.facilities.machines.types import MachineFacts, MachineState, MachineView
from wenlan.kernel.ids import fresh_key
from wenlan.network import queries as network
from wenlan.ui.widgets import DayInput

Choices = list[tuple[Any, Any]]


def places_of(nodes: Iterable[int]) -> Choices:
    """Return the places as choices, in the order of the tree."""
    allowed = set(nodes)
    return [(view.id, view.name) for view in network.nodes() if view.id in allowed]


def text(name: str, label: Any, *, required: bool = False, hint: Any = "") -> forms.CharField:
    """Return a field for a line of text."""
    return forms.CharField(label=label, max_length=LONGEST[name], required=required, help_text=hint)


def day(label: Any, hint: Any = "") -> forms.DateField:
    """Return a field for a day that may be left out."""
    return forms.DateField(label=label, required=False, widget=DayInput(), help_text=hint)


class MachineForm(forms.Form):
    """What is written of a machine."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64)
    type = forms.ChoiceField(label=_("Type"))
    name = text("name", _("Name and model"), required=True)
    number = text("number", _("Asset number"), hint=_("Empty: the next number is given."))
    serial = text("serial", _("Serial number"))
    plate = text("plate", _("Number plate"), hint=_("Of a vehicle."))
    bought_on = day(_("Bought on"))
    price = forms.DecimalField(
        label=_("Price in yuan"), required=False, min_value=0, max_value=10**9, decimal_places=2, max_digits=12
    )
    fund = text("fund", _("Source of funds"))
    supplier = text("supplier", _("Supplied by"))
    warranty_until = day(_("Warranty until"))
    note = text("note", _("Note"))

    def __init__(self, *args: Any, known: MachineView | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [(one.code, one.name) for one in queries.machine_types().values()]
        self.known = known
        if known is not None:
            plain = ("name", "number", "serial", "plate", "bought_on", "fund", "supplier", "warranty_until", "note")
            self.initial.update({name: getattr(known, name) for name in plain})
            self.initial["type"] = known.type.code
            if known.price_fen is not None:
                self.initial["price"] = Decimal(known.price_fen) / 100

    def facts(self, **place: Any) -> MachineFacts:
        """Return what was entered; `place` says where it stands and since when."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in {"key", "price", *place}}
        price = self.cleaned_data["price"]
        return MachineFacts(price_fen=None if price is None else round(price * 100), **said, **place)


class NewMachineForm(MachineForm):
    """A machine that is entered, with the place where it stands."""

    node = forms.TypedChoiceField(label=_("Place"), coerce=int)
    spot = text("spot", _("Where it stands"), hint=_("Floor, room or corner."))
    since = forms.DateField(label=_("In use since"), widget=DayInput())
    pieces = forms.IntegerField(label=_("Pieces"), min_value=1, max_value=200, initial=1)
    field_order = ("type", "name", "node", "spot", "since", "pieces")

    def __init__(self, *args: Any, places: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = places_of(places)

    def clean(self) -> dict[str, Any]:
        """One asset number is one machine."""
        said = super().clean() or {}
        if (said.get("number") or said.get("serial")) and said.get("pieces", 1) > 1:
            self.add_error("pieces", _("A machine with a number of its own is entered alone."))
        return said


class MoveForm(forms.Form):
    """Where a machine goes."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64)
    node = forms.TypedChoiceField(label=_("To which place"), coerce=int)
    spot = text("spot", _("Where it stands"))
    day = forms.DateField(label=pgettext_lazy("machine", "From which day"), widget=DayInput())
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, places: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = places_of(places)


class StateForm(forms.Form):
    """How a machine stands from a day on."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64)
    state = forms.ChoiceField(label=_("State"), choices=MachineState.choices)
    day = forms.DateField(label=pgettext_lazy("machine", "From which day"), widget=DayInput())
    note = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, known: MachineView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:  # sent twice, it names the state that the machine is in by then
            self.fields["state"].choices = [one for one in MachineState.choices if one[0] != known.state]


class LinkForm(forms.Form):
    """The device that a machine is."""

    device = forms.CharField(
        label=_("Code of the device"), max_length=60, help_text=_("As it stands under Devices: the login user.")
    )
    since = forms.DateField(label=pgettext_lazy("machine", "From which day"), required=False, widget=DayInput())


class TypeForm(forms.Form):
    """A type of the library's own."""

    name = forms.CharField(label=_("Name of the type"), max_length=60)
    name_en = forms.CharField(label=_("Name in English"), max_length=60, required=False)

    def words(self) -> dict[str, str]:
        """Return the name by language."""
        said = self.cleaned_data
        return {"zh": said["name"], "en": said["name_en"] or said["name"]}


class SheetForm(forms.Form):
    """A spreadsheet of machines."""

    sheet = forms.FileField(label=_("Sheet (xlsx)"))


class FilterForm(forms.Form):
    """Which machines are listed."""

    node = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)
    type = forms.ChoiceField(required=False)
    state = forms.ChoiceField(required=False)
    text = forms.CharField(required=False, max_length=60)

    def __init__(self, *args: Any, places: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = [("", _("All places of this desk")), *places_of(places)]
        self.fields["type"].choices = [
            ("", _("every type")),
            *((one.code, one.name) for one in queries.machine_types().values()),
        ]
        self.fields["state"].choices = [("", _("any state")), *MachineState.choices]
        labels = {"node": _("Place"), "type": _("Type"), "state": _("State"), "text": _("Words sought")}
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs["aria-label"] = label
        self.fields["text"].widget.attrs["placeholder"] = labels["text"]
