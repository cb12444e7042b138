"""A record in the other format: what the crosswalk makes of it, what it could not say, and making it anew."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wenlan.catalogue import conversions, queries
from wenlan.catalogue.types import MarcFormat
from wenlan.catalogue.views import kept_blanks, rows_of
from wenlan.staff.access import needs
from wenlan.staff.types import Right


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CATALOGUE_SEE)
def other_format(request: HttpRequest, record: int) -> HttpResponse:
    """Show a record in the other format; a post converts it with the present mapping and keeps that."""
    found = queries.record(record)
    desk = request.desk  # type: ignore[attr-defined]
    if request.method == "POST":
        desk.insist(Right.CATALOGUE_EDIT)
        conversions.convert_record(desk.act(), record=found.uid)
        messages.success(request, _("Converted and kept."))
        return redirect("catalogue:other_format", record=record)
    made = conversions.conversion(record)
    context = {
        "record": found,
        "made": made,
        "label": MarcFormat(made.target_format).label,
        "leader": kept_blanks(made.marc.leader),
        "fields": rows_of(made.marc),
        "losses": [(tag, codes, _(what)) for tag, codes, what in made.warnings],
        "may_edit": desk.may(Right.CATALOGUE_EDIT),
        "crumbs": [
            (_("Catalogue"), reverse("catalogue:search")),
            (found.title, reverse("catalogue:record", args=[record])),
            (MarcFormat(made.target_format).label, ""),
        ],
    }
    return render(request, "catalogue/other_format.html", context)
