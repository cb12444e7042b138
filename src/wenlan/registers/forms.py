"""Forms of the record books, made from their declarations."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.kernel.ids import new_uid
from wenlan.kernel.words import say
from wenlan.network import queries as network
from wenlan.registers.types import Book, EntryView, Field, FieldKind, Level
from wenlan.registers.values import said
from wenlan.ui.widgets import DayInput

PREFIX = "f_"
FEW_CHOICES = 6
SEARCH = forms.TextInput({"type": "search", "placeholder": _("Words in the entry"), "data-page-search": ""})


def fresh_key() -> str:
    """Return the key that makes sending a form twice harmless."""
    return str(new_uid())


class FilterForm(forms.Form):
    """Which entries of a book to list."""

    node = forms.TypedChoiceField(label=_("Place"), coerce=int, required=False)
    start = forms.DateField(label=_("First day"), required=False, widget=DayInput())
    last = forms.DateField(label=_("Last day"), required=False, widget=DayInput())
    text = forms.CharField(label=_("Words in the entry"), required=False, max_length=60, widget=SEARCH)

    def __init__(self, *args: Any, nodes: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = [("", _("every place")), *place_choices(nodes)]

    @property
    def sentence(self) -> list[Any]:
        """The filter as a sentence of words and fields."""
        return [self["node"], _("from"), self["start"], _("to"), self["last"], self["text"]]


class EntryForm(forms.Form):
    """One entry: day, place, the book's fields, and its place in the chronicle. `clean` of the book decides."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=100)
    day = forms.DateField(label=_("Day"), widget=DayInput())
    node = forms.TypedChoiceField(label=_("Place"), coerce=int)

    def __init__(self, *args: Any, book: Book, nodes: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = book
        self.fields["node"].choices = place_choices(nodes)
        for field in book.fields:
            self.fields[PREFIX + field.code] = form_field(field)
        if book.sentence:
            self.fields["level"] = forms.ChoiceField(
                label=_("Chronicle of the year"), choices=Level.choices, initial=book.level, required=False
            )
        if book.fields:
            self.fields[PREFIX + book.fields[0].code].widget.attrs["autofocus"] = True

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, by the codes of the book."""
        return {
            field.code: value
            for field in self.book.fields
            if (value := self.cleaned_data.get(PREFIX + field.code)) not in {None, ""}
        }

    def refuse(self, faults: Mapping[str, str]) -> None:
        """Show each fault at its field."""
        for code, fault in faults.items():
            self.add_error(PREFIX + code if PREFIX + code in self.fields else None, fault)


class AmendForm(EntryForm):
    """Changes of an entry; its place stays."""

    reason = forms.CharField(label=_("Reason of the change"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["key"], self.fields["node"]
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])


class StrikeForm(forms.Form):
    """Why an entry is struck out."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class SheetForm(forms.Form):
    """A spreadsheet with entries."""

    sheet = forms.FileField(label=_("Spreadsheet (xlsx)"), widget=forms.ClearableFileInput({"accept": ".xlsx"}))


def place_choices(nodes: Collection[int]) -> list[tuple[int, str]]:
    """Return some places with their names, in the order of the tree."""
    return [(view.id, view.name) for view in network.nodes() if view.id in nodes]


def initial_of(book: Book, entry: EntryView) -> dict[str, Any]:
    """Return what a form of an entry is filled with."""
    filled = {PREFIX + field.code: entered(field, entry.values.get(field.code)) for field in book.fields}
    return {"day": entry.day, "level": entry.level, **filled}


def entered(field: Field, value: Any) -> Any:
    """Return a kept value as its form field shows it."""
    return said(field, value) if field.kind == FieldKind.PEOPLE else value


def blank_form(book: Book, nodes: Collection[int], *, home: int, today: date) -> EntryForm:
    """Return an empty form for today and the desk's own place."""
    return EntryForm(book=book, nodes=nodes, initial={"day": today, "node": home if home in nodes else None})


def form_field(field: Field) -> forms.Field:
    """Return the form field of a book's field."""
    label = field.label
    if field.unit:
        label = _("%(label)s (%(unit)s)") % {"label": field.label, "unit": say(field.unit)}
    common = {"label": label, "required": field.required, "help_text": say(field.help)}
    return FORM_FIELDS.get(field.kind, text_field)(field, common)


def text_field(field: Field, common: dict[str, Any]) -> forms.Field:
    """A line; its widget follows the kind, its meaning is read by the book."""
    widgets: dict[str, forms.Widget] = {
        FieldKind.LONGTEXT: forms.Textarea({"rows": 3}),
        FieldKind.DATE: DayInput(),
        FieldKind.TIME: forms.TimeInput({"type": "time"}),
        FieldKind.INTEGER: forms.NumberInput({"step": 1}),
        FieldKind.DECIMAL: forms.NumberInput({"step": "any"}),
    }
    return forms.CharField(widget=widgets.get(field.kind, forms.TextInput()), **common)


def choice_field(field: Field, common: dict[str, Any]) -> forms.Field:
    """A choice: few stand open, many in a list."""
    choices = [(choice.code, say(choice.words)) for choice in field.choices]
    if len(choices) <= FEW_CHOICES and field.required:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    return forms.ChoiceField(choices=choices if field.required else [("", "—"), *choices], **common)


def node_field(_field: Field, common: dict[str, Any]) -> forms.Field:
    """A place of the network, by its code."""
    places = [(view.code, view.name) for view in network.nodes()]
    return forms.ChoiceField(choices=places if common["required"] else [("", "—"), *places], **common)


def people_field(_field: Field, common: dict[str, Any]) -> forms.Field:
    """Names in one line."""
    common["help_text"] = common["help_text"] or _("Several names with 、 or a comma between them.")
    return forms.CharField(**common)


def boolean_field(_field: Field, common: dict[str, Any]) -> forms.Field:
    """Yes or no; nothing said is no."""
    return forms.BooleanField(**(common | {"required": False}))


FORM_FIELDS: Mapping[str, Callable[[Field, dict[str, Any]], forms.Field]] = {
    FieldKind.CHOICE: choice_field,
    FieldKind.NODE: node_field,
    FieldKind.PEOPLE: people_field,
    FieldKind.BOOLEAN: boolean_field,
}
