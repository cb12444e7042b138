"""What is offered on the command line for files of records and their copies."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.catalogue.exporting import FORMATS, ExportReport, export_marc
from wenlan.holdings.incoming import NO_COPIES, ItemsReport, Reading, import_with_items, preview
from wenlan.holdings.outgoing import copies_at, held_records
from wenlan.holdings.profiles import Profile, profile, profile_codes
from wenlan.holdings.restating import tell_at_owners
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.commands import Command
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.network.types import NodeView
from wenlan.ui.clock import now, today

SHOWN = 20


def import_arguments(parser: ArgumentParser) -> None:
    """Declare `wenlan import marc`."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--format", choices=("auto", "cnmarc", "unimarc", "marc21"), default="auto")
    parser.add_argument("--encoding", default="auto", help=_("auto, utf-8, gb18030, big5, marc-8 or a codec of Python"))
    parser.add_argument("--node", metavar="CODE", help=_("the library that catalogued them (default: the network)"))
    known = ", ".join(profile_codes())
    parser.add_argument(
        "--profile", default="", metavar="NAME", help=_("how the file says its copies: %(known)s") % {"known": known}
    )
    parser.add_argument("--scope", default="", help=_("within which the barcodes are unique (an old branch's prefix)"))
    parser.add_argument(
        "--place",
        action="append",
        default=[],
        metavar="WORDS=CODE",
        help=_("the library that the file means by these words; may be given again"),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("say what would become of the file, write nothing"))
    parser.add_argument("--json", action="store_true")


def run_import(options: Namespace) -> int:
    """Import a file; 0 also when records were rejected, for they are kept and listed."""
    act = Act(at=now(), node=_node(options.node).id, channel=Channel.IMPORT, key=str(new_uid()))
    chosen = profile(options.profile) if options.profile else NO_COPIES
    reading = Reading(format=options.format, encoding=options.encoding, scope=options.scope)
    told = _places(options.place)
    if options.dry_run:
        report = preview(act, path=options.file, profile=chosen, reading=reading, told=told)
    else:
        progress = _progress if sys.stderr.isatty() and not options.json else None
        report = import_with_items(
            act, path=options.file, profile=chosen, reading=reading, told=told, progress=progress
        )
    print(json.dumps(_json(report), ensure_ascii=False) if options.json else _said(report, chosen))
    return 0


def export_arguments(parser: ArgumentParser) -> None:
    """Declare `wenlan export marc`."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--node", metavar="CODE", help=_("this library and those under it (default: the network)"))
    parser.add_argument("--format", choices=tuple(FORMATS), default="cnmarc")
    parser.add_argument("--encoding", default="utf-8", help=_("utf-8, gbk, gb18030, big5"))
    parser.add_argument(
        "--no-copies", action="store_true", help=_("leave the holdings fields as the records have them")
    )
    parser.add_argument("--json", action="store_true")


def run_export(options: Namespace) -> int:
    """Export the records; 1 when some do not fit the form."""
    node = _node(options.node).id
    nodes = network.subtree(node, today())
    report = export_marc(
        Act(at=now(), node=node, channel=Channel.IMPORT, key=str(new_uid())),
        path=options.file,
        nodes=nodes,
        format=options.format,
        encoding=options.encoding,
        also=held_records(nodes),
        copies=None if options.no_copies else copies_at(nodes),
    )
    print(json.dumps(asdict(report), ensure_ascii=False) if options.json else _written(report))
    for uid, reason in report.left_out:
        print(f"  {uid}: {reason}", file=sys.stderr)
    return 1 if report.left_out else 0


def _written(report: ExportReport) -> str:
    lines = [
        _("Written: %(count)d") % {"count": report.written},
        _("Of them converted from the other format: %(count)d") % {"count": report.converted},
    ]
    if report.replaced_records:
        lines.append(
            _("Records with characters the encoding lacks, written as 〓: %(count)d")
            % {"count": report.replaced_records}
        )
    return "\n".join([*lines, *_some([f"  {uid}: {letters}" for uid, letters in report.replaced])])


def _node(code: str | None) -> NodeView:
    return network.node_by_code(code) if code else network.root()


def _places(given: list[str]) -> Mapping[str, int]:
    """Return the nodes by the words that stand for them. Raises NotFound for an unknown code."""
    pairs = (one.rpartition("=") for one in given)
    return {words: network.node_by_code(code).id for words, _equals, code in pairs}


def _progress(done: int) -> None:
    print(f"\r{done}", end="", file=sys.stderr, flush=True)


def _json(report: ItemsReport) -> dict[str, object]:
    """Return the report with the records' counts on top, as earlier versions gave them."""
    said = asdict(report)
    return {**said.pop("records"), "items": said}


def _said(report: ItemsReport, chosen: Profile) -> str:
    records = report.records
    lines = [
        f"\r{label}: {count}"
        for label, count in (
            (_("Records read"), records.read),
            (_("Created"), records.created),
            (_("Updated"), records.updated),
            (_("Unchanged"), records.unchanged),
            (_("Kept aside"), records.kept_aside),
            (_("Rejected"), records.rejected),
            (_("Doubtful"), records.doubtful),
        )
    ]
    if chosen.code:
        lines += [
            f"{label}: {count}"
            for label, count in (
                (_("Copies in the file"), report.copies),
                (_("New items"), report.made),
                (_("Items that were there"), report.present),
                (_("Copies with a problem"), report.refused),
            )
        ]
        lines += _said_places(report)
    lines += _some([f"  {position}: {_(note)}" for position, note in records.notes])
    lines += _some([f"  {position}: {barcode} {_(what)}" for position, what, barcode in report.problems])
    if records.rejects_file:
        lines.append(_("Rejected records: %(file)s") % {"file": records.rejects_file})
        lines.append(_("Reasons: %(file)s") % {"file": records.reasons_file})
    return "\n".join(lines)


def _said_places(report: ItemsReport) -> list[str]:
    names = network.node_names()
    unknown = _("not known")
    return [
        f"  {words or '—'}: {count} → {names[node] if node else unknown}"
        for words, node, count in report.places[:SHOWN]
    ]


def _some(lines: list[str]) -> list[str]:
    more = [_("  and %(count)d more notes") % {"count": len(lines) - SHOWN}] if len(lines) > SHOWN else []
    return lines[:SHOWN] + more


def stock_arguments(parser: ArgumentParser) -> None:
    """Declare `wenlan rebuild stock`."""
    parser.add_argument("--json", action="store_true")


def run_stock(options: Namespace) -> int:
    """Tell the acts of stock at the owners, where earlier versions told them elsewhere."""
    told = tell_at_owners(Act(at=now(), node=network.root().id, channel=Channel.IMPORT, key=str(new_uid())))
    print(json.dumps({"acts": told}) if options.json else _("Acts told at the owners: %(count)d") % {"count": told})
    return 0


COMMANDS = [
    Command(
        name="rebuild stock",
        help=gettext_lazy("tell additions and removals at the owners, where earlier versions told them elsewhere"),
        arguments=stock_arguments,
        run=run_stock,
    ),
    Command(
        name="import marc",
        help=gettext_lazy("import a file of records and their copies (ISO 2709, MARCXML or CSV, plain or gzipped)"),
        arguments=import_arguments,
        run=run_import,
    ),
    Command(
        name="export marc",
        help=gettext_lazy("write records and their copies as ISO 2709 or MARCXML"),
        arguments=export_arguments,
        run=run_export,
    ),
]
