"""Forms of the readers' desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.kernel.ids import new_uid
from wenlan.patrons import queries
from wenlan.patrons.types import CardKind, NewGuardian, NewReader, Sex


def fresh_key() -> str:
    """Return the key that makes sending a form twice harmless."""
    return str(new_uid())


class RegisterForm(forms.Form):
    """Who is registered. Whether the entries fit together is decided by the operation."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64)
    card_number = forms.CharField(label=_("Card number"), max_length=64, help_text=_("Scan the card."))
    card_kind = forms.ChoiceField(label=_("Kind of card"), choices=CardKind.choices, initial=CardKind.BARCODE)
    category = forms.ChoiceField(label=_("Category"))
    name = forms.CharField(label=_("Name"), max_length=120)
    id_number = forms.CharField(
        label=_("Identity number"), required=False, max_length=24, help_text=_("It is kept encrypted.")
    )
    birth_date = forms.DateField(
        label=_("Date of birth"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Taken from the identity number when left empty."),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, required=False)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=32)
    guardian_name = forms.CharField(
        label=_("Guardian"), required=False, max_length=120, help_text=_("Needed for a child.")
    )
    guardian_relation = forms.CharField(label=_("Relation to the child"), required=False, max_length=40)
    guardian_phone = forms.CharField(label=_("Guardian's telephone"), required=False, max_length=32)
    guardian_consents = forms.BooleanField(label=_("The guardian consents to the registration"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [
            (category.code, category.name) for category in queries.categories() if category.is_open
        ]

    def reader(self) -> NewReader:
        """Return the reader of a valid form."""
        said = self.cleaned_data
        guardian = NewGuardian(
            name=said["guardian_name"],
            relation=said["guardian_relation"],
            phone=said["guardian_phone"],
            consents=said["guardian_consents"],
        )
        return NewReader(
            name=said["name"],
            category=said["category"],
            card_number=said["card_number"],
            card_kind=said["card_kind"],
            sex=said["sex"],
            birth_date=said["birth_date"],
            phone=said["phone"],
            id_number=said["id_number"],
            guardian=guardian if guardian.name.strip() else None,
        )


class ReasonForm(forms.Form):
    """Why something is done to an account."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class SuspendForm(ReasonForm):
    """Until when a reader may not borrow."""

    until = forms.DateField(
        label=_("Up to and with"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: until it is lifted."),
    )


class ExtendForm(forms.Form):
    """The last day of the account."""

    until = forms.DateField(
        label=_("Valid up to and with"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: without end."),
    )


class CardForm(forms.Form):
    """A new card, or the one that replaces another."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64)
    number = forms.CharField(label=_("Card number"), max_length=64)
    kind = forms.ChoiceField(label=_("Kind of card"), choices=CardKind.choices, required=False)
