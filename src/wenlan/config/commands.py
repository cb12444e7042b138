"""The `wenlan` command: collects what the packages offer, and runs one of them.

Exit status: 0 done, 1 refused (the reason is printed), 2 wrong usage.
"""

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from io import TextIOWrapper

import django
from django.utils.translation import gettext as _

import wenlan
from wenlan.config.home import INSTALLATION_FILE, find_home
from wenlan.kernel.commands import Command
from wenlan.kernel.errors import DomainError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlan.config.settings")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a Windows console may speak GBK
    django.setup()
    options = parser().parse_args(arguments)
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


def offered() -> Iterator[Command]:
    """Yield every subcommand: each package's `commands.COMMANDS`, and those of the installation itself."""
    for package in pkgutil.iter_modules(wenlan.__path__):
        place = f"wenlan.{package.name}.commands"
        if package.ispkg and package.name != "config" and find_spec(place):
            yield from getattr(importlib.import_module(place), "COMMANDS", ())
    for place in ("installing", "serving", "archives", "health", "demonstrating"):
        yield from importlib.import_module(f"wenlan.config.{place}").COMMANDS


def parser() -> argparse.ArgumentParser:
    """Return the parser of all subcommands; a name of two words is a group and a member."""
    top = argparse.ArgumentParser(prog="wenlan", description=wenlan.__doc__)
    top.add_argument("--version", action="version", version=f"wenlan {wenlan.__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    groups: dict[str, argparse._SubParsersAction[argparse.ArgumentParser]] = {}
    for command in sorted(offered(), key=lambda offer: offer.name):
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
