"""What the codes of a breakdown are called."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.kernel.acts import Channel
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network

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
