"""What the codes of a breakdown are called."""

import importlib
import pkgutil
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import cache
from importlib.util import find_spec
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

import wenlan
from wenlan.kernel.acts import Channel
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network
from wenlan.staff import queries as staff

DIMENSION_WORDS: Mapping[str, Promise] = {
    "branch": _("Place directly under it"),
    "node": _("Place"),
    "department": _("Department or room"),
    "month": _("Month"),
    "day": _("Day"),
    "subject": _("Subject of the act"),
    "channel": pgettext_lazy("how an act reached us", "Channel"),
    "category": _("Reader category"),
    "sex": _("Sex"),
    "age": _("Age"),
    "material": _("Material"),
    "main_class": _("CLC class"),
    "audience": _("For whom it was made"),
    "language": _("Language"),
    "loan_kind": _("Kind of loan"),
    "special_group": _("Special group"),
    "owner_node": _("Owner of the item"),
    "home_node": _("Home of the reader"),
    "operator": _("Done by"),
}
PLACES = {"branch", "node", "owner_node", "home_node"}
CODE_WORDS: Mapping[str, Mapping[str, Promise]] = {
    "channel": {
        Channel.DESK: pgettext_lazy("channel", "Desk"),
        Channel.SIP2: pgettext_lazy("channel", "Self-service machine"),
        Channel.KIOSK: pgettext_lazy("channel", "Kiosk"),
        Channel.BUS: pgettext_lazy("channel", "Book bus"),
        Channel.OUTSIDE: _("Outside the house"),
        Channel.WEB: pgettext_lazy("channel", "Web site"),
        Channel.WECHAT: pgettext_lazy("channel", "WeChat"),
        Channel.OFFLINE: pgettext_lazy("channel", "Entered off line"),
        Channel.PAPER: pgettext_lazy("channel", "Paper register"),
        Channel.IMPORT: pgettext_lazy("channel", "Taken over"),
    },
    "sex": {"m": _("Male"), "f": _("Female")},
    "loan_kind": {
        "personal": pgettext_lazy("kind of loan", "Personal"),
        "group": pgettext_lazy("kind of loan", "Group"),
        "bulk": pgettext_lazy("kind of loan", "Bulk"),
        "bus": pgettext_lazy("kind of loan", "On the bus"),
    },
    "material": {
        "book": pgettext_lazy("material", "Book"),
        "serial": pgettext_lazy("material", "Serial"),
        "newspaper": pgettext_lazy("material", "Newspaper"),
        "audiovisual": pgettext_lazy("material", "Audiovisual"),
        "electronic": pgettext_lazy("material", "Electronic document"),
        "ancient": pgettext_lazy("material", "Ancient book"),
        "map": pgettext_lazy("material", "Map"),
        "micro": pgettext_lazy("material", "Microform"),
        "other": pgettext_lazy("material", "Other material"),
    },
    "audience": {
        "child": pgettext_lazy("audience", "Children"),
        "youth": pgettext_lazy("audience", "Young people"),
        "adult": pgettext_lazy("audience", "Adults"),
    },
}
UNKNOWN = _("not stated")
MACHINE = _("Machine %(code)s")
STAFF, DEVICE = "staff:", "device:"
ITSELF = _("the place itself")


def speaker(dimension: str) -> Callable[[object], str]:
    """Return a function that says the codes of one dimension; what has no words is said as it is."""
    if dimension in PLACES:
        names = network.node_names()
        return lambda key: str(ITSELF) if key is None and dimension == "branch" else _named(names, key)
    if dimension == "department":
        departments = {view.id: view.name for view in network.departments()}
        return lambda key: _named(departments, key)
    words = CODE_WORDS.get(dimension, {})
    return lambda key: _said(dimension, words.get(str(key), key))


@cache
def naming_modules() -> tuple[Any, ...]:
    """Return every package's `subjects`: with `subject_words(kinds, codes)`, and `device_words(codes)` or none."""
    modules = (f"wenlan.{package.name}.subjects" for package in pkgutil.iter_modules(wenlan.__path__) if package.ispkg)
    return tuple(importlib.import_module(module) for module in modules if find_spec(module) is not None)


def subject_names(kinds: Collection[str], codes: Collection[str]) -> dict[str, str]:
    """Return what subjects of acts of these kinds are called, by code; none stated means acts of any kind."""
    asked, wanted = kinds or Kind.values, {code for code in codes if code}
    found: dict[str, str] = {}
    for module in naming_modules() if wanted else ():
        found |= module.subject_words(asked, wanted)
    return found


def operator_names(codes: Collection[str]) -> dict[str, str]:
    """Return who did acts, by the code that stands in the ledger: members of staff and machines."""
    staff_codes = [code for code in codes if code.startswith(STAFF)]
    names = staff.names([int(code.removeprefix(STAFF)) for code in staff_codes])
    found = {code: names.get(int(code.removeprefix(STAFF)), code) for code in staff_codes}
    devices = {code.removeprefix(DEVICE) for code in codes if code.startswith(DEVICE)}
    found |= {f"{DEVICE}{device}": str(MACHINE % {"code": device}) for device in devices}
    for module in naming_modules() if devices else ():
        words_of = getattr(module, "device_words", None)
        found |= {f"{DEVICE}{device}": said for device, said in words_of(devices).items()} if words_of else {}
    return found


def namer(dimension: str, *, kinds: Collection[str], keys: Collection[object]) -> Callable[[object], str]:
    """Return a function that says these keys of one dimension, with the names that their packages give them."""
    codes = [str(key) for key in keys if key not in {None, ""}]
    if dimension == "subject":
        names = subject_names(kinds, codes)
    elif dimension == "operator":
        names = operator_names(codes)
    else:
        return speaker(dimension)
    return lambda key: _said(dimension, names.get(str(key), key))


def kind_name(kind: str) -> str:
    """Return what a kind of act is called."""
    return str(Kind(kind).label) if kind in Kind.values else kind


def _named(names: Mapping[int, str], key: object) -> str:
    return names.get(key, str(key)) if isinstance(key, int) else str(UNKNOWN)


def _said(dimension: str, key: object) -> str:
    if key is None or key == "":
        return str(UNKNOWN)
    if isinstance(key, date):
        return f"{key:%Y-%m}" if dimension == "month" else f"{key:%Y-%m-%d}"
    return str(key)
