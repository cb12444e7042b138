"""What the editor's chooser of authorities asks: names like what was typed, and a field with one of them in it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from wenlan.catalogue.authorities import headings, queries
from wenlan.catalogue.authorities.types import AuthorityKind, AuthorityView
from wenlan.catalogue.cnmarc import Field
from wenlan.catalogue.editing.drafts import field_of, native_of
from wenlan.catalogue.errors import DraftUnreadable

MOST = 12


def linkable_tags(of: str) -> tuple[str, ...]:
    """Return the tags of a format behind which an authority may stand."""
    return tuple(sorted(headings.family_of(of).uses))


def like(text: str, *, tag: str, of: str) -> dict[str, Any]:
    """Return authorities with these characters, of the kind that the field has (three statements)."""
    kind = headings.family_of(of).uses.get(tag)
    if kind is None:
        raise DraftUnreadable(what=tag[:10])
    text = text.replace("\0", "")[:100]
    found = queries.authorities_like(text, kind=kind, of=of, limit=MOST)
    founding = reverse("catalogue:new_authority")
    return {
        "found": [shown(one) for one in found],
        "founding": f"{founding}?{urlencode({'kind': kind.value, 'name': text})}",
    }


def shown(one: AuthorityView) -> dict[str, Any]:
    """Return an authority as the chooser shows it."""
    return {
        "uid": str(one.uid),
        "number": one.number,
        "heading": one.heading,
        "see": one.see,
        "seeAlso": one.see_also,
        "note": one.note,
        "records": max(one.records, 0),
    }


def linked(sent: Any, *, authority: UUID, of: str) -> list[Any]:
    """Return a field that the editor sent with heading and number of an authority, all else as it was.

    Raises NotFound, DraftUnreadable for what is no such field.
    """
    field, family = field_of(sent), headings.family_of(of)
    one = queries.authority(authority)
    heading = headings.heading_of(one.marc, family) if one.marc else None
    if not isinstance(field, Field) or heading is None or family.uses.get(field.tag) != AuthorityKind(one.kind):
        raise DraftUnreadable(what=field.tag)
    return native_of(headings.linked(field, heading, one.number, family))
