"""Forms of the cashier's desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.credit.forms import KeyedForm, YuanField
from wenlan.credit.money.operations import Taking
from wenlan.credit.money.types import ChargeView, Means
from wenlan.credit.types import Contact


class SignOnForm(KeyedForm):
    """What lies in the drawer that is taken over."""

    counted = YuanField(label=_("Cash counted, in yuan"))
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("Needed when it is not what was left in it.")
    )


class SignOffForm(forms.Form):
    """What lies in the drawer that is left."""

    counted = YuanField(label=_("Cash counted, in yuan"))
    handed_in = YuanField(
        label=_("Handed in, in yuan"), required=False, help_text=_("The rest stays as change for the next.")
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("Needed when the count differs.")
    )


class DrawerForm(forms.Form):
    """A new drawer."""

    name = forms.CharField(label=_("Name of the drawer"), max_length=60)


class BookForm(forms.Form):
    """A range of numbered receipts."""

    letters = forms.CharField(label=_("Letters before the number"), max_length=20, required=False)
    first = forms.IntegerField(label=_("First number"), min_value=1, max_value=10**11)
    last = forms.IntegerField(label=_("Last number"), min_value=1, max_value=10**11)
    width = forms.IntegerField(label=_("Places of the number"), min_value=1, max_value=12, initial=8)
    drawer = forms.TypedChoiceField(label=_("Handed to"), coerce=int)

    def __init__(self, *args: Any, drawers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["drawer"].choices = drawers


class TakeForm(KeyedForm):
    """What is taken from a reader: a deposit, and sums on open charges."""

    deposit = YuanField(label=_("Deposit in yuan"), required=False)
    means = forms.ChoiceField(
        label=_("Means of payment"),
        choices=Means.choices,
        initial=Means.CASH,
        widget=forms.RadioSelect(attrs={"class": "radios"}),
    )

    def __init__(self, *args: Any, charges: tuple[ChargeView, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.charges = charges
        for charge in charges:
            self.fields[f"charge{charge.id}"] = YuanField(
                label=f"{charge.kind_label} {charge.item}".strip(), required=False, initial=charge.open_fen
            )

    def taking(self) -> Taking:
        """Return what a valid form says."""
        said = self.cleaned_data
        sums = {charge.id: said[f"charge{charge.id}"] for charge in self.charges if said[f"charge{charge.id}"]}
        return Taking(deposit_fen=said["deposit"] or 0, charges=sums, means=said["means"])


class WishForm(KeyedForm):
    """What is asked for that another has to approve."""

    amount = YuanField(label=_("Sum in yuan"))
    reason = forms.CharField(label=_("Reason"), max_length=200)


class PayOutForm(forms.Form):
    """How an approved refund is paid."""

    means = forms.ChoiceField(
        label=_("Means of payment"),
        choices=Means.choices,
        initial=Means.CASH,
        widget=forms.RadioSelect(attrs={"class": "radios"}),
    )
    voucher = forms.CharField(
        label=_("Number of the voucher"), max_length=40, help_text=_("The reader signs it; it stays with the day.")
    )


class VoidForm(forms.Form):
    """Why a receipt is voided, and that its paper lies here."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
    is_in_hand = forms.BooleanField(label=_("All copies of the receipt lie before me"), required=False)


class ReceiveForm(forms.Form):
    """What finance counted."""

    received = YuanField(label=_("Cash received, in yuan"))
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)


class ToldForm(KeyedForm):
    """That a reader was told of a deposit that waits."""

    how = forms.ChoiceField(label=_("How"), choices=Contact.choices)
    note = forms.CharField(label=_("What came of it"), max_length=200, required=False)


class ClosingForm(KeyedForm):
    """For whom and on what basis deposits go back."""

    name = forms.CharField(label=_("Name"), max_length=120)
    node = forms.TypedChoiceField(label=_("For readers of"), coerce=int)
    basis = forms.CharField(label=_("Basis"), max_length=200, help_text=_("The decision it rests on, with its number."))

    def __init__(self, *args: Any, nodes: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = nodes
