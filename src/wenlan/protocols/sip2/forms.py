"""Forms of the device page: a terminal, its sorting, a message to try."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.catalogue.types import Material
from wenlan.circulation.types import NextStep
from wenlan.kernel.errors import DomainError
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.network.types import NodeView
from wenlan.patrons import queries as patrons
from wenlan.protocols.sip2.trying import ABOUT_READERS, ASKING
from wenlan.protocols.sip2.types import Encoding, FieldSet, SortRule, TerminalFacts, TerminalRight, usual_rights

MOST_RULES = 12
SPARE_RULES = 2
CODE = r"[\w.\-@]+"


class TerminalForm(forms.Form):
    """A terminal: what it signs in as, where its acts count, how it speaks, what it may do."""

    code = forms.RegexField(
        CODE,
        label=_("Login user (CN)"),
        max_length=40,
        help_text=_("What is typed into the machine. Letters, digits and - _ . @"),
        error_messages={"invalid": _("Only letters, digits and - _ . @ can stand here.")},
    )
    name = forms.CharField(label=_("What staff call it"), max_length=60, required=False)
    node = forms.TypedChoiceField(label=_("Its acts count for"), coerce=int)
    encoding = forms.ChoiceField(label=_("Encoding"), choices=Encoding.choices)
    field_set = forms.ChoiceField(label=_("Fields of our answers"), choices=FieldSet.choices)
    institution = forms.CharField(
        label=_("Institution (AO)"),
        max_length=40,
        required=False,
        help_text=_("Left empty, every one is taken. Else messages for another one are refused."),
    )
    reader_types = forms.CharField(
        label=_("Reader types of a card machine (XT)"),
        max_length=200,
        required=False,
        help_text=_("Such as 01=adult, 02=child: the machine's type, then the code of our category."),
    )
    rights = forms.MultipleChoiceField(
        label=_("It may"), choices=TerminalRight.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    shows_names = forms.BooleanField(label=_("Shows readers' full names"), required=False)
    asks_password = forms.BooleanField(label=_("Asks readers for their password"), required=False)
    is_active = forms.BooleanField(label=_("Switched on"), required=False, initial=True)

    def __init__(self, *args: Any, places: Collection[NodeView], known: TerminalFacts | None, **kwargs: Any) -> None:
        kwargs["initial"] = said_of(known) if known else {"rights": usual_rights(), "encoding": Encoding.GBK.value}
        super().__init__(*args, **kwargs)
        self.known = known
        self.fields["node"].choices = [(place.id, f"{place.name} ({place.code})") for place in places]

    def clean_reader_types(self) -> dict[str, str]:
        """Read `01=adult, 02=child`; refuse categories that we do not have."""
        found = {}
        for part in self.cleaned_data["reader_types"].replace("，", ",").split(","):
            theirs, equals, ours = (piece.strip() for piece in part.partition("="))
            if part.strip() and not (theirs and equals and patrons.category(ours)):
                raise forms.ValidationError(_("%(part)s does not name a category."), params={"part": part.strip()})
            if part.strip():
                found[theirs] = ours
        return found

    def facts(self, sort_rules: tuple[SortRule, ...]) -> TerminalFacts:
        """Return what is said of the terminal."""
        said = dict(self.cleaned_data)
        said["rights"] = tuple(said["rights"])
        department = self.known.department if self.known and self.known.node == said["node"] else None
        return TerminalFacts(**said, department=department, sort_rules=sort_rules)


def said_of(known: TerminalFacts) -> dict[str, Any]:
    """Return a terminal as its form shows it."""
    names = ("code", "name", "node", "encoding", "field_set", "institution", "rights")
    said = {name: getattr(known, name) for name in (*names, "shows_names", "asks_password", "is_active")}
    return said | {"reader_types": ", ".join(f"{theirs}={ours}" for theirs, ours in known.reader_types.items())}


class SortRuleForm(forms.Form):
    """One line of how a return machine sorts; a line without a bin is left out."""

    step = forms.ChoiceField(label=_("What is to be done with it"), required=False)
    destination = forms.CharField(label=_("Goes to (place)"), max_length=40, required=False)
    owner = forms.CharField(label=_("Owner"), max_length=40, required=False)
    material = forms.ChoiceField(label=_("Material"), required=False)
    class_begins = forms.CharField(label=_("Class begins with"), max_length=10, required=False)
    bin = forms.CharField(label=_("Bin"), max_length=10, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [("", "—"), *NextStep.choices]
        self.fields["material"].choices = [("", "—"), *Material.choices]
        for name, size in (("destination", 10), ("owner", 10), ("class_begins", 6), ("bin", 4)):
            self.fields[name].widget.attrs["size"] = size

    def clean_destination(self) -> str:
        """Refuse what is no place."""
        return known_place(self.cleaned_data["destination"])

    def clean_owner(self) -> str:
        """Refuse what is no place."""
        return known_place(self.cleaned_data["owner"])

    @property
    def rule(self) -> SortRule | None:
        """The rule, None for an empty line."""
        said = self.cleaned_data
        return SortRule(**said) if said.get("bin") else None


def known_place(code: str) -> str:
    """Return the code of a place. Raises ValidationError for one that is unknown."""
    try:
        return network.node_by_code(code).code if code else ""
    except DomainError as unknown:
        raise forms.ValidationError(_("There is no place with this code.")) from unknown


SortRules = forms.formset_factory(SortRuleForm, extra=SPARE_RULES, max_num=MOST_RULES)


class TrialForm(forms.Form):
    """A message that asks and changes nothing."""

    message = forms.ChoiceField(label=_("Message"))
    value = forms.CharField(label=_("Barcode or card"), max_length=64, required=False)

    def __init__(self, *args: Any, may_see_readers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "99": _("99: what may this terminal do?"),
            "17": _("17: what is this item?"),
            "23": _("23: may this reader borrow?"),
            "63": _("63: what does this reader have?"),
        }
        codes = [code for code in ASKING if may_see_readers or code not in ABOUT_READERS]
        self.fields["message"].choices = [(code, words[code]) for code in codes]


class DrawerForm(forms.Form):
    """What was counted in a machine's drawer."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    counted = forms.DecimalField(
        label=_("Counted (yuan)"), min_value=0, max_value=99999, max_digits=7, decimal_places=2
    )
    reason = forms.CharField(label=_("Why it differs"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = str(new_uid())

    @property
    def fen(self) -> int:
        """The sum that was counted."""
        return int(self.cleaned_data["counted"] * 100)
