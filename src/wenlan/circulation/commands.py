"""What circulation offers on the command line."""

import json
from argparse import ArgumentParser, Namespace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.circulation.compensating.operations import rebuild_settled
from wenlan.circulation.journals import commands as journals
from wenlan.credit.rebuilding import rebuild_balances
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.commands import Command
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.ui import clock


def balances_arguments(parser: ArgumentParser) -> None:
    """Declare `wenlan rebuild balances`."""
    parser.add_argument("--json", action="store_true")


def run_balances(options: Namespace) -> int:
    """Make the sums that are kept beside points and money again from their lines."""
    act = Act(at=clock.now(), node=network.root().id, channel=Channel.IMPORT, key=str(new_uid()))
    told = {"readers": rebuild_balances(act), "compensations": rebuild_settled(act)}
    said = _("Put right: %(readers)d readers' balances, %(compensations)d compensations.")
    print(json.dumps(told) if options.json else said % told)
    return 0


COMMANDS = [
    *journals.COMMANDS,
    Command(
        name="rebuild balances",
        help=gettext_lazy("make what readers owe, have deposited and have in points again from the lines of the books"),
        arguments=balances_arguments,
        run=run_balances,
    ),
]
