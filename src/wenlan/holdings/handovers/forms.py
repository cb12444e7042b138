"""Forms of handover and allocation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.holdings.batches.forms import LONGEST_LIST, ChooseForm, place_choices, read_place
from wenlan.holdings.forms import KeyedForm
from wenlan.holdings.handovers import queries
from wenlan.holdings.handovers.operations import Destination

MOST_SHARES = 12


class HandoverForm(KeyedForm):
    """Where the items go, and the first scans."""

    to = forms.ChoiceField(label=_("To"))
    scans = forms.CharField(
        label=_("Scanned barcodes"),
        required=False,
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "class": "mono"}),
    )
    ready = forms.BooleanField(label=_("Ready for the shelf when they arrive"), required=False, initial=True)
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def __init__(self, *args: Any, nodes: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = place_choices(nodes)
        self.fields["to"].widget.attrs["autofocus"] = True

    def destination(self) -> Destination:
        """Return where they go."""
        said = self.cleaned_data
        node, department = read_place(said["to"])
        return Destination(node=node or 0, department=department, ready=said["ready"], note=said["note"])


class AllocateForm(ChooseForm):
    """Which items, and by which plan they are dealt out."""

    plan = forms.ChoiceField(label=_("Plan"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = [(str(plan.id), plan.name) for plan in queries.plans(self.nodes)]


class PlanForm(KeyedForm):
    """A plan: its name, and how many copies (or which weight) each place gets."""

    name = forms.CharField(label=_("Name of the plan"), max_length=60)
    in_turn = forms.BooleanField(
        label=_("In turn: titles go round the places by weight"),
        required=False,
        help_text=_("Otherwise the first copies of each title go to the first place, the next to the second."),
    )

    def __init__(self, *args: Any, nodes: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *place_choices(nodes)]
        for number in range(1, min(MOST_SHARES, max(len(choices) - 1, 2)) + 1):
            self.fields[f"place{number}"] = forms.ChoiceField(
                label=_("Place %(n)d") % {"n": number}, choices=choices, required=number == 1
            )
            self.fields[f"copies{number}"] = forms.IntegerField(
                label=_("Copies or weight"), min_value=1, max_value=999, required=number == 1
            )

    def shares(self) -> list[tuple[int, int | None, int]]:
        """Return the places with their copies."""
        found = []
        for number in range(1, MOST_SHARES + 1):
            place, copies = self.cleaned_data.get(f"place{number}"), self.cleaned_data.get(f"copies{number}")
            node, department = read_place(place or "")
            if node and copies:
                found.append((node, department, copies))
        return found
