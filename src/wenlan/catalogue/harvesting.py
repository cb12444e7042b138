"""Reads for those who take many records or look along a list: harvesters and scans."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Min

from wenlan.catalogue import queries
from wenlan.catalogue.description.folding import key
from wenlan.catalogue.models import BibRecord, RecordCondition
from wenlan.catalogue.types import RecordView


def native_records(ids: Collection[int]) -> dict[int, RecordView]:
    """Return records by id with their native form (one statement); unknown ids are left out."""
    return {row.pk: queries.view(row) for row in BibRecord.objects.filter(pk__in=ids)}


def out_of_sight(ids: Collection[int]) -> frozenset[int]:
    """Return which of the records are hidden from readers or deleted (one statement)."""
    return frozenset(RecordCondition.objects.filter(record__in=ids).values_list("record_id", flat=True))


@dataclass(frozen=True, slots=True)
class TitleTerm:
    """A title as a list of titles has it, and how many records carry it."""

    title: str
    records: int


def title_terms(beginning: str, *, before: int, most: int) -> tuple[TitleTerm, ...]:
    """Return up to `most` titles along the list, from `before` places ahead of where `beginning` stands.

    Two statements; the order is that of folded titles in the database.
    """
    wanted = key(beginning)[:200]
    seen = BibRecord.objects.filter(condition__isnull=True)
    titles = seen.values("title_key").annotate(records=Count("pk"), title=Min("title_proper"))
    ahead = titles.filter(title_key__lt=wanted).order_by("-title_key")[:before] if before else ()
    found = [*reversed(list(ahead)), *titles.filter(title_key__gte=wanted).order_by("title_key")[:most]]
    return tuple(TitleTerm(row["title"], row["records"]) for row in found[:most])
