"""Choosing items and saying what becomes of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.catalogue.types import Audience
from wenlan.holdings.choosing import Selection, read_scans
from wenlan.holdings.forms import KeyedForm
from wenlan.holdings.types import ItemStatus, Lending
from wenlan.network import queries as network
from wenlan.ui.addresses import whole_number

UNCHANGED = ("", _("As it is"))
LONGEST_LIST = 200_000


def place_choices(nodes: frozenset[int]) -> list[tuple[str, str]]:
    """Return the places of the nodes as `node` or `node.department`, departments under their node."""
    found = []
    for view in network.nodes():
        if view.id in nodes:
            found.append((str(view.id), view.name))
            rooms = network.departments(view.id)
            found += [(f"{view.id}.{room.id}", f"{view.name} · {room.name}") for room in rooms]
    return found


def read_place(text: str) -> tuple[int | None, int | None]:
    """Return node and department of a choice of `place_choices`."""
    node, _point, department = text.partition(".")
    return whole_number(node), whole_number(department)


class ChooseForm(KeyedForm):
    """Which items: a list of scans, or what they are and where they have their place."""

    scans = forms.CharField(
        label=_("Scanned barcodes"),
        required=False,
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 6, "autofocus": True, "spellcheck": "false", "class": "mono"}),
        help_text=_("One a line, or parted by blanks. With a list the fields below do not count."),
    )
    place = forms.ChoiceField(label=_("Place"), required=False)
    class_start = forms.CharField(label=_("Call number begins with"), max_length=40, required=False)
    status = forms.ChoiceField(label=_("State"), required=False)
    number_from = forms.CharField(label=_("Accession number from"), max_length=40, required=False)
    number_to = forms.CharField(label=_("Accession number up to"), max_length=40, required=False)

    def __init__(self, *args: Any, nodes: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nodes = nodes
        self.fields["place"].choices = [("", _("Any place")), *place_choices(nodes)]
        self.fields["status"].choices = [("", _("Any state")), *ItemStatus.choices]

    def clean(self) -> dict[str, Any]:
        """Ask for something to go by."""
        said = super().clean() or {}
        names = ("scans", "place", "class_start", "status", "number_from", "number_to")
        if not any(said.get(name) for name in names):
            self.add_error("scans", _("Scan some items, or say which are meant."))
        return said

    def selection(self) -> Selection:
        """Return what is asked for."""
        said = self.cleaned_data
        node, department = read_place(said["place"])
        return Selection(
            scans=read_scans(said["scans"]),
            nodes=frozenset({node}) if node else self.nodes,
            department=department,
            class_start=said["class_start"].strip(),
            status=said["status"],
            number_from=said["number_from"].strip(),
            number_to=said["number_to"].strip(),
        )


class BatchForm(ChooseForm):
    """Which items, and what becomes of them."""

    new_place = forms.ChoiceField(label=_("New place"), required=False)
    lending = forms.ChoiceField(label=_("Lending"), choices=[UNCHANGED, *Lending.choices], required=False)
    audience = forms.ChoiceField(label=_("Audience"), choices=[UNCHANGED, *Audience.choices], required=False)
    volume = forms.CharField(label=_("Volume or part"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_place"].choices = [UNCHANGED, *place_choices(self.nodes)]

    def clean(self) -> dict[str, Any]:
        """Ask for a change, too."""
        said = super().clean() or {}
        if not any(said.get(name) for name in ("new_place", "lending", "audience", "volume")):
            self.add_error("new_place", _("Say what is to be changed."))
        return said

    def changes(self) -> dict[str, Any]:
        """Return the new values of what is to be changed."""
        said = self.cleaned_data
        found = {name: said[name] for name in ("lending", "audience", "volume") if said[name]}
        node, department = read_place(said["new_place"])
        return found | ({"shelved_at": node, "department": department} if node else {})
