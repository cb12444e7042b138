"""From an address to a question, and from counts to links that narrow it: the same at the portal and at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from wenlan.catalogue.clc import MAIN_CLASSES, caption
from wenlan.catalogue.search.classes import class_path, is_class
from wenlan.catalogue.types import (
    Audience,
    Counts,
    FacetCount,
    Material,
    SearchField,
    SearchPage,
    SearchQuery,
    SearchSort,
)
from wenlan.kernel.errors import NotFound
from wenlan.kernel.words import say
from wenlan.network import queries as network

FLAT = (
    ("material", gettext_lazy("Material")),
    ("audience", gettext_lazy("For")),
    ("language", gettext_lazy("Language")),
    ("year", gettext_lazy("Year")),
)
NARROWING = (
    *("field", "main_class", "class", "material", "audience", "language"),
    *("place", "year", "from", "to", "available"),
)
MOST_VALUES, MOST_BRANCHES = 8, 24
LANGUAGES = {
    "chi": gettext_lazy("Chinese"),
    "eng": gettext_lazy("English"),
    "jpn": gettext_lazy("Japanese"),
    "fre": gettext_lazy("French"),
    "ger": gettext_lazy("German"),
    "rus": gettext_lazy("Russian"),
}
Value = dict[str, Any]


def asked(given: Mapping[str, str]) -> SearchQuery:
    """Return the question an address asks; what cannot be read is left out.

    Facets are counted over few hits, over all records, and over many hits when the address says `count`.
    """
    since, until = number(given.get("from", "")), number(given.get("to", ""))
    year = number(given.get("year", ""))
    text = given.get("q", "").strip()[:200]
    return SearchQuery(
        text=text,
        field=one_of(SearchField, given.get("field", ""), SearchField.ANY),
        main_class=given.get("main_class", "")[:1],
        class_number=class_of(given),
        material=given.get("material", "")[:20],
        audience=given.get("audience", "")[:12],
        language=given.get("language", "")[:3],
        node=place_of(given),
        year_from=year or since,
        year_to=year or until,
        sort=one_of(SearchSort, given.get("sort", ""), SearchSort.RELEVANCE),
        counts=Counts.ALWAYS if given.get("count") or not text else Counts.FEW,
        page=min(max(number(given.get("page", "")) or 1, 1), 500),
    )


def one_of(choices: type[SearchField] | type[SearchSort], value: str, default: str) -> str:
    """Return a choice's value as given, or the default."""
    return value if value in choices.values else default


def number(text: str) -> int | None:
    """Return a number of up to four ASCII digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def class_of(given: Mapping[str, str]) -> str:
    """Return the class an address asks for, or an empty string."""
    asked_class = given.get("class", "").strip().upper()[:20]
    return asked_class if is_class(asked_class) else ""


def place_of(given: Mapping[str, str]) -> int | None:
    """Return the place an address asks for, whose code it gives; None for any place, and for one nobody knows."""
    code = given.get("place", "")[:40]
    try:
        return network.node_by_code(code).id if code else None
    except NotFound:
        return None


def drawn_facets(page: SearchPage, query: SearchQuery, given: QueryDict) -> list[dict[str, Any]]:
    """Return each facet with its values as links; a chosen value links to the search without it.

    Classes and places are trees: the way to the chosen one, then what lies just below it.
    """
    drawn = [
        {"caption": gettext_lazy("Class"), "values": classes(page, query, given), "open": True},
        {"caption": gettext_lazy("Library"), "values": places(page, query, given), "open": query.node is not None},
    ]
    for name, words in FLAT:
        values = [value(given, name, found) for found in page.facets.get(name, ())[:MOST_VALUES] if found.value]
        drawn.append({"caption": words, "values": values, "open": any(one["chosen"] for one in values)})
    return [facet for facet in drawn if facet["values"]]


def value(given: QueryDict, name: str, found: FacetCount) -> Value:
    """Return one value of a facet that is no tree."""
    is_chosen = given.get(name) == found.value
    return {
        "label": label(name, found.value),
        "count": found.count,
        "url": address(given, **{name: "" if is_chosen else found.value}),
        "chosen": is_chosen,
        "depth": 0,
    }


def classes(page: SearchPage, query: SearchQuery, given: QueryDict) -> list[Value]:
    """Return the classes from the main class to the chosen one, and those just below it, in the order of the shelf."""
    way = class_path(query.class_number or query.main_class)
    drawn = [branch(given, one, depth, None, is_chosen=one == way[-1]) for depth, one in enumerate(way)]
    below = page.facets.get("class" if way else "main_class", ())
    for found in sorted(below, key=lambda one: one.value)[:MOST_BRANCHES]:
        if found.value:
            drawn.append(branch(given, found.value, len(way), found.count, is_chosen=False))
    return drawn


def branch(given: QueryDict, number: str, depth: int, count: int | None, *, is_chosen: bool) -> Value:
    """Return one class of the tree."""
    words = say(caption(number))
    return {
        "label": f"{number} {words}".strip(),
        "count": count,
        "url": address(given, **{"class": "" if is_chosen else number, "main_class": ""}),
        "chosen": is_chosen,
        "depth": min(depth, 4),
    }


def places(page: SearchPage, query: SearchQuery, given: QueryDict) -> list[Value]:
    """Return the libraries from under the root to the chosen one, and those just below it that hold something."""
    counts = {int(one.value): one.count for one in page.facets.get("node", ())}
    if not counts and query.node is None:
        return []
    root = network.root().id
    way = [one for one in reversed(network.ancestors(query.node)) if one != root] if query.node is not None else []
    drawn = [place(given, one, depth, None, is_chosen=one == query.node) for depth, one in enumerate(way)]
    below = [one for one in network.children(query.node or root) if counts.get(one.id)]
    below.sort(key=lambda one: -counts[one.id])
    return drawn + [place(given, one.id, len(way), counts[one.id], is_chosen=False) for one in below[:MOST_BRANCHES]]


def place(given: QueryDict, node: int, depth: int, count: int | None, *, is_chosen: bool) -> Value:
    """Return one library of the tree."""
    view = network.node(node)
    return {
        "label": view.name,
        "count": count,
        "url": address(given, place="" if is_chosen else view.code),
        "chosen": is_chosen,
        "depth": min(depth, 4),
    }


def switch(given: QueryDict, name: str, words: str) -> Value:
    """Return a link that turns a filter on, or off again."""
    is_chosen = bool(given.get(name))
    return {"label": words, "url": address(given, **{name: "" if is_chosen else "1"}), "chosen": is_chosen}


def address(given: QueryDict, **changes: str) -> str:
    """Return the search's address with filters set, or taken away by an empty value; it starts at the first page."""
    changed = given.copy()
    for name, said in {"page": "", **changes}.items():
        changed.pop(name, None)
        if said:
            changed[name] = said
    return f"?{changed.urlencode()}"


def widened(given: QueryDict) -> str:
    """Return the address of the same words without anything that narrows them; empty when nothing does."""
    said = {name: given[name] for name in ("q", "sort") if given.get(name)}
    is_narrowed = any(given.get(name, "") not in ("", SearchField.ANY) for name in NARROWING)
    return f"?{urlencode(said)}" if is_narrowed else ""


def label(name: str, found: str) -> str:
    """Return a facet's value in words."""
    if name == "main_class":
        return f"{found} {say(MAIN_CLASSES[found])}" if found in MAIN_CLASSES else found
    if name == "material" and found in Material.values:
        return str(Material(found).label)
    if name == "audience" and found in Audience.values:
        return str(Audience(found).label)
    if name == "language":
        return str(LANGUAGES.get(found, found))
    return found
