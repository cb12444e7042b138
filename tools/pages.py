"""Which addresses can be opened, which of them `./dev shots` looks at, and why not the others.

`tools/walked.toml` says so for each by name; a test keeps it whole, so that a new page is looked at before it is kept.
"""

import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("walked.toml")


def opened() -> dict[str, str]:
    """Return every named address that answers a GET, as its pattern, by the name of its view."""
    from django.urls import get_resolver

    return {name: path for name, path, view in views(get_resolver(), "/", "") if "GET" in methods(view)}


def views(resolver: Any, path: str, names: str) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """Yield name, pattern and view of each named address under a resolver."""
    for one in resolver.url_patterns:
        here = path + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from views(one, here, f"{names}{one.namespace}:" if one.namespace else names)
        elif one.name:
            yield names + one.name, here, one.callback


def methods(view: Any) -> tuple[str, ...]:
    """Return the methods that `require_http_methods` leaves to a view; GET and POST where nothing is said."""
    while view is not None:
        code = getattr(view, "__code__", None)
        held = dict(zip(code.co_freevars, view.__closure__ or (), strict=True)) if code else {}
        if "request_method_list" in held:
            return tuple(held["request_method_list"].cell_contents)
        view = getattr(view, "__wrapped__", None)
    return ("GET", "POST")


def without_a_number() -> list[str]:
    """Return the addresses that need nothing put into them: where a walk can begin. What is no page is left out."""
    return sorted(path for name, path in opened().items() if "<" not in path and name not in excused())


@cache
def walked() -> frozenset[str]:
    """Return the names of the views that the walk finds in a demonstration."""
    return frozenset(_list()["walked"])


@cache
def excused() -> dict[str, str]:
    """Return why the other views are not among them, by name."""
    reasons: dict[str, str] = _list()["excused"]
    return reasons


def _list() -> dict[str, Any]:
    return tomllib.loads(LIST.read_text(encoding="utf-8"))
