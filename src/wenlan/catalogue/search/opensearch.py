"""An OpenSearch cluster as the index: `WENLAN_SEARCH_URL=https://user:password@host:9200/name`.

`name-shapeN` is an alias; a rebuilt index takes the place of the old one by changing it. The fields and what each
is for stand in docs/reference/search-index.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from wenlan.catalogue.search import asking
from wenlan.catalogue.search.asking import held_at
from wenlan.catalogue.search.elsewhere import Cluster
from wenlan.catalogue.search.engine import Hits, IndexedRecord, IndexUnavailable
from wenlan.catalogue.search.facets import asked_facets, ordered, wants_facets
from wenlan.catalogue.search.question import (
    AnyTerm,
    Every,
    Everything,
    Lifted,
    Like,
    Nothing,
    Phrase,
    Question,
    Some,
    Span,
    Starts,
    Term,
    Worth,
)
from wenlan.catalogue.search.schema import EXACT, FACETS, LEVELS, PAIRS, SHAPE, SOUNDS, WORDS, document
from wenlan.catalogue.types import Counts, FacetCount, SearchQuery, SearchSort

Body = dict[str, Any]

BULK = 500


def mapping() -> Body:
    """Return settings and mapping of the index; text is split at blanks, for it arrives as terms."""
    text = {"type": "text", "analyzer": "whitespace"}
    fields: Body = {
        "id": {"type": "long"},
        "shown": {"type": "keyword", "index": False, "doc_values": False},
        **{name: {**text, "index_options": "positions"} for name in (*PAIRS, *SOUNDS)},
        **{name: {**text, "index_options": "freqs"} for name in WORDS},
        **{name: {"type": "keyword", "doc_values": False} for name in EXACT},
        **{name: {"type": "keyword"} for name in (*LEVELS, *FACETS)},
        "year": {"type": "integer"},
        "weight": {"type": "float"},
    }
    return {"settings": {"index": {"refresh_interval": "1s"}}, "mappings": {"dynamic": "strict", "properties": fields}}


class OpenSearchIndex:
    """The index in a cluster; safe to share between threads."""

    def __init__(self, url: str) -> None:
        self.cluster = Cluster(url)
        self.alias = f"{self.cluster.name}-shape{SHAPE}"

    def put(self, records: Iterable[IndexedRecord], *, gone: Collection[int] = ()) -> None:
        """See `Index.put`. What was put is found when this returns."""
        self.count()  # a bulk request would make an index without our mapping where there is none
        lines: list[Body] = [{"delete": {"_index": self.alias, "_id": str(one)}} for one in gone]
        self._sent([*lines, *(line for record in records for line in _lines(self.alias, record))], refresh=True)

    def search(self, query: SearchQuery) -> Hits:
        """See `Index.search`."""
        offset = (query.page - 1) * query.size
        if offset >= query.MOST_HITS:
            return Hits(ids=(), total=0)
        body = {**_page(query), "from": offset, "size": min(query.size, query.MOST_HITS - offset)}
        if query.counts == Counts.ALWAYS:
            body["aggs"] = _aggregations(query)
        answer = self._asked(body)
        total = int(answer["hits"]["total"]["value"])
        counted = wants_facets(query, total)
        counts = answer.get("aggregations")
        if counted and total and counts is None:
            counts = self._asked({"query": _page(query)["query"], "size": 0, "aggs": _aggregations(query)})[
                "aggregations"
            ]
        return Hits(ids=_ids(answer), total=total, facets=_facets(counts or {}) if total else {}, is_counted=counted)

    def first(self, query: SearchQuery, limit: int) -> tuple[int, ...]:
        """See `Index.first`."""
        return _ids(self._asked({**_page(query), "size": min(limit, query.MOST_HITS)}))

    def suggestions(self, text: str, limit: int) -> tuple[str, ...]:
        """See `Index.suggestions`."""
        return self._titles(asking.typed(text), limit)

    def nearest(self, text: str, limit: int) -> tuple[str, ...]:
        """See `Index.nearest`."""
        return self._titles(asking.near(text), limit)

    def count(self) -> int:
        """See `Index.count`."""
        return int(self.cluster.ask("GET", f"/{self.alias}/_count")["count"])

    def rebuild(self, batches: Iterable[Iterable[IndexedRecord]]) -> int:
        """See `Index.rebuild`. The caller sees to it that nobody else writes meanwhile."""
        taken = list(self.cluster.ask("GET", f"/{self.alias}-*?expand_wildcards=all"))
        name = f"{self.alias}-{max((int(one.rpartition('-')[2]) for one in taken), default=0) + 1}"
        self.cluster.ask("PUT", f"/{name}", mapping())
        for batch in batches:
            self._sent([line for record in batch for line in _lines(name, record)], refresh=False)
        self.cluster.ask("POST", f"/{name}/_refresh")
        moved: list[Body] = [{"remove_index": {"index": one}} for one in taken]
        self.cluster.ask("POST", "/_aliases", {"actions": [*moved, {"add": {"index": name, "alias": self.alias}}]})
        return self.count()

    def _sent(self, lines: list[Body], *, refresh: bool) -> None:
        path = "/_bulk?refresh=true" if refresh else "/_bulk"
        for start in range(0, len(lines), 2 * BULK):
            answer = self.cluster.ask_in_lines(path, lines[start : start + 2 * BULK])
            if answer["errors"] and any(_failed(one) for one in answer["items"]):
                raise IndexUnavailable("the search cluster did not take every record")

    def _asked(self, body: Mapping[str, Any]) -> Any:
        return self.cluster.ask("POST", f"/{self.alias}/_search", {"_source": False, "track_total_hits": True, **body})

    def _titles(self, question: Question, limit: int) -> tuple[str, ...]:
        answer = self._asked({"query": _weighted(as_query(question)), "size": limit * 3, "_source": ["shown"]})
        titles = (hit["_source"]["shown"] for hit in answer["hits"]["hits"])
        return tuple(dict.fromkeys(one for one in titles if one))[:limit]


def as_query(question: Question) -> Body:
    """Return the question in the cluster's terms."""
    match question:
        case Term(place, term):
            return {"term": {place: {"value": term}}}
        case AnyTerm(place, terms):
            return {"terms": {place: list(terms)}}
        case Phrase(place, terms):
            return {"match_phrase": {place: {"query": " ".join(terms)}}}
        case Starts(place, beginning):
            return {"prefix": {place: {"value": beginning}}}
        case Like(place, term, edits):
            return {"fuzzy": {place: {"value": term, "fuzziness": edits}}}
        case Span(place, low, high):
            bounds = (("gte", low), ("lte", high))
            return {"range": {place: {name: bound for name, bound in bounds if bound is not None}}}
        case Worth(part, score):
            return {"constant_score": {"filter": as_query(part), "boost": score}}
        case Every(parts, without):
            return {"bool": {"must": _each(parts), "must_not": _each(without)}}
        case Some(parts, least):
            return {"bool": {"should": _each(parts), "minimum_should_match": least}}
        case Lifted(part, by):
            return {"bool": {"must": [as_query(part)], "should": _each(by)}}
        case Everything():
            return {"match_all": {}}
        case Nothing():
            return {"match_none": {}}


def _each(parts: Iterable[Question]) -> list[Body]:
    return [as_query(one) for one in parts]


def _weighted(query: Body) -> Body:
    factor = {"field": "weight", "missing": 1}
    return {"function_score": {"query": query, "field_value_factor": factor, "boost_mode": "multiply"}}


def _page(query: SearchQuery) -> Body:
    """Return the query and its order."""
    asked = as_query(asking.question(query))
    if query.sort == SearchSort.RELEVANCE and query.text.strip():
        return {"query": _weighted(asked), "sort": ["_score", {"id": "asc"}]}
    order = "asc" if query.sort == SearchSort.OLDEST else "desc"
    return {"query": asked, "sort": [{"year": {"order": order, "missing": "_last"}}, {"id": "asc"}]}


def _aggregations(query: SearchQuery) -> Body:
    asked = {name: {"terms": {"field": place, "size": size}} for name, (place, size) in asked_facets(query).items()}
    asked["year"]["terms"]["order"] = {"_key": "desc"}
    if query.below:
        asked["node"] = {"filters": {"filters": {str(one.node): as_query(held_at(one)) for one in query.below}}}
    return asked


def _facets(answer: Mapping[str, Any]) -> dict[str, tuple[FacetCount, ...]]:
    found = {name: _counts(counted["buckets"]) for name, counted in answer.items()}
    return {**found, "node": ordered(found.get("node", ()))}


def _counts(buckets: Any) -> tuple[FacetCount, ...]:
    """Return the counts of a facet: a list of buckets, or by name where each is a question of its own."""
    if isinstance(buckets, dict):
        return tuple(FacetCount(name, int(one["doc_count"])) for name, one in buckets.items())
    return tuple(FacetCount(str(one["key"]), int(one["doc_count"])) for one in buckets)


def _ids(answer: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(int(hit["_id"]) for hit in answer["hits"]["hits"])


def _lines(index: str, record: IndexedRecord) -> tuple[Body, Body]:
    values = {name: value for name, value in document(record).items() if value not in ([], None)}
    return {"index": {"_index": index, "_id": str(record.id)}}, values


def _failed(item: Mapping[str, Any]) -> bool:
    """Tell whether a line of a bulk request failed; to delete what is not there is none."""
    ((action, outcome),) = item.items()
    return outcome["status"] >= 300 and not (action == "delete" and outcome["status"] == 404)
