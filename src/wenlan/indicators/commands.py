"""`wenlan figures`, `wenlan verify` and `wenlan rebuild cubes`."""

import importlib
import json
import pkgutil
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from importlib.util import find_spec

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import wenlan
from wenlan.indicators import operations, queries
from wenlan.indicators.types import NETWORK, OWN, Cell, Figure
from wenlan.kernel.commands import Command
from wenlan.kernel.differences import Difference
from wenlan.kernel.periods import Period
from wenlan.kernel.words import say
from wenlan.ledger.types import MeasureView
from wenlan.network import queries as network


def run_figures(options: Namespace) -> int:
    """Print measures of a place and period, or one measure broken down."""
    node = network.node_by_code(options.node).id if options.node else network.root().id
    period = Period(options.start, options.end)
    codes = options.measure or [view.code for view in queries.measures()]
    found = queries.figures(codes, node=node, period=period, scope=options.scope).values()
    by = tuple(name for name in options.by.split(",") if name)
    answers = [(figure, broken_down(figure, by) if by else []) for figure in found]
    if options.json:
        print(json.dumps([as_json(*answer, by) for answer in answers], ensure_ascii=False, indent=1, default=str))
        return 0
    for figure, cells in answers:
        unit = say(figure.measure.unit)
        print(f"{figure.measure.code:32} {shown(figure.value):>14} {unit}  {figure.measure.name}")
        for cell in cells:
            print(f"    {' / '.join(shown(key) for key in cell.keys):28} {shown(cell.value):>14}")
        if not figure.is_complete:
            said = _("complete until %(day)s: later acts are not summed yet") % {"day": figure.complete_until}
            print(f"    {said}", file=sys.stderr)
    return 0


def broken_down(figure: Figure, by: tuple[str, ...]) -> list[Cell]:
    """Return the cells of a figure, with codes in place of ids where a person reads them."""
    code = figure.measure.code
    cells = queries.breakdown(code, node=figure.node, period=figure.period, by=by, scope=figure.scope)
    return [
        Cell(keys=tuple(speakable(name, key) for name, key in zip(by, cell.keys, strict=True)), value=cell.value)
        for cell in cells
    ]


def speakable(dimension: str, key: object) -> object:
    """Return a node's or department's code for its id; all else as it is."""
    if isinstance(key, int) and dimension in {"node", "branch", "owner_node", "home_node"}:
        return network.node(key).code
    if isinstance(key, int) and dimension == "department":
        return next((view.code for view in network.departments() if view.id == key), key)
    return key


def shown(value: object) -> str:
    """Return a value as the table prints it; a dash for what is not known."""
    return "—" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def as_json(figure: Figure, cells: list[Cell], by: tuple[str, ...]) -> dict[str, object]:
    """Return a figure as `--json` prints it."""
    view: MeasureView = figure.measure
    return {
        "measure": view.code,
        "words": view.words,
        "unit": view.unit,
        "sums": view.sums,
        "source": view.source,
        "scope": figure.scope,
        "from": figure.period.start,
        "to": figure.period.end,
        "value": figure.value,
        "estimated": figure.estimated,
        "complete_until": figure.complete_until,
        **({"by": by, "cells": [asdict(cell) for cell in cells]} if by else {}),
    }


def run_verify(options: Namespace) -> int:
    """Let every package prove its books; print each difference and the rows concerned. 1 when there is any."""
    found = list(all_differences())
    if options.json:
        print(json.dumps([asdict(difference) for difference in found], ensure_ascii=False, indent=1, default=str))
        return 1 if found else 0
    for difference in found:
        said = _("expected %(expected)s, found %(found)s")
        said %= {"expected": difference.expected, "found": difference.found}
        print(f"{difference.check}: {difference.place}: {said}")
        for row in difference.rows:
            print(f"    {row}")
    for remedy in dict.fromkeys(difference.remedy for difference in found if difference.remedy):
        print(_("To put it right, run: %(command)s") % {"command": remedy})
    print(_("%(count)s differences.") % {"count": len(found)} if found else _("The books agree."))
    return 1 if found else 0


def all_differences() -> Iterator[Difference]:
    """Yield what every package's `verification.differences()` finds."""
    for package in pkgutil.iter_modules(wenlan.__path__):
        module = f"wenlan.{package.name}.verification"
        if package.ispkg and find_spec(module) is not None:
            yield from importlib.import_module(module).differences()


def run_rebuild(options: Namespace) -> int:
    """Throw the sums away and add every act again."""
    total = operations.rebuild_cubes()
    print(json.dumps({"acts": total}) if options.json else _("%(count)s acts summed anew.") % {"count": total})
    return 0


def arguments_of_figures(parser: ArgumentParser) -> None:
    """State the options of `wenlan figures`."""
    parser.add_argument("--node", default="", help=_("code of the place (default: the whole network)"))
    parser.add_argument("--from", dest="start", type=date.fromisoformat, required=True, help=_("first day, 2019-01-01"))
    parser.add_argument("--to", dest="end", type=date.fromisoformat, required=True, help=_("the day after the last"))
    parser.add_argument(
        "--by",
        default="",
        help=_("break down by %(names)s; several with commas") % {"names": ", ".join(queries.BREAKDOWNS)},
    )
    parser.add_argument("--measure", action="append", help=_("code of a measure; may be repeated (default: all)"))
    parser.add_argument("--scope", choices=(NETWORK, OWN), default=NETWORK, help=_("all under it, or itself alone"))
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def arguments_of_json(parser: ArgumentParser) -> None:
    """State the one option that reports have."""
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


COMMANDS = [
    Command(name="figures", help=gettext_lazy("print any measure"), arguments=arguments_of_figures, run=run_figures),
    Command(
        name="verify",
        help=gettext_lazy("prove that ledger, tables and sums agree"),
        arguments=arguments_of_json,
        run=run_verify,
    ),
    Command(
        name="rebuild cubes",
        help=gettext_lazy("make the sums again from the ledger"),
        arguments=arguments_of_json,
        run=run_rebuild,
    ),
]
