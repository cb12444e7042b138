"""Which capabilities a test proves: reads the marks, writes docs/reference/capabilities.md.

A test claims a row by `@pytest.mark.capability("A21")`. The marks are read from the source, so that this
needs neither a database nor a passing suite; a claim counts only where the suite is green.
"""

import ast
import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "reference" / "capabilities.csv"
PAGE = ROOT / "docs" / "reference" / "capabilities.md"


@dataclass(frozen=True, slots=True)
class Capability:
    """A row of the table: a code, its area, and its name in both languages."""

    code: str
    area: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """A test that says it proves a row."""

    code: str
    path: str
    test: str
    line: int


def capabilities() -> list[Capability]:
    """Return the rows in the order of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [Capability(**row) for row in csv.DictReader(file)]


def claims() -> list[Claim]:
    """Return every mark of every test, sorted by code and place."""
    paths = (*(ROOT / "src").rglob("test_*.py"), *(ROOT / "tests").rglob("test_*.py"))
    return sorted(claim for path in paths for claim in claims_of(path))


def claims_of(path: Path) -> Iterator[Claim]:
    """Yield the marks in one file; a mark on the whole module is its first test's."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    where = path.relative_to(ROOT).as_posix()
    for statement in tree.body:
        test = statement.name if isinstance(statement, ast.FunctionDef) else "(whole file)"
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.capability":
                for code in node.args:
                    yield Claim(str(ast.literal_eval(code)), where, test, statement.lineno)


def page(rows: list[Capability], marks: list[Claim]) -> str:
    """Return the page: a summary by area, then every row with the tests that prove it."""
    proofs = defaultdict(list)
    for mark in marks:
        proofs[mark.code].append(mark)
    areas = [(area, list(members)) for area, members in groupby(rows, key=attrgetter("area"))]
    claimed = sum(row.code in proofs for row in rows)
    lines = [
        "# Capabilities",
        "",
        "What the software must be able to do, and which test proves that it can. Made by `./dev capabilities`",
        "from [the table](capabilities.csv) and the marks on the tests; do not edit.",
        "",
        f"**{claimed} of {len(rows)} rows are proven.**",
        "",
        "| area | rows | proven | missing |",
        "|---|---:|---:|---:|",
    ]
    for area, members in areas:
        proven = sum(row.code in proofs for row in members)
        lines.append(f"| {area} | {len(members)} | {proven} | {len(members) - proven} |")
    for area, members in areas:
        lines += ["", f"## {area}", "", "| code | 中文 | English | proven by |", "|---|---|---|---|"]
        lines += [f"| {row.code} | {row.zh} | {row.en} | {proof(proofs[row.code])} |" for row in members]
    return "\n".join(lines) + "\n"


def proof(marks: list[Claim]) -> str:
    """Return the tests as links; line numbers are left out, they move too often."""
    return "<br>".join(f"[{mark.test}](../../{mark.path})" for mark in marks) or "—"


def unknown(rows: list[Capability], marks: list[Claim]) -> list[Claim]:
    """Return the marks that name no row."""
    codes = {row.code for row in rows}
    return [mark for mark in marks if mark.code not in codes]


def main() -> int:
    """Write the page; return 1 when a mark names a code that is not in the table."""
    rows, marks = capabilities(), claims()
    for mark in unknown(rows, marks):
        print(f"{mark.path}:{mark.line}: {mark.test} claims {mark.code}, which is not in the table")
    PAGE.write_text(page(rows, marks), encoding="utf-8", newline="\n")
    print(f"{len({mark.code for mark in marks})} of {len(rows)} rows are proven; see {PAGE.relative_to(ROOT)}")
    return 1 if unknown(rows, marks) else 0


if __name__ == "__main__":
    sys.exit(main())
