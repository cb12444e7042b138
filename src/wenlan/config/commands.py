"""The `wenlan` command: finds among what the packages offer the one that is asked for, and runs it.

Exit status: 0 done, 1 refused (the reason is printed), 2 wrong usage.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Collection, Iterator, Sequence
from io import TextIOWrapper

import django
from django.utils.translation import gettext as _

import wenlan
from wenlan.config.home import INSTALLATION_FILE, find_home
from wenlan.kernel.commands import Command
from wenlan.kernel.errors import DomainError

# Each command and the module that has it in its `COMMANDS`: a start imports no other command and what that one needs.
OFFERED_BY = {
    "backup": "wenlan.config.archives",
    "demo": "wenlan.config.demonstrating",
    "doctor": "wenlan.config.health",
    "export marc": "wenlan.holdings.commands",
    "figures": "wenlan.indicators.commands",
    "gate": "wenlan.facilities.commands",
    "import gate": "wenlan.facilities.commands",
    "import journal": "wenlan.circulation.commands",
    "import marc": "wenlan.holdings.commands",
    "import patrons": "wenlan.patrons.commands",
    "init": "wenlan.config.installing",
    "move-in": "wenlan.moving.commands",
    "rebuild balances": "wenlan.circulation.commands",
    "rebuild conversions": "wenlan.catalogue.commands",
    "rebuild cubes": "wenlan.indicators.commands",
    "rebuild search": "wenlan.catalogue.commands",
    "rebuild stock": "wenlan.holdings.commands",
    "report annual": "wenlan.annual_report.commands",
    "report read": "wenlan.annual_report.commands",
    "restore": "wenlan.config.archives",
    "serve": "wenlan.config.serving",
    "sip2": "wenlan.config.parts",
    "terminal": "wenlan.protocols.commands",
    "verify": "wenlan.indicators.commands",
    "web": "wenlan.config.serving",
    "worker": "wenlan.config.parts",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlan.config.settings")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a Windows console may speak GBK
    django.setup()
    words = sys.argv[1:] if arguments is None else arguments
    options = parser(asked(words)).parse_args(words)
    command: Command = options.command
    home = find_home()
    if command.needs_home and not (home / INSTALLATION_FILE).is_file():
        said = _("No installation stands in %(home)s. Run `wenlan init`, or set WENLAN_HOME.")
        print(said % {"home": home}, file=sys.stderr)
        return 1
    try:
        return command.run(options)
    except DomainError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def asked(words: Sequence[str]) -> Collection[str]:
    """Return the commands that the words of a call may mean: one, those of a group, or all where they name none."""
    for name in (" ".join(words[:2]), *words[:1]):
        if name in OFFERED_BY:
            return (name,)
    group = [name for name in OFFERED_BY if words and name.startswith(f"{words[0]} ")]
    return group or OFFERED_BY.keys()


def offered(names: Collection[str] = OFFERED_BY.keys()) -> Iterator[Command]:
    """Yield the named subcommands, importing only the modules that offer them."""
    for place in dict.fromkeys(OFFERED_BY[name] for name in names):
        commands: Sequence[Command] = importlib.import_module(place).COMMANDS
        yield from (command for command in commands if command.name in names)


def parser(names: Collection[str] = OFFERED_BY.keys()) -> argparse.ArgumentParser:
    """Return the parser of the named subcommands; a name of two words is a group and a member."""
    top = argparse.ArgumentParser(prog="wenlan", description=wenlan.__doc__)
    top.add_argument("--version", action="version", version=f"wenlan {wenlan.__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    groups: dict[str, argparse._SubParsersAction[argparse.ArgumentParser]] = {}
    for command in sorted(offered(names), key=lambda offer: offer.name):
        group, _space, member = command.name.partition(" ")
        place = commands
        if member:
            if group not in groups:
                members = commands.add_parser(group, help=_("see `wenlan %(group)s --help`") % {"group": group})
                groups[group] = members.add_subparsers(required=True, metavar="WHAT")
            place = groups[group]
        sub = place.add_parser(member or group, help=str(command.help), description=str(command.help))
        command.arguments(sub)
        sub.set_defaults(command=command)
    return top
