"""Pages run in Chromium 86 and later: nothing newer in styles, scripts and templates."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGES, ROOT

pytestmark = pytest.mark.embedded

TABLE = Path(__file__).with_name("chromium.toml")
KINDS = {".css": {"css"}, ".ts": {"script"}, ".mjs": {"script"}, ".js": {"script"}, ".html": {"css", "script", "page"}}
EXCUSE = re.compile(r"chromium-ok: \w+")
COMMENT = re.compile(r"^\s*(//|/\*|\*|\{#|<!--)")


@dataclass(frozen=True, slots=True)
class Feature:
    """Something a browser can do since a version."""

    name: str
    pattern: re.Pattern[str]
    since: int
    kinds: frozenset[str]


def features() -> list[Feature]:
    """Return the table."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["feature"]
    return [Feature(row["name"], re.compile(row["pattern"]), row["since"], frozenset(row["in"])) for row in rows]


def sources() -> list[Path]:
    """Return styles and scripts as they are written, and templates."""
    written = (ROOT / "frontend" / "src").rglob("*")
    templates = PACKAGES.rglob("templates/**/*.html")
    return sorted(path for path in (*written, *templates) if path.suffix in KINDS and ".test." not in path.name)


def too_new(path: Path, text: str) -> Iterator[str]:
    """Yield each mention of what the oldest browser lacks."""
    lines = text.splitlines()
    wanted = [feature for feature in features() if feature.kinds & KINDS[path.suffix]]
    for number, line in enumerate(lines, start=1):
        excused = EXCUSE.search(line) or (number > 1 and EXCUSE.search(lines[number - 2]))
        if excused or COMMENT.match(line):
            continue
        for feature in wanted:
            if feature.pattern.search(line):
                yield f"{path.relative_to(ROOT).as_posix()}:{number} {feature.name}, Chromium {feature.since}"


@pytest.mark.capability("V25")
def test_nothing_newer_than_chromium_86_is_used():
    assert [fault for path in sources() for fault in too_new(path, path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.css", "a:has(b) { color: red }", [":has()"]),
        ("a.css", "a { aspect-ratio: 1 } /* chromium-ok: only decoration */", []),
        ("a.css", "a { top: 0; inset-area: none }", []),
        ("a.ts", "const last = rows.at(-1)", ["at()"]),
        ("a.ts", "const key = crypto.randomUUID()", ["crypto.randomUUID()"]),
        ("a.html", "<dialog inert>", ["inert"]),
    ],
)
def test_the_lint_finds_what_it_is_for(name, text, expected):
    faults = list(too_new(ROOT / name, text))

    assert [fault.partition(" ")[2].rpartition(",")[0] for fault in faults] == expected


def test_the_table_lists_only_what_the_oldest_browser_lacks():
    oldest = tomllib.loads(TABLE.read_text(encoding="utf-8"))["oldest"]

    assert [feature.name for feature in features() if feature.since <= oldest] == []
