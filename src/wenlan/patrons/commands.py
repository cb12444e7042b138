"""What is offered on the command line for files of readers: trials and the last run of a switch of systems."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.commands import Command
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.patrons import queries
from wenlan.patrons.errors import FileUnreadable
from wenlan.patrons.intake import operations, reading
from wenlan.patrons.intake.profiles import profile, profiles
from wenlan.patrons.intake.queries import rejected_cells
from wenlan.patrons.intake.types import Counts, Line, Problem, Report, Source
from wenlan.ui.clock import now

SHOWN = 20
OUTCOMES = {
    "new": gettext_lazy("New readers"),
    "changed": gettext_lazy("Changed"),
    "same": gettext_lazy("Unchanged"),
    "rejected": gettext_lazy("Kept out"),
    "skipped": gettext_lazy("Left"),
}


def arguments(parser: ArgumentParser) -> None:
    """Declare `wenlan import patrons`."""
    parser.add_argument("file", type=Path, metavar="FILE")
    known = ", ".join(sorted(profiles()))
    parser.add_argument(
        "--profile", default="plain", metavar="NAME", help=_("how its columns are called: %(known)s") % {"known": known}
    )
    parser.add_argument(
        "--source", default="", metavar="NAME",
        help=_("where the readers come from, the same in every trial (default: the profile's name)"),
    )  # fmt: skip
    parser.add_argument("--node", metavar="CODE", help=_("the library of readers without one (default: the network)"))
    words_arguments(parser)
    parser.add_argument(
        "--with-money", action="store_true",
        help=_("take deposits, unpaid sums and points over, too: once, on the night of the switch"),
    )  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help=_("say what would become of the file, write nothing"))
    parser.add_argument("--json", action="store_true")


def words_arguments(parser: ArgumentParser) -> None:
    """Declare what the words of a file mean here: `--category` and `--place`."""
    parser.add_argument(
        "--category", action="append", default=[], metavar="WORDS=CODE",
        help=_("our category for these words of the file; * stands for all others; may be given again"),
    )  # fmt: skip
    parser.add_argument(
        "--place", action="append", default=[], metavar="WORDS=CODE",
        help=_("the library that the file means by these words; may be given again"),
    )  # fmt: skip


def run(options: Namespace) -> int:
    """Take a file in, or try it; 0 also when lines were kept out, for they stand in a file beside it."""
    node = network.node_by_code(options.node) if options.node else network.root()
    act = Act(at=now(), node=node.id, channel=Channel.IMPORT, key=f"import:{new_uid()}")
    source = source_of(options)
    try:
        content = options.file.read_bytes()
    except OSError as wrong:
        raise FileUnreadable(file=options.file.name, reason=wrong.strerror) from wrong
    file = reading.read(options.file.name, content, profile(source.profile))
    if options.dry_run:
        report, lines = operations.trial(act, file=file, source=source)
        rejects = keep_rejects(options.file, file.headings, rows_of(lines))
    else:
        made = operations.prepare(act, file=file, file_name=options.file.name, source=source)
        report = operations.run(act, intake=made)
        rejects = keep_rejects(options.file, *rejected_cells(made))
    told = {**asdict(report), "rejects": str(rejects) if rejects else ""}
    print(json.dumps(told, ensure_ascii=False) if options.json else said(report, rejects))
    return 0


def source_of(options: Namespace) -> Source:
    """Return the source that the options say. Raises NotFound for an unknown code."""
    ours = {word: one.code for one in queries.categories() for word in (one.code, *one.words.values())}
    places = {word: view.id for view in network.nodes() for word in (view.code, *view.names.values())}
    told = dict(pair.rpartition("=")[::2] for pair in options.category)
    codes = dict(pair.rpartition("=")[::2] for pair in options.place)
    return Source(
        name=options.source or options.profile,
        profile=options.profile,
        categories=ours | told,
        places=places | {words: network.node_by_code(code).id for words, code in codes.items()},
        with_money=options.with_money,
    )


def rows_of(lines: Sequence[Line]) -> list[list[str]]:
    """Return the lines of a trial that would be kept out, each with why."""
    out = (line for line in lines if line.outcome in {"rejected", "skipped"})
    return [[*line.cells, "；".join(f"{Problem(code).label} {words}".strip() for code, words in line.problems)]
            for line in out]  # fmt: skip


def keep_rejects(file: Path, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Path | None:
    """Write the lines that were kept out beside the file; None when there were none."""
    if not rows:
        return None
    beside = file.with_name(f"{file.stem}.rejected.xlsx")
    beside.write_bytes(reading.written([*headings, _("Reason")], rows))
    return beside


def said(report: Report, rejects: Path | None) -> str:
    """Return the report in words: lines, what was odd, and the sums before and after."""
    lines = [f"{_('Lines')}: {report.lines}"]
    lines += [f"{words}: {report.outcomes.get(code, 0)}" for code, words in OUTCOMES.items()]
    lines += [f"  {Problem(code).label}: {count}" for code, count in report.problems.items()]
    for title, words in (
        (_("Categories nobody knows"), report.unknown_categories),
        (_("Places nobody knows"), report.unknown_places),
    ):
        shown = "、".join(f"{word or '—'} ({count})" for word, count in list(words.items())[:SHOWN])
        lines += [f"{title}: {shown}"] if words else []
    lines += [
        said_counts(_("The file says"), report.stated),
        said_counts(_("Before"), report.before),
        said_counts(_("After"), report.after),
    ]
    if (report.stated.deposit_fen or report.stated.owed_fen) and not report.money_moved:
        lines.append(_("Deposits and unpaid sums were only counted: take them over with --with-money."))
    if rejects:
        lines.append(_("Lines that were kept out: %(file)s") % {"file": rejects})
    return "\n".join(lines)


def said_counts(title: str, found: Counts) -> str:
    """Return counts and sums in words."""
    words = _("%(title)s: %(readers)d readers, %(cards)d cards, deposits %(deposit).2f, unpaid %(owed).2f")
    facts = {"title": title, "readers": found.readers, "cards": found.cards}
    return words % (facts | {"deposit": found.deposit_fen / 100, "owed": found.owed_fen / 100})


COMMANDS = [
    Command(
        name="import patrons",
        help=gettext_lazy("take in a file of readers (CSV or Excel), as often as needed until the switch of systems"),
        arguments=arguments,
        run=run,
    ),
]
