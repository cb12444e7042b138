"""Ways through the desk: a page that a reader of the page may not open is named, but not linked."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import Resolver404, resolve

register = template.Library()


@register.simple_tag(takes_context=True)
def may_open(context: Context, url: str) -> bool:
    """Return whether the page behind an address would open: what a view `needs` stands on it as `rights`.

    Addresses with a query, of other sites, and of pages for everybody open as far as can be told.
    """
    desk = getattr(context.get("request"), "desk", None)
    rights = _rights(url.partition("?")[0].partition("#")[0])
    return not rights or desk is None or any(desk.may(right) for right in rights)


def _rights(path: str) -> tuple[Any, ...]:
    try:
        return getattr(resolve(path).func, "rights", ())
    except Resolver404:
        return ()
