"""Measures as their packages declare them: `measures.toml`, read, checked and turned into views."""

import pkgutil
import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import wenlan
from wenlan.ledger.errors import MeasureMisdeclared
from wenlan.ledger.kinds import Kind
from wenlan.ledger.types import MeasureView, Sums

# The dimensions that a filter or a breakdown may name, and the ledger's column of each.
DIMENSIONS = {
    "node": "node",
    "department": "department",
    "subject": "subject",
    "channel": "channel",
    "category": "reader_category",
    "sex": "reader_sex",
    "age": "reader_age",
    "material": "item_material",
    "main_class": "item_class",
    "audience": "item_audience",
    "language": "item_language",
    "loan_kind": "loan_kind",
    "special_group": "special_group",
    "owner_node": "owner_node",
    "home_node": "home_node",
    "operator": "operator",
}
BOUNDS = {"age_from", "age_until"}
COUNTS = {"quantity", "acts", "persons", "visits"}
LISTS = {"kind": "kinds", "minus_kind": "minus_kinds", "plus": "plus", "less": "less", "over": "over"}
PLAIN = {
    "source", "sums", "counts", "snapshot", "times", "divisor", "decimals", "approximate", "valid_from", "valid_until",
}  # fmt: skip
DATES = {"valid_from", "valid_until"}


@cache
def declared_measures() -> tuple[MeasureView, ...]:
    """Return the measures of every package, checked. Raises MeasureMisdeclared."""
    views: list[MeasureView] = []
    for package in sorted(module.name for module in pkgutil.iter_modules(wenlan.__path__)):
        declared = files("wenlan").joinpath(package, "measures.toml")
        if declared.is_file():
            views += read(declared.read_text(encoding="utf-8"), origin=package)
    known = frozenset(view.code for view in views)
    for view in views:
        check(view, known=known)
    return tuple(views)


def read(text: str, *, origin: str) -> list[MeasureView]:
    """Return the measures of one declaration file. A later version of `[code]` is a table `["code@2026"]`."""
    return [_view(name.split("@")[0], table, origin=origin) for name, table in tomllib.loads(text).items()]


def _view(code: str, table: Mapping[str, Any], *, origin: str) -> MeasureView:
    given = dict(table)
    fields: dict[str, Any] = {name: given.pop(name) for name in PLAIN & given.keys()}
    for name, attribute in LISTS.items():
        value = given.pop(name, ())
        fields[attribute] = (value,) if isinstance(value, str) else tuple(value)
    fields["words"] = {tag: given.pop(tag) for tag in ("zh", "en") if tag in given}
    for name in ("definition", "unit", "scope"):
        fields[name] = given.pop(name, {})
    fields["filter"] = {
        name: value if isinstance(value, list) or name in BOUNDS else [value]
        for name, value in given.pop("filter", {}).items()
    }
    if given:
        raise MeasureMisdeclared(measure=code, origin=origin, fault=f"unknown {', '.join(sorted(given))}")
    return MeasureView(code=code, origin=origin, **fields)


def check(view: MeasureView, *, known: frozenset[str]) -> None:
    """Raise MeasureMisdeclared when a declaration does not hold together; `known` are the codes it may use."""
    fault = _fault(view, known)
    if fault:
        raise MeasureMisdeclared(measure=view.code, origin=view.origin, fault=fault)


def _fault(view: MeasureView, known: frozenset[str]) -> str:
    parts = (*view.plus, *view.less, *view.over)
    columns = {name.removesuffix("_not") for name in view.filter} - BOUNDS
    faults = {
        "it needs words in zh and en": {"zh", "en"} - set(view.words),
        "its unit needs zh and en": view.unit and {"zh", "en"} - set(view.unit),
        "unknown way to sum": {view.sums} - set(Sums.values),
        "unknown way to count": {view.counts} - COUNTS,
        "unknown kind": {*view.kinds, *view.minus_kinds} - set(Kind.values),
        "unknown column in its filter": columns - DIMENSIONS.keys(),
        "unknown measure in its formula": set(parts) - known if known else set(),
        "persons are not additive": view.counts == "persons" and view.sums != Sums.NOT_ADDITIVE,
        "a formula needs parts, all else a kind or a snapshot": bool(parts) != (view.sums == Sums.FORMULA)
        or not (parts or view.kinds or view.snapshot),
    }
    return next((fault for fault, found in faults.items() if found), "")


def to_json(view: MeasureView) -> dict[str, Any]:
    """Return a view as JSON holds it."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(view).items()}


def from_json(declaration: Mapping[str, Any]) -> MeasureView:
    """Return the view that `to_json` stored."""
    fields: dict[str, Any] = {
        name: tuple(value) if name in LISTS.values() else value for name, value in declaration.items()
    }
    for name in DATES:
        if fields.get(name):
            fields[name] = date.fromisoformat(fields[name])
    return MeasureView(**fields)
