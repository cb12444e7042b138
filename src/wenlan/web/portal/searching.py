"""The way through the class tree to what a search is narrowed to."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from wenlan.catalogue.browsing import ClassBranch, branch
from wenlan.catalogue.search.classes import class_path
from wenlan.catalogue.types import SearchQuery


def class_crumbs(path: Sequence[ClassBranch]) -> list[tuple[str, str]]:
    """Return the way from the root of the class tree to a class, which is no link itself."""
    steps = [(f"{one.number} {one.words}".strip(), reverse("portal:class", args=[one.number])) for one in path]
    if not steps:
        return [(_("Classes"), "")]
    return [(_("Classes"), reverse("portal:classes")), *steps[:-1], (steps[-1][0], "")]


def crumbs_of(query: SearchQuery) -> list[tuple[str, str]]:
    """Return the way to the class that a search is narrowed to; empty for any other search."""
    return class_crumbs([branch(one) for one in class_path(query.class_number)]) if query.class_number else []
