"""Forms of transfers."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.holdings.batches.forms import LONGEST_LIST, place_choices, read_place
from wenlan.holdings.choosing import Selection, read_scans
from wenlan.holdings.forms import KeyedForm
from wenlan.holdings.transfers.operations import Route
from wenlan.network import queries as network
from wenlan.ui.addresses import whole_number

STAYS = ("", _("They stay where they are"))
KEEPS = ("", _("They keep their owner"))


class TransferForm(KeyedForm):
    """From where, to where, to whom by which voucher, and the first items: scanned, or chosen from the shelf."""

    field_order = ("place", "to", "new_owner", "voucher", "voucher_sum", "note", "scans")
    place = forms.ChoiceField(label=_("Transferred from"))
    to = forms.ChoiceField(label=_("Transferred to"), required=False)
    scans = forms.CharField(
        label=_("Scanned barcodes"),
        required=False,
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "class": "mono"}),
        help_text=_("One a line, or parted by blanks. With a list the fields below do not count."),
    )
    class_start = forms.CharField(label=_("Call number begins with"), max_length=40, required=False)
    number_from = forms.CharField(label=_("Accession number from"), max_length=40, required=False)
    number_to = forms.CharField(label=_("Accession number up to"), max_length=40, required=False)
    new_owner = forms.ChoiceField(label=_("New owner"), required=False)
    voucher = forms.CharField(label=_("Number of the asset voucher"), max_length=60, required=False)
    voucher_sum = forms.DecimalField(
        label=_("Sum of the voucher, yuan"), min_value=0, max_digits=11, decimal_places=2, required=False
    )
    note = forms.CharField(label=_("Reason of the transfer"), max_length=200, required=False)

    def __init__(self, *args: Any, nodes: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = frozenset(view.id for view in network.nodes())
        self.fields["place"].choices = [(str(view.id), view.name) for view in network.nodes() if view.id in nodes]
        self.fields["to"].choices = [STAYS, *place_choices(every)]
        self.fields["new_owner"].choices = [KEEPS, *((str(view.id), view.name) for view in network.nodes())]
        self.fields["place"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        """Ask for a destination, and for the voucher when the owner changes."""
        said = super().clean() or {}
        if not said.get("to") and not said.get("new_owner"):
            self.add_error("to", _("Say where the items go, or to whom they pass."))
        if said.get("new_owner") and (not said.get("voucher") or said.get("voucher_sum") is None):
            self.add_error("voucher", _("A new owner needs the number and the sum of the asset voucher."))
        return said

    def from_node(self) -> int:
        """Return the place the items come from."""
        return whole_number(self.cleaned_data["place"]) or 0

    def selection(self) -> Selection | None:
        """Return which items are meant; None when the slip begins empty."""
        said = self.cleaned_data
        narrowed = {name: said[name].strip() for name in ("class_start", "number_from", "number_to")}
        if not said["scans"] and not any(narrowed.values()):
            return None
        return Selection(scans=read_scans(said["scans"]), nodes=frozenset({self.from_node()}), **narrowed)

    def route(self, *, old_owner: int | None) -> Route:
        """Return where the items go; `old_owner` is whose they are, when they are to change hands."""
        said = self.cleaned_data
        node, department = read_place(said["to"])
        new_owner = whole_number(said["new_owner"])
        return Route(
            from_node=self.from_node(),
            to_node=node,
            to_department=department,
            old_owner=old_owner if new_owner else None,
            new_owner=new_owner,
            voucher=said["voucher"] if new_owner else "",
            voucher_sum_fen=fen(said["voucher_sum"]) if new_owner else None,
            note=said["note"],
        )


class VoucherForm(forms.Form):
    """The voucher put right."""

    voucher = forms.CharField(label=_("Number of the asset voucher"), max_length=60)
    voucher_sum = forms.DecimalField(label=_("Sum of the voucher, yuan"), min_value=0, max_digits=11, decimal_places=2)

    def sum_fen(self) -> int:
        """Return the sum in fen."""
        return fen(self.cleaned_data["voucher_sum"]) or 0


def fen(yuan: Decimal | None) -> int | None:
    """Return a sum in fen."""
    return None if yuan is None else int(yuan * 100)
