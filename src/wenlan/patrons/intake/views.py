"""Pages of lists of readers: bring one in, look at what it becomes, run it, take the lines that were kept out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons.intake import operations, queries, reading
from wenlan.patrons.intake.forms import UploadForm
from wenlan.patrons.intake.profiles import profile, profiles
from wenlan.patrons.intake.types import IntakeView
from wenlan.staff.access import needs
from wenlan.staff.types import Right

OUTCOMES = {
    "new": gettext_lazy("New readers"),
    "changed": gettext_lazy("Changed"),
    "same": gettext_lazy("Unchanged"),
    "rejected": gettext_lazy("Kept out"),
    "skipped": gettext_lazy("Left"),
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Right.PATRONS_MANAGE)
def intakes(request: HttpRequest) -> HttpResponse:
    """List the last lists, and bring one in; the next page shows what it becomes."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = kept(request, form)
        except DomainError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("patrons:intake", made)
    names = {code: one.label for code, one in profiles().items()}
    rows = [
        {
            "made_at": one.made_at,
            "url": reverse("patrons:intake", args=[one.id]),
            "source": one.source,
            "file": one.file_name,
            "profile": names.get(one.profile, one.profile),
            "lines": sum(one.outcomes.values()),
            "state": _("Has run") if one.run_at else _("To be looked at"),
        }
        for one in queries.intakes(request.desk.nodes_with(Right.PATRONS_MANAGE))
    ]
    columns = [
        {"key": "made_at", "label": _("When"), "kind": "moment", "url_key": "url"},
        {"key": "source", "label": _("Name of the list"), "kind": "code"},
        {"key": "file", "label": _("File")},
        {"key": "profile", "label": _("How its columns are called")},
        {"key": "lines", "label": _("Lines"), "kind": "number"},
        {"key": "state", "label": _("State")},
    ]
    context = {"form": form, "rows": rows, "columns": columns}
    return render(request, "patrons/intakes.html", context, status=422 if form.is_bound else 200)


def kept(request: HttpRequest, form: UploadForm) -> int:
    """Read and keep the file; return the intake's id. Raises FileUnreadable."""
    upload = form.cleaned_data["file"]
    nodes = request.desk.nodes_with(Right.PATRONS_REGISTER)
    places = {
        word: view.id for view in network.nodes() if view.id in nodes for word in (view.code, *view.names.values())
    }
    source = form.source_of(places)
    file = reading.read(upload.name, upload.read(), profile(source.profile))
    act = request.desk.act(key=form.cleaned_data["key"])
    return operations.prepare(act, file=file, file_name=upload.name, source=source)


def ours(request: HttpRequest, intake_id: int) -> IntakeView:
    """Return a list of a place where this desk manages readers. Raises NotFound, NotAllowed."""
    found = queries.intake(intake_id)
    request.desk.insist(Right.PATRONS_MANAGE, found.node)
    request.desk.insist(Right.PATRONS_NAMES, found.node)
    return found


@needs(Right.PATRONS_MANAGE)
def intake(request: HttpRequest, intake_id: int) -> HttpResponse:
    """Show what becomes of a list, or became of it: counts, sums, words nobody knew, the first lines."""
    found = ours(request, intake_id)
    report = found.facts["report"]
    context = {
        "found": found,
        "profile": profiles()[found.profile].label if found.profile in profiles() else found.profile,
        "outcomes": [(code, words, found.outcomes.get(code, 0)) for code, words in OUTCOMES.items()],
        "report": report,
        "lines": lines_of(found.id, ("new", "changed")),
        "kept_out": lines_of(found.id, ("rejected", "skipped")),
        "may_run": any(found.outcomes.get(one) for one in ("new", "changed")) and found.run_at is None,
    }
    return render(request, "patrons/intake.html", context)


def lines_of(intake_id: int, outcomes: tuple[str, ...]) -> list[dict[str, object]]:
    """Return the first lines with some outcomes, in words."""
    found = queries.lines(intake_id, outcomes=outcomes)
    return [{"line": line, "outcome": OUTCOMES[line.outcome]} for line in found]


@require_POST
@needs(Right.PATRONS_MANAGE)
def run(request: HttpRequest, intake_id: int) -> HttpResponse:
    """Make readers of the lines."""
    found = ours(request, intake_id)
    try:
        report = operations.run(request.desk.act(), intake=found.id)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        counted = report.outcomes
        said = _("%(new)d new readers, %(changed)d changed, %(rejected)d lines kept out.")
        messages.success(request, said % {one: counted.get(one, 0) for one in ("new", "changed", "rejected")})
    return redirect("patrons:intake", intake_id)


@require_safe
@needs(Right.PATRONS_MANAGE)
def rejected(request: HttpRequest, intake_id: int) -> HttpResponse:
    """Return the lines that were kept out as they stood, each with why, to be corrected and brought in again."""
    found = ours(request, intake_id)
    headings, rows = queries.rejected_cells(found.id)
    response = HttpResponse(reading.written([*headings, _("Reason")], rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.source}-{found.id}.xlsx"'
    return response
