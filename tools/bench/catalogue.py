"""`./dev bench catalogue`: how fast records are imported, and a large catalogue indexed and searched."""

import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit

from tools.bench.catalogue_import import importing
from tools.bench.figures import Figure
from tools.bench.running import Settings, module, output, said, serving, settings

RECORDS = 1_000_000
PAGES_OF_A_KIND = 60


def catalogue(folder: Path, records: int) -> Iterator[Figure]:
    """Measure each part of the catalogue."""
    yield from importing(folder)
    yield from searching(folder, records)


def searching(folder: Path, records: int) -> Iterator[Figure]:
    """Index invented records, ask the engine, and ask for whole pages."""
    under = settings(folder / "catalogue")
    output(module("wenlan", "init", under=under))
    output(module("tools.bench.titles", "fill", records, under=under))
    built = said(module("tools.bench.titles", "index", records, under=under))
    size = f"{records:,} records"
    yield Figure(what=f"indexing, {size}", value=built["records"] / built["seconds"], unit="/s", least=5000)
    yield Figure(what="indexing, peak memory", value=built["megabytes"], unit="MB", most=1000)
    for kind, took in said(module("tools.bench.titles", "ask", records, under=under)).items():
        yield Figure(what=f"{kind}, engine, median", value=took["median"], unit="ms")
        most = 300 if kind == "facets of all records" else 25
        yield Figure(what=f"{kind}, engine, p95", value=took["p95"], unit="ms", most=most)
    yield from pages(under, records)


def pages(under: Settings, records: int) -> Iterator[Figure]:
    """Ask the portal for pages of hits, one after the other on one connection."""
    asked = said(module("tools.bench.titles", "asked", records, under=under))
    with serving(under) as server:
        for kind, texts in asked.items():
            took = whole_pages(server.web, texts[:PAGES_OF_A_KIND])
            yield Figure(what=f"{kind}, whole page, median", value=median(took), unit="ms")
            yield Figure(what=f"{kind}, whole page, p95", value=sorted(took)[int(0.95 * len(took))], unit="ms", most=60)


def whole_pages(web: str, texts: list[str]) -> list[float]:
    """Return how long each page took, in milliseconds, after a few to warm up."""
    connection = HTTPConnection(urlsplit(web).netloc, timeout=60)
    took = []
    for text in (*texts[:5], *texts):
        began = time.perf_counter()
        connection.request("GET", f"/search/?{urlencode({'q': text})}")
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise ConnectionError(f"the search page answered {answer.status}")
        took.append(1000 * (time.perf_counter() - began))
    return took[5:]
