"""Imports point down, and tables belong to their package."""

import grimp
import pytest

from tests.architecture.sources import PACKAGES, layers

pytestmark = pytest.mark.embedded


def owner(module: str) -> str:
    """Return the package of a dotted module name."""
    return module.split(".")[1]


def test_every_package_has_its_place_in_the_layers():
    packages = {path.parent.name for path in PACKAGES.glob("*/__init__.py")}

    assert packages == set(layers())


def test_every_package_says_in_one_sentence_what_it_is_for():
    silent = [
        path.parent.name for path in PACKAGES.glob("*/__init__.py") if not path.read_text("utf-8").startswith('"""')
    ]

    assert silent == []


def test_models_are_imported_only_by_their_own_package():
    """A test may look into any table: that a refused loan wrote nothing is seen in the ledger's rows."""
    graph = grimp.build_graph("wenlan", exclude_type_checking_imports=True, cache_dir=None)

    assert [
        f"{importer} -> {models}"
        for models in sorted(graph.modules)
        if models.endswith(".models")
        for importer in sorted(graph.find_modules_that_directly_import(models))
        if owner(importer) != owner(models) and ".tests." not in importer
    ] == []
