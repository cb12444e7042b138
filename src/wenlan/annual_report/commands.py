"""The report on the command line: `wenlan report annual`, `wenlan report read`."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.annual_report import documents, operations, reading
from wenlan.annual_report.types import EditionView
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.commands import Command
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.ui import clock


def annual_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of `report annual`."""
    parser.add_argument("--node", required=True, help=_("code of the library or network"))
    parser.add_argument("--year", required=True, type=int)
    parser.add_argument("--shape", default="changzhi", help=_("name of the report's shape"))
    parser.add_argument("--format", default="docx,pdf,html", help=_("docx, pdf, html, xlsx, separated by commas"))
    parser.add_argument("--out", default=".", type=Path, help=_("folder to write into"))
    parser.add_argument("--json", action="store_true", help=_("print the answer as JSON"))


def annual(arguments: Namespace) -> int:
    """Compose an edition, write it in the formats asked, print where."""
    node = network.node_by_code(arguments.node)
    formats = documents.known_formats(arguments.format.split(","))
    act = Act(at=clock.now(), node=node.id, channel=Channel.DESK, key=str(new_uid()))
    edition = operations.compose(act, node=node.id, year=arguments.year, shape=arguments.shape)
    written = documents.write(edition, formats, arguments.out)
    if arguments.json:
        print(json.dumps(said(edition, written), ensure_ascii=False, indent=2))
        return 0
    for path in written:
        print(path)
    for kept in edition.open_findings:
        print(f"{'!!' if kept.finding.blocks else '! '} {kept.finding.sentence}")
    return 0


def said(edition: EditionView, written: tuple[Path, ...]) -> dict[str, object]:
    """Return an edition as programs read it."""
    return {
        "edition": edition.id,
        "title": edition.title,
        "node": edition.node_code,
        "year": edition.year,
        "number": edition.number,
        "files": [str(path) for path in written],
        "figures": [
            {
                "ref": figure.ref,
                "name": figure.name,
                "measure": figure.measure,
                "where": dict(figure.where),
                "value": None if figure.value is None else str(figure.value),
                "unit": figure.unit.get("zh", ""),
                "scope": figure.scope,
            }
            for figure in edition.figures.values()
        ],
        "findings": [
            {"code": kept.finding.code, "says": kept.finding.sentence, "blocks": kept.finding.blocks}
            for kept in edition.findings
        ],
    }


def read_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of `report read`."""
    parser.add_argument("file", type=Path, help=_("an old report: docx or text"))
    parser.add_argument("--json", action="store_true", help=_("print the answer as JSON"))


def read(arguments: Namespace) -> int:
    """List the figures and the wordings to look at in an old report."""
    found = reading.read(arguments.file)
    if arguments.json:
        print(json.dumps([line.as_json() for line in found], ensure_ascii=False, indent=2))
        return 0
    for line in found:
        print(f"{line.number.text}\t{line.number.value}\t{line.number.unit}\t{line.sentence}")
    return 0


COMMANDS = [
    Command(
        name="report annual",
        help=gettext_lazy("compose the annual report and write it as docx, pdf, html, xlsx"),
        arguments=annual_arguments,
        run=annual,
    ),
    Command(
        name="report read",
        help=gettext_lazy("list the figures that an old report states"),
        arguments=read_arguments,
        run=read,
        needs_home=False,
    ),
]
