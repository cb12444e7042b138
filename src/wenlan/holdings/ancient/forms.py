"""The form of an ancient work: made of the fields of its register."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.holdings.books import ANCIENT_BOOKS
from wenlan.holdings.forms import KeyedForm
from wenlan.kernel.words import say
from wenlan.registers.types import Field, FieldKind

OF_THE_ITEMS = frozenset({"title", "author", "accession", "call_number"})
LONGEST = 200


class WorkForm(KeyedForm):
    """Grade, edition, frame, binding, damage and counts; `items` are the volumes of the title that are meant."""

    def __init__(self, *args: Any, volumes: list[tuple[str, str]] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if volumes is not None:
            self.fields["items"] = forms.MultipleChoiceField(
                label=_("Items of this work"), choices=volumes, widget=forms.CheckboxSelectMultiple
            )
        else:
            self.fields["reason"] = forms.CharField(label=_("Reason"), max_length=LONGEST)
        for field in ANCIENT_BOOKS.fields:
            if field.code not in OF_THE_ITEMS:
                self.fields[field.code] = field_of(field)

    def said(self) -> dict[str, Any]:
        """Return the values of the register's fields."""
        codes = [field.code for field in ANCIENT_BOOKS.fields if field.code not in OF_THE_ITEMS]
        return {code: self.cleaned_data[code] for code in codes if self.cleaned_data[code] not in (None, "")}


def field_of(field: Field) -> forms.Field:
    """Return the form's field for a field of the register."""
    shared: dict[str, Any] = {"label": field.label, "required": field.required or field.code == "grade"}
    if field.help:
        shared["help_text"] = say(field.help)
    if field.kind == FieldKind.CHOICE:
        answers = [("", "—"), *((one.code, field.choice_label(one.code)) for one in field.choices)]
        return forms.ChoiceField(choices=answers, **shared)
    if field.kind == FieldKind.INTEGER:
        return forms.IntegerField(min_value=0, max_value=99_999, **shared)
    widget = forms.Textarea(attrs={"rows": 2}) if field.kind == FieldKind.LONGTEXT else forms.TextInput
    return forms.CharField(max_length=LONGEST, widget=widget, **shared)
