"""The pages of docs/reference/ that are made from the code, so that they cannot say anything else.

    ./dev reference            write commands.md, kinds.md, errors.md, measures.md, rights.md, books.md

`settings.md` is written by hand; a test sees that it names every setting.
"""

import argparse
import importlib
import os
import pkgutil
import sys
import tokenize
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import django
from django.utils.translation import override

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"


Error = TypeVar("Error", bound=Exception)


def commands() -> str:
    """Return the page of the `wenlan` command."""
    from wenlan.config.commands import offered

    lines = heading(
        "Commands",
        "`wenlan COMMAND`, also `python -m wenlan COMMAND`. Each ends with 0 when it has done what it says, with 1",
        "when it refuses (it prints why) and with 2 when it was called wrongly.",
    )
    for command in sorted(offered(), key=lambda command: command.name):
        lines += [f"## wenlan {command.name}", "", sentence(str(command.help)), ""]
        parser = argparse.ArgumentParser(add_help=False)
        command.arguments(parser)
        rows = [(f"`{how(action)}`", str(action.help or "").replace("%%", "%")) for action in parser._actions]
        if rows:
            lines += [*table(("argument", "what it does"), rows), ""]
    return "\n".join(lines).rstrip() + "\n"


def how(action: argparse.Action) -> str:
    """Return how an argument is written."""
    name = action.option_strings[-1] if action.option_strings else ""
    if action.nargs == 0:
        return name
    value = str(action.metavar or action.dest.upper())
    if action.choices:
        value = "|".join(map(str, action.choices))
    return f"{name} {value}".strip()


def sentence(text: str) -> str:
    """Return a help text as a sentence of a page."""
    text = text.replace("%%", "%").strip().rstrip(".")
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def kinds() -> str:
    """Return the page of the ledger's kinds, with the clause that stands beside each in the code."""
    from wenlan.ledger.kinds import Kind

    beside = comments(ROOT / "src" / "wenlan" / "ledger" / "kinds.py")
    rows = []
    for kind in Kind:
        rows.append((f"`{kind.value}`", *both(kind.label), beside.get(kind.name, "")))
    lines = heading(
        "Kinds of the ledger",
        "Every countable act of service is one row of the ledger, and each row is of one of these kinds. What is",
        "counted inside a kind (which room, which programme, which channel) is the row's `subject`. Kinds are never",
        "renamed or reused. Clauses are those of ISO 2789:2022 (GB/T 13191 follows it) unless another source is named.",
    )
    return page(lines, table(("kind", "中文", "English", "what one unit is"), rows))


def comments(path: Path) -> dict[str, str]:
    """Return, by the first name on its line, the comment at the end of the line."""
    found = {}
    with path.open("rb") as file:
        tokens = [token for token in tokenize.tokenize(file.readline) if token.type != tokenize.NL]
    first = {token.start[0]: token.string for token in reversed(tokens) if token.type == tokenize.NAME}
    for token in tokens:
        if token.type == tokenize.COMMENT and token.start[0] in first:
            found[first[token.start[0]]] = token.string.removeprefix("#").strip()
    return found


def errors() -> str:
    """Return the page of every expected failure."""
    from wenlan.kernel.errors import DomainError

    import_everything()
    rows = [
        (f"`{error.code}`", error.__module__.split(".")[1], *both(error.message))
        for error in sorted(subclasses(DomainError), key=lambda error: (error.__module__, error.code))
        if error.__module__.startswith("wenlan.")
    ]
    lines = heading(
        "Errors",
        "An expected failure has a stable code, which programs read, and a message, which people read. A program that",
        "calls the API gets the code with HTTP 409 (404 where nothing was found); names in `%(…)s` are filled in.",
    )
    return page(lines, table(("code", "package", "中文", "English"), rows))


def subclasses(of: type[Error]) -> Iterator[type[Error]]:
    """Yield a class and all that are made from it."""
    yield of
    for below in of.__subclasses__():
        yield from subclasses(below)


def import_everything() -> None:
    """Import every module of Wenlan, tests left out, so that what they declare can be listed."""
    import wenlan

    for module in pkgutil.walk_packages(wenlan.__path__, "wenlan."):
        if not {"tests", "testing", "migrations", "wsgi", "__main__"} & set(module.name.split(".")):
            importlib.import_module(module.name)


def measures() -> str:
    """Return the dictionary of measures as the packages declare it."""
    from wenlan.ledger.declarations import declared_measures

    lines = heading(
        "Measures",
        "A figure is a declared row, not a program. It says what it counts, by whose definition, and how it sums:",
        "*additive* (over places and time), *stock* (over places, not over time), *not additive* (computed for the",
        "place and time asked for, never summed), *formula* (of other measures).",
    )
    ordered = sorted(declared_measures(), key=lambda measure: (measure.origin, measure.code, measure.valid_from))
    for origin in sorted({measure.origin for measure in ordered}):
        rows = [
            (
                f"`{measure.code}`",
                f"**{measure.words['zh']}** {measure.words['en']}",
                "<br>".join(filter(None, (measure.definition.get("zh", ""), measure.definition.get("en", "")))),
                measure.unit.get("zh", ""),
                str(measure.sums),
                measure.source,
            )
            for measure in ordered
            if measure.origin == origin
        ]
        lines += [f"## {origin}", "", *table(("code", "words", "definition", "unit", "sums", "source"), rows), ""]
    return "\n".join(lines).rstrip() + "\n"


def rights() -> str:
    """Return the rights of staff."""
    from wenlan.staff.types import Right

    rows = [(f"`{right.value}`", *both(right.label)) for right in Right]
    lines = heading(
        "Rights",
        "What a member of staff may do, granted by role at a node of the tree and for a span of days; a right at a",
        "node holds for everything below it.",
    )
    return page(lines, table(("right", "中文", "English"), rows))


def books() -> str:
    """Return the record books (台账) that the packages declare."""
    lines = heading(
        "Record books",
        "A record book (台账) is declared once: its fields, which of them are counted, its sentence in the chronicle.",
        "Form, list, search, Excel, ledger rows and report lists come from the declaration. A librarian can add one.",
    )
    for book in sorted(declared_books(), key=lambda book: book.code):
        rows = [
            (f"`{field.code}`", field.words["zh"], field.words["en"], str(field.kind), str(field.counts or ""))
            for field in book.fields
        ]
        lines += [f"## {book.words['zh']} {book.words['en']} (`{book.code}`)", ""]
        lines += [*table(("field", "中文", "English", "takes", "counts as"), rows), ""]
    return "\n".join(lines).rstrip() + "\n"


def declared_books() -> Iterator[Any]:
    """Yield the books (`registers.types.Book`) of every package."""
    import wenlan

    for package in pkgutil.iter_modules(wenlan.__path__):
        if (ROOT / "src" / "wenlan" / package.name / "books.py").exists():
            yield from importlib.import_module(f"wenlan.{package.name}.books").BOOKS


def both(words: object) -> tuple[str, str]:
    """Return what is said in Chinese and in English."""
    spoken = []
    for language in ("zh-hans", "en"):
        with override(language):
            spoken.append(str(words))
    return spoken[0], spoken[1]


def heading(title: str, *text: str) -> list[str]:
    """Return the head of a page."""
    return [f"# {title}", "", *text, "", "Made from the code by `./dev reference`; do not edit.", ""]


def table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """Return the lines of a table."""
    titles = tuple(titles)
    lines = [titles, ("---",) * len(titles), *rows]
    return ["| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in line) + " |" for line in lines]


def page(head: list[str], body: list[str]) -> str:
    """Return a page of one table."""
    return "\n".join((*head, *body)) + "\n"


def made(name: str) -> str:
    """Return a page as it should be, in English whatever this process speaks."""
    with override("en"):
        return PAGES[name]()


PAGES: dict[str, Callable[[], str]] = {
    "commands": commands,
    "kinds": kinds,
    "errors": errors,
    "measures": measures,
    "rights": rights,
    "books": books,
}


def main() -> int:
    """Write every page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlan.config.settings")
    django.setup()
    for name in PAGES:
        (REFERENCE / f"{name}.md").write_text(made(name), encoding="utf-8", newline="\n")
        print(f"docs/reference/{name}.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
