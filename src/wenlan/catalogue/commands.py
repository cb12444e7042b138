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
from wenlan.catalogue.operations import rebuild_index
from wenlan.catalogue.search.engine import IndexUnavailable
from wenlan.kernel.commands import Command
from wenlan.network import queries as network
from wenlan.network.types import NodeView
from wenlan.ui.clock import now, today


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
