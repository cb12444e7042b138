"""Forms of orders and of the menu."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.ordering import queries
from wenlan.circulation.ordering.types import NewLine, NewOrder, NewThemedSet, OrderChannel, ThemedTitle
from wenlan.circulation.reserving.forms import fresh_key
from wenlan.circulation.rules.forms import day_field, node_choices
from wenlan.holdings import queries as holdings
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.ui import clock

LINES = 4
HERE = [(one.value, one.label) for one in (OrderChannel.DESK, OrderChannel.PHONE)]
NO_SET = ("", _("none: the reader says in words what is wished for"))


class LineForm(forms.Form):
    """One line of a wish."""

    text = forms.CharField(label=_("Title or subject"), max_length=300, required=False)
    class_number = forms.CharField(label=_("Class"), max_length=20, required=False)
    age_from = forms.IntegerField(
        label=pgettext_lazy("ages of a wish", "Age from"), min_value=0, max_value=120, required=False
    )
    age_to = forms.IntegerField(
        label=pgettext_lazy("ages of a wish", "Age to"), min_value=0, max_value=120, required=False
    )
    wanted = forms.IntegerField(label=_("Volumes"), min_value=1, max_value=500, required=False, initial=1)
    text.widget.attrs.update(autocomplete="off", placeholder=_("Title or subject"))
    class_number.widget.attrs.update(autocomplete="off", size=8)

    def line(self) -> NewLine | None:
        """Return the line, None for one left empty; an ISBN names its title."""
        said = self.cleaned_data
        text = said.get("text", "").strip()
        if not text and not said.get("class_number"):
            return None
        found = catalogue.records_by_number([text]) if text else ()
        return NewLine(
            text="" if found else text,
            record=found[0].id if found else None,
            class_number=said.get("class_number", ""),
            age_from=said.get("age_from"),
            age_to=said.get("age_to"),
            wanted=said.get("wanted") or 1,
        )


LineFormSet = formset_factory(LineForm, extra=LINES, max_num=50, validate_max=True)


def lines_of(formset: Any) -> list[NewLine]:
    """Return the lines that were filled in."""
    return [line for form in formset.forms if (line := form.line()) is not None]


class WishForm(forms.Form):
    """What every order says, whoever enters it."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64, required=False)
    themed = forms.ChoiceField(label=_("Themed set"), required=False)
    wanted_on = day_field(_("Wanted by"), required=False)
    unit = forms.CharField(label=_("Class or unit"), max_length=60, required=False)
    persons = forms.IntegerField(label=_("For how many persons"), min_value=1, max_value=10_000, required=False)
    wish = forms.CharField(
        label=_("What else matters"),
        max_length=500,
        required=False,
        help_text=_("For what occasion, which of them not again, in large print."),
    )

    def offer(self, place: int) -> None:
        """Offer the sets that stand on the menu of a place."""
        offered = queries.menu(clock.today(), at=place)
        self.fields["themed"].choices = [NO_SET, *((str(one.id), one.name) for one in offered)]

    def order(self, *, patron: int, place: int, lines: Sequence[NewLine], **more: Any) -> NewOrder:
        """Return the order; the titles of a chosen set are its lines."""
        said = self.cleaned_data
        return NewOrder(
            patron=patron,
            place=place,
            lines=lines,
            themed=int(said["themed"]) if said["themed"] else None,
            **{name: said[name] for name in ("wish", "unit", "persons", "wanted_on")},
            **more,
        )


class OrderForm(WishForm):
    """An order taken at the desk or by telephone."""

    card = forms.CharField(label=_("Card number"), max_length=64)
    channel = forms.ChoiceField(label=_("Way of the order"), choices=HERE)
    place = forms.ChoiceField(label=_("Looked after by"))
    to_door = forms.BooleanField(label=_("To be brought to the door"), required=False)
    address = forms.CharField(
        label=_("Where to"), max_length=300, required=False, help_text=_("Kept sealed, and forgotten after the end.")
    )
    card.widget.attrs.update(autofocus=True, autocomplete="off")
    address.widget.attrs.update(autocomplete="off")
    field_order = (
        "key",
        "card",
        "channel",
        "place",
        "wanted_on",
        "themed",
        "unit",
        "persons",
        "wish",
        "to_door",
        "address",
    )

    def __init__(self, *args: Any, place: int, among: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = node_choices(clock.today(), among)
        self.fields["place"].initial = str(place)
        self.offer(place)


class MenuForm(forms.Form):
    """A themed set to be offered."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64, required=False)
    name = forms.CharField(label=_("Name of the set"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    from_day = day_field(_("Offered from"))
    until_day = day_field(_("Offered until before"), required=False)
    about = forms.CharField(label=_("About the set"), max_length=500, required=False)
    titles = forms.CharField(
        label=_("Its titles"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "mono"}),
        help_text=_(
            "Scan a copy of each title, or type its ISBN, one a line. A title scanned twice counts two copies."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_day"].initial = clock.today()

    def clean_titles(self) -> list[ThemedTitle]:
        """Find the title of each scan; say which are not known."""
        counted: dict[int, int] = {}
        unknown = []
        for scan in self.cleaned_data["titles"].split():
            record = record_of(scan)
            if record is None:
                unknown.append(scan)
            else:
                counted[record] = counted.get(record, 0) + 1
        if unknown:
            raise forms.ValidationError(_("Not known here: %(scans)s") % {"scans": " ".join(unknown[:20])})
        return [ThemedTitle(record=record, copies=copies) for record, copies in counted.items()]

    def themed(self) -> NewThemedSet:
        """Return the set."""
        said = self.cleaned_data
        return NewThemedSet(
            words={"zh": said["name"], "en": said["name_en"] or said["name"]},
            about={"zh": said["about"]} if said["about"] else {},
            titles=said["titles"],
            from_day=said["from_day"],
            until_day=said["until_day"],
        )


def record_of(scan: str) -> int | None:
    """Return the title of a copy's barcode or of an ISBN, None for one not known here."""
    try:
        return holdings.item_by_barcode(scan).record
    except NotFound:
        found = catalogue.records_by_number([scan])
        return found[0].id if found else None
    except DomainError:
        return None
