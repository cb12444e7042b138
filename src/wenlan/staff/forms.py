"""Forms of signing in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """Name, password, and the one-time code of those who use one."""

    username = forms.CharField(label=_("Sign-in name"), max_length=60)
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput, max_length=200)
    code = forms.CharField(label=_("One-time code (if you use one)"), required=False, max_length=8)
    username.widget.attrs.update(autofocus=True, autocomplete="username", autocapitalize="none")
    password.widget.attrs.update(autocomplete="current-password")
    code.widget.attrs.update(autocomplete="one-time-code", inputmode="numeric")


class UnlockForm(forms.Form):
    """The password of whoever locked the desk."""

    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput, max_length=200)
    password.widget.attrs.update(autofocus=True, autocomplete="current-password")


class PasswordForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(label=_("New password"), widget=forms.PasswordInput, min_length=10, max_length=200)
    again = forms.CharField(label=_("New password again"), widget=forms.PasswordInput, max_length=200)

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        cleaned = super().clean() or {}
        if cleaned.get("password") != cleaned.get("again"):
            self.add_error("again", _("The two passwords differ."))
        return cleaned
