"""Forms of drifting books."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.circulation.drifting.operations import LARGEST
from wenlan.circulation.drifting.types import DriftOrigin, NewDriftBook
from wenlan.circulation.reserving.forms import fresh_key
from wenlan.circulation.rules.forms import day_field
from wenlan.holdings import queries as holdings
from wenlan.ui import clock

OUTSIDE = [(origin.value, origin.label) for origin in (DriftOrigin.GIFT, DriftOrigin.BOUGHT)]


class PointForm(forms.Form):
    """A new point."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64, required=False)
    name = forms.CharField(label=_("Name of the point"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    place = forms.CharField(
        label=_("Where it stands"),
        max_length=200,
        required=False,
        help_text=_("As readers find it: by the east gate of the park."),
    )

    def words(self) -> dict[str, str]:
        """Return the name by language."""
        said = self.cleaned_data
        return {"zh": said["name"], "en": said["name_en"] or said["name"]}


class ReleaseForm(forms.Form):
    """A book to be released: what it is, or the barcode of a deregistered item."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64, required=False)
    barcode = forms.CharField(
        label=_("Barcode of a deregistered item"), max_length=40, required=False, help_text=_("Empty for a gift.")
    )
    title = forms.CharField(label=_("Title"), max_length=300, required=False)
    author = forms.CharField(label=_("Author"), max_length=200, required=False)
    isbn = forms.CharField(label="ISBN", max_length=20, required=False)
    origin = forms.ChoiceField(label=_("Where it comes from"), choices=OUTSIDE)

    def clean(self) -> dict[str, Any]:
        """Ask for a title or a barcode."""
        said = super().clean() or {}
        if not said.get("barcode") and not said.get("title", "").strip():
            self.add_error("title", _("Enter the title, or the barcode of a deregistered item."))
        return said

    def book(self, titles: Any) -> NewDriftBook:
        """Return the book; `titles` gives the titles of records. Raises ItemUnknown and ItemAmbiguous."""
        said = self.cleaned_data
        item = holdings.item_by_barcode(said["barcode"]) if said["barcode"] else None
        title = said["title"] or (titles([item.record]).get(item.record, "") if item else "")
        return NewDriftBook(
            title=title, author=said["author"], isbn=said["isbn"], origin=said["origin"], item=item.id if item else None
        )


class TallyForm(forms.Form):
    """What nobody scanned: how many volumes went and came on a day."""

    day = day_field(_("Day"))
    taken = forms.IntegerField(label=_("Taken along"), min_value=0, max_value=LARGEST, required=False)
    left = forms.IntegerField(label=_("Left here"), min_value=0, max_value=LARGEST, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = clock.today()
