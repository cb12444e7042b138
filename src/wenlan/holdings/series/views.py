"""The pages of series: all of them with what is free, one with its gaps, and its labels as a pdf."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenlan.holdings.labels import documents
from wenlan.holdings.labels.bars import bars
from wenlan.holdings.labels.types import Label, Symbology
from wenlan.holdings.pages import people
from wenlan.holdings.series import operations, queries
from wenlan.holdings.series.errors import SeriesFull, SeriesTaken
from wenlan.holdings.series.forms import MOST_LABELS, SeriesForm, SeriesLabelForm
from wenlan.holdings.series.types import SeriesView
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.operations import audit
from wenlan.staff.types import Right


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.HOLDINGS_EDIT)
def overview(request: HttpRequest) -> HttpResponse:
    """The series of the places this desk sees, and a new one."""
    form = SeriesForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            made = operations.make_series(request.desk.act(), wanted=form.wanted())
        except (SeriesTaken, SeriesFull) as refusal:
            form.add_error("first", str(refusal))
        else:
            said = {"first": made.first_barcode, "last": made.last_barcode}
            messages.success(request, _("Barcodes %(first)s to %(last)s are yours.") % said)
            return redirect("labels:series", made.id)
    found = queries.all_series(request.desk.visible)
    names, who = network.node_names(), people(one.made_by for one in found)
    context = {
        "form": form,
        "rows": [{"one": one, "place": names.get(one.node, ""), "who": who.get(one.made_by, "")} for one in found],
        "crumbs": [(_("Labels"), reverse("labels:desk")), (_("Barcodes printed ahead"), "")],
    }
    return render(request, "holdings/barcode_series.html", context, status=422 if form.is_bound else 200)


@require_safe
@needs(Right.HOLDINGS_EDIT)
def one_series(request: HttpRequest, series_id: int) -> HttpResponse:
    """One series: what is free, and the form to print of it."""
    found = queries.series(series_id, request.desk.visible)
    return page(request, found, None)


def page(request: HttpRequest, found: SeriesView, form: SeriesLabelForm | None) -> HttpResponse:
    """Render the page of a series; a refused form stands in the place of a fresh one."""
    spans = queries.free_spans(found)
    start, end = spans[0] if spans else (found.first, found.last)
    first = {"start": start, "end": min(end, start + MOST_LABELS - 1)}
    context: dict[str, Any] = {
        "series": found,
        "spans": [(found.barcode(low), found.barcode(high), high - low + 1) for low, high in spans[:50]],
        "form": form or SeriesLabelForm(of=found, initial=first),
        "place": network.node_names().get(found.node, ""),
        "crumbs": [
            (_("Labels"), reverse("labels:desk")),
            (_("Barcodes printed ahead"), reverse("labels:all_series")),
            (found.first_barcode, ""),
        ],
    }
    return render(request, "holdings/barcode_series_one.html", context, status=422 if form else 200)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def labels(request: HttpRequest, series_id: int) -> HttpResponse:
    """The labels as a pdf; the print is kept in the trail."""
    found = queries.series(series_id, request.desk.visible)
    form = SeriesLabelForm(request.POST, of=found)
    if not form.is_valid():
        return page(request, found, form)
    head, symbology = network.node_names().get(found.node, ""), Symbology(form.cleaned_data["symbology"])
    barcodes = form.barcodes()
    drawn = [Label(head=head, bars=bars(code, symbology), code=code) for code in barcodes]
    made = documents.pdf(form.layout(), drawn, title=_("Barcodes"))
    choice = f"{barcodes[0]} – {barcodes[-1]}"
    after = {"kind": "barcode", "sheet": form.cleaned_data["sheet"], "labels": len(barcodes), "choice": choice}
    audit(request.desk.act(), "holdings.labels_printed", f"labels:{request.desk.node}", after=after)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{barcodes[0]}.pdf"'
    return answer
