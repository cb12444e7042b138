"""Small pieces with good names. What goes over a limit says why on its own line: `# longer: reason`."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import PACKAGES, Module, modules

pytestmark = pytest.mark.embedded

LINES_OF_A_MODULE = 500
LINES_OF_A_FUNCTION = 40
LINES_OF_A_CLASS = 200
PARAMETERS = 8

EXCUSED = re.compile(r"#\s*longer: \w+")
NOTHING_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "stuff"}
HOLLOW_CLASSES = re.compile(r"\w(Manager|Service|Processor|Data|Info|Helper|Util)$")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def lines_without_docstring(node: Function | ast.ClassDef) -> int:
    """Return how many lines a definition takes, its docstring and decorators not counted."""
    first, last = node.body[0], node.end_lineno or node.lineno
    length = last - node.lineno + 1
    if ast.get_docstring(node) is not None:
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length


def parameters(function: Function) -> int:
    """Return how many parameters a caller sees."""
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls"}])


def definitions(module: Module) -> Iterator[Function | ast.ClassDef]:
    """Yield the functions and classes that do not excuse themselves."""
    for node in ast.walk(module.tree):
        is_definition = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if is_definition and not EXCUSED.search(module.line(node.lineno)):
            yield node


def test_modules_are_short():
    assert [
        f"{module.where}: {length} lines"
        for module in modules()
        if (length := len(module.text.splitlines())) > LINES_OF_A_MODULE and not EXCUSED.search(module.line(1))
    ] == []


def test_functions_are_short():
    """A story is told in one piece."""
    assert [
        f"{module.at(node)} {node.name}: {length} lines"
        for module in modules()
        for node in definitions(module)
        if not isinstance(node, ast.ClassDef) and not node.name.startswith("test_story_")
        if (length := lines_without_docstring(node)) > LINES_OF_A_FUNCTION
    ] == []


def test_classes_are_short():
    assert [
        f"{module.at(node)} {node.name}: {length} lines"
        for module in modules()
        for node in definitions(module)
        if isinstance(node, ast.ClassDef) and (length := lines_without_docstring(node)) > LINES_OF_A_CLASS
    ] == []


def test_functions_take_few_parameters():
    assert [
        f"{module.at(node)} {node.name}: {count} parameters"
        for module in modules()
        for node in definitions(module)
        if not isinstance(node, ast.ClassDef) and (count := parameters(node)) > PARAMETERS
    ] == []


def test_nothing_is_called_a_helper():
    assert [path.name for path in PACKAGES.rglob("*") if path.stem.lower() in NOTHING_NAMES] == []


def test_classes_are_called_by_nouns_of_the_trade():
    assert [
        f"{module.at(node)} {node.name}"
        for module in modules("src")
        for node in definitions(module)
        if isinstance(node, ast.ClassDef) and HOLLOW_CLASSES.search(node.name)
    ] == []
