"""`wenlan import journal`: acts of a device, or of another system, in the format of the off-line journal."""

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.circulation.journals import files
from wenlan.circulation.journals.errors import JournalUnreadable
from wenlan.circulation.journals.types import JournalAct, Problem, Summary
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.commands import Command
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.ui import clock


def arguments(parser: ArgumentParser) -> None:
    """Declare `wenlan import journal`."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--dry-run", action="store_true", help=_("say what would become of the file, write nothing"))
    parser.add_argument("--json", action="store_true")


def run(options: Namespace) -> int:
    """Take a file in, or try it; 0 also where conflicts wait, for they wait at the desk."""
    act = Act(at=clock.now(), node=network.root().id, channel=Channel.IMPORT, key=f"import:{new_uid()}")
    try:
        content = options.file.read_bytes()
    except OSError as wrong:
        raise JournalUnreadable(file=options.file.name) from wrong
    take = files.trial if options.dry_run else files.take_in
    found = take(act, name=options.file.name, content=content)
    print(json.dumps(asdict(found), ensure_ascii=False) if options.json else said(found))
    return 0


def said(found: Summary) -> str:
    """Return what became of the lines in words."""
    told = {"lines": found.lines, "recorded": found.recorded, "known": found.known}
    lines = [_("Lines %(lines)s: recorded %(recorded)s, known before %(known)s.") % told]
    lines += [f"  {JournalAct(act).label}: {count}" for act, count in sorted((found.by_act or {}).items())]
    if found.conflicts:
        lines.append(_("Conflicts, to be decided at /desk/circulation/journals/:"))
    lines += [f"  {Problem(problem).label}: {count}" for problem, count in sorted(found.conflicts.items())]
    if found.untold:
        beyond = _("Not tried, because they hang together with too many others: %(untold)s.")
        lines.append(beyond % {"untold": found.untold})
    if not found.is_whole:
        cut = _("The file is not as it was written: it was cut off or changed. Missing acts: %(missing)s.")
        lines.append(cut % {"missing": found.missing})
    return "\n".join(lines)


COMMANDS = [
    Command(
        name="import journal",
        help=gettext_lazy("take in what happened without a line, from a device or another system"),
        arguments=arguments,
        run=run,
    )
]
