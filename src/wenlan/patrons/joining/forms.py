"""Forms of registration on line: the applicant's, the librarian's, and the library's rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.patrons import queries
from wenlan.patrons.forms import fresh_key
from wenlan.patrons.joining.queries import categories_at
from wenlan.patrons.joining.types import JoiningRuleView, NewApplication, Way
from wenlan.patrons.types import DocumentKind, NewGuardian, Sex
from wenlan.ui.widgets import DayInput


class ApplicationForm(forms.Form):
    """What somebody says who wants to become a reader; whether it fits is decided by the operation."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64)
    category = forms.ChoiceField(label=_("Category"))
    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    document_kind = forms.ChoiceField(label=_("Document"), choices=DocumentKind.choices, required=False)
    document = forms.CharField(
        label=_("Number of the document"), max_length=24, required=False, help_text=_("It is kept encrypted."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )  # fmt: skip
    birth_date = forms.DateField(
        label=_("Date of birth"), required=False, widget=DayInput(),
        help_text=_("Taken from the identity number when left empty."),
    )  # fmt: skip
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, required=False)
    phone = forms.CharField(
        label=_("Telephone"), max_length=32, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    )
    password = forms.CharField(
        label=_("Password for signing in"), min_length=6, max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), help_text=_("At least six places."),
    )  # fmt: skip
    guardian_name = forms.CharField(
        label=_("Guardian"), required=False, max_length=120, help_text=_("Needed for a child.")
    )
    guardian_relation = forms.CharField(label=_("Relation to the child"), required=False, max_length=40)
    guardian_phone = forms.CharField(
        label=_("Guardian's telephone"), required=False, max_length=32, widget=forms.TextInput(attrs={"type": "tel"}),
        help_text=_("Under 14 the guardian consents with a code that comes to this telephone."),
    )  # fmt: skip
    agrees = forms.BooleanField(
        label=_("I agree that the library keeps these entries to lend me books and to count its readers without names")
    )

    def __init__(self, *args: Any, node: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.node = node
        self.fields["category"].choices = [(one.code, one.name) for one in categories_at(node)]

    def application(self) -> NewApplication:
        """Return the application of a valid form."""
        said = self.cleaned_data
        guardian = NewGuardian(
            name=said["guardian_name"], relation=said["guardian_relation"], phone=said["guardian_phone"]
        )
        plain = ("category", "name", "sex", "birth_date", "phone", "document", "password")
        return NewApplication(
            node=self.node,
            **{name: said[name] for name in plain},
            document_kind=said["document_kind"] or DocumentKind.CITIZEN,
            guardian=guardian if guardian.name.strip() else None,
        )


class CodeForm(forms.Form):
    """The code that came to the guardian's telephone."""

    code = forms.CharField(
        label=_("Code from the guardian's telephone"), max_length=6, min_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip


class ApproveForm(forms.Form):
    """The card that is handed out, and what the librarian saw."""

    card_number = forms.CharField(
        label=_("Card number"), max_length=64, required=False,
        help_text=_("Scan the card that is handed out. Empty: the reader gets an e-card."),
        widget=forms.TextInput(attrs={"autofocus": True}),
    )  # fmt: skip
    category = forms.ChoiceField(label=_("Category"), required=False)
    guardian_consents = forms.BooleanField(label=_("The guardian consents to the registration"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [(one.code, one.name) for one in queries.categories() if one.is_open]


class RefuseForm(forms.Form):
    """Why not; the applicant reads it."""

    reason = forms.CharField(label=_("Reason, as the applicant reads it"), max_length=200)


class RuleForm(forms.Form):
    """How a place takes readers who register themselves."""

    way = forms.ChoiceField(label=_("Registration on line"), choices=Way.choices, widget=forms.RadioSelect)
    categories = forms.MultipleChoiceField(
        label=_("Categories"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: every category of persons."),
    )  # fmt: skip
    asks_document = forms.BooleanField(label=_("The number of a document is asked for"), required=False)
    zh = forms.CharField(
        label=_("What applicants are told, in Chinese"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    en = forms.CharField(
        label=_("What applicants are told, in English"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, rule: JoiningRuleView, **kwargs: Any) -> None:
        kept = {"way": rule.way, "categories": rule.categories, "asks_document": rule.asks_document}
        words = {tag: rule.words.get(tag, "") for tag in ("zh", "en")}
        kwargs["initial"] = kept | words
        super().__init__(*args, **kwargs)
        self.fields["categories"].choices = [
            (one.code, one.name) for one in queries.categories() if one.is_open and not one.is_institution
        ]

    def facts(self) -> dict[str, Any]:
        """Return the rule of a valid form as `set_rule` takes it."""
        said = self.cleaned_data
        return {
            "way": Way(said["way"]),
            "categories": tuple(said["categories"]),
            "asks_document": said["asks_document"],
            "words": {tag: said[tag] for tag in ("zh", "en") if said[tag]},
        }
