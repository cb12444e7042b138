"""Translations: compile every package's `.po`, and find the strings nobody has translated yet.

    python -m wenlan.config.messages            compile what has changed
    python -m wenlan.config.messages --check    and name each missing, needless or crooked entry

Each package keeps its own `locale/zh_Hans/LC_MESSAGES/django.po` by hand. Needs Babel, so it runs in a
checkout and when the wheel is built; a wheel carries the compiled files.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGES = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale", "zh_Hans", "LC_MESSAGES", "django.po")

KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACE = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing wrong with a package's translations; `message` is the English string."""

    package: str
    what: str
    message: str

    def __str__(self) -> str:
        return f"{self.package}: {self.what}: {self.message!r}"


def catalogues() -> list[Path]:
    """Return the `.po` file of each package that has one."""
    return sorted(PACKAGES.glob(f"*/{CATALOGUE.as_posix()}"))


def compile_catalogues() -> list[Path]:
    """Compile each `.po` that is newer than its `.mo`; return the files written."""
    written = []
    for source in catalogues():
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            compiled = BytesIO()
            write_mo(compiled, read_catalogue(source))
            beside = target.with_suffix(f".{id(compiled)}")  # two test processes may compile at once
            beside.write_bytes(compiled.getvalue())
            beside.replace(target)
            written.append(target)
    return written


def read_catalogue(path: Path) -> Catalog:
    """Return the entries of one `.po` file. Raises PoFileError where it cannot be read."""
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def extracted(package: Path) -> Catalog:
    """Return every string that the package's code and templates ask to be translated."""
    found = Catalog()
    for path in sorted((*package.rglob("*.py"), *package.rglob("templates/**/*.*"))):
        relative = path.relative_to(package)
        if "tests" in relative.parts or "migrations" in relative.parts:
            continue
        for line, message, comments, context in strings_of(path):
            found.add(message, None, [(relative.as_posix(), line)], auto_comments=comments, context=context)
    return found


def strings_of(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    """Yield (line, string or plural forms, translator's notes, context) of one source file."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from extract("python", BytesIO(source.encode()), KEYWORDS, ["Translators:"])
        return
    from django.utils.translation.template import templatize  # only templates need Django's settings

    for number, line in enumerate(templatize(source).splitlines(), start=1):
        for _line, message, comments, context in extract("python", BytesIO(line.strip().encode()), KEYWORDS):
            yield number, message, comments, context


def findings(package: Path) -> list[Finding]:
    """Return what is wrong between a package's strings and its Chinese, in the order of the code."""
    wanted = extracted(package)
    path = package / CATALOGUE
    kept = read_catalogue(path) if path.exists() else Catalog(locale="zh_Hans")
    wrong = [(message, fault) for message in wanted if message.id and (fault := fault_of(message, kept))]
    wrong += [(message, "no longer used") for message in kept if message.id and key(message) not in keys(wanted)]
    return [Finding(package=package.name, what=what, message=english(message)) for message, what in wrong]


def fault_of(message: Message, kept: Catalog) -> str:
    """Return what is wrong with the Chinese of `message`, or an empty string."""
    translation = kept.get(message.id, message.context)
    if translation is None or not translation.string or not all(forms(translation.string)):
        return "not translated"
    if translation.fuzzy:
        return "marked as fuzzy"
    if any(places(form) != places(forms(message.id)[-1]) for form in forms(translation.string)):
        return "named places differ"
    return ""


def key(message: Message) -> tuple[str | None, str]:
    return message.context, english(message)


def keys(catalogue: Catalog) -> set[tuple[str | None, str]]:
    return {key(message) for message in catalogue if message.id}


def forms(text: str | Iterable[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def english(message: Message) -> str:
    return forms(message.id)[0]


def places(text: str) -> set[str]:
    return {place.group() for place in PLACE.finditer(text)}


def all_findings() -> list[Finding]:
    """Return the findings of every package."""
    return [
        finding
        for package in sorted(PACKAGES.iterdir())
        if (package / "__init__.py").exists()
        for finding in findings(package)
    ]


def print_missing() -> None:
    """Print the missing entries of each package in the form of a `.po` file, ready to be filled in."""
    for package in sorted(path for path in PACKAGES.iterdir() if (path / "__init__.py").exists()):
        path = package / CATALOGUE
        kept = read_catalogue(path) if path.exists() else Catalog(locale="zh_Hans")
        missing = Catalog(locale="zh_Hans")
        for message in extracted(package):
            if message.id and fault_of(message, kept) == "not translated":
                missing[message.id] = message
        if len(missing):
            print(f"\n# {path.relative_to(PACKAGES)}")
            sys.stdout.flush()
            write_po(sys.stdout.buffer, missing, omit_header=True, width=118)


def main(arguments: list[str]) -> int:
    """Compile; with `--check` also return 1 when something is missing; with `--missing` print what is."""
    from django.conf import settings

    if not settings.configured:
        settings.configure()
    for path in compile_catalogues():
        print(f"compiled {path.relative_to(PACKAGES)}")
    if "--missing" in arguments:
        print_missing()
    if "--check" not in arguments:
        return 0
    found = all_findings()
    for finding in found:
        print(finding)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
