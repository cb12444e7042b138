"""The queue of conflicts at the desk: what waits, from which device, and the three decisions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.journals import deciding, files, queries, words
from wenlan.circulation.journals.errors import DecisionWrong, JournalUnreadable
from wenlan.circulation.journals.forms import DecisionForm, JournalFileForm
from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.journals.types import Decision, JournalAct, Problem, Summary
from wenlan.circulation.journals.views import persons
from wenlan.holdings import queries as holdings
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.patrons.errors import CardUnknown
from wenlan.patrons.types import PatronView
from wenlan.staff.access import needs
from wenlan.staff.desks import Desk
from wenlan.staff.types import Right
from wenlan.ui.addresses import whole_number

PAGE = 20
LARGEST_FILE = 5_000_000  # some 15,000 acts, a minute; what is larger is taken in by the command


@needs(Right.CHECK_OUT)
def journals(request: HttpRequest) -> HttpResponse:
    """Show what waits for a decision at the places this desk sees, and the devices that sent."""
    places, names = request.desk.visible, network.node_names()
    device, problem = request.GET.get("device", "")[:40], request.GET.get("problem", "")
    chosen = problem if problem in Problem.values else ""
    after = whole_number(request.GET.get("after")) or 0
    found = queries.conflicts(places, device=device, problem=chosen, after=after, limit=PAGE + 1)
    context = {
        "lines": shown(request.desk, found[:PAGE], names),
        "next": found[PAGE - 1].pk if len(found) > PAGE else "",
        "first": not after,
        "devices": queries.devices(places),
        "device": device,
        "kinds": kinds(queries.waiting_by_problem(places, device=device), chosen, device),
        "waiting": queries.waiting_count(places),
        "file_form": JournalFileForm(),
    }
    return render(request, "circulation/journals.html", context)


def kinds(counts: Mapping[str, int], chosen: str, device: str) -> list[dict[str, Any]]:
    """Return the kinds of conflicts that wait, with their number, to choose from."""
    page = reverse("circulation:journals")
    total = sum(count for problem, count in counts.items() if problem != Problem.WAITS)
    listed = [("", _("All conflicts"), total)]
    listed += [(problem.value, str(problem.label), counts[problem]) for problem in Problem if counts.get(problem)]
    return [
        {
            "label": label,
            "url": f"{page}?{urlencode({'problem': code, 'device': device})}",
            "current": code == chosen,
            "count": count,
        }
        for code, label, count in listed
    ]


def shown(desk: Desk, rows: Sequence[JournalLine], names: Mapping[int, str]) -> list[dict[str, Any]]:
    """Return conflicts as the page lists them: what happened, to whom as far as this desk may see, what is wrong."""
    found = {row.pk: items_of(row) for row in rows}
    titles = catalogue.titles({item.record for items in found.values() for item in items})
    categories = persons.categories() if any(row.act == JournalAct.REGISTER for row in rows) else []
    return [
        {
            "row": row,
            "act": str(JournalAct(row.act).label) if row.act else "",
            "place": names.get(row.node_id or 0, ""),
            "told": row.told or {},
            "reader": reader_of(desk, row),
            "person": persons.person_of(desk, row),
            "there": persons.reader_there(desk, row),
            "titles": sorted({titles.get(item.record, "") for item in found[row.pk]}),
            "scopes": [
                {"scope": item.barcode_scope, "place": names.get(item.shelved_at, "")} for item in found[row.pk]
            ],
            "why": words.conflict_lines(row),
            "elsewhere": names.get(row.found.get("node") or 0, ""),
            "form": DecisionForm(
                problem=row.problem, categories=categories, initial=begun(row), prefix=f"line-{row.pk}"
            ),
            "may_decide": desk.may(Right.OVERRIDE, row.node_id),
        }
        for row in rows
    ]


def begun(row: JournalLine) -> dict[str, Any]:
    """Return what stands in the fields of a decision at first: what was told."""
    return {**(row.told or {}), "happened_at": row.happened_at}


def items_of(row: JournalLine) -> tuple[Any, ...]:
    """Return the items that carry the barcode of a line."""
    return holdings.items_with_barcode(row.item_key) if row.item_key else ()


def reader_of(desk: Desk, row: JournalLine) -> PatronView | None:
    """Return the reader of a line's card, masked where this desk may not see names."""
    card = str((row.told or {}).get("card", ""))
    if not card or row.act == JournalAct.REGISTER:
        return None
    try:
        reader = patrons.patron_by_card(card)
    except CardUnknown:
        return None
    return reader if desk.may(Right.PATRONS_NAMES, reader.home_node) else reader.masked()


@require_POST
@needs(Right.CHECK_OUT)
def decide(request: HttpRequest, line_id: int) -> HttpResponse:
    """Decide about one conflict."""
    row = queries.conflict(line_id, request.desk.visible)
    if row is None:
        messages.warning(request, _("This was decided meanwhile. Please look at the list again."))
        return redirect("circulation:journals")
    request.desk.insist(Right.OVERRIDE, row.node_id)
    choices = persons.categories() if row.act == JournalAct.REGISTER else []
    form = DecisionForm(request.POST, problem=row.problem, categories=choices, prefix=f"line-{row.pk}")
    try:
        if not form.is_valid():
            raise DecisionWrong()
        done = deciding.decide(
            request.desk.act(),
            line=row.pk,
            decision=Decision(form.cleaned_data["decision"]),
            correction=form.correction,
            reason=form.cleaned_data["reason"],
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        said = (
            words.conflict_lines(done)
            if done.problem
            else [_("Decided: %(what)s.") % {"what": done.get_state_display()}]
        )
        messages.success(request, " ".join(said))
    return (
        redirect(request.POST.get("back") or "circulation:journals")
        if safe(request)
        else redirect("circulation:journals")
    )


def safe(request: HttpRequest) -> bool:
    """Return whether the page asks to go back to its own list."""
    return request.POST.get("back", "").startswith(reverse("circulation:journals") + "?")


@require_POST
@needs(Right.CHECK_OUT)
def upload(request: HttpRequest) -> HttpResponse:
    """Take in a journal that came as a file."""
    form = JournalFileForm(request.POST, request.FILES)
    try:
        if not form.is_valid() or form.cleaned_data["file"].size > LARGEST_FILE:
            raise JournalUnreadable(file=_("This file"))
        file = form.cleaned_data["file"]
        found = files.take_in(request.desk.act(), name=file.name, content=file.read())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        say(request, found)
    return redirect("circulation:journals")


def say(request: HttpRequest, found: Summary) -> None:
    """Tell what became of a file."""
    told = {"lines": found.lines, "recorded": found.recorded, "known": found.known}
    messages.success(request, _("Lines %(lines)s: recorded %(recorded)s, known before %(known)s.") % told)
    if conflicts := sum(found.conflicts.values()):
        said = ngettext("%(count)s conflict waits below.", "%(count)s conflicts wait below.", conflicts)
        messages.warning(request, said % {"count": conflicts})
    if not found.is_whole:
        said = _("The file is not as it was written: it was cut off or changed. Missing acts: %(missing)s.")
        messages.error(request, said % {"missing": found.missing})
