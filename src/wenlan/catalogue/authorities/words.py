"""Other forms of names and subjects, for the search index."""

from __future__ import annotations

from collections.abc import Collection

from wenlan.catalogue.authorities.types import ExtraWords, Relation
from wenlan.catalogue.models import AuthorityForm


def extra_words(record_ids: Collection[int]) -> dict[int, ExtraWords]:
    """Return the forms that names and subjects are seen from, by record that has any (one statement)."""
    rows = AuthorityForm.objects.filter(relation=Relation.SEE, authority__links__record_id__in=record_ids)
    found: dict[int, tuple[dict[str, None], dict[str, None]]] = {}
    for record, tag, text in rows.values_list("authority__links__record_id", "authority__links__tag", "text"):
        found.setdefault(record, ({}, {}))[tag.startswith("6")][text] = None
    return {one: ExtraWords(tuple(authors), tuple(subjects)) for one, (authors, subjects) in found.items()}
