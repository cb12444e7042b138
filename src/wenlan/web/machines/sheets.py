"""A sheet of machines brought in: looked at line by line, then entered."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from wenlan.facilities.machines import operations, sheets
from wenlan.facilities.machines.errors import MachineSheetUnreadable
from wenlan.facilities.machines.forms import SheetForm
from wenlan.facilities.machines.sheets import SheetLine
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock

SALT = "wenlan.web.machines.sheet"
LARGEST_SHEET = 5 << 20
MOST_SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Right.MACHINES)
def sheet(request: HttpRequest) -> HttpResponse:
    """Take a sheet, and show what each of its lines would become; nothing is entered yet."""
    form, context = SheetForm(request.POST or None, request.FILES or None), {}
    if form.is_valid():
        try:
            rows = rows_of(form)
        except MachineSheetUnreadable as refusal:
            form.add_error("sheet", str(refusal))
        else:
            context = preview(request, rows)
    context |= {
        "form": form,
        "columns": [label for label, _words in sheets.COLUMNS.values()],
        "crumbs": [(_("Machines"), reverse("machines:list")), (_("Take in a sheet"), "")],
    }
    return render(request, "web/machines/sheet.html", context, status=422 if form.errors else 200)


def rows_of(form: SheetForm) -> list[dict[str, str]]:
    """Return the lines of an uploaded sheet. Raises MachineSheetUnreadable."""
    upload = form.cleaned_data["sheet"]
    if upload.size > LARGEST_SHEET:
        raise MachineSheetUnreadable(reason=_("it is larger than 5 MB"))
    return sheets.read(upload)


def looked_at(request: HttpRequest, rows: list[dict[str, str]]) -> tuple[SheetLine, ...]:
    """Return what lines would become for this desk."""
    nodes = request.desk.nodes_with(Right.MACHINES)
    return sheets.looked_at(rows, nodes=nodes, home=request.desk.node, today=clock.today())


def preview(request: HttpRequest, rows: list[dict[str, str]]) -> dict[str, Any]:
    """Return what the page shows of the lines before they are entered."""
    lines, names = looked_at(request, rows), network.node_names()
    return {
        "lines": [
            {"one": line, "place": names.get(line.facts.node, "") if line.facts else line.said.get("node", "")}
            for line in sorted(lines, key=lambda line: not line.faults)[:MOST_SHOWN]
        ],
        "left": max(len(lines) - MOST_SHOWN, 0),
        "new": sum(len(line.keys) - line.known for line in lines if line.is_new),
        "known": sum(line.known for line in lines),
        "kept_out": sum(line.facts is None for line in lines),
        "kept": signing.dumps(rows, salt=SALT, compress=True),
    }


@require_POST
@needs(Right.MACHINES)
def enter(request: HttpRequest) -> HttpResponse:
    """Enter the lines that were looked at; what was kept out then stays out."""
    try:
        rows = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=24 * 3600)
        new = operations.enter_lines(request.desk.act(), looked_at(request, rows))
    except signing.BadSignature:
        messages.error(request, _("Please bring the sheet in again."))
        return redirect("machines:sheet")
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("machines:sheet")
    said = ngettext("%(count)d machine was entered.", "%(count)d machines were entered.", new) % {"count": new}
    messages.success(request, said)
    return redirect("machines:list")


@require_safe
@needs(Right.MACHINES)
def empty(_request: HttpRequest) -> HttpResponse:
    """Hand out a sheet to be filled in."""
    headers = {"Content-Disposition": 'attachment; filename="machines.xlsx"'}
    return HttpResponse(sheets.empty_sheet(), content_type=XLSX, headers=headers)
