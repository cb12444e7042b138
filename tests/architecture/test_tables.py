"""Tables: keys point down, personal data is declared, raw SQL stands in one place and keeps to its own."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import Field, ForeignKey, ManyToManyField, Model

from tests.architecture.sources import Module, calls, layers, own_code

pytestmark = pytest.mark.embedded

# The few hot statements that touch another package's tables, agreed with their owner.
CONTRACTS: dict[str, dict[str, str]] = {
    "circulation": {
        "holdings_item": "a loan moves the item's status under the item's lock",
        "patrons_patron": "a loan is counted on the reader's row under its lock",
        "ledger_serviceevent": "the act of service is written with the loan",
        "ledger_unfolded": "the act of service is written with the loan",
    },
    "credit": {
        "patrons_patron": "points, sums owed and deposit stand on the reader's row, changed under its lock",
    },
    "staff": {
        "django_session": "read with the account that opened it, on every page of the desk",
    },
}

# Modules that may speak SQL outside of `statements.py`.
RAW_SQL_ALLOWED = {
    "src/wenlan/kernel/": "makes the connection",
    "src/wenlan/config/": "copies, checks and measures whole databases, whichever tables they have",
    "src/wenlan/ledger/partitions.py": "makes and drops the months of its own table",
    "src/wenlan/ledger/management/": "empties a partitioned table between tests",
}
EXECUTES = {"execute", "executemany", "raw", "extra", "RawSQL", "RunSQL", "callproc"}

PERSONAL_NAMES = re.compile(
    r"(^|_)(phone|mobile|email|birth\w*|id_number\w*|address|wechat|openid|guardian\w*|photo|contact\w*|full_name)(_|$)"
)
NOT_OF_A_PERSON = {
    "acquisitions.Bookshop.address": "where a shop stands",
    "network.Node.address": "where a library stands",
    "outreach.BusStop.address": "where the bus stands",
    "patrons.Category.needs_guardian_under": "an age limit, a rule of the library",
}
TABLE_AFTER = re.compile(r"\b(?:from|join|into|update)\s+(?:only\s+)?([a-z_][a-z0-9_]*)", re.IGNORECASE)
NAMED_HERE = re.compile(
    r"\b([a-z_][a-z0-9_]*)\s*(?:\([^()]*\))?\s+as\s+(?:not\s+)?(?:materialized\s+)?\(", re.IGNORECASE
)
NOT_TABLES = {
    "select",
    "set",
    "values",
    "unnest",
    "generate_series",
    "json_each",
    "lateral",
    "excluded",
    "skip",
    "nothing",
    "of",
    "nowait",
}


def models() -> list[type[Model]]:
    """Return Wenlan's own models."""
    return [model for model in apps.get_models() if model.__module__.startswith("wenlan.")]


def own_fields(model: type[Model]) -> list[Field]:
    """Return the fields that make the model's table, and its many-to-many fields."""
    return [*model._meta.local_fields, *model._meta.local_many_to_many]


def references_between_packages() -> Iterator[tuple[str, str, Field]]:
    """Yield (place, package pointed at, field) for keys that leave their package."""
    for model in models():
        for field in own_fields(model):
            if isinstance(field, ForeignKey | ManyToManyField):
                target = field.related_model._meta.app_label
                if target in layers() and target != model._meta.app_label:
                    yield f"{model._meta.label}.{field.name}", target, field


def test_keys_point_down():
    heights = layers()

    assert [
        f"{place} -> {target}"
        for place, target, field in references_between_packages()
        if heights[target] >= heights[field.model._meta.app_label]
    ] == []


def test_keys_between_packages_leave_nothing_on_the_other_side():
    assert [place for place, _, field in references_between_packages() if not field.remote_field.hidden] == []


def test_no_key_leaves_or_reaches_the_ledger():
    assert [place for place, target, _ in references_between_packages() if target == "ledger"] == []


def test_personal_data_is_declared():
    """A model that declares personal fields accounts for every field; a suspicious name makes a model declare."""
    missing = []
    for model in models():
        declared = set(getattr(model, "PERSONAL_FIELDS", ())) | set(getattr(model, "HARMLESS_FIELDS", ()))
        names = {field.name for field in own_fields(model)}
        if hasattr(model, "PERSONAL_FIELDS") and hasattr(model, "HARMLESS_FIELDS"):
            missing += [f"{model._meta.label}.{name}" for name in sorted(names ^ declared)]
        else:
            suspicious = {name for name in names if PERSONAL_NAMES.search(name)} - declared
            missing += [f"{model._meta.label}.{name}" for name in sorted(suspicious)]

    assert sorted(set(missing) - set(NOT_OF_A_PERSON)) == []


def test_raw_sql_stands_in_statements():
    assert [
        f"{module.at(call)} {name}"
        for module in own_code()
        if not module.where.startswith(tuple(RAW_SQL_ALLOWED)) and not module.path.stem.endswith("statements")
        for call, name in calls(module)
        if name.split(".")[-1] in EXECUTES and "." in name
    ] == []


def test_statements_name_only_their_own_tables_and_published_facts():
    heights = layers()
    strangers = []
    for module in own_code():
        if module.path.stem.endswith("statements"):
            strangers += [
                f"{module.at(node)} {table}"
                for node, table in tables_named(module)
                if not may_name(module.package, table, heights)
            ]

    assert strangers == []


def tables_named(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Yield each table that the module's SQL names; a name filled in when it runs is not seen."""
    texts = [(node, text) for node, text in strings(module) if re.search(r"\b[A-Z]{4,} ", text)]
    local = {name.lower() for _, text in texts for name in NAMED_HERE.findall(text)}
    for node, text in texts:
        for table in TABLE_AFTER.findall(text):
            if table.lower() not in local | NOT_TABLES:
                yield node, table.lower()


def strings(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Yield every string of the code, docstrings left out; `{}` stands where something is filled in."""
    inner: set[int] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inner.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            inner.update(id(part) for part in node.values)
            yield node, "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            yield node, node.value


def may_name(package: str, table: str, heights: dict[str, int]) -> bool:
    """Whether a package's SQL may name a table: its own, a lower package's facts, or by contract."""
    if table.startswith(f"{package}_") or table in CONTRACTS.get(package, {}):
        return True
    owners = [owner for owner in heights if table.startswith(f"{owner}_") and table.endswith("_facts")]
    return any(heights[owner] < heights[package] for owner in owners)
