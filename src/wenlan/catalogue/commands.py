"""What the catalogue offers on the command line."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.catalogue.exporting import FORMATS, export_marc
from wenlan.catalogue.operations import import_marc, rebuild_index
from wenlan.catalogue.search.engine import IndexUnavailable
from wenlan.catalogue.types import ImportReport
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.commands import Command
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.network.types import NodeView
from wenlan.ui.clock import now, today

SHOWN_NOTES = 20


def import_arguments(parser: ArgumentParser) -> None:
    """Declare `wenlan import marc`."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--format", choices=("auto", "cnmarc", "unimarc", "marc21"), default="auto")
    parser.add_argument("--encoding", default="auto", help=_("auto, utf-8, gb18030, big5, marc-8 or a codec of Python"))
    parser.add_argument("--node", metavar="CODE", help=_("the library that catalogued them (default: the network)"))
    parser.add_argument("--profile", default="", metavar="NAME", help=_("whose file this is; kept with the import"))
    parser.add_argument("--json", action="store_true")


def run_import(options: Namespace) -> int:
    """Import a file; 0 also when records were rejected, for they are kept and listed."""
    report = import_marc(
        Act(at=now(), node=_node(options.node).id, channel=Channel.IMPORT, key=str(new_uid())),
        path=options.file,
        format=options.format,
        encoding=options.encoding,
        profile=options.profile,
        progress=_progress if sys.stderr.isatty() and not options.json else None,
    )
    print(json.dumps(asdict(report), ensure_ascii=False) if options.json else _said(report))
    return 0


def _progress(done: int) -> None:
    print(f"\r{done}", end="", file=sys.stderr, flush=True)


def _said(report: ImportReport) -> str:
    lines = [
        f"\r{label}: {count}"
        for label, count in (
            (_("Records read"), report.read),
            (_("Created"), report.created),
            (_("Updated"), report.updated),
            (_("Unchanged"), report.unchanged),
            (_("Kept aside"), report.kept_aside),
            (_("Rejected"), report.rejected),
        )
    ]
    lines += [f"  {position}: {_(note)}" for position, note in report.notes[:SHOWN_NOTES]]
    if len(report.notes) > SHOWN_NOTES:
        lines.append(_("  and %(count)d more notes") % {"count": len(report.notes) - SHOWN_NOTES})
    if report.rejects_file:
        lines.append(_("Rejected records: %(file)s") % {"file": report.rejects_file})
        lines.append(_("Reasons: %(file)s") % {"file": report.reasons_file})
    return "\n".join(lines)


def export_arguments(parser: ArgumentParser) -> None:
    """Declare `wenlan export marc`."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--node", metavar="CODE", help=_("this library and those under it (default: the network)"))
    parser.add_argument("--format", choices=tuple(FORMATS), default="cnmarc")
    parser.add_argument("--encoding", default="utf-8", help=_("utf-8, gbk, gb18030, big5"))
    parser.add_argument("--json", action="store_true")


def run_export(options: Namespace) -> int:
    """Export the records; 1 when some do not fit the form."""
    nodes = network.subtree(_node(options.node).id, today())
    report = export_marc(options.file, nodes=nodes, format=options.format, encoding=options.encoding)
    if options.json:
        print(json.dumps(asdict(report), ensure_ascii=False))
    else:
        print(_("Written: %(count)d") % {"count": report.written})
        print(_("Of another format, not written: %(count)d") % {"count": report.other_format})
        for uid, reason in report.left_out:
            print(f"  {uid}: {reason}", file=sys.stderr)
    return 1 if report.left_out else 0


def rebuild_arguments(parser: ArgumentParser) -> None:
    """Declare `wenlan rebuild search`."""
    parser.add_argument("--json", action="store_true")


def run_rebuild(options: Namespace) -> int:
    """Build the index anew."""
    try:
        count = rebuild_index(at=now())
    except IndexUnavailable as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps({"records": count}) if options.json else _("Records in the index: %(count)d") % {"count": count})
    return 0


def _node(code: str | None) -> NodeView:
    return network.node_by_code(code) if code else network.root()


COMMANDS = [
    Command(
        name="import marc",
        help=gettext_lazy("import a file of MARC records (ISO 2709 or MARCXML, plain or gzipped)"),
        arguments=import_arguments,
        run=run_import,
    ),
    Command(
        name="export marc",
        help=gettext_lazy("write records as ISO 2709 or MARCXML"),
        arguments=export_arguments,
        run=run_export,
    ),
    Command(
        name="rebuild search",
        help=gettext_lazy("build the search index anew"),
        arguments=rebuild_arguments,
        run=run_rebuild,
    ),
]
