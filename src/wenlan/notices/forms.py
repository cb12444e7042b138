"""Forms for wordings, rules and carriers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.notices.types import OUTSIDE, Means, NewSender, Standing, Wording

TEMPLATE_LINE = "notice = code; name = text"


class ShownForm(forms.Form):
    """Which notices the log shows."""

    standing = forms.ChoiceField(label=gettext_lazy("Standing"), required=False)
    means = forms.ChoiceField(label=gettext_lazy("Way"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["standing"].choices = [("", _("of every standing")), *Standing.choices]
        self.fields["means"].choices = [("", _("on every way")), *Means.choices]


class WordingForm(forms.Form):
    """A notice in a place's own words; what stays empty is said as shipped."""

    title_zh = forms.CharField(label=gettext_lazy("Title in Chinese"), required=False, max_length=60)
    text_zh = forms.CharField(
        label=gettext_lazy("Text in Chinese"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    title_en = forms.CharField(label=gettext_lazy("Title in English"), required=False, max_length=120)
    text_en = forms.CharField(
        label=gettext_lazy("Text in English"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def words(self, part: str) -> dict[str, str]:
        """Return `title` or `text` by language, without what was left empty."""
        said = {tag: self.cleaned_data[f"{part}_{tag}"].strip() for tag in ("zh", "en")}
        return {tag: words for tag, words in said.items() if words}


class RuleForm(forms.Form):
    """Quiet hours, the order of ways, and what is not sent at all."""

    quiet_from = forms.TimeField(
        label=gettext_lazy("Quiet from"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=gettext_lazy("Quiet until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    first = forms.ChoiceField(label=gettext_lazy("First way"), required=False)
    second = forms.ChoiceField(label=gettext_lazy("Second way"), required=False)
    third = forms.ChoiceField(label=gettext_lazy("Third way"), required=False)
    off = forms.MultipleChoiceField(
        label=gettext_lazy("Not sent, only kept on line"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, kinds: tuple[Wording, ...], names: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [("", "—"), *((one.value, one.label) for one in OUTSIDE)]
        for name in ("first", "second", "third"):
            self.fields[name].choices = ways
        self.fields["off"].choices = [(one.code, names[one.code]) for one in kinds]

    @property
    def means(self) -> tuple[str, ...]:
        """The ways in order, each once."""
        said = (self.cleaned_data[name] for name in ("first", "second", "third"))
        return tuple(dict.fromkeys(one for one in said if one))


class SenderForm(forms.Form):
    """How a carrier is reached. Templates are lines `notice = code; name = text`, for services that approve texts."""

    host = forms.CharField(label=gettext_lazy("Server"), max_length=253)
    port = forms.IntegerField(label=gettext_lazy("Port"), min_value=1, max_value=65535, initial=443)
    is_encrypted = forms.BooleanField(label=gettext_lazy("Over TLS"), required=False, initial=True)
    user = forms.CharField(label=gettext_lazy("Account (AccessKeyId, AppID)"), max_length=120, required=False)
    secret = forms.CharField(
        label=gettext_lazy("Secret; empty keeps the present one"),
        max_length=300,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    name = forms.CharField(label=gettext_lazy("Name of the sender"), max_length=80, required=False)
    signature = forms.CharField(
        label=gettext_lazy("Sender's address, or approved signature"), max_length=120, required=False
    )
    templates = forms.CharField(
        label=gettext_lazy("Approved templates"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "class": "mono"}),
    )
    is_on = forms.BooleanField(label=gettext_lazy("In use"), required=False, initial=True)

    def __init__(self, *args: Any, codes: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes

    def clean_templates(self) -> dict[str, dict[str, object]]:
        """Return the templates by code of the notice."""
        return dict(self._template(line) for line in self.cleaned_data["templates"].splitlines() if line.strip())

    def _template(self, line: str) -> tuple[str, dict[str, object]]:
        head, *rest = (part.strip() for part in line.split(";"))
        notice, sign, code = (part.strip() for part in head.partition("="))
        values = [part.partition("=") for part in rest if part]
        if notice not in self.codes or not sign or not code or any(not found for _name, found, _text in values):
            raise ValidationError(
                _("This line cannot be read: %(line)s. Write: %(form)s") % {"line": line, "form": TEMPLATE_LINE}
            )
        return notice, {"code": code, "values": {name.strip(): text.strip() for name, _sign, text in values}}

    def sender(self, node: int, means: str) -> NewSender:
        """Return the carrier as it was entered."""
        said = self.cleaned_data
        known = {
            key: said[key]
            for key in ("host", "port", "is_encrypted", "user", "name", "signature", "templates", "is_on")
        }
        return NewSender(node=node, means=means, secret=said["secret"] or None, **known)


def template_lines(templates: Any) -> str:
    """Return templates as the form shows them."""
    return "\n".join(
        "; ".join(
            [f"{notice} = {said['code']}", *(f"{name} = {text}" for name, text in sorted(said["values"].items()))]
        )
        for notice, said in sorted(templates.items())
    )
