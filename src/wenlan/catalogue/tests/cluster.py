"""A search cluster of one process for tests: it speaks the wire form that the adapter uses, and no more.

Whatever else is asked of it fails the test. Terms score one each; a real cluster weighs them by their rarity.
"""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]
TEXT_GAP = 100  # positions between two values of a field, as `position_increment_gap` has it


class Cluster:
    """Indexes by name, each with its mapping and documents by id; aliases; what was asked of it."""

    def __init__(self) -> None:
        self.indexes: dict[str, tuple[Body, dict[str, Body]]] = {}
        self.aliases: dict[str, str] = {}
        self.asked: list[tuple[str, str, Any]] = []
        self.url = ""
        self.is_gone = False

    def answer(self, method: str, path: str, lines: list[Body]) -> tuple[int, Body]:
        """Return status and body for a request."""
        address, _, _options = path.strip("/").partition("?")
        body = lines[0] if lines else {}
        if address == "_bulk":
            return self.bulk(lines)
        if address == "_aliases":
            return self.alias(body["actions"])
        name, _, what = address.partition("/")
        if method == "PUT":
            self.indexes[name] = (body["mappings"]["properties"], {})
            return 200, {"acknowledged": True}
        if name.endswith("*"):
            return 200, {one: {} for one in self.indexes if one.startswith(name[:-1])}
        index = self.indexes.get(self.aliases.get(name, name))
        if index is None:
            return 404, {"error": {"type": "index_not_found_exception"}}
        if what == "_search":
            return 200, search(*index, body)
        assert what in {"_count", "_refresh"}, path
        return 200, {"count": len(index[1])}

    def bulk(self, lines: list[Body]) -> tuple[int, Body]:
        """Take `delete` and `index` lines; a document with an unknown field is refused (dynamic: strict)."""
        items, waiting = [], iter(lines)
        for line in waiting:
            ((action, said),) = line.items()
            fields, documents = self.indexes[self.aliases.get(said["_index"], said["_index"])]
            if action == "delete":
                status = 200 if documents.pop(said["_id"], None) else 404
            else:
                document = next(waiting)
                status = 201 if set(document) <= set(fields) else 400
                documents[said["_id"]] = document
            items.append({action: {"_id": said["_id"], "status": status}})
        return 200, {"errors": any(one["status"] >= 300 for item in items for one in item.values()), "items": items}

    def alias(self, actions: list[Body]) -> tuple[int, Body]:
        """Carry out `remove_index` and `add`."""
        for action in actions:
            ((what, said),) = action.items()
            if what == "remove_index":
                del self.indexes[said["index"]]
            else:
                assert what == "add"
                self.aliases[said["alias"]] = said["index"]
        return 200, {"acknowledged": True}


def search(fields: Body, documents: dict[str, Body], body: Body) -> Body:
    """Return the answer to `_search`."""
    assert body["track_total_hits"]
    scored = {name: scores for name, one in documents.items() if (scores := score(one, body["query"])) is not None}
    ordered = sorted(scored, key=lambda name: order(documents[name], scored[name], body.get("sort", ["_score"])))
    start = body.get("from", 0)
    wanted = body["_source"] or []
    hits = [
        {"_id": name, "_score": scored[name], "_source": {one: documents[name].get(one) for one in wanted}}
        for name in ordered[start : start + body["size"]]
    ]
    found: Body = {"hits": {"total": {"value": len(scored), "relation": "eq"}, "hits": hits}}
    if "aggs" in body:
        found["aggregations"] = {
            name: {"buckets": counted([documents[one] for one in scored], asked, fields)}
            for name, asked in body["aggs"].items()
        }
    return found


def order(document: Body, score: float, sort: list[Any]) -> tuple[Any, ...]:
    """Return the sorting key of a hit."""
    found: list[Any] = []
    for one in sort:
        if one == "_score":
            found.append(-score)
            continue
        ((name, how),) = one.items()
        direction = how if isinstance(how, str) else how["order"]
        value = document.get(name)
        found.append((value is None, 0 if value is None else value if direction == "asc" else -value))
    return tuple(found)


def counted(documents: list[Body], asked: Body, fields: Body) -> Any:
    """Return the buckets of an aggregation: of terms, or of several questions by name."""
    if "filters" not in asked:
        return buckets(documents, asked["terms"], fields)
    return {
        name: {"doc_count": sum(score(one, query) is not None for one in documents)}
        for name, query in asked["filters"]["filters"].items()
    }


def buckets(documents: list[Body], asked: Body, fields: Body) -> list[Body]:
    """Return the counts of a `terms` aggregation."""
    field = fields[asked["field"]]
    assert field["type"] == "integer" or (field["type"] == "keyword" and field.get("doc_values", True))
    counts = Counter(value for one in documents for value in set(values(one, asked["field"])))
    by_key = asked.get("order") == {"_key": "desc"}
    ordered = sorted(counts.items(), key=lambda item: (-item[0] if by_key else -item[1], item[0]))
    return [{"key": key, "doc_count": count} for key, count in ordered[: asked["size"]]]


def values(document: Body, field: str) -> list[Any]:
    """Return the values of a field."""
    value = document.get(field)
    return value if isinstance(value, list) else [] if value is None else [value]


def positions(document: Body, field: str) -> dict[str, set[int]]:
    """Return where each term of an analysed field stands."""
    found: dict[str, set[int]] = {}
    for number, value in enumerate(values(document, field)):
        for at, term in enumerate(str(value).split()):
            found.setdefault(term, set()).add(number * TEXT_GAP * 100 + at)
    return found


def score(document: Body, query: Body) -> float | None:
    """Return how well a document answers a query; None when it does not."""
    ((kind, said),) = query.items()
    if kind == "match_all":
        return 1.0
    if kind == "match_none":
        return None
    if kind == "constant_score":
        return said.get("boost", 1.0) if score(document, said["filter"]) is not None else None
    if kind == "function_score":
        factor = said["field_value_factor"]
        inside = score(document, said["query"])
        return None if inside is None else inside * document.get(factor["field"], factor["missing"])
    if kind == "bool":
        return of_bool(document, said)
    ((field, how),) = said.items()
    return 1.0 if holds(document, kind, field, how) else None


def of_bool(document: Body, said: Body) -> float | None:
    """Return the score of a `bool` query."""
    assert set(said) <= {"must", "must_not", "should", "minimum_should_match"}
    must = [score(document, one) for one in said.get("must", ())]
    should = [found for one in said.get("should", ()) if (found := score(document, one)) is not None]
    least = said.get("minimum_should_match", 0 if "must" in said else 1)
    if None in must or len(should) < least or any(score(document, one) is not None for one in said.get("must_not", ())):
        return None
    return sum(one for one in must if one is not None) + sum(should)


def holds(document: Body, kind: str, field: str, how: Body) -> bool:
    """Tell whether a leaf of a query finds the document."""
    terms = {*positions(document, field), *map(str, values(document, field))}
    if kind == "term":
        return how["value"] in terms
    if kind == "terms":
        return not terms.isdisjoint(how)
    if kind == "prefix":
        return any(one.startswith(how["value"]) for one in terms)
    if kind == "fuzzy":
        return any(distance(one, how["value"]) <= how["fuzziness"] for one in terms)
    if kind == "range":
        return any(how.get("gte", one) <= one <= how.get("lte", one) for one in values(document, field))
    assert kind == "match_phrase", kind
    at = positions(document, field)
    wanted = how["query"].split()
    starts = at.get(wanted[0], set())
    return any(all(start + step in at.get(one, set()) for step, one in enumerate(wanted)) for start in starts)


def distance(one: str, other: str) -> int:
    """Return how many letters two words differ by (insertions, deletions, changes)."""
    row = list(range(len(other) + 1))
    for at, left in enumerate(one, start=1):
        before, row[0] = row[0], at
        for place, right in enumerate(other, start=1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (left != right))
    return row[-1]


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Serve a cluster on a port of its own."""
    made = Cluster()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one(self) -> None:
            if made.is_gone:
                self.close_connection = True
                return
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            lines = [json.loads(one) for one in raw.splitlines() if one]
            made.asked.append((self.command, self.path, lines))
            status, body = made.answer(self.command, self.path, lines)
            answer = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = do_PUT = handle_one

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_port}/wenlan"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield made
    finally:
        made.is_gone = True  # also for connections that are kept
        server.shutdown()
        server.server_close()
