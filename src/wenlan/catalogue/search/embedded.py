"""The embedded engine (tantivy): a folder in the home, one writer, any number of readers.

`current` names the folder in use, so that a rebuilt index replaces the old one by one rename while
readers go on; each reader looks at two modification times before it searches.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import tantivy

from wenlan.catalogue.search import asking
from wenlan.catalogue.search.engine import Hits, IndexedRecord, IndexUnavailable
from wenlan.catalogue.search.facets import MOST_NODES, asked_facets, in_subtrees, wants_facets
from wenlan.catalogue.search.question import Every, Question
from wenlan.catalogue.search.schema import SHAPE, document
from wenlan.catalogue.search.tantivy import as_document, as_query, build_schema
from wenlan.catalogue.types import FacetCount, SearchQuery, SearchSort, Subtree

CURRENT, DAMAGED = "current", "damaged"
WRITER_HEAP = 32_000_000
REBUILD_HEAP = 192_000_000
_ENGINE_ERRORS = (ValueError, OSError, RuntimeError)
_DAMAGE = ("Data corrupt", "does not exist", "FileDoesNotExist")  # not a full disk, nor a question it does not like


class EmbeddedIndex:
    """The index in one folder; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._opened: tuple[str, int, tantivy.Index] | None = None

    def put(self, records: Iterable[IndexedRecord], *, gone: Collection[int] = ()) -> None:
        """See `Index.put`. Raises IndexUnavailable, too, while another process writes."""
        index = self._index()
        kept = list(records)
        replaced = [*gone, *(one.id for one in kept)]
        with self._engine():
            writer = index.writer(heap_size=WRITER_HEAP, num_threads=1)
            # by query: a term made of a Python number is a signed one here and finds nothing
            writer.delete_documents_by_query(tantivy.Query.term_set_query(index.schema, "id", replaced))
            for record in kept:
                writer.add_document(as_document(document(record)))
            writer.commit()
            writer.wait_merging_threads()

    def search(self, query: SearchQuery) -> Hits:
        """See `Index.search`."""
        index = self._index()
        offset = (query.page - 1) * query.size
        if offset >= query.MOST_HITS:
            return Hits(ids=(), total=0)
        question = as_query(index.schema, asking.question(query))
        with self._engine():
            searcher = index.searcher()
            result: Any = searcher.search(question, limit=query.size, offset=offset, count=True, **_order(query))
            found: list[Any] = searcher.fast_field_values("id", [address for _score, address in result.hits])
            counted = wants_facets(query, int(result.count))
            facets = _facets(index, searcher, query) if counted and result.count else {}
        return Hits(ids=tuple(map(int, found)), total=int(result.count), facets=facets, is_counted=counted)

    def first(self, query: SearchQuery, limit: int) -> tuple[int, ...]:
        """See `Index.first`."""
        index = self._index()
        with self._engine():
            searcher = index.searcher()
            question = as_query(index.schema, asking.question(query))
            result: Any = searcher.search(question, limit=limit, count=False, **_order(query))
            found: list[Any] = searcher.fast_field_values("id", [address for _score, address in result.hits])
        return tuple(map(int, found))

    def suggestions(self, text: str, limit: int) -> tuple[str, ...]:
        """See `Index.suggestions`."""
        return self._titles(asking.typed(text), limit)

    def nearest(self, text: str, limit: int) -> tuple[str, ...]:
        """See `Index.nearest`."""
        return self._titles(asking.near(text), limit)

    def count(self) -> int:
        """See `Index.count`."""
        index = self._index()
        return int(index.searcher().num_docs)

    def rebuild(self, batches: Iterable[Iterable[IndexedRecord]]) -> int:
        """See `Index.rebuild`. The caller sees to it that nobody else writes meanwhile."""
        self.folder.mkdir(parents=True, exist_ok=True)
        target = self._new_folder()
        with self._engine():
            index = tantivy.Index(build_schema(), path=str(target))
            writer = index.writer(heap_size=REBUILD_HEAP, num_threads=1)
            for batch in batches:
                for record in batch:
                    writer.add_document(as_document(document(record)))
            writer.commit()
            writer.wait_merging_threads()
        pointer = self.folder / f"{CURRENT}.new"
        pointer.write_text(target.name, encoding="ascii")
        pointer.replace(self.folder / CURRENT)
        self._clear_away(target.name)
        return self.count()

    def _titles(self, question: Question, limit: int) -> tuple[str, ...]:
        index = self._index()
        with self._engine():
            searcher = index.searcher()
            asked = as_query(index.schema, question)
            result = searcher.search(asked, limit=limit * 3, count=False, weight_by_field="weight")
            titles = (searcher.doc(address).get_first("shown") for _score, address in result.hits)
            return tuple(dict.fromkeys(str(one) for one in titles if one))[:limit]

    def _index(self) -> tantivy.Index:
        """Return the open index as of its last commit; opens or reloads it when the files have changed."""
        try:
            name = (self.folder / CURRENT).read_text(encoding="ascii").strip()
            changed = (self.folder / name / "meta.json").stat().st_mtime_ns
        except OSError as error:
            self._opened = None
            raise IndexUnavailable("there is no index") from error
        if not name.startswith(f"shape{SHAPE}-"):
            raise IndexUnavailable("the index is of an older shape")
        opened = self._opened
        if opened and opened[:2] == (name, changed):
            return opened[2]
        with self._lock, self._engine():
            if opened and opened[0] == name:
                index = opened[2]
            else:
                index = tantivy.Index.open(str(self.folder / name))
                index.config_reader("manual")
            index.reload()
            self._opened = (name, changed, index)
            return index

    @contextmanager
    def _engine(self) -> Iterator[None]:
        """Turn whatever the engine complains of into the one error that callers know.

        Damage is often met only by the question that needs the damaged file. Whoever meets it takes the name away
        that readers follow: then all of them say that there is no index, and the worker builds a new one.
        """
        try:
            yield
        except _ENGINE_ERRORS as error:
            if any(sign in str(error) for sign in _DAMAGE):
                self._opened = None
                with suppress(OSError):
                    (self.folder / CURRENT).replace(self.folder / DAMAGED)
            raise IndexUnavailable(str(error)) from error

    def _new_folder(self) -> Path:
        taken = {int(one.name.rpartition("-")[2]) for one in self.folder.glob("shape*-*") if one.is_dir()}
        target = self.folder / f"shape{SHAPE}-{max(taken, default=0) + 1}"
        target.mkdir()
        return target

    def _clear_away(self, kept: str) -> None:
        """Delete older indexes; a file that a reader still maps (Windows) waits for the next rebuild."""
        for one in self.folder.glob("shape*-*"):
            if one.name != kept:
                shutil.rmtree(one, ignore_errors=True)


def _order(query: SearchQuery) -> dict[str, Any]:
    if query.sort == SearchSort.RELEVANCE and query.text.strip():
        return {"weight_by_field": "weight"}
    return {
        "order_by_field": "year",
        "order": tantivy.Order.Asc if query.sort == SearchSort.OLDEST else tantivy.Order.Desc,
    }


def _facets(index: tantivy.Index, searcher: tantivy.Searcher, query: SearchQuery) -> dict[str, tuple[FacetCount, ...]]:
    wanted = asked_facets(query)
    if query.below:
        wanted["node"] = "node", MOST_NODES
    asked: dict[str, Any] = {name: {"terms": {"field": place, "size": size}} for name, (place, size) in wanted.items()}
    asked["year"]["terms"]["order"] = {"_key": "desc"}
    question = asking.question(query)
    answer = searcher.aggregate(as_query(index.schema, question), asked)
    found = {
        name: tuple(FacetCount(_value(bucket["key"]), int(bucket["doc_count"])) for bucket in answer[name]["buckets"])
        for name in asked
    }

    def together(place: Subtree) -> int:
        here = as_query(index.schema, Every((question, asking.held_at(place))))
        counted: Any = searcher.search(here, limit=1, count=True, order_by_field="id")
        return int(counted.count)

    held = {int(one.value): one.count for one in found.get("node", ())}
    return {**found, "node": in_subtrees(query.below, held, together)}


def _value(bucket_key: object) -> str:
    return str(int(bucket_key)) if isinstance(bucket_key, float) else str(bucket_key)
