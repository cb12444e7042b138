"""Records that may be the one being catalogued: by standard number, then by title, responsibility and year."""

from __future__ import annotations

from dataclasses import dataclass

from wenlan.catalogue import queries
from wenlan.catalogue.cnmarc import MarcRecord
from wenlan.catalogue.columns import Prepared, prepare
from wenlan.catalogue.description.folding import key
from wenlan.catalogue.models import BibRecord, RecordNumber
from wenlan.catalogue.types import Condition, MarcFormat, RecordView

MOST = 8
MOST_OF_A_TITLE = 50
NUMBER, WHOLE, OTHER_YEAR = "number", "whole", "other_year"


@dataclass(frozen=True, slots=True)
class Likeness:
    """A record like the draft; `why` is `number`, `whole` (title, people and year) or `other_year`."""

    record: RecordView
    why: str


def duplicates(marc: MarcRecord, of: MarcFormat, *, apart_from: int | None = None) -> tuple[Likeness, ...]:
    """Return the records most like a draft, the surest first (two statements at most)."""
    draft = prepare(marc, of)
    numbers = [one.number for one in draft.description.numbers]
    rows = BibRecord.objects.defer("marc").exclude(condition__condition=Condition.DELETED)
    if apart_from is not None:
        rows = rows.exclude(pk=apart_from)
    found: dict[int, Likeness] = {}
    if numbers:
        carriers = RecordNumber.objects.filter(number__in=numbers).values("record_id")
        for row in rows.filter(pk__in=carriers).order_by("pk")[:MOST]:
            found[row.pk] = Likeness(queries.view(row, with_marc=False), NUMBER)
    if draft.title_key:
        for row in rows.filter(title_key=draft.title_key).order_by("pk")[:MOST_OF_A_TITLE]:
            view = queries.view(row, with_marc=False)
            if row.pk not in found and (why := likeness(draft, view)):
                found[row.pk] = Likeness(view, why)
    ranked = sorted(found.values(), key=lambda one: (NUMBER, WHOLE, OTHER_YEAR).index(one.why))
    return tuple(ranked[:MOST])


def likeness(draft: Prepared, other: RecordView) -> str:
    """Return how a record with the same title is like the draft: its people must not differ."""
    ours, theirs = (
        _people(draft.description.authors, draft.description.responsibility),
        _people(other.authors, other.responsibility),
    )
    if ours and theirs and not _share(ours, theirs):
        return ""
    years = {draft.description.year, other.year}
    return OTHER_YEAR if len(years) == 2 and None not in years else WHOLE


def _people(authors: tuple[str, ...], responsibility: str) -> set[str]:
    return {key(one) for one in (*authors, responsibility) if key(one)}


def _share(ours: set[str], theirs: set[str]) -> bool:
    """Tell whether a name of one stands in what the other says: `刘慈欣` in `刘慈欣著`."""
    return any(one in other or other in one for one in ours for other in theirs)
