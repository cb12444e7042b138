"""Reminder slips by class or unit (催还单): what would be printed, the run that takes the step, its sheets as pdf."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from wenlan.circulation import queries as circulation
from wenlan.circulation.types import LoanView
from wenlan.credit import slips
from wenlan.credit.reminding import Task
from wenlan.credit.types import SlipRunView, SlipsBy
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.patrons.units import queries as units
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.widgets import DayInput
from wenlan.web.desk.slip_sheets import Group, ReaderSlip, grouped, pdf
from wenlan.web.reminding import due_loans

MOST = 3000  # loans in one run
DUE, ALL = "due", "all"
WHICH = ((DUE, gettext_lazy("loans whose next step is a slip")), (ALL, gettext_lazy("everything that is so late")))
DAYS_TO_RETURN = 7


class SlipsForm(forms.Form):
    """Which loans, sorted how, on what sheets."""

    which = forms.ChoiceField(label=gettext_lazy("Slips for"), choices=WHICH, initial=DUE)
    late_days = forms.IntegerField(label=gettext_lazy("Days late at least"), min_value=1, max_value=3650, initial=30)
    by = forms.ChoiceField(label=gettext_lazy("Sorted by"), choices=SlipsBy.choices, initial=SlipsBy.GROUP)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)
    per_sheet = forms.TypedChoiceField(
        label=gettext_lazy("Slips on a sheet of A4"), coerce=int, choices=((3, "3"), (2, "2")), initial=3
    )
    return_by = forms.DateField(label=gettext_lazy("To be returned by"), widget=DayInput())
    key = forms.CharField(widget=forms.HiddenInput, initial=lambda: str(new_uid()), max_length=64)

    def __init__(self, *args: Any, known: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("all")), *((name, name) for name in known)]


@needs(Right.CHECK_OUT)
def index(request: HttpRequest) -> HttpResponse:
    """Show what would be printed by GET, begin a run by POST; list the runs."""
    named = request.desk.nodes_with(Right.PATRONS_NAMES)
    sent = request.POST or (request.GET if "which" in request.GET else None)
    kept = {"return_by": clock.today() + timedelta(days=DAYS_TO_RETURN)}
    form = SlipsForm(sent, known=[one.unit for one in units.units(named)], initial=kept)
    groups: tuple[Group, ...] = ()
    if form.is_valid():
        tasks, groups = chosen(request, form.cleaned_data)
        if request.method == "POST" and (run := begun(request, form, tasks)):
            return redirect("desk:slip_run", run.id)
    context = {
        "form": form,
        "asked": form.is_bound and form.is_valid(),
        "groups": groups,
        "slips": sum(len(group.slips) for group in groups),
        "items": sum(group.loans for group in groups),
        "runs": [run_line(run) for run in slips.runs(request.desk.nodes_with(Right.CHECK_OUT))],
    }
    return render(request, "web/slips.html", context, status=422 if form.errors else 200)


def chosen(request: HttpRequest, said: dict[str, Any]) -> tuple[list[Task], tuple[Group, ...]]:
    """Return the steps that a run would take now, of readers whose names this desk may see, and their slips."""
    on, named = clock.today(), request.desk.nodes_with(Right.PATRONS_NAMES)
    found: list[Task] = []
    for batch in due_loans(request.desk.nodes_with(Right.CHECK_OUT), on=on, ahead=0):
        mine = [due for due in batch if due.home_node in named]
        if said["which"] == ALL:
            found += slips.slips_for_all(mine, late_days=said["late_days"])
        else:
            found += slips.due_slips(mine, on=on)
        if len(found) >= MOST:
            break
    belong = units.memberships({task.due.patron for task in found})
    if said["unit"]:
        found = [task for task in found if (one := belong.get(task.due.patron)) and one.unit == said["unit"]]
    found = found[:MOST]
    return found, slips_of(frozenset(task.due.source for task in found), by=said["by"])


def slips_of(sources: frozenset[str], *, by: str) -> tuple[Group, ...]:
    """Return the slips of those loans that are still out and still due on the same day, sorted."""
    known = [UUID(source.split(":")[1]) for source in sources if source.startswith("loan:")]
    loans: list[LoanView] = []
    for start in range(0, len(known), 500):
        loans += circulation.open_loans_by_uid(known[start : start + 500])
    by_reader: dict[int, list[LoanView]] = {}
    for loan in loans:
        if loan.patron is not None and f"loan:{loan.uid}:{loan.due_on}" in sources:
            by_reader.setdefault(loan.patron, []).append(loan)
    readers, belong = patrons.patrons_by_id(by_reader), units.memberships(by_reader)
    return grouped(
        [
            ReaderSlip(reader=readers[patron], belongs=belong.get(patron), loans=tuple(found))
            for patron, found in by_reader.items()
        ],
        by=by,
    )


def begun(request: HttpRequest, form: SlipsForm, tasks: list[Task]) -> SlipRunView | None:
    """Begin a run, or say in the form why not."""
    said = form.cleaned_data
    try:
        return slips.print_slips(
            request.desk.act(key=said["key"]),
            tasks=tasks,
            by=said["by"],
            per_sheet=said["per_sheet"],
            return_by=said["return_by"],
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal))
    return None


def run_line(run: SlipRunView) -> dict[str, Any]:
    """Return a run as the list shows it."""
    return {"run": run, "place": network.node(run.node).name, "by": SlipsBy(run.by).label}


def run_here(request: HttpRequest, run_id: int) -> SlipRunView:
    """Return a run made at a place of this desk. Raises NotFound."""
    found = slips.run_of(run_id)
    if found.node not in request.desk.nodes_with(Right.CHECK_OUT):
        raise NotFound(what=str(run_id))
    return found


@needs(Right.CHECK_OUT)
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show a run: what is still out of it, by class, and its sheets."""
    found = run_here(request, run_id)
    groups = slips_of(slips.sources_of(found.id), by=found.by)
    context = run_line(found) | {
        "groups": groups,
        "out": sum(group.loans for group in groups),
        "crumbs": [
            (_("Dunning"), reverse("desk:reminders")),
            (_("Slips by class"), reverse("desk:slips")),
            (found.number, ""),
        ],
    }
    return render(request, "web/slip_run.html", context)


@never_cache
@needs(Right.CHECK_OUT)
def sheets(request: HttpRequest, run_id: int) -> HttpResponse:
    """Give the sheets of a run as pdf: what is still out today, by name where this desk may see names."""
    found, named = run_here(request, run_id), request.desk.nodes_with(Right.PATRONS_NAMES)
    groups = slips_of(slips.sources_of(found.id), by=found.by)
    seen = [
        Group(heading=group.heading, slips=tuple(one for one in group.slips if one.reader.home_node in named))
        for group in groups
    ]
    seen = [group for group in seen if group.slips]
    if not seen:
        messages.info(request, _("Everything of this run has come back: there is nothing to print."))
        return redirect("desk:slip_run", found.id)
    slips.printed_again(request.desk.act(), run=found.id)
    answer = HttpResponse(pdf(found, seen, on=clock.today()), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="slips-{found.number}.pdf"'
    return answer
