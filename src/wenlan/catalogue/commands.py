"""What the catalogue offers on the command line."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.catalogue.conversions import convert_again
from wenlan.catalogue.operations import rebuild_index
from wenlan.catalogue.search.engine import IndexUnavailable
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.commands import Command
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.ui.clock import now


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


def conversions_arguments(parser: ArgumentParser) -> None:
    """Declare `wenlan rebuild conversions`."""
    parser.add_argument("--json", action="store_true")


def run_conversions(options: Namespace) -> int:
    """Convert again what was kept in the other format and whose record or mapping has changed since."""
    act = Act(at=now(), node=network.root().id, channel=Channel.IMPORT, key=str(new_uid()))
    count = convert_again(act)
    print(json.dumps({"converted": count}) if options.json else _("Converted again: %(count)d") % {"count": count})
    return 0


COMMANDS = [
    Command(
        name="rebuild conversions",
        help=gettext_lazy("convert again the records kept in the other format, where record or mapping has changed"),
        arguments=conversions_arguments,
        run=run_conversions,
    ),
    Command(
        name="rebuild search",
        help=gettext_lazy("build the search index anew"),
        arguments=rebuild_arguments,
        run=run_rebuild,
    ),
]
