"""How many machines of each type there are on a day and what they cost, and what each machine has handled.

Every number comes from the ledger and leads to the acts behind it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenlan.facilities.machines import queries
from wenlan.facilities.machines.forms import places_of
from wenlan.facilities.machines.types import LinkView, MachineView
from wenlan.indicators import queries as indicators
from wenlan.indicators.types import NETWORK
from wenlan.kernel.periods import Period
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.spreadsheets import as_table
from wenlan.ui.widgets import DayInput

HANDLED = {
    "registrations": gettext_lazy("Cards issued"),
    "loans": gettext_lazy("Loans"),
    "returns": gettext_lazy("Returns"),
    "renewals": gettext_lazy("Renewals"),
}
LAST_DAY = date(2199, 12, 31)
COUNTED = ("equipment_held", "bus_vehicles", "service_vehicles")


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """What a machine did in a period: a number for each of `HANDLED`, with the address of its acts."""

    machine: MachineView
    place: str
    devices: tuple[str, ...]
    cells: tuple[tuple[str, int, str], ...]


def day_of_figures(label: Any) -> forms.DateField:
    """Return the field of a day for which there may be figures."""
    return forms.DateField(label=label, widget=DayInput(), validators=[MaxValueValidator(LAST_DAY)])


class SpanForm(forms.Form):
    """Which place, and which days."""

    node = forms.TypedChoiceField(label=gettext_lazy("Place"), coerce=int)
    first = day_of_figures(gettext_lazy("First day"))
    last = day_of_figures(gettext_lazy("Last day"))

    def __init__(self, *args: Any, places: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = places_of(places)

    def clean(self) -> dict[str, Any]:
        """Days come in their order."""
        said = super().clean() or {}
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error("last", _("The last day comes before the first."))
        return said


class DayForm(forms.Form):
    """Which place, and the end of which day."""

    node = forms.TypedChoiceField(label=gettext_lazy("Place"), coerce=int)
    day = day_of_figures(gettext_lazy("At the end of the day"))

    def __init__(self, *args: Any, places: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = places_of(places)


def highest(request: HttpRequest) -> int:
    """Return the highest place this desk sees: its own, or the first above it."""
    seen = request.desk.visible
    return next((view.id for view in network.nodes() if view.id in seen), request.desk.node)


@needs(Right.MACHINES, Right.FIGURES_SEE)
def figures(request: HttpRequest) -> HttpResponse:
    """Show the pieces of each type at the end of a day, their sum, and their original value."""
    said: dict[str, Any] = {"node": highest(request), "day": clock.today()}
    form = DayForm(request.GET if "day" in request.GET else None, initial=said, places=request.desk.visible)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
    rows = by_type(said["node"], said["day"])
    if request.GET.get("format") == "csv":
        table = [[row["name"], row["pieces"], row["unit"], row["value"]] for row in rows]
        return as_table([_("Type"), _("Pieces"), _("Unit"), _("Original value in yuan")], table, "machines.csv")
    context = {
        "form": form,
        "rows": rows,
        "may_acts": request.desk.may(Right.FIGURES_SEE),
        "pieces": sum(row["pieces"] for row in rows),
        "value_fen": sum(row["value_fen"] for row in rows),
        "day": said["day"],
        "place": network.node(said["node"]).name,
        "table_url": f"?{urlencode({'node': said['node'], 'day': said['day'].isoformat(), 'format': 'csv'})}",
        "crumbs": [(_("Machines"), reverse("machines:list")), (_("Machines by type"), "")],
    }
    return render(request, "web/machines/figures.html", context)


def by_type(node: int, day: date) -> list[dict[str, Any]]:
    """Return a line for each type of which something is held or owned, with the addresses of the acts behind it."""
    period, types = Period.day(day), queries.machine_types()
    values = parts("equipment_value", node, period)
    rows = []
    for code in COUNTED:
        names = {one.subject: one for one in types.values()}
        for subject, pieces in parts(code, node, period).items():
            kind = names.get(subject)
            value = values.pop(kind.value_subject, 0) if kind else 0
            rows.append(line_of(kind.name if kind else subject, code, subject, pieces, value, (node, day)))
    left = {one.value_subject: one for one in types.values()}
    for subject, value in values.items():  # owned and out of use
        kind = left.get(subject)
        rows.append(line_of(kind.name if kind else subject, "equipment_held", "", 0, value, (node, day)))
    return [row for row in rows if row["pieces"] or row["value"]]


def line_of(name: str, code: str, subject: str, pieces: int, value: Any, asked: tuple[int, date]) -> dict[str, Any]:
    """Return a line of the table by type."""
    unit = _("vehicles") if code != "equipment_held" else _("pieces")
    return {
        "name": name,
        "pieces": pieces,
        "unit": unit,
        "value": value,
        "value_fen": round(value * 100),
        "url": acts_url(code, *asked, subject),
    }


def acts_url(code: str, node: int, day: date, subject: str) -> str:
    """Return the address of the acts behind a stock at the end of a day."""
    if not subject:
        return ""
    said = {"node": node, "scope": NETWORK, "start": f"{day.year}-01-01", "last": day.isoformat(), "c_subject": subject}
    return f"{reverse('indicators:acts', args=[code])}?{urlencode(said)}"


def parts(code: str, node: int, period: Period) -> dict[str, Any]:
    """Return a figure by subject."""
    found = indicators.breakdown(code, node=node, period=period, by=("subject",))
    return {str(cell.keys[0]): cell.value for cell in found if cell.value}


@needs(Right.MACHINES, Right.FIGURES_SEE)
def handled(request: HttpRequest) -> HttpResponse:
    """Show what every machine that is a device handled in some days, with the sums."""
    today = clock.today()
    said: dict[str, Any] = {"node": highest(request), "first": date(today.year, 1, 1), "last": today}
    form = SpanForm(request.GET if "first" in request.GET else None, initial=said, places=request.desk.visible)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
    period = Period(said["first"], said["last"] + timedelta(days=1))
    nodes = network.subtree(said["node"], today) & request.desk.visible
    linked = {link.machine for link in queries.links([one.id for one in queries.machines(nodes, limit=5000)])}
    rows = handled_by(queries.machines_by_id(linked).values(), period)
    sums = [sum(row.cells[place][1] for row in rows) for place in range(len(HANDLED))]
    if request.GET.get("format") == "csv":
        table = [[row.machine.number, row.machine.name, row.place, *(cell[1] for cell in row.cells)] for row in rows]
        headings = [_("Asset number"), _("Machine"), _("Place"), *HANDLED.values()]
        return as_table(headings, table, f"machines-{said['first']}-{said['last']}.csv")
    asked = {name: str(value) for name, value in said.items()}
    context = {
        "form": form,
        "rows": rows,
        "may_acts": request.desk.may(Right.FIGURES_SEE),
        "may_machines": request.desk.may(Right.MACHINES),
        "columns": list(HANDLED.values()),
        "sums": list(zip(HANDLED.values(), sums, strict=True)),
        "table_url": f"?{urlencode(asked | {'format': 'csv'})}",
        "crumbs": [(_("Machines"), reverse("machines:list")), (_("Handled by machines"), "")],
    }
    return render(request, "web/machines/handled.html", context)


def handled_by(machines: Iterable[MachineView], period: Period) -> list[Handled]:
    """Return what some machines did in a period: what their devices did on the days on which they were theirs.

    Costs a breakdown for each of `HANDLED`, and four more for each link that begins or ends within the period.
    """
    found = sorted(machines, key=lambda one: (one.type.code, one.number))
    linked: dict[int, list[LinkView]] = {}
    for link in queries.links([one.id for one in found]):
        linked.setdefault(link.machine, []).append(link)
    known: dict[Period, dict[str, dict[str, int]]] = {}
    rows = []
    for one in found:
        spans = [(link.device, within(link, period)) for link in linked.get(one.id, [])]
        here = [(device, span) for device, span in spans if span is not None]
        for _device, span in here:
            if span not in known:
                known[span] = {code: by_operator(code, span) for code in HANDLED}
        cells = tuple(
            (
                str(label),
                sum(known[span][code].get(f"device:{device}", 0) for device, span in here),
                device_acts(code, here[0]) if len(here) == 1 else "",
            )
            for code, label in HANDLED.items()
        )
        devices = tuple(dict.fromkeys(device for device, _span in here))
        rows.append(Handled(machine=one, place=network.node(one.node).name, devices=devices, cells=cells))
    return rows


def within(link: LinkView, period: Period) -> Period | None:
    """Return the part of a period over which a link held, None when it did not."""
    start = max(link.from_day, period.start)
    end = min(link.until_day or period.end, period.end)
    return Period(start, end) if start < end else None


def by_operator(code: str, period: Period) -> dict[str, int]:
    """Return a figure of the whole network by who did it."""
    found = indicators.breakdown(code, node=network.root().id, period=period, by=("operator",))
    return {str(cell.keys[0]): int(cell.value or 0) for cell in found}


def device_acts(code: str, of: tuple[str, Period]) -> str:
    """Return the address of the acts that a device did in a period."""
    device, period = of
    said = {
        "node": network.root().id,
        "scope": NETWORK,
        "start": period.start.isoformat(),
        "last": period.last_day.isoformat(),
        "c_operator": f"device:{device}",
    }
    return f"{reverse('indicators:acts', args=[code])}?{urlencode(said)}"
