"""How a package offers a subcommand of `wenlan`: `commands.py` with a list `COMMANDS`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One subcommand. `name` may be two words (`import marc`); `run` returns 0, or 1 when it refused.

    `needs_home` is False for those that make an installation.
    """

    name: str
    help: str | Promise
    arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]
    needs_home: bool = True
