"""How much each member of staff did, by day or month (工作量): at the desk, cataloguing, shelving, dunning."""

from collections import Counter
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from wenlan.catalogue.editing import history
from wenlan.credit import reminding
from wenlan.credit.till import counting
from wenlan.holdings import queries as holdings
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network
from wenlan.staff import queries as staff
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.spreadsheets import as_table
from wenlan.ui.widgets import DayInput

COLUMNS = {
    **{kind: Kind(kind).label for kind in counting.KINDS},
    "created": _("Records catalogued"),
    "edited": _("Records corrected"),
    "shelved": _("Items shelved"),
    "reminded": _("Reminders made"),
}
LONGEST_SPAN = timedelta(days=400)
LONGEST_MONTH = timedelta(days=31)


class PeriodForm(forms.Form):
    """Which days, at which place with all under it, by day or by month."""

    first = forms.DateField(label=_("First day"), widget=DayInput())
    last = forms.DateField(label=_("Last day"), widget=DayInput())
    place = forms.TypedChoiceField(label=_("Place"), coerce=int, required=False, empty_value=None)
    by_month = forms.BooleanField(label=_("By month"), required=False)

    def __init__(self, *args: Any, places: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("All places of this desk")), *places]

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order, and more than a year of them."""
        said = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if first and last and not first <= last <= first + LONGEST_SPAN:
            self.add_error("last", _("Choose days in their order, at most a year of them."))
        return said


@needs(Right.FIGURES_SEE)
def workload(request: HttpRequest) -> HttpResponse:
    """Show what each member of staff did, with the sum of all; `format=csv` gives the table to a spreadsheet.

    Where no days are asked for it is this month, or, as on its first morning, the last one that has something.
    """
    today = clock.today()
    said: dict[str, Any] = {"first": today.replace(day=1), "last": today, "by_month": False, "place": None}
    places = [(view.id, view.name) for view in network.nodes() if view.id in request.desk.visible]
    form = PeriodForm(request.GET if "first" in request.GET else None, initial=said, places=places)
    if form.is_bound:
        said = form.cleaned_data if form.is_valid() else {}
    done = work_of(request, said) if said else {}
    earlier = None if done or form.is_bound else last_month_with_work(request, today)
    if earlier:
        said |= {"first": earlier, "last": (earlier + LONGEST_MONTH).replace(day=1) - timedelta(days=1)}
        form = PeriodForm(initial=said, places=places)
        done = work_of(request, said)
    names = {f"staff:{member}": name for member, name in staff.names(members(done)).items()}
    rows = [
        {"period": period, "who": names.get(operator, operator), "cells": cells(acts)}
        for (period, operator), acts in sorted(done.items())
    ]
    sums = cells(sum(done.values(), Counter[str]()))
    if request.GET.get("format") == "csv" and said:
        return for_a_spreadsheet(rows, sums, said)
    context = {
        "form": form,
        "columns": list(COLUMNS.values()),
        "rows": rows,
        "sums": sums,
        "by_month": said.get("by_month"),
        "earlier_month": earlier,
        "table_url": f"?{urlencode({**asked_for(said), 'format': 'csv'})}",
    }
    return render(request, "web/workload.html", context)


def last_month_with_work(request: HttpRequest, today: date) -> date | None:
    """Return the first day of the last month within a year in which anybody did anything; None when nobody did."""
    span = {"first": today - LONGEST_SPAN, "last": today, "by_month": True, "place": None}
    return max((month for month, _operator in work_of(request, span)), default=None)


def asked_for(said: dict[str, Any]) -> dict[str, str]:
    """Return what the page shows as an address says it."""
    return {name: "on" if value is True else str(value) for name, value in said.items() if value}


def for_a_spreadsheet(rows: list[dict[str, Any]], sums: list[tuple[Any, int]], said: dict[str, Any]) -> HttpResponse:
    """Return the table of the page as a file, its sums in the last line."""
    lines = [
        [f"{row['period']:%Y-%m}" if said["by_month"] else row["period"], row["who"], *numbers(row["cells"])]
        for row in rows
    ]
    headings = [_("Period"), _("Staff member"), *COLUMNS.values()]
    name = f"wenlan-workload-{said['first']}-{said['last']}.csv"
    return as_table(headings, [*lines, [_("Total"), "", *numbers(sums)]], name)


def numbers(row: list[tuple[Any, int]]) -> list[int]:
    """Return the numbers of a row."""
    return [count for _label, count in row]


def work_of(request: HttpRequest, said: dict[str, Any]) -> dict[tuple[date, str], Counter[str]]:
    """Return what was done by period and operator (four statements)."""
    nodes = request.desk.visible
    if said["place"]:
        nodes = nodes & network.subtree(said["place"], clock.today())
    span = {"start": said["first"], "end": said["last"] + timedelta(days=1)}
    done: dict[tuple[date, str], Counter[str]] = {}

    def add(operator: str, day: date, what: str, count: int) -> None:
        period = day.replace(day=1) if said["by_month"] else day
        done.setdefault((period, operator), Counter())[what] += count

    for one in counting.workload(nodes, **span):
        for kind, count in one.acts.items():
            add(one.operator, one.day, kind, count)
    for (operator, day, what), count in history.catalogued(nodes, **span).items():
        add(operator, day, what, count)
    for what, found in (("shelved", holdings.shelved(nodes, **span)), ("reminded", reminding.count(nodes, **span))):
        for (operator, day), count in found.items():
            add(operator, day, what, count)
    return done


def members(done: dict[tuple[date, str], Counter[str]]) -> set[int]:
    """Return the members of staff who did something."""
    return {int(operator.removeprefix("staff:")) for _period, operator in done}


def cells(acts: Counter[str]) -> list[tuple[Any, int]]:
    """Return the numbers in the order of the columns, each with its label."""
    return [(label, acts[what]) for what, label in COLUMNS.items()]
