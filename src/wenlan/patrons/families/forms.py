"""Forms of families and contacts."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FamilyForm(forms.Form):
    """The other reader of the family, by card; with both at the desk the consent is given there."""

    card = forms.CharField(label=_("Card of the other reader"), max_length=64)
    relation = forms.CharField(label=_("Relation"), max_length=40, required=False)
    sees = forms.ChoiceField(
        label=_("Who sees whose loans"),
        choices=(
            ("holder", _("This reader sees and renews for the other")),
            ("member", _("The other sees and renews for this reader")),
            ("both", _("Each for the other")),
        ),
    )
    agreed = forms.BooleanField(label=_("Both are here and agree; for a child the guardian does"), required=True)


class ContactForm(forms.Form):
    """A person whom an institution sends."""

    name = forms.CharField(label=_("Name"), max_length=120)
    phone = forms.CharField(label=_("Telephone"), max_length=32, required=False)
    duty = forms.CharField(label=_("Duty"), max_length=60, required=False)
