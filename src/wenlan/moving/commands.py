"""What is offered on the command line for moving in: trials, and the run of the switching night."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.commands import Command
from wenlan.kernel.ids import new_uid
from wenlan.moving import misfits, operations, words
from wenlan.moving.profiles import profile_codes
from wenlan.moving.types import NAMES, Order, Outcome, Part, Report, Totals, label_of
from wenlan.network import queries as network
from wenlan.patrons.commands import words_arguments
from wenlan.ui.clock import now

SHOWN = 20


def arguments(parser: ArgumentParser) -> None:
    """Declare `wenlan move-in`."""
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help=_("where the exports of the old system lie, or one of them")
    )
    known = ", ".join(profile_codes())
    parser.add_argument(
        "--profile", default="plain", help=_("how the exports are written: %(known)s") % {"known": known}
    )
    parser.add_argument(
        "--source", default="", metavar="NAME",
        help=_("the name of the old system, the same in every trial (default: the profile's name)"),
    )  # fmt: skip
    parser.add_argument("--node", metavar="CODE", help=_("the library of lines that name none (default: the network)"))
    parser.add_argument("--scope", default="", help=_("within which the barcodes are unique (an old branch's prefix)"))
    words_arguments(parser)
    parser.add_argument(
        "--run", action="store_true", help=_("take the exports in; without it everything is only tried")
    )
    parser.add_argument(
        "--last", action="store_true",
        help=_("the switching night: deposits, unpaid sums and points come over, too"),
    )  # fmt: skip
    parser.add_argument("--json", action="store_true")


def run(options: Namespace) -> int:
    """Try or take in a folder; 0 when the books balance, 1 when they do not."""
    order = order_of(options)
    act = Act(at=now(), node=order.node, channel=Channel.IMPORT, key=f"move-in:{new_uid()}")
    progress = _progress if sys.stderr.isatty() and not options.json else None
    report = operations.move_in(act, order=order, progress=progress)
    listed = misfits.write(order.beside, report)
    asked = words.write(order.beside, report.unknown, words.read(order.beside))
    if options.json:
        told = asdict(report) | {
            "differences": report.differences,
            "misfits": str(listed or ""),
            "found": len(report.found),
        }
        print(json.dumps(told, ensure_ascii=False))
    else:
        print("\r" + said(order, report, listed, asked))
    return 1 if report.differences else 0


def order_of(options: Namespace) -> Order:
    """Return what the options ask for. Raises NotFound for an unknown code."""
    node = network.node_by_code(options.node) if options.node else network.root()
    places = dict(pair.rpartition("=")[::2] for pair in options.place)
    return Order(
        folder=options.folder,
        source=(options.source or options.profile)[:20],
        profile=options.profile,
        node=node.id,
        is_trial=not options.run,
        is_last=options.last,
        scope=options.scope,
        categories=dict(pair.rpartition("=")[::2] for pair in options.category),
        places={word: network.node_by_code(code).id for word, code in places.items()},
    )


def _progress(part: str, done: int) -> None:
    print(f"\r{Part(part).label}: {done}   ", end="", file=sys.stderr, flush=True)


def said(order: Order, report: Report, listed: Path | None, asked: Path | None) -> str:
    """Return the report in words: files, lines by outcome, counts and sums before and after, what does not fit."""
    lines = [_("Trial: nothing is written.") if order.is_trial else _("The exports were taken in.")]
    lines += [
        f"{one.name}: {Part(one.part).label}, {_('%(count)d lines') % {'count': one.lines}}" for one in report.files
    ]
    lines += [_("Not known to the profile: %(file)s") % {"file": name} for name in report.ignored]
    lines += [f"{Part(part).label}: {outcomes_said(counts)}" for part, counts in report.outcomes.items()]
    lines += table(report)
    for part, counts in report.problems.items():
        for code, count in sorted(counts.items(), key=lambda pair: -pair[1]):
            lines.append(f"  {Part(part).label}, {label_of(code)}: {count}")
    for what, found in report.unknown.items():
        shown = "、".join(f"{word or '—'} ({count})" for word, count in list(found.items())[:SHOWN])
        lines.append(f"{words.TABLES.get(what, what)}: {shown}")
    if asked:
        lines.append(_("Say in %(file)s what these words mean, and try again.") % {"file": asked})
    if listed:
        lines.append(_("What does not fit, line by line: %(file)s") % {"file": listed})
    lines.append(_("%(seconds).1f seconds, %(rate)d lines a second") % _speed(report))
    lines.append(operations.said(report))
    return "\n".join(lines)


def outcomes_said(counts: Mapping[str, int]) -> str:
    """Return outcomes in words."""
    return "，".join(f"{Outcome(code).label} {count}" for code, count in counts.items() if count)


def table(report: Report) -> list[str]:
    """Return the counts and sums, a line each: as the exports say, kept out, here, and the whole network."""
    head = _("%(what)s: old system %(stated)s, kept out %(out)s, in Wenlan %(here)s; network %(before)s → %(after)s")
    return [
        head
        % {
            "what": label,
            "stated": amount(report.stated, name),
            "out": amount(report.kept_out, name),
            "here": amount(report.here, name),
            "before": amount(report.before, name),
            "after": amount(report.after, name),
        }
        for name, label in NAMES.items()
    ]


def amount(of: Totals, name: str) -> str:
    """Return a count, or a sum in yuan."""
    value = int(getattr(of, name))
    return f"{value / 100:,.2f}" if name.endswith("_fen") else f"{value:,}"


def _speed(report: Report) -> dict[str, float]:
    lines = sum(one.lines for one in report.files)
    return {"seconds": report.seconds, "rate": lines / report.seconds if report.seconds else lines}


COMMANDS = [
    Command(
        name="move-in",
        help=gettext_lazy("try or take in the exports of an old system: a folder, as often as needed until the switch"),
        arguments=arguments,
        run=run,
    ),
]
