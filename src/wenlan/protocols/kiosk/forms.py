"""What is entered at a station: the device's own sign-in, a card, a password, and who wants to become a reader."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.patrons.joining.forms import ApplicationForm


class DeviceForm(forms.Form):
    """Name and password of the device, entered once by staff."""

    code = forms.CharField(label=_("Name of the device"), max_length=40)
    password = forms.CharField(label=_("Password of the device"), max_length=128, widget=forms.PasswordInput)
    code.widget.attrs.update(autocomplete="off", autofocus=True)
    password.widget.attrs.update(autocomplete="off")


class CardForm(forms.Form):
    """The card, or the code on a telephone."""

    card = forms.CharField(label=_("Card number"), max_length=100)
    card.widget.attrs.update(autocomplete="off", autofocus=True, spellcheck="false", **{"data-scan": ""})


class PasswordForm(forms.Form):
    """The reader's password."""

    password = forms.CharField(label=_("Password"), max_length=200, strip=False, widget=forms.PasswordInput)
    password.widget.attrs.update(autocomplete="off", autofocus=True, inputmode="numeric")


STEPS = (
    ("category", "name", "document_kind", "document", "birth_date", "sex"),
    ("phone", "password", "guardian_name", "guardian_relation", "guardian_phone"),
    ("agrees",),
)
LAST = len(STEPS) - 1


class JoinForm(ApplicationForm):
    """The application in three steps: what earlier steps said goes along unseen."""

    step = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LAST, initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["autocomplete"] = "off"
            if name == "password":
                field.widget.render_value = True  # it goes along to the last step, on a page that is never kept

    @property
    def at(self) -> int:
        """Return the step that was sent, 0 for a fresh form."""
        text = str(self.data.get("step", "0")) if self.is_bound else "0"
        return min(int(text), LAST) if text.isascii() and text.isdigit() else 0

    def show(self, step: int) -> None:
        """Hide what belongs to other steps."""
        for at, names in enumerate(STEPS):
            for name in names:
                if at != step:
                    self.fields[name].widget = forms.HiddenInput()

    def is_step_valid(self) -> bool:
        """Return whether the steps up to the one sent are right; faults of later ones are not said yet."""
        if not self.errors:
            return True
        known = {name for names in STEPS[: self.at + 1] for name in names}
        faults = {name: self.errors[name] for name in self.errors if name in known}
        self._errors = forms.utils.ErrorDict(faults)
        return not faults
