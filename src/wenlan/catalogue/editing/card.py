"""The catalogue card of a draft, as the record would have it if it were saved now."""

from __future__ import annotations

from wenlan.catalogue import isbd, queries
from wenlan.catalogue.cnmarc import MarcRecord
from wenlan.catalogue.columns import prepare
from wenlan.catalogue.models import BibRecord
from wenlan.catalogue.types import MarcFormat


def card_of(draft: MarcRecord, of: MarcFormat) -> tuple[str, ...]:
    """Return the card, a paragraph an entry; none without a title (no statement)."""
    if not draft.fields:
        return ()
    seen = queries.view(BibRecord(pk=0, **prepare(draft, of).values()))
    return tuple(isbd.paragraphs(isbd.isbd(seen))) if seen.title_proper else ()
