"""A folder of exports tried or taken in: the files in their order, then the books compared and the report kept."""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wenlan.circulation.takeover import queries
from wenlan.holdings.places import Places
from wenlan.kernel.acts import Act, Channel
from wenlan.moving import balancing, finding, profiles, statements, words
from wenlan.moving.errors import LastRunDone
from wenlan.moving.models import Misfit, Run
from wenlan.moving.steps import history, items, loans, photographs, readers, records, reservations, sums
from wenlan.moving.types import FoundFile, Order, Part, Problem, Report, Totals
from wenlan.moving.work import Progress, Work
from wenlan.staff.operations import audit

GRACE = timedelta(days=1)  # after the last run the next night still belongs to the switch
KEPT = 2000
KEPT_RUNS = 20


def move_in(act: Act, *, order: Order, progress: Progress | None = None) -> Report:
    """Try or take in a folder of exports; a trial writes nothing but its report.

    Every step is a small transaction, so that a run which is broken off is simply repeated: what is there already is
    the same, what the other system says otherwise now is brought up. Raises FolderUnreadable, ExportUnreadable,
    ProfileUnknown, ProfileMisdeclared, NotFound, and LastRunDone when the other system was switched off before.
    """
    _refuse_late(act, order)
    act = replace(act, channel=Channel.IMPORT)
    began = time.perf_counter()
    profile = profiles.profile(order.profile, order.beside)
    site = words.read(order.beside)
    places = Places(home=order.node, told=dict(order.places))
    work = Work(act=act, order=order, profile=profile, places=places, words=site, progress=progress)
    files, ignored = finding.files_of(work)
    before = _totals()
    _take(work, files)
    here = work.here if work.is_trial else balancing.recount(work, [(one.part, one.path) for one in files])
    after = _predicted(work, before) if work.is_trial else _totals()
    report = Report(
        files=tuple(work.files),
        ignored=tuple(ignored),
        outcomes={part: dict(counts) for part, counts in work.outcomes.items()},
        problems={part: dict(counts) for part, counts in work.problems.items()},
        unknown={table: dict(counts.most_common()) for table, counts in work.unknown.items() if counts},
        stated=_sums(work.stated),
        kept_out=_sums(work.kept_out),
        here=_sums(here),
        before=before,
        after=after,
        seconds=round(time.perf_counter() - began, 1),
        found=tuple(work.found),
    )
    _keep(act, order, report)
    return report


def _refuse_late(act: Act, order: Order) -> None:
    """Raise LastRunDone for a real run when readers borrow here by now."""
    last = Run.objects.filter(source=order.source, is_trial=False, is_last=True).order_by("id").first()
    if last is not None and not order.is_trial and act.day > last.made_on + GRACE:
        raise LastRunDone(source=order.source, day=last.made_on)


def _take(work: Work, files: list[finding.Export]) -> None:
    """Take the files in, part after part; then look at what they no longer name."""
    parts = {one.part for one in files}
    steps: Mapping[Part, Callable[[Work, Path], int]] = {
        Part.RECORDS: lambda work, path: records.take(work, path, with_copies=Part.ITEMS not in parts),
        Part.READERS: readers.take,
        Part.ITEMS: items.take,
        Part.HISTORY: lambda work, path: history.take(work, path, counts_on_items=not work.has_loan_counts),
        Part.LOANS: loans.take,
        Part.RESERVATIONS: reservations.take,
        Part.SUMS: sums.take,
    }
    for part, step in steps.items():
        for one in files:
            if one.part == part:
                work.file = one.path.name
                lines = step(work, one.path)
                work.files.append(FoundFile(name=one.path.name, part=part.value, lines=lines))
        work.file = ""
        if part == Part.READERS:
            photographs.take(work)
        if part == Part.LOANS and part in parts:
            loans.end_others(work)
    if Part.ITEMS in parts:
        items.without_loan(work)
        work.file = ""
        items.gone(work)
    if Part.READERS in parts:
        readers.gone(work)


def _sums(counted: Counter[str]) -> Totals:
    return Totals(**{name: counted[name] for name in Totals.__dataclass_fields__})


def _totals() -> Totals:
    found = statements.totals()
    names = ("readers", "deposit_fen", "owed_fen", "items", "price_fen", "loans")
    return Totals(**dict(zip(names, found, strict=True)), reservations=queries.count_open_reservations())


def _predicted(work: Work, before: Totals) -> Totals:
    """Return what the whole network would have: what it has, and the new lines."""
    new = {
        part: work.outcomes[part]["new"] if part in work.outcomes else 0
        for part in (Part.READERS, Part.ITEMS, Part.LOANS, Part.RESERVATIONS)
    }
    return Totals(
        readers=before.readers + new[Part.READERS],
        deposit_fen=max(before.deposit_fen, work.here["deposit_fen"]),
        owed_fen=max(before.owed_fen, work.here["owed_fen"]),
        items=before.items + new[Part.ITEMS],
        price_fen=before.price_fen + work.new_price_fen,
        loans=before.loans + new[Part.LOANS] - work.ended_loans,
        reservations=before.reservations + new[Part.RESERVATIONS],
    )


@transaction.atomic
def _keep(act: Act, order: Order, report: Report) -> None:
    """Keep the report for the desk, with the first lines that do not fit; of readers without their numbers."""
    told: dict[str, Any] = {**asdict(report), "differences": report.differences}
    told.pop("found")
    run = Run.objects.create(
        made_at=act.at,
        made_on=act.day,
        node_id=order.node,
        operator=act.operator,
        source=order.source,
        profile=order.profile,
        folder=str(order.folder)[-255:],
        is_trial=order.is_trial,
        is_last=order.is_last,
        report=told,
        key=act.key[:80],
    )
    Misfit.objects.bulk_create(
        [
            Misfit(
                run=run,
                part=one.part,
                file=one.file[:120],
                line=one.where,
                what="" if one.part == Part.READERS else one.what[:64],
                problem=one.problem,
                words=one.words[:200] if one.part != Part.READERS or one.problem == Problem.READER else "",
            )
            for one in report.found[:KEPT]
        ],
        batch_size=500,
    )
    old = Run.objects.filter(source=order.source, is_trial=True).order_by("-id").values_list("id", flat=True)
    Run.objects.filter(pk__in=list(old[KEPT_RUNS:])).delete()
    if not order.is_trial:
        audit(act, "moving.run", f"moving:{run.pk}", after={"outcomes": report.outcomes, "last": order.is_last})


def said(report: Report) -> str:
    """Return whether the books balance, in a sentence."""
    if not report.differences:
        return _("The books balance: what the exports say, less what was kept out, is what is here.")
    return _("The books do not balance yet; each line is in the list of what does not fit.")
