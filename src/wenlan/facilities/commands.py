"""What facilities offer on the command line."""

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.facilities import operations
from wenlan.facilities.types import Direction, GateImport
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.commands import Command
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.ui.clock import now, today


def import_arguments(parser: ArgumentParser) -> None:
    """Declare `wenlan import gate`."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true")


def run_import(options: Namespace) -> int:
    """Take a device's file; 0 also when lines were rejected, for they are kept with their reasons."""
    act = Act(at=now(), node=network.root().id, channel=Channel.IMPORT, key=str(new_uid()), device="gate-file")
    done = operations.import_gate_counts(act, path=options.file)
    print(json.dumps(asdict(done), default=str, ensure_ascii=False) if options.json else said(done))
    return 0


def said(done: GateImport) -> str:
    """Return what an import did, a line each."""
    lines = [
        f"{label}: {count}"
        for label, count in (
            (_("Lines read"), done.read),
            (_("New counts"), done.created),
            (_("Corrected counts"), done.corrected),
            (_("Unchanged counts"), done.unchanged),
            (_("Rejected lines"), done.rejected),
        )
    ]
    if done.rejects:
        lines.append(_("The rejected lines stand with their reasons in %(file)s.") % {"file": done.rejects})
    return "\n".join(lines)


def gate_arguments(parser: ArgumentParser) -> None:
    """Declare `wenlan gate`."""
    parser.add_argument("code", metavar="CODE")
    parser.add_argument("--node", metavar="CODE", required=True, help=_("the library whose entrance it is"))
    parser.add_argument("--name", required=True, help=_("what the desk calls it"))
    parser.add_argument("--two-way", action="store_true", help=_("its counter counts exits too: halve it"))


def run_gate(options: Namespace) -> int:
    """Set up a gate from today on."""
    node = network.node_by_code(options.node, today())
    act = Act(at=now(), node=node.id, channel=Channel.DESK, key=str(new_uid()))
    made = operations.add_gate(
        act,
        code=options.code,
        words={"zh": options.name, "en": options.name},
        direction=Direction.TWO_WAY if options.two_way else Direction.ONE_WAY,
    )
    print(_("The gate %(gate)s counts for %(node)s.") % {"gate": made.code, "node": node.name})
    return 0


COMMANDS = [
    Command(
        name="import gate",
        help=gettext_lazy("import a people counter's file of daily counts (CSV)"),
        arguments=import_arguments,
        run=run_import,
    ),
    Command(
        name="gate",
        help=gettext_lazy("set up an entrance where visits are counted"),
        arguments=gate_arguments,
        run=run_gate,
    ),
]
