"""What a person enters to decide, and a journal that came as a file."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.circulation.journals.types import Correction, Decision, JournalAct, Problem
from wenlan.ui.widgets import MomentInput

Choices = Sequence[tuple[str, str]]
OF_A_READER = ("card", "category", "name", "document", "guardian", "guardian_phone")
NEEDED = {
    Problem.READER_BLOCKED: ("card", "item"),
    Problem.ITEM_BLOCKED: ("item",),
    Problem.CARD_UNKNOWN: ("card",),
    Problem.ITEM_UNKNOWN: ("item", "scope"),
    Problem.ITEM_AMBIGUOUS: ("item", "scope"),
    Problem.CLOCK_OFF: ("happened_at",),
    Problem.NOT_PERMITTED: ("by",),
    Problem.UNREADABLE: ("act", "card", "item", "happened_at", "by"),
    Problem.GATE_COUNTS: (),
    Problem.CARD_TAKEN: OF_A_READER,
    Problem.ALREADY_READER: OF_A_READER,
    Problem.CATEGORY_CLOSED: OF_A_READER,
    Problem.CONSENT_MISSING: OF_A_READER,
    Problem.PERSON_WRONG: OF_A_READER,
    Problem.WAITS: (),
}
USUAL = ("card", "item", "scope")


class DecisionForm(forms.Form):
    """One of the three decisions, with what is right instead or why it is set aside."""

    decision = forms.ChoiceField(choices=Decision)
    card = forms.CharField(label=_("Card"), max_length=100, required=False)
    item = forms.CharField(label=_("Barcode"), max_length=100, required=False)
    scope = forms.CharField(label=_("Whose barcode"), max_length=40, required=False)
    by = forms.CharField(label=_("User name of who did it"), max_length=100, required=False)
    act = forms.ChoiceField(
        label=pgettext_lazy("line of a journal", "What was done"), choices=JournalAct.choices[:3], required=False
    )
    happened_at = forms.DateTimeField(label=_("When it was done"), required=False, widget=MomentInput)
    category = forms.ChoiceField(label=_("Category"), required=False)
    name = forms.CharField(label=_("Name"), max_length=120, required=False, help_text=_("Empty: as written down."))
    document = forms.CharField(
        label=_("Number of the document"), max_length=24, required=False, help_text=_("Empty: as written down.")
    )
    guardian = forms.CharField(label=_("Guardian, who consents"), max_length=120, required=False)
    guardian_phone = forms.CharField(label=_("Guardian's telephone"), max_length=32, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, data: Any = None, *, problem: str = "", categories: Choices = (), **more: Any) -> None:
        super().__init__(data, **more)
        self.problem = problem
        self.fields["category"].choices = [("", _("As written down")), *categories]

    @property
    def corrections(self) -> list[Any]:
        """The fields that can put this problem right."""
        return [self[name] for name in NEEDED.get(Problem(self.problem), USUAL)]

    @property
    def correction(self) -> Correction:
        """What was entered as right; the kind of act counts only where it could not be read."""
        names = set(Correction.__dataclass_fields__) - (set() if self.problem == Problem.UNREADABLE else {"act"})
        return Correction(**{name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)})


class JournalFileForm(forms.Form):
    """A journal on a USB stick."""

    file = forms.FileField(label=_("File of the journal"))
