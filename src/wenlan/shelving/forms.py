"""Forms at the shelves."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.kernel.ids import fresh_key
from wenlan.network import queries as network
from wenlan.shelving.types import LONGEST_WORK, MOST_VOLUMES, AreaView, NewArea, TaskKind, WorkDone

LONGEST_SCAN = 200_000


class AreaForm(forms.Form):
    """An area of shelves."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64, required=False)
    name = forms.CharField(label=_("Name of the area"), max_length=60)
    name_en = forms.CharField(label=_("Name in English"), max_length=60, required=False)
    first = forms.CharField(label=_("From call number"), max_length=60, required=False, help_text=_("For instance: I2"))
    last = forms.CharField(
        label=_("To call number"), max_length=60, required=False, help_text=_("With all that begins with it: I28")
    )
    department = forms.TypedChoiceField(label=_("Room of the area"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, node: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rooms = [(one.id, one.name) for one in network.departments(node)]
        self.fields["department"].choices = [("", _("Any room")), *rooms]

    def area(self) -> NewArea:
        """Return the area."""
        said = self.cleaned_data
        words = {"zh": said["name"], "en": said["name_en"] or said["name"]}
        return NewArea(words=words, first=said["first"], last=said["last"], department=said["department"])


class TaskForm(forms.Form):
    """A task by hand."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64, required=False)
    kind = forms.ChoiceField(label=_("What is to be done"), choices=TaskKind.choices, initial=TaskKind.READING)
    area = forms.TypedChoiceField(label=_("Area of shelves"), coerce=int, required=False, empty_value=None)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, areas: Iterable[AreaView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.id, one.name) for one in areas]
        self.fields["area"].choices = [("", pgettext_lazy("shelving", "No area")), *choices]


class WorkForm(forms.Form):
    """What a task came to, and who did it."""

    volumes = forms.IntegerField(label=_("Volumes handled"), min_value=0, max_value=MOST_VOLUMES)
    minutes = forms.IntegerField(label=_("Minutes of each"), min_value=1, max_value=LONGEST_WORK)
    volunteers = forms.TypedMultipleChoiceField(
        label=_("Volunteers who did it"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    volunteers.help_text = _("None: you did it yourself. Each gets the minutes in the book of volunteer service.")

    def __init__(self, *args: Any, volunteers: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(volunteers)
        self.fields["volunteers"].choices = choices
        if not choices:
            del self.fields["volunteers"]

    def work(self) -> WorkDone:
        """Return what it came to."""
        said = self.cleaned_data
        chosen = tuple(said.get("volunteers") or ())
        return WorkDone(volumes=said["volumes"], minutes=said["minutes"], volunteers=chosen)


class ReadingForm(forms.Form):
    """The barcodes of a shelf, one a line, in the order in which they stand."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64, required=False)
    barcodes = forms.CharField(
        label=_("Barcodes along the shelf"), max_length=LONGEST_SCAN, widget=forms.Textarea(attrs={"rows": 10})
    )
    barcodes.help_text = _("Scan from left to right and from top to bottom; each scan is a line.")

    def read(self) -> list[str]:
        """Return the barcodes in order."""
        return str(self.cleaned_data["barcodes"]).split()
