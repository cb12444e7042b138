"""Forms of compensation by a copy."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.compensating.errors import CopyUnknown
from wenlan.circulation.compensating.types import NewCopy
from wenlan.circulation.reserving.forms import fresh_key

FEN = 100


class CopyForm(forms.Form):
    """The copy on the desk."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64, required=False)
    number = forms.CharField(
        label=_("ISBN of the new copy"),
        max_length=40,
        required=False,
        help_text=_("Empty only for an old book without a number: then it is taken for the same edition."),
    )
    barcode = forms.CharField(
        label=_("Barcode of the new copy"), max_length=40, help_text=_("Glue a new barcode into it and scan that.")
    )
    price = forms.DecimalField(
        label=_("Price, in yuan"),
        min_value=0,
        max_digits=7,
        decimal_places=2,
        required=False,
        help_text=_("Empty: as its record says."),
    )
    reason = forms.CharField(
        label=_("Why another work is accepted"),
        max_length=200,
        required=False,
        help_text=_("Only where it is neither the same edition nor a newer one."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("number", "barcode"):
            self.fields[name].widget.attrs.update(autocomplete="off")

    def copy(self, lost_record: int) -> NewCopy:
        """Return the copy: of the lost record where that carries its number, or has none. Raises CopyUnknown."""
        said = self.cleaned_data
        found = [record.id for record in catalogue.by_number(said["number"])] if said["number"] else [lost_record]
        if not found:
            raise CopyUnknown(number=said["number"])
        price = said["price"]
        return NewCopy(
            record=lost_record if lost_record in found else found[0],
            barcode=said["barcode"],
            price_fen=None if price is None else int(price * FEN),
        )
