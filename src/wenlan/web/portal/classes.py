"""The catalogue as a tree of classes, for those who look along the shelf."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wenlan.catalogue.browsing import class_level
from wenlan.web.portal.searching import class_crumbs
from wenlan.web.portal.views import shown


@require_safe
def classes(request: HttpRequest, number: str = "") -> HttpResponse:
    """A class and what lies below it, each with how many titles."""
    level = class_level(number)
    context = {
        "level": level,
        "here": level.path[-1] if level.path else None,
        "below": [
            {
                "number": one.number,
                "words": one.words,
                "records": one.records,
                "url": reverse("portal:class", args=[one.number]),
            }
            for one in level.below
        ],
        "crumbs": class_crumbs(level.path),
    }
    return shown(request, "web/portal/classes.html", context)
