"""`wenlan demo`: build a network, live its year, write its annual report, and say how to look at it."""

import json
import sys
import time
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from wenlan.demo import operations
from wenlan.demo.build import LOAN_DESKS, SHOWN_READERS, password
from wenlan.demo.errors import NotADemo
from wenlan.demo.operations import DEFAULT_SCALE, DEFAULT_SEED, Wish
from wenlan.demo.people import card_number
from wenlan.demo.plan import read_table
from wenlan.demo.stage import Stage, terminal_code
from wenlan.demo.stock import barcode
from wenlan.kernel.commands import Command
from wenlan.kernel.words import say
from wenlan.staff.roles import SHIPPED
from wenlan.ui import clock

NETWORKS = ("changzhi", "lingchuan", "gulou", "balin", "qianxian")
STEPS = {
    "build": gettext_noop("Building the network"),
    "live": gettext_noop("Living the year"),
    "sum": gettext_noop("Adding up"),
    "index": gettext_noop("Building the search index"),
    "report": gettext_noop("Composing the annual report"),
}
PLAIN_LINE_SECONDS = 5.0
PLAIN_LINE_STEPS = 10

Prepare = Callable[[int | None], None]
"""Makes the home ready, with the clock moved by so many seconds (None: as it was). The installation passes it in."""

COMMANDS: list[Command] = []  # `demo` itself is offered by the installation, which knows how a home is made ready


def demo_command(prepare: Prepare) -> Command:
    """Return the subcommand, given how an installation is made ready."""
    return Command(
        name="demo",
        help=gettext_lazy("build a demonstration network and live its year through the real operations"),
        arguments=arguments,
        run=lambda options: run(options, prepare),
        needs_home=False,
    )


def arguments(parser: ArgumentParser) -> None:
    """State the options of `wenlan demo`."""
    parser.add_argument("--network", default="changzhi", choices=NETWORKS, help=_("which network (changzhi)"))
    parser.add_argument("--year", type=int, help=_("the year to live (2019)"))
    parser.add_argument(
        "--scale", help=_("1: as large as the published year (%(default)s)") % {"default": DEFAULT_SCALE}
    )
    parser.add_argument(
        "--seed", type=int, help=_("another seed is another year (%(default)s)") % {"default": DEFAULT_SEED}
    )
    parser.add_argument("--fresh", action="store_true", help=_("throw away this home's demonstration and start over"))
    parser.add_argument("--out", type=Path, help=_("folder for the report (default: reports in the home)"))
    parser.add_argument("--json", action="store_true", help=_("print what was made as JSON"))
    parser.add_argument("--until", type=date.fromisoformat, help=SUPPRESS)  # for tests: stop before a day


def run(options: Namespace, prepare: Prepare) -> int:
    """Build, live, report; what is there already is gone on with."""
    started = time.monotonic()
    wish = Wish(network=options.network, year=options.year, scale=options.scale, seed=options.seed)
    operations.known_year(wish)
    if options.fresh:
        operations.start_over()
    elif not operations.is_demo_home():
        raise NotADemo(home=settings.WENLAN_HOME)
    prepare(None)
    stage, demo = operations.stage_of(wish)
    with told(sys.stderr) as tell:
        operations.build(stage, demo, tell)
        operations.live(stage, demo, tell, until=options.until)
        if options.until is not None:
            return 0
        _edition, files = operations.finish(stage, demo, options.out or settings.WENLAN_HOME / "reports", tell)
    if settings.WENLAN_CLOCK_OFFSET_SECONDS == 0:
        prepare(clock_offset(stage))
    done = {
        "home": str(settings.WENLAN_HOME),
        "network": demo.network,
        "year": demo.year,
        "scale": demo.scale,
        "seed": demo.seed,
        "seconds": round(time.monotonic() - started, 1),
        "report": [str(path) for path in files],
        "sign_in": list(sign_ins(stage)),
        "readers": [{"card": card, "password": password(stage.seed, card)} for card in shown_cards()],
        "terminals": [
            {"login": code, "password": password(stage.seed, code)} for code in map(terminal_code, LOAN_DESKS)
        ],
    }
    print(json.dumps(done, ensure_ascii=False, indent=2)) if options.json else show(done)
    return 0


def clock_offset(stage: Stage) -> int:
    """Return by how many seconds the clock is moved so that it is now the morning after the year."""
    real = clock.now() - timedelta(seconds=settings.WENLAN_CLOCK_OFFSET_SECONDS)
    return int((operations.morning_after(stage) - real).total_seconds())


def sign_ins(stage: Stage) -> Iterator[dict[str, str]]:
    """Yield role, name and password of each shown account."""
    words = {role.code: say(role.names) for role in SHIPPED}
    for row in read_table("names.toml")["staff"]:
        yield {
            "role": words[row["role"]],
            "username": row["username"],
            "password": password(stage.seed, row["username"]),
        }


def shown_cards() -> list[str]:
    """Return the cards of the readers who may sign in at the portal."""
    return [card_number(number) for number in range(SHOWN_READERS)]


def show(done: dict[str, Any]) -> None:
    """Print where everything is."""
    console = Console()
    console.print("\n" + _("Demonstration data: nothing of it happened."), style="bold")
    table = Table(title=_("Demonstration accounts"), title_justify="left")
    for heading in (_("Where"), _("Who"), _("Name or card"), _("Password")):
        table.add_column(heading)
    for row in done["sign_in"]:
        table.add_row("/desk/", row["role"], row["username"], row["password"])
    for row in done["readers"]:
        table.add_row("/", _("Reader"), row["card"], row["password"])
    for row in done["terminals"]:
        table.add_row("SIP2", _("Self-service machine"), row["login"], row["password"])
    console.print(table)
    console.print("\n" + _("The annual report of %(year)s:") % {"year": done["year"]})
    for path in done["report"]:
        print(f"  {path}")
    scanned = {"card": card_number(0), "item": barcode(0)}
    print("\n" + _("At the desk, scan a card (%(card)s) and an item (%(item)s).") % scanned)
    print(_("Serve it with `wenlan serve`, and open http://127.0.0.1:8000/."))


@contextmanager
def told(stream: Any) -> Iterator[operations.Progress]:
    """Give a function that tells how far it is: a bar on a terminal, plain lines elsewhere."""
    if not stream.isatty():
        yield plain_lines(stream)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(file=stream)) as bar:
        tasks: dict[str, Any] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(_(STEPS[what]), total=total)
            bar.update(tasks[what], completed=done)

        yield tell


def plain_lines(stream: Any) -> operations.Progress:
    """Return a teller that writes a line when a step begins, ends, and now and then between."""
    said_what, said_at, said_steps = "", 0.0, 0

    def tell(what: str, done: int, total: int) -> None:
        nonlocal said_what, said_at, said_steps
        now, steps = time.monotonic(), done // PLAIN_LINE_STEPS
        if (what, steps) != (said_what, said_steps) or done == total or now - said_at >= PLAIN_LINE_SECONDS:
            said_what, said_at, said_steps = what, now, steps
            print(f"{_(STEPS[what])}: {done}/{total}", file=stream, flush=True)

    return tell
