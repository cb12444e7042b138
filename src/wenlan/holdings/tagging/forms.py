"""What the page sends when a tag was written."""

from django import forms
from django.core.validators import RegexValidator

HEXADECIMAL = RegexValidator(r"^[0-9A-Fa-f]{8,32}$")


class WrittenForm(forms.Form):
    """A tag as the agent read it back."""

    item = forms.IntegerField(min_value=1)
    uid = forms.CharField(max_length=32, validators=[HEXADECIMAL])
    profile = forms.SlugField(max_length=20)
    part = forms.IntegerField(min_value=0, max_value=99, required=False)
    total = forms.IntegerField(min_value=0, max_value=99, required=False)

    def clean(self) -> dict[str, object]:
        """Refuse a part beyond the whole."""
        said = super().clean() or {}
        if (said.get("part") or 0) > (said.get("total") or 0):
            raise forms.ValidationError("part beyond total")
        return said
