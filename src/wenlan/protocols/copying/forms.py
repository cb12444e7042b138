"""Forms of copy cataloguing: what is looked for and where; a target; a rule of protection."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.catalogue.overlay import Family, Keep, Rule, is_pattern
from wenlan.kernel.ids import new_uid
from wenlan.protocols.copying.types import CopyQuestion, Protocol, Syntax, TargetFacts, TargetView

ENCODINGS = (
    ("auto", _("Find out for each record")),
    ("utf-8", "UTF-8"),
    ("gb18030", "GBK / GB 18030"),
    ("big5hkscs", "Big5-HKSCS"),
    ("marc-8", "MARC-8"),
)
_HOST = re.compile(r"(?=.{1,253}\Z)[A-Za-z0-9]([A-Za-z0-9.\-]*[A-Za-z0-9])?|\[?[0-9A-Fa-f:]{2,45}\]?")
_PATH = re.compile(r"[!-~]+")


def clean_host(stated: str) -> str:
    """Return the name of a host. Raises ValidationError for what is none."""
    host = stated.strip()
    if not _HOST.fullmatch(host):
        raise forms.ValidationError(_("This is not the name of a host."))
    return host.strip("[]")


def clean_path(stated: str) -> str:
    """Return a path. Raises ValidationError for what cannot stand in an address."""
    path = stated.strip()
    if not _PATH.fullmatch(path):
        raise forms.ValidationError(_("Only letters, digits and signs of ASCII can stand here."))
    return path


class SearchForm(forms.Form):
    """What is looked for, and at which targets."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    isbn = forms.CharField(label="ISBN", required=False, max_length=40)
    title = forms.CharField(label=_("Title"), required=False, max_length=200)
    author = forms.CharField(label=_("Author"), required=False, max_length=100)
    words = forms.CharField(label=_("Any words"), required=False, max_length=200)
    target = forms.TypedMultipleChoiceField(
        label=_("Targets"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, targets: Sequence[TargetView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = [(one.id, one.name) for one in targets]
        self.fields["target"].initial = [one.id for one in targets]
        self.fields["key"].initial = str(new_uid())
        self.fields["isbn"].widget.attrs.update({"inputmode": "numeric", "autocomplete": "off"})

    def question(self) -> CopyQuestion:
        """Return what is looked for."""
        said = self.cleaned_data
        return CopyQuestion(isbn=said["isbn"], title=said["title"], author=said["author"], words=said["words"])


class TargetForm(forms.Form):
    """A target: where it is, how it is spoken to, in which encoding it answers."""

    name = forms.CharField(label=_("Name of the target"), max_length=100)
    protocol = forms.ChoiceField(label=_("Protocol"), choices=Protocol.choices)
    host = forms.CharField(label=_("Host"), max_length=253)
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=210)
    path = forms.CharField(
        label=_("Database or path"),
        max_length=200,
        help_text=_("Z39.50: the database, several joined by +. SRU: the path, such as /sru."),
    )
    is_encrypted = forms.BooleanField(label=_("Over TLS (SRU)"), required=False)
    syntax = forms.ChoiceField(label=_("Form of records"), choices=Syntax.choices)
    encoding = forms.ChoiceField(
        label=_("Encoding"), choices=ENCODINGS, help_text=_("Of records, and of the words that are sent.")
    )
    user = forms.CharField(label=_("User"), max_length=100, required=False)
    password = forms.CharField(
        label=_("Password"),
        max_length=100,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Left empty, the one that is kept stays."),
    )
    seconds = forms.IntegerField(label=_("Waits at most (seconds)"), min_value=1, max_value=60, initial=10)
    position = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=999, initial=0)
    is_active = forms.BooleanField(label=_("Is asked"), required=False, initial=True)

    def clean_host(self) -> str:
        """Refuse what is no name of a host."""
        return clean_host(self.cleaned_data["host"])

    def clean_path(self) -> str:
        """Refuse what cannot stand in an address."""
        return clean_path(self.cleaned_data["path"])

    def facts(self) -> TargetFacts:
        """Return what is said of the target."""
        return TargetFacts(**self.cleaned_data)


class RuleForm(forms.Form):
    """A rule of protection."""

    family = forms.ChoiceField(label=_("Format"), choices=Family.choices)
    tag = forms.CharField(label=_("Field"), max_length=3, help_text=_("X stands for any digit: 9XX."))
    having = forms.CharField(label=_("Only with subfield"), max_length=1, required=False)
    keep = forms.ChoiceField(label=_("What happens"), choices=Keep.choices)

    def clean_tag(self) -> str:
        """Refuse what is no tag."""
        tag = self.cleaned_data["tag"].upper()
        if not is_pattern(tag):
            raise forms.ValidationError(_("A tag has three digits; X stands for any."))
        return tag

    def clean_having(self) -> str:
        """Refuse what is no code of a subfield."""
        having = self.cleaned_data["having"].removeprefix("$")
        if having and not (having.isascii() and having.isalnum()):
            raise forms.ValidationError(_("A subfield is one letter or digit."))
        return having

    def rule(self) -> Rule:
        """Return the rule."""
        said = self.cleaned_data
        return Rule(said["tag"], Keep(said["keep"]), said["having"])
