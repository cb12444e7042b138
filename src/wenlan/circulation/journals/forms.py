"""What a person enters to decide, and a journal that came as a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.circulation.journals.types import Correction, Decision, JournalAct, Problem
from wenlan.ui.widgets import MomentInput

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
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, data: Any = None, *, problem: str = "", **more: Any) -> None:
        super().__init__(data, **more)
        self.problem = problem

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
