"""Reminder slips on paper: two or three a sheet with cut lines, by class, a list for the teacher before each class."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from typing import Any

from django.utils.translation import gettext as _

from wenlan.circulation.types import LoanView
from wenlan.credit.types import SlipRunView, SlipsBy
from wenlan.network import queries as network
from wenlan.patrons.types import PatronView
from wenlan.patrons.units.policies import order
from wenlan.patrons.units.types import Membership
from wenlan.ui.typesetting import workshop
from wenlan.ui.typography import full_day, table_day

TEMPLATE = files("wenlan.web.desk").joinpath("slips.typ")
LINES = {2: 17, 3: 9}  # items that a slip holds, by slips a sheet; a reader with more gets a second slip
LIST_LINES = 38  # readers on one page of a list


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderSlip:
    """A reader with the loans that are late."""

    reader: PatronView
    belongs: Membership | None
    loans: tuple[LoanView, ...]

    @property
    def card(self) -> str:
        """The card that serves."""
        return next((card.number for card in self.reader.cards if card.until_day is None), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Slips that are handed out together; `heading` is unit and class, or home library and category."""

    heading: str
    slips: tuple[ReaderSlip, ...]

    @property
    def loans(self) -> int:
        """How many items are late in it."""
        return sum(len(slip.loans) for slip in self.slips)


def grouped(slips: Sequence[ReaderSlip], *, by: str) -> tuple[Group, ...]:
    """Return the slips by class, unit or home library, in the order in which they are handed out.

    Readers who belong to no unit come last, by home library and category.
    """
    found: dict[tuple[object, ...], list[ReaderSlip]] = {}
    headings: dict[tuple[object, ...], str] = {}
    for slip in slips:
        key, heading = _place(slip, by)
        found.setdefault(key, []).append(slip)
        headings[key] = heading
    return tuple(
        Group(heading=headings[key], slips=tuple(sorted(found[key], key=lambda one: (one.reader.name, one.reader.id))))
        for key in sorted(found)
    )


def _place(slip: ReaderSlip, by: str) -> tuple[tuple[object, ...], str]:
    belongs = slip.belongs
    if belongs is None or by == SlipsBy.HOME:
        home, category = network.node(slip.reader.home_node).name, slip.reader.category.name
        return (1, order(home), order(category)), f"{home} {category}"
    if by == SlipsBy.UNIT:
        return (0, order(belongs.unit), ()), belongs.unit
    return (0, order(belongs.unit), order(belongs.group)), belongs.words


def pdf(run: SlipRunView, groups: Sequence[Group], *, on: date) -> bytes:
    """Return the sheets of a run as they are on a day. Raises TypesettingFailed."""
    with workshop.workshop() as folder:
        told = json.dumps(data(run, groups, on=on), ensure_ascii=False)
        (folder / "data.json").write_text(told, encoding="utf-8")
        with as_file(TEMPLATE) as template:
            shutil.copy(template, folder / "slips.typ")
        workshop.run(folder, document="slips")
        return (folder / "slips.pdf").read_bytes()


def data(run: SlipRunView, groups: Sequence[Group], *, on: date) -> Mapping[str, Any]:
    """Return what the template reads: for each group the pages of its list, and its sheets of slips."""
    root = network.root_or_none()
    library = network.node(run.node).name
    return {
        "title": f"{_('Reminder slips')} {run.number}",
        "demo": _("Demonstration data") if root and root.is_demo else "",
        "library": library,
        "per_sheet": run.per_sheet,
        "groups": [group_data(run, group, on=on) for group in groups],
    }


def group_data(run: SlipRunView, group: Group, *, on: date) -> dict[str, Any]:
    """Return one group: its list in pages, and its slips in sheets."""
    slips = [part for slip in group.slips for part in slip_data(run, group, slip, on=on)]
    rows = [
        {
            "number": number,
            "name": slip.reader.name,
            "card": slip.card,
            "items": len(slip.loans),
            "days": max((on - loan.due_on).days for loan in slip.loans),
        }
        for number, slip in enumerate(group.slips, start=1)
    ]
    pages = [rows[start : start + LIST_LINES] for start in range(0, len(rows), LIST_LINES)]
    said = {"readers": len(group.slips), "items": group.loans}
    return {
        "heading": group.heading,
        "list_title": _("List of late books"),
        "summary": _("%(readers)d readers, %(items)d items. Please give out the slips and collect the books.") % said,
        "columns": [
            *(_("No."), _("Reader"), _("Card number"), _("Items late"), _("Days late")),
            *(_("Slip received"), _("Brought back")),
        ],
        "foot": _("Run %(number)s of %(day)s") % {"number": run.number, "day": full_day(run.day)},
        "signature": _("Teacher or contact person (signature):"),
        "pages": pages,
        "sheets": [slips[start : start + run.per_sheet] for start in range(0, len(slips), run.per_sheet)],
    }  # fmt: skip


def slip_data(run: SlipRunView, group: Group, slip: ReaderSlip, *, on: date) -> list[dict[str, Any]]:
    """Return a reader's slip; a long one is continued on the next."""
    most = LINES[run.per_sheet]
    parts = [slip.loans[start : start + most] for start in range(0, len(slip.loans), most)]
    asks = _("Items at home whose date is over: %(many)d. Please bring them back to any branch by %(day)s.")
    said = {"many": len(slip.loans), "day": full_day(run.return_by)}
    return [
        {
            "title": _("Reminder to return books"),
            "part": f"{number} / {len(parts)}" if len(parts) > 1 else "",
            "name": slip.reader.name,
            "card": slip.card,
            "belongs": slip.belongs.words if slip.belongs else group.heading,
            "asks": asks % said,
            "columns": [_("Title"), _("Barcode"), _("Due on"), _("Days late")],
            "lines": [line(loan, on=on) for loan in part],
            "foot": f"{run.number} · {full_day(run.day)}",
            "thanks": _("Already returned? Then this slip has crossed your return; please excuse it."),
        }
        for number, part in enumerate(parts, start=1)
    ]


def line(loan: LoanView, *, on: date) -> dict[str, Any]:
    """Return a late item as the slip names it."""
    return {
        "title": loan.title,
        "barcode": loan.barcode,
        "due": str(table_day(loan.due_on)),
        "days": (on - loan.due_on).days,
    }
