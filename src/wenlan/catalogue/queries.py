"""Reads of the catalogue: records by id, number and title; searches; what a file left to be worked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wenlan.catalogue.cnmarc import MarcRecord
from wenlan.catalogue.description import numbers
from wenlan.catalogue.description.folding import key
from wenlan.catalogue.editing.types import StoredRecord
from wenlan.catalogue.indexing import index
from wenlan.catalogue.models import BibRecord, MarcImport, RecordCondition, RecordNumber, RejectedRecord
from wenlan.catalogue.search.engine import Hits, Index, IndexUnavailable
from wenlan.catalogue.search.tokens import title_key
from wenlan.catalogue.storing import INDEX_TOPIC
from wenlan.catalogue.types import ImportView, RecordView, RejectedView, SearchPage, SearchQuery, ShelfFacts, Subtree
from wenlan.jobs import queries as jobs
from wenlan.kernel.errors import NotFound
from wenlan.network import queries as network

Available = Callable[[Collection[int]], Collection[int]]

MOST_SUGGESTIONS = 5
MOST_OF_A_NUMBER = 50
SHOWN_BYTES = 120
MARKS = {0x1D: "‖", 0x1E: "¶", 0x1F: "$", 0x00: "·"}


def view(row: BibRecord, *, with_marc: bool = True) -> RecordView:
    """Return a row as others see it."""
    return RecordView(
        id=row.pk,
        uid=row.uid,
        control_number=row.control_number,
        format=row.format,
        title_proper=row.title_proper,
        other_title=row.other_title,
        parallel_title=row.parallel_title,
        volume=row.volume,
        responsibility=row.responsibility,
        authors=tuple(row.authors),
        edition=row.edition,
        publisher=row.publisher,
        place=row.place,
        year=row.year,
        year_text=row.year_text,
        isbn=tuple(row.isbn),
        issn=row.issn,
        class_number=row.class_number,
        main_class=row.main_class,
        language=row.language,
        material=row.material,
        audience=row.audience,
        extent=row.extent,
        series=row.series,
        subjects=tuple(row.subjects),
        summary=row.summary,
        price_fen=row.price_fen,
        price=row.price,
        marc=MarcRecord.from_json(row.marc) if with_marc else None,
    )


def record(record_id: int) -> RecordView:
    """Return one record with its native form (one statement). Raises NotFound."""
    row = BibRecord.objects.filter(pk=record_id).first()
    if row is None:
        raise NotFound(what=str(record_id))
    return view(row)


def record_by_uid(uid: UUID) -> RecordView:
    """Return one record with its native form by its public id (one statement). Raises NotFound."""
    row = BibRecord.objects.filter(uid=uid).first()
    if row is None:
        raise NotFound(what=str(uid))
    return view(row)


def shown_record(uid: UUID) -> RecordView:
    """Return one record as readers may see it (one statement). Raises NotFound, also for a hidden one."""
    row = BibRecord.objects.filter(uid=uid, condition__isnull=True).first()
    if row is None:
        raise NotFound(what=str(uid))
    return view(row)


def stored(record_id: int) -> StoredRecord:
    """Return a record as the editor opens it: with its content hash and its condition (one statement).

    Raises NotFound.
    """
    row = BibRecord.objects.select_related("condition").filter(pk=record_id).first()
    if row is None:
        raise NotFound(what=str(record_id))
    condition = getattr(row, "condition", None)
    return StoredRecord(
        view=view(row),
        content_hash=row.content_hash,
        condition=condition.condition if condition else "",
        reason=condition.reason if condition else "",
    )


def records(ids: Collection[int]) -> dict[int, RecordView]:
    """Return records by id, without their native form (one statement); unknown ids are left out."""
    rows = BibRecord.objects.defer("marc").filter(pk__in=ids)
    return {row.pk: view(row, with_marc=False) for row in rows}


def shelf_facts(ids: Collection[int]) -> dict[int, ShelfFacts]:
    """Return what items take from these records, by id (one statement); unknown ids are left out."""
    rows = BibRecord.objects.filter(pk__in=ids).values("pk", *ShelfFacts._fields)
    return {row.pop("pk"): ShelfFacts(**{**row, "authors": tuple(row["authors"])}) for row in rows}


def records_by_number(numbers: Sequence[str]) -> tuple[RecordView, ...]:
    """Return the records that carry one of these standard numbers (ISBN as thirteen digits), oldest first."""
    ids = RecordNumber.objects.filter(number__in=numbers).values("record_id")
    rows = BibRecord.objects.defer("marc").filter(pk__in=ids).order_by("pk")
    return tuple(view(row, with_marc=False) for row in rows)


def compared(text: str) -> str:
    """Return a title or name as it is compared: letters, digits and simplified characters only, without case."""
    return title_key(text)


def records_by_title(titles: Collection[str]) -> tuple[RecordView, ...]:
    """Return the records whose title, with its volume, is one of these but for width, case and marks; oldest first."""
    keys = {key(title)[:200] for title in titles} - {""}
    rows = BibRecord.objects.defer("marc").filter(title_key__in=keys).order_by("pk")
    return tuple(view(row, with_marc=False) for row in rows)


def search(query: SearchQuery, *, available: Available | None = None) -> SearchPage:
    """Return one page of what is found (one statement beside the index).

    `available` tells which of some records can be borrowed now; given it, only those among the first FEW_HITS are
    shown. Without an index, records are found by number and by the beginning of their title, and the page says so.
    """
    query = placed(query)
    try:
        engine = index()
        hits, is_total = _available(engine, query, available) if available else (engine.search(query), True)
        suggestions = () if hits.total or not query.text.strip() else engine.nearest(query.text, MOST_SUGGESTIONS)
    except IndexUnavailable:
        return _search_tables(query, available)
    views = records(hits.ids)
    return SearchPage(
        hits=tuple(views[one] for one in hits.ids if one in views),
        total=hits.total,
        page=query.page,
        size=query.size,
        facets=hits.facets,
        is_counted=hits.is_counted,
        is_total=is_total,
        suggestions=suggestions,
    )


def placed(query: SearchQuery) -> SearchQuery:
    """Return the query with its place as the tree stands now, and the places just under it to be counted."""
    root = network.root_or_none()
    if root is None:
        return query
    at = subtree_of(query.node) if query.node is not None else None
    below = network.children(query.node if query.node is not None else root.id)
    return replace(query, at=at, below=tuple(subtree_of(one.id) for one in below))


def subtree_of(node: int) -> Subtree:
    """Return a place with all that is under it now."""
    return Subtree(node, tuple(sorted(network.subtree(node))))


def _available(engine: Index, query: SearchQuery, available: Available) -> tuple[Hits, bool]:
    """Return what can be borrowed now among the best hits, and whether these are all hits there are."""
    best = engine.first(query, query.FEW_HITS)
    here = available(best)
    kept = tuple(one for one in best if one in here)
    start = (query.page - 1) * query.size
    counted = engine.search(replace(query, page=1, size=1))
    shown = Hits(ids=kept[start : start + query.size], total=len(kept), facets=counted.facets)
    return shown, len(best) < query.FEW_HITS


def suggestions(text: str, limit: int = 8) -> tuple[str, ...]:
    """Return titles that begin with what is being typed, by characters, pinyin or initials (no statement)."""
    try:
        return index().suggestions(text, limit)
    except IndexUnavailable:
        return ()


def _search_tables(query: SearchQuery, available: Available | None) -> SearchPage:
    """Search without the index: by standard number, control number or title start; two statements."""
    shown = BibRecord.objects.filter(condition__isnull=True)
    rows = shown.filter(_by_number(query.text) | _by_title_start(query.text))
    for name in ("main_class", "material", "language", "audience"):
        if value := getattr(query, name):
            rows = rows.filter(**{name: value})
    if available:
        rows = rows.filter(pk__in=available(rows.order_by("pk").values_list("pk", flat=True)[: query.FEW_HITS]))
    start = (query.page - 1) * query.size
    page = rows.defer("marc").order_by("title_key", "pk")[start : start + query.size]
    return SearchPage(
        hits=tuple(view(row, with_marc=False) for row in page),
        total=rows.count(),
        page=query.page,
        size=query.size,
        is_complete=False,
    )


def _by_number(text: str) -> Q:
    forms = {numbers.isbn13(text), numbers.issn(text), numbers.any_number(text)} - {""}
    carriers = RecordNumber.objects.filter(number__in=forms).values("record_id")
    return Q(pk__in=carriers) | Q(control_number=text.strip()[:64])


def _by_title_start(text: str) -> Q:
    """Return titles that begin so, as a span of keys: both databases then use the index on `title_key`."""
    beginning = key(text)[:200]
    if not beginning:
        return Q(pk__in=()) if text.strip() else Q()
    if connection.vendor == "postgresql":
        return Q(title_key__startswith=beginning)
    return Q(title_key__gte=beginning, title_key__lt=beginning + "\U0010ffff")


def by_number(text: str) -> tuple[RecordView, ...]:
    """Return the records that carry this standard number or control number, oldest first (one statement)."""
    rows = BibRecord.objects.filter(_by_number(text)).defer("marc").order_by("pk")[:MOST_OF_A_NUMBER]
    return tuple(view(row, with_marc=False) for row in rows)


def conditions(ids: Collection[int]) -> dict[int, str]:
    """Return which of these records are hidden or deleted (one statement)."""
    return dict(RecordCondition.objects.filter(record__in=ids).values_list("record_id", "condition"))


def out_of_sight(limit: int = 200) -> tuple[tuple[RecordView, str, datetime, str], ...]:
    """Return records hidden or deleted, the latest first: (record, condition, since, reason); one statement."""
    rows = RecordCondition.objects.select_related("record").defer("record__marc").order_by("-since", "-pk")[:limit]
    return tuple((view(row.record, with_marc=False), row.condition, row.since, row.reason) for row in rows)


def titles(ids: Collection[int]) -> dict[int, str]:
    """Return the titles proper of records by id (one statement)."""
    return dict(BibRecord.objects.filter(pk__in=ids).values_list("pk", "title_proper"))


def newest(limit: int) -> tuple[RecordView, ...]:
    """Return the records that came last, newest first, without their native form (one statement)."""
    rows = BibRecord.objects.filter(condition__isnull=True).defer("marc").order_by("-pk")[:limit]
    return tuple(view(row, with_marc=False) for row in rows)


def index_state() -> tuple[int | None, int]:
    """Return how many records the index holds (None when it cannot be used) and how many messages wait for it."""
    try:
        documents = index().count()
    except IndexUnavailable:
        documents = None
    return documents, jobs.posted_count(INDEX_TOPIC)


def imports(nodes: Collection[int], *, before: int | None = None, limit: int = 50) -> tuple[ImportView, ...]:
    """Return the runs of these nodes, newest first, starting under the id `before` (one statement)."""
    rows = MarcImport.objects.filter(node_id__in=nodes)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return tuple(_import_view(row) for row in _with_waiting(rows).order_by("-pk")[:limit])


def import_run(run: int) -> ImportView:
    """Return one run (one statement). Raises NotFound."""
    row = _with_waiting(MarcImport.objects.filter(pk=run)).first()
    if row is None:
        raise NotFound(what=str(run))
    return _import_view(row)


def rejected(run: int, *, after: int = 0, limit: int = 100) -> tuple[RejectedView, ...]:
    """Return what a run could not read, in the order of the file, after a position (one statement)."""
    rows = _rejects().filter(run_id=run, position__gt=after).order_by("position")[:limit]
    return tuple(_rejected_view(row) for row in rows)


def waiting_rejects(nodes: Collection[int], *, after: int = 0, limit: int = 50) -> tuple[RejectedView, ...]:
    """Return what no import of these nodes could read and nobody has worked, oldest first, after an id.

    One statement.
    """
    rows = _rejects().filter(run__node_id__in=nodes, is_settled=False, pk__gt=after).order_by("pk")[:limit]
    return tuple(_rejected_view(row) for row in rows)


def rejected_record(reject: int) -> RejectedView:
    """Return bytes that an import could not read, whole (one statement). Raises NotFound."""
    row = _rejects().filter(pk=reject).first()
    if row is None:
        raise NotFound(what=str(reject))
    return replace(_rejected_view(row), raw=bytes(row.raw))


def _rejects() -> QuerySet[RejectedRecord]:
    return RejectedRecord.objects.select_related("run")


def _rejected_view(row: RejectedRecord) -> RejectedView:
    return RejectedView(
        id=row.pk,
        run=row.run_id,
        file_name=row.run.file_name,
        profile=row.run.profile,
        node=row.run.node_id,
        position=row.position,
        offset=row.offset,
        reason=row.reason,
        size=len(row.raw),
        beginning=bytes(row.raw[:SHOWN_BYTES]).decode("utf-8", "backslashreplace").translate(MARKS),
        is_settled=row.is_settled,
        settled_as=row.settled_as,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        settled_reason=row.settled_reason,
        record=row.record_id,
    )


def _with_waiting(rows: QuerySet[MarcImport]) -> QuerySet[MarcImport]:
    unsettled = RejectedRecord.objects.filter(run=OuterRef("pk"), is_settled=False).order_by()
    counted = unsettled.values("run").annotate(count=Count("pk")).values("count")
    return rows.annotate(waiting=Coalesce(Subquery(counted), 0))


def _import_view(row: MarcImport) -> ImportView:
    return ImportView(
        id=row.pk,
        file_name=row.file_name,
        node=row.node_id,
        started_at=row.started_at,
        is_complete=row.is_complete,
        read=row.read,
        created=row.created,
        updated=row.updated,
        unchanged=row.unchanged,
        kept_aside=row.kept_aside,
        rejected=row.rejected,
        waiting=getattr(row, "waiting", 0),
    )
