"""Forms of schemes and author tables."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.holdings.call_numbers import author_tables
from wenlan.holdings.types import BookNumbers, ClassRule, Scheme
from wenlan.network import queries as network

MOST_RULES = 8
LONGEST_LINE = 12
GENERAL = ("name", "book_numbers", "author_table", "with_volume", "with_year", "with_copy")
RANGE = ("first", "last", "kind", "table")


class SchemeForm(forms.Form):
    """How call numbers are given at a place: in general, in ranges of classes, in rooms; and what is added."""

    name = forms.CharField(label=_("Name of the scheme"), max_length=60)
    book_numbers = forms.ChoiceField(label=_("Book numbers"), choices=BookNumbers.choices)
    author_table = forms.ChoiceField(label=_("Table of author numbers"), required=False)
    with_volume = forms.BooleanField(label=_("The volume stands in the call number"), required=False)
    with_year = forms.BooleanField(label=_("The year stands in the call number"), required=False)
    with_copy = forms.BooleanField(label=_("Copies are numbered from the second on"), required=False)

    def __init__(self, *args: Any, node: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tables = [("", "—"), *((name, name) for name in author_tables.table_names())]
        self.fields["author_table"].choices = tables
        self.rooms = network.departments(node)
        for room in self.rooms:
            self.fields[f"line{room.id}"] = forms.CharField(
                label=room.name,
                max_length=LONGEST_LINE,
                required=False,
            )
        for number in range(1, MOST_RULES + 1):
            self.fields[f"first{number}"] = forms.CharField(label=_("From class"), max_length=20, required=False)
            self.fields[f"last{number}"] = forms.CharField(label=_("Up to class"), max_length=20, required=False)
            self.fields[f"kind{number}"] = forms.ChoiceField(
                label=_("Book numbers"), choices=BookNumbers.choices, required=False
            )
            self.fields[f"table{number}"] = forms.ChoiceField(label=_("Table"), choices=tables, required=False)

    def general(self) -> list[Any]:
        """Return the fields that hold for every class and room."""
        return [self[name] for name in GENERAL]

    def ranges(self) -> list[list[Any]]:
        """Return the fields of the ranges of classes, a row each."""
        return [[self[f"{part}{n}"] for part in RANGE] for n in range(1, MOST_RULES + 1)]

    def room_lines(self) -> list[Any]:
        """Return the fields of the rooms' lines."""
        return [self[f"line{room.id}"] for room in self.rooms]

    def has_lines(self) -> bool:
        """Return whether a room has a line: then they are shown at once."""
        return any(field.value() for field in self.room_lines())

    def scheme(self) -> Scheme:
        """Return what is said."""
        said = self.cleaned_data
        rules = [
            ClassRule(
                first=said[f"first{n}"].strip().upper(),
                last=(said[f"last{n}"] or said[f"first{n}"]).strip().upper(),
                book_numbers=said[f"kind{n}"] or BookNumbers.RUNNING,
                author_table=said[f"table{n}"],
            )
            for n in range(1, MOST_RULES + 1)
            if said[f"first{n}"].strip()
        ]
        return Scheme(
            name=said["name"],
            book_numbers=said["book_numbers"],
            author_table=said["author_table"],
            rules=tuple(rules),
            lines={room.id: line for room in self.rooms if (line := said[f"line{room.id}"].strip())},
            with_volume=said["with_volume"],
            with_year=said["with_year"],
            with_copy=said["with_copy"],
        )


def told(scheme: Scheme) -> dict[str, Any]:
    """Return a scheme as the first values of the form."""
    said: dict[str, Any] = {name: getattr(scheme, name) for name in GENERAL}
    said |= {f"line{department}": line for department, line in scheme.lines.items()}
    for n, rule in enumerate(scheme.rules[:MOST_RULES], start=1):
        said |= {f"first{n}": rule.first, f"last{n}": rule.last, f"kind{n}": rule.book_numbers}
        said[f"table{n}"] = rule.author_table
    return said


class TableForm(forms.Form):
    """A file of author numbers."""

    name = forms.CharField(label=_("Name of the table"), max_length=40, help_text=_("Small letters, digits, hyphens."))
    file = forms.FileField(
        label=_("File"), help_text=_("CSV in UTF-8: a line of headings, then from,number (liu,L719).")
    )
