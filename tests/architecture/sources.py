"""The repository as the architecture tests see it: packages in layers, modules as syntax trees."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ROOT / "src" / "wenlan"


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file. `lines` are those of its text, `tree` its syntax."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def where(self) -> str:
        """The path in the repository."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def package(self) -> str:
        """The package it belongs to, or the folder for what is not part of Wenlan."""
        parts = self.path.relative_to(ROOT).parts
        return parts[2] if parts[:2] == ("src", "wenlan") else parts[0]

    @property
    def is_test(self) -> bool:
        """Whether it is one of the tests of a package, or of the repository."""
        return "tests" in self.path.relative_to(ROOT).parts or self.path.name == "conftest.py"

    def line(self, number: int) -> str:
        """Return one line of the text; the first is 1."""
        return self.text.splitlines()[number - 1]

    def at(self, node: ast.AST) -> str:
        """Return where a piece of syntax stands, in the form that editors open."""
        return f"{self.where}:{getattr(node, 'lineno', 1)}"


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Return every Python file below the folders (default: all), migrations left out."""
    paths = (path for folder in folders or ("src", "tests", "tools") for path in sorted((ROOT / folder).rglob("*.py")))
    return tuple(
        Module(path, text, ast.parse(text))
        for path in paths
        if "migrations" not in path.parts
        for text in [path.read_text(encoding="utf-8")]
    )


def own_code() -> tuple[Module, ...]:
    """Return Wenlan's modules without their tests."""
    return tuple(module for module in modules("src") if not module.is_test)


@cache
def layers() -> dict[str, int]:
    """Return the height of each package in the contract of pyproject.toml; the kernel stands at 0."""
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = stated["tool"]["importlinter"]["contracts"][0]
    heights = enumerate(reversed(contract["layers"]))
    return {package.strip(): height for height, line in heights for package in line.split("|")}


def calls(module: Module) -> Iterator[tuple[ast.Call, str]]:
    """Yield every call and the dotted name of what is called."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)
