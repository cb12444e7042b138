"""`wenlan doctor`: is this installation well, and what to do about each thing that is not."""

import json
import shutil
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan import ui
from wenlan.catalogue import queries as catalogue
from wenlan.kernel.commands import Command
from wenlan.ledger import queries as ledger
from wenlan.network import queries as network

FONTS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "NotoSerifSC-Regular.ttf", "NotoSerifSC-Bold.ttf")
ENOUGH_BYTES = 2 << 30
FOLDS_BEHIND = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at; `advice` says what to do where it is not well."""

    what: str
    is_well: bool
    state: str
    advice: str = ""


def database() -> Finding:
    """Does the database answer, and is it of this version?"""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    state = _("%(vendor)s, %(count)s migrations waiting") % {"vendor": connection.vendor, "count": len(waiting)}
    return Finding(what=_("database"), is_well=not waiting, state=state, advice=_("Run `wenlan init`."))


def durability() -> Finding:
    """Would a power cut lose an acknowledged act?"""
    if connection.vendor != "sqlite":
        return server_durability()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        level = cursor.fetchone()[0]
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    is_well = level >= 2 and mode == "wal"
    return Finding(what=_("durability"), is_well=is_well, state=f"synchronous={level}, journal={mode}")


def server_durability() -> Finding:
    """Return whether PostgreSQL waits for the disk."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        state = cursor.fetchone()[0]
        cursor.execute("SHOW fsync")
        state += f", fsync={cursor.fetchone()[0]}"
    is_well = not state.startswith("off") and state.endswith("on")
    return Finding(
        what=_("durability"), is_well=is_well, state=state, advice=_("Set fsync and synchronous_commit to on.")
    )


def tree() -> Finding:
    """Is there a network to work in?"""
    root = network.root_or_none()
    state = _("no network yet")
    if root:
        state = _("%(name)s, %(count)s places") % {"name": root.name, "count": len(network.nodes())}
    return Finding(what=_("network"), is_well=root is not None, state=state, advice=_("Run `wenlan init`."))


def search() -> Finding:
    """Does the index answer, and does it lag?"""
    documents, waiting = catalogue.index_state()
    known = _("unusable") if documents is None else documents
    state = _("%(known)s records, %(waiting)s messages waiting") % {"known": known, "waiting": waiting}
    is_well = documents is not None
    return Finding(what=_("search index"), is_well=is_well, state=state, advice=_("Run `wenlan rebuild search`."))


def folding() -> Finding:
    """Are the sums near the ledger?"""
    waiting = ledger.unfolded_count()
    advice = _("Start `wenlan worker`; the sums follow by themselves.")
    return Finding(
        what=_("sums"),
        is_well=waiting < FOLDS_BEHIND,
        state=_("%(count)s acts not yet summed") % {"count": waiting},
        advice=advice,
    )


def disk() -> Finding:
    """Is there room?"""
    free = shutil.disk_usage(settings.WENLAN_HOME).free
    state = _("%(free)s GB free in %(home)s") % {"free": f"{free / (1 << 30):.1f}", "home": settings.WENLAN_HOME}
    return Finding(
        what=_("disk"), is_well=free > ENOUGH_BYTES, state=state, advice=_("Make room, or move WENLAN_HOME.")
    )


def typefaces() -> Finding:
    """Can documents be set in Chinese?"""
    folder = Path(ui.__file__).parent / "fonts"
    missing = [name for name in FONTS if not (folder / name).is_file()]
    state = _("missing: %(names)s") % {"names": ", ".join(missing)} if missing else _("complete")
    return Finding(
        what=_("fonts"), is_well=not missing, state=state, advice=_("Install the wheel, or run `./dev build`.")
    )


def program() -> Finding:
    """Which version is this?"""
    return Finding(what=_("version"), is_well=True, state=f"wenlan {version('wenlan')}, Django {version('django')}")


CHECKS: tuple[Callable[[], Finding], ...] = (
    program,
    database,
    durability,
    tree,
    search,
    folding,
    disk,
    typefaces,
)


def findings() -> Iterator[Finding]:
    """Look at everything in order."""
    for look in CHECKS:
        yield look()


def run_doctor(options: Namespace) -> int:
    """Print what was found; 1 when something is not well."""
    found = list(findings())
    if options.json:
        print(json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=1))
    else:
        for finding in found:
            mark = _("ok  ") if finding.is_well else _("LOOK")
            advice = "" if finding.is_well or not finding.advice else f" → {finding.advice}"
            print(f"{mark} {finding.what}: {finding.state}{advice}")
    return 0 if all(finding.is_well for finding in found) else 1


def arguments_of_doctor(parser: ArgumentParser) -> None:
    """State the options of `wenlan doctor`."""
    parser.add_argument("--json", action="store_true")


COMMANDS = [
    Command(
        name="doctor",
        help=gettext_lazy("look whether the installation is well, and say what to do about what is not"),
        arguments=arguments_of_doctor,
        run=run_doctor,
    )
]
