"""The list of brief records for cataloguers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wenlan.catalogue.brief import queries
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right


@require_safe
@needs(Right.CATALOGUE_EDIT)
def brief(request: HttpRequest) -> HttpResponse:
    """List what reading rooms catalogued in brief and nobody has finished, the longest waiting first."""
    names = network.node_names()
    found = queries.waiting()
    context = {
        "lines": [{"one": one, "place": names.get(one.node, "")} for one in found],
        "crumbs": [(_("Cataloguing"), reverse("catalogue:begin")), (_("Brief records"), "")],
    }
    return render(request, "catalogue/brief.html", context)
