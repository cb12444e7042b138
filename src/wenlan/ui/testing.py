"""Looking at pages in a real browser, without a server: for tests marked `browser`, and for `./dev shots`."""

import mimetypes
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

ORIGIN = "http://desk.test"
AXE = Path(__file__).resolve().parents[3] / "frontend/node_modules/axe-core/axe.min.js"
# WCAG 2.2 AA, as axe names its rules.
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

Answer = Callable[[Any], tuple[int, str, str]]


def serve(page: Any, answers: Mapping[str, Answer]) -> None:
    """Answer the page's requests from this process: `answers` by path, static files from the finders."""

    def answer(route: Any) -> None:
        path = urlsplit(route.request.url).path
        if path in answers:
            status, kind, body = answers[path](route.request)
            route.fulfill(status=status, content_type=kind, body=body)
            return
        found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if found:
            route.fulfill(path=found, content_type=mimetypes.guess_type(path)[0] or "application/octet-stream")
        else:
            route.fulfill(status=404, body="")

    page.route(f"{ORIGIN}/**", answer)


AT_REST = """document.getAnimations().forEach(
    (each) => each.effect?.getComputedTiming().endTime < Infinity && each.finish()
)"""  # half-way through a transition a colour has half its contrast


def violations(page: Any) -> list[str]:
    """Return what axe finds wrong on the page once nothing moves, one line each; skip where axe is not installed."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed (npm ci in frontend/)")
    page.evaluate(AT_REST)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run({runOnly: tags})", STANDARD)
    return [f"{fault['id']}: {node['html'][:160]}" for fault in found["violations"] for node in fault["nodes"]]
