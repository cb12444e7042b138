"""Building a demonstration and living its year, step by step: broken off anywhere, it goes on where it stopped."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from wenlan.annual_report import documents
from wenlan.annual_report import operations as reports
from wenlan.annual_report import queries as editions
from wenlan.annual_report.types import EditionView
from wenlan.catalogue import operations as catalogue
from wenlan.demo import statements
from wenlan.demo.build import PARTS
from wenlan.demo.credit import Credit
from wenlan.demo.errors import NetworkUnknown, NotADemo, OtherDemo, ScaleInvalid, YearUnknown
from wenlan.demo.living import Living, each_day
from wenlan.demo.models import Demo, DemoStep
from wenlan.demo.plan import as_fraction, read_plan
from wenlan.demo.stage import Stage
from wenlan.indicators import operations as indicators
from wenlan.kernel.acts import Act, Channel
from wenlan.network import queries as network
from wenlan.network import trees
from wenlan.patrons import operations as patrons

YEARS = {"changzhi": (2019,)}
DEFAULT_SCALE = "0.03"
DEFAULT_SEED = 1
DEMO_TABLE = "demo_demo"
FORMATS = ("docx", "pdf", "html")
MORNING_SECOND = 10 * 3600
MORNING = "morning"

Progress = Callable[[str, int, int], None]
"""Told what is being done, and how much of how much is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for; None where anything will do."""

    network: str = "changzhi"
    year: int | None = None
    scale: str | None = None
    seed: int | None = None


def silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""


def stage_of(wish: Wish) -> tuple[Stage, Demo]:
    """Return the demonstration that this installation holds, or begin the one that is wished for.

    Raises NetworkUnknown, YearUnknown, ScaleInvalid; NotADemo in a home where somebody works, and OtherDemo
    when another demonstration is held.
    """
    year = known_year(wish)
    held = Demo.objects.first()
    if held is None:
        if network.root_or_none() is not None:
            raise NotADemo(home=settings.WENLAN_HOME)
        held = Demo(
            network=wish.network,
            year=year,
            scale=wish.scale or DEFAULT_SCALE,
            seed=DEFAULT_SEED if wish.seed is None else wish.seed,
        )
        _scale(held.scale)
        held.save()
    _require_same(wish, held)
    plan = read_plan(f"{held.network}_{held.year}")
    return Stage(plan, _scale(held.scale), held.seed, staff=held.staff), held


def known_year(wish: Wish) -> int:
    """Return the year that is meant. Raises NetworkUnknown and YearUnknown."""
    if wish.network not in YEARS:
        raise NetworkUnknown(network=wish.network, known=", ".join(YEARS))
    years = YEARS[wish.network]
    if wish.year is not None and wish.year not in years:
        raise YearUnknown(network=wish.network, year=wish.year, known=", ".join(map(str, years)))
    return wish.year or years[0]


def _scale(written: str) -> Fraction:
    try:
        return as_fraction(written)
    except ValueError:
        raise ScaleInvalid(scale=written) from None


def _require_same(wish: Wish, held: Demo) -> None:
    asked = (wish.year, wish.scale, wish.seed)
    is_same = wish.network == held.network and all(
        one is None or str(one) == str(there)
        for one, there in zip(asked, (held.year, held.scale, held.seed), strict=True)
    )
    if not is_same:
        raise OtherDemo(held=str(held))


def is_demo_home() -> bool:
    """Return whether a demonstration, or nothing at all, stands in this home; never touches what does."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return True
    tables = connection.introspection.table_names()
    if DEMO_TABLE not in tables:
        return not tables
    return network.root_or_none() is None or network.is_demo()


def start_over() -> None:
    """Throw away this home's database and index. Raises NotADemo where somebody works."""
    if not is_demo_home():
        raise NotADemo(home=settings.WENLAN_HOME)
    if connection.vendor == "sqlite":
        connection.close()
        for ending in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{ending}").unlink(missing_ok=True)
    else:
        statements.drop_everything()
    shutil.rmtree(settings.WENLAN_SEARCH_DIR, ignore_errors=True)
    trees.forget()


def build(stage: Stage, demo: Demo, tell: Progress = silent) -> None:
    """Build what is not built yet; each part is one transaction."""
    done = set(demo.steps.values_list("name", flat=True))
    for at, (name, part) in enumerate(PARTS.items()):
        tell("build", at, len(PARTS))
        if f"build:{name}" not in done:
            with transaction.atomic():
                part(stage, demo)
                DemoStep.objects.create(demo=demo, name=f"build:{name}")
    tell("build", len(PARTS), len(PARTS))


def live(stage: Stage, demo: Demo, tell: Progress = silent, until: date | None = None) -> None:
    """Live the days that have not been lived, until (and without) a day when one is given; a day is a transaction.

    The last is the morning after, up to the hour at which the installation's clock stands.
    """
    lived = frozenset(demo.steps.values_list("name", flat=True))
    days = stage.calendar.days
    living = Living(stage, demo)
    for day, live_day in each_day(living, lived):
        if until is not None and day >= until:
            return
        tell("live", (day - days[0]).days, len(days))
        with transaction.atomic():
            live_day()
            DemoStep.objects.create(demo=demo, name=day.isoformat())
    if MORNING not in lived:
        with transaction.atomic():
            living.wake(days[-1] + timedelta(days=1))
            DemoStep.objects.create(demo=demo, name=MORNING)
    tell("live", len(days), len(days))


def finish(stage: Stage, demo: Demo, out: Path, tell: Progress = silent) -> tuple[EditionView, tuple[Path, ...]]:
    """Sum the year, build the index, compose the report of the main library and write it; return it and its files."""
    tell("sum", 0, 3)
    patrons.snapshot_valid_patrons(on=stage.calendar.days[-1])
    Credit(stage).open_accounts(stage.calendar.days[-1])
    indicators.fold_all()
    tell("index", 1, 3)
    if not demo.steps.filter(name="index").exists():
        catalogue.rebuild_index(at=morning_after(stage))
        DemoStep.objects.create(demo=demo, name="index")
    tell("report", 2, 3)
    edition = _report(stage)
    files = documents.write(edition, FORMATS, out)
    tell("report", 3, 3)
    return edition, files


def _report(stage: Stage) -> EditionView:
    """Compose the report as the office does on the morning after; a second run finds the same edition."""
    act = Act(
        at=morning_after(stage),
        node=stage.library,
        channel=Channel.DESK,
        staff=stage.staff["office"],
        key=f"demo:report:{stage.plan.year}",
    )
    reports.enter_sample_texts(act, node=stage.library, year=stage.plan.year, shape=stage.plan.network)
    composed = reports.compose(act, node=stage.library, year=stage.plan.year, shape=stage.plan.network)
    return editions.edition(composed.id)


def morning_after(stage: Stage) -> datetime:
    """Return the instant that the installation's clock is set to: ten o'clock after the year's last day."""
    return stage.at(stage.calendar.days[-1] + timedelta(days=1), MORNING_SECOND)
