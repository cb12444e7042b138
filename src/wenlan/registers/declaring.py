"""A book as a librarian declares it in the browser: the form, and what it becomes."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.kernel.words import say
from wenlan.ledger.kinds import Kind
from wenlan.registers.types import Book, Choice, Field, FieldKind, Level

MOST_FIELDS = 20
SPARE_FIELDS = 5
PARTED = re.compile(r"[、,，;；\n]+")
NAMED = re.compile(r"\{([^{}]+)\}")
BUILT_IN = {"日期": "day", "馆点": "node", "部门": "department"}


class BookForm(forms.Form):
    """The book itself. English may be left out; then the Chinese stands for it."""

    name = forms.CharField(label=_("Name of the book"), max_length=60)
    name_en = forms.CharField(label=_("Its name in English"), max_length=60, required=False)
    about = forms.CharField(label=_("When to write in it"), max_length=200, required=False)
    level = forms.ChoiceField(label=_("Chronicle of the year"), choices=Level.choices, initial=Level.NONE)
    sentence = forms.CharField(
        label=_("Sentence for the chronicle"),
        max_length=300,
        required=False,
        help_text=_("Names of fields in {}; a part in [] falls away when a field in it is empty."),
    )


class FieldForm(forms.Form):
    """One field of the book; a line without a name is none."""

    code = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Field"), max_length=40, required=False, widget=forms.TextInput({"size": 14}))
    kind = forms.ChoiceField(label=_("What it takes"), choices=FieldKind.choices, initial=FieldKind.TEXT)
    choices = forms.CharField(label=_("Choices"), max_length=400, required=False, widget=forms.TextInput({"size": 16}))
    unit = forms.CharField(label=_("Unit"), max_length=10, required=False, widget=forms.TextInput({"size": 4}))
    required = forms.BooleanField(label=_("Needed"), required=False)
    counts = forms.BooleanField(label=_("Counts"), required=False)


FieldForms = forms.formset_factory(FieldForm, extra=SPARE_FIELDS, max_num=MOST_FIELDS)


def drafted(code: str, said: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> Book:
    """Return the declaration that a form makes. Fields that stood before keep their codes, new ones get the next."""
    lines = [line for line in lines if line.get("name")]
    taken = [line["code"] for line in lines if line.get("code")]
    number = max((int(found[1]) for code in taken if (found := re.fullmatch(r"f(\d+)", code))), default=0)
    fields = []
    for line in lines:
        if not line.get("code"):
            number += 1
        fields.append(drafted_field(line.get("code") or f"f{number}", line))
    codes = BUILT_IN | {field.words["zh"]: field.code for field in fields}
    sentence = NAMED.sub(lambda place: "{" + codes.get(place[1].strip(), place[1]) + "}", said["sentence"])
    return Book(
        code=code,
        words=bilingual(said["name"], said["name_en"]),
        about=bilingual(said["about"]) if said["about"] else {},
        level=said["level"],
        sentence=bilingual(sentence) if sentence else {},
        fields=tuple(fields),
    )


def drafted_field(code: str, line: Mapping[str, Any]) -> Field:
    """Return one field; choices are numbered in their order, so their words may be changed later."""
    words = [part.strip() for part in PARTED.split(line["choices"]) if part.strip()]
    is_choice = line["kind"] == FieldKind.CHOICE
    is_number = line["kind"] in {FieldKind.INTEGER, FieldKind.DECIMAL}
    return Field(
        code=code,
        words=bilingual(line["name"]),
        kind=line["kind"],
        required=line["required"],
        choices=tuple(Choice(code=f"c{place}", words=bilingual(word)) for place, word in enumerate(words, 1))
        if is_choice
        else (),
        unit=bilingual(line["unit"]) if line["unit"] else {},
        counts=Kind.RECORD_ENTERED.value if line["counts"] and is_number else None,
    )


def initial_book(book: Book) -> dict[str, Any]:
    """Return what the form of a book is filled with."""
    names = {field.code: field.words["zh"] for field in book.fields} | {code: word for word, code in BUILT_IN.items()}
    sentence = NAMED.sub(lambda place: "{" + names.get(place[1], place[1]) + "}", book.sentence.get("zh", ""))
    return {
        "name": book.words["zh"],
        "name_en": book.words["en"] if book.words["en"] != book.words["zh"] else "",
        "about": book.about.get("zh", ""),
        "level": book.level,
        "sentence": sentence,
    }


def initial_fields(book: Book) -> list[dict[str, Any]]:
    """Return what the lines of a book's fields are filled with."""
    return [
        {
            "code": field.code,
            "name": field.words["zh"],
            "kind": field.kind,
            "choices": "、".join(say(choice.words, "zh") for choice in field.choices),
            "unit": field.unit.get("zh", ""),
            "required": field.required,
            "counts": bool(field.counts),
        }
        for field in book.fields
    ]


def bilingual(chinese: str, english: str = "") -> dict[str, str]:
    """Return words in both languages; without English the Chinese stands for it."""
    return {"zh": chinese, "en": english or chinese}
