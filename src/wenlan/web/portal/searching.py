"""From an address to a question, and from counts to links."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.catalogue.browsing import ClassBranch, branch
from wenlan.catalogue.clc import MAIN_CLASSES
from wenlan.catalogue.search.classes import class_path, is_class
from wenlan.catalogue.types import Audience, Material, SearchPage, SearchQuery
from wenlan.kernel.words import say

FACETS = (
    ("main_class", gettext_lazy("Class")),
    ("material", gettext_lazy("Material")),
    ("audience", gettext_lazy("For")),
    ("language", gettext_lazy("Language")),
    ("year", gettext_lazy("Year")),
)
MOST_VALUES = 8
LANGUAGES = {
    "chi": gettext_lazy("Chinese"),
    "eng": gettext_lazy("English"),
    "jpn": gettext_lazy("Japanese"),
    "fre": gettext_lazy("French"),
    "ger": gettext_lazy("German"),
    "rus": gettext_lazy("Russian"),
}


def asked(given: Mapping[str, str]) -> SearchQuery:
    """Return the question an address asks; what cannot be read is left out."""
    year = number(given.get("year", ""))
    return SearchQuery(
        text=given.get("q", "").strip()[:200],
        main_class=given.get("main_class", "")[:1],
        class_number=class_of(given),
        material=given.get("material", "")[:20],
        audience=given.get("audience", "")[:12],
        language=given.get("language", "")[:3],
        year_from=year,
        year_to=year,
        page=max(number(given.get("page", "")) or 1, 1),
    )


def number(text: str) -> int | None:
    """Return a number of up to four ASCII digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def drawn_facets(page: SearchPage, given: QueryDict) -> list[dict[str, Any]]:
    """Return each facet with its values as links; a chosen one links to the search without it."""
    drawn = []
    for name, caption in FACETS:
        counts = page.facets.get(name, ())[:MOST_VALUES]
        values = [
            {
                "label": label(name, found.value),
                "count": found.count,
                "url": address(given, name, "" if given.get(name) == found.value else found.value),
                "chosen": given.get(name) == found.value,
            }
            for found in counts
            if found.value
        ]
        if values:
            drawn.append({"caption": caption, "values": values})
    return drawn


def address(given: QueryDict, name: str, value: str) -> str:
    """Return the search's address with one filter set, or taken away by an empty value."""
    changed = given.copy()
    changed.pop("page", None)
    changed.pop(name, None)
    if value:
        changed[name] = value
    return f"?{changed.urlencode()}"


def label(name: str, value: str) -> str:
    """Return a facet's value in words."""
    if name == "main_class":
        return f"{value} {say(MAIN_CLASSES[value])}" if value in MAIN_CLASSES else value
    if name == "material" and value in Material.values:
        return str(Material(value).label)
    if name == "audience" and value in Audience.values:
        return str(Audience(value).label)
    if name == "language":
        return str(LANGUAGES.get(value, value))
    return value


def class_of(given: Mapping[str, str]) -> str:
    """Return the class an address asks for, or an empty string."""
    asked_class = given.get("class", "").strip().upper()[:20]
    return asked_class if is_class(asked_class) else ""


def class_crumbs(path: Sequence[ClassBranch]) -> list[tuple[str, str]]:
    """Return the way from the root of the class tree to a class, which is no link itself."""
    steps = [(f"{one.number} {one.words}".strip(), reverse("portal:class", args=[one.number])) for one in path]
    if not steps:
        return [(_("Classes"), "")]
    return [(_("Classes"), reverse("portal:classes")), *steps[:-1], (steps[-1][0], "")]


def crumbs_of(query: SearchQuery) -> list[tuple[str, str]]:
    """Return the way to the class that a search is narrowed to; empty for any other search."""
    return class_crumbs([branch(one) for one in class_path(query.class_number)]) if query.class_number else []
