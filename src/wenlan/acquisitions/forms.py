"""Forms of the acquisitions desk."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.acquisitions import queries
from wenlan.acquisitions.errors import NothingReceived
from wenlan.acquisitions.packing_list import OLD_EXCEL
from wenlan.acquisitions.types import Receipt, SupplierFacts, Upload
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network

MOST_BYTES = 20_000_000
LIST_ENDINGS = (".xlsx", ".xls", ".csv", ".txt")


class FilesInput(forms.ClearableFileInput):
    """A field that takes both files of a batch in one choice."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or two; each must be small enough for a page."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files. Too many or too large ones are refused."""
        files = [super(FilesField, self).clean(one, initial) for one in (data or [None])]
        if len(files) > 2:
            raise forms.ValidationError(_("A batch has two files at most: the records and the packing list."))
        if any(file.size > MOST_BYTES for file in files):
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        return files


class ReceiveForm(forms.Form):
    """What arrived, and where it will stand."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    supplier = forms.TypedChoiceField(label=_("Supplier"), coerce=int)
    uploads = FilesField(
        label=_("Files"),
        help_text=_("The supplier's MARC records, the packing list (Excel or csv), or both at once."),
    )
    shelved_at = forms.TypedChoiceField(label=_("Place of the books"), coerce=int)
    is_ready = forms.BooleanField(
        label=_("The supplier has done all processing: straight to the shelf after acceptance"), required=False
    )

    def __init__(self, *args: Any, node: int, places: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = network.node_names()
        self.node = node
        self.fields["key"].initial = str(new_uid())
        self.fields["supplier"].choices = [(one.id, one.name) for one in queries.suppliers(only_active=True)]
        self.fields["shelved_at"].choices = [(place, names[place]) for place in names if place in places]
        self.fields["shelved_at"].initial = node
        self.fields["uploads"].widget.attrs["accept"] = ".iso,.mrc,.marc,.dat,.txt,.xml,.xlsx,.xls,.csv"

    def receipt(self) -> Receipt:
        """Return what arrives; each file is known by its content. Raises NothingReceived for two of a kind."""
        said = self.cleaned_data
        uploads = [Upload(name=file.name, content=file.read()) for file in said["uploads"]]
        lists = [one for one in uploads if is_list(one)]
        records = [one for one in uploads if not is_list(one)]
        if len(lists) > 1 or len(records) > 1:
            raise NothingReceived
        return Receipt(
            supplier=said["supplier"],
            marc=next(iter(records), None),
            packing_list=next(iter(lists), None),
            owner=self.node,
            shelved_at=said["shelved_at"],
            is_ready=said["is_ready"],
        )


def is_list(upload: Upload) -> bool:
    """Whether a file is a packing list: by what it begins with; text by its name, unless it is a record."""
    if upload.content.startswith((b"PK", OLD_EXCEL)):
        return True
    is_record = upload.content.lstrip()[:5].isdigit() and b"\x1d" in upload.content
    return not is_record and upload.name.lower().endswith(LIST_ENDINGS)


class SupplierForm(forms.Form):
    """A supplier and what is agreed with them."""

    code = forms.RegexField(label=_("Code"), regex=r"^[\w-]+$", max_length=20)
    name = forms.CharField(label=_("Supplier's name"), max_length=100)
    sample_percent = forms.IntegerField(
        label=_("Sample, percent of the volumes"), min_value=0, max_value=100, initial=5, help_text=_("0: no sample.")
    )
    most_errors_permille = forms.IntegerField(
        label=_("At most so many volumes of the sample wrong, per mille"), min_value=0, max_value=1000, initial=20
    )
    scans_parcels = forms.BooleanField(label=_("Every volume is scanned before acceptance"), required=False)
    gives_call_numbers = forms.BooleanField(
        label=_("The call numbers in the supplier's records are ours and are kept"), required=False
    )
    discount_permille = forms.DecimalField(
        label=_("Discount agreed, percent of the list price that is paid"),
        min_value=0,
        max_value=100,
        decimal_places=1,
        required=False,
        help_text=_("75 for 七五折. Empty: the packing list says what is paid, or a person."),
    )
    is_active = forms.BooleanField(label=_("Delivers to us"), required=False)

    def clean_discount_permille(self) -> int | None:
        """Return the share that is paid, per mille."""
        return permille_of(self.cleaned_data["discount_permille"])

    def facts(self) -> SupplierFacts:
        """Return what the form says."""
        return SupplierFacts(**self.cleaned_data)


def permille_of(percent: Decimal | None) -> int | None:
    """Return percent, with one decimal at most, as per mille."""
    return None if percent is None else int(percent * 10)


class PaidForm(forms.Form):
    """What is to pay for a batch: a sum in yuan, or percent of the list prices."""

    total = forms.DecimalField(
        label=_("Sum to pay, yuan"), min_value=0, max_value=10_000_000, decimal_places=2, required=False
    )
    discount = forms.DecimalField(
        label=_("Or percent of the list prices"), min_value=0, max_value=100, decimal_places=1, required=False
    )

    def paid(self) -> dict[str, int | None]:
        """Return what the operation takes: the sum in fen, the share per mille."""
        said = self.cleaned_data
        total = said["total"]
        return {
            "total_fen": None if total is None else int(total * 100),
            "discount_permille": permille_of(said["discount"]),
        }


class ReasonForm(forms.Form):
    """Why; and under which key it is done once."""

    key = forms.CharField(max_length=64)
    reason = forms.CharField(max_length=200, required=False)
    overrules = forms.BooleanField(required=False)
