"""Forms of the circulation desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DamageForm(forms.Form):
    """What is damaged, and what the desk sets for it."""

    reason = forms.CharField(label=_("What is damaged"), max_length=200)
    charge = forms.DecimalField(
        label=_("To be paid, in yuan"), min_value=0, max_digits=7, decimal_places=2, required=False
    )

    def damage(self) -> dict[str, Any]:
        """Return what was entered, in fen."""
        said = self.cleaned_data
        return {"reason": said["reason"], "sum_fen": int((said["charge"] or 0) * 100)}
