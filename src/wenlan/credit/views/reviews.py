"""The queue of requests to look again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.credit import reviews
from wenlan.credit.forms import DecideForm
from wenlan.credit.pages import names_of_readers, people
from wenlan.kernel.errors import DomainError
from wenlan.staff.access import needs
from wenlan.staff.types import Right


@needs(Right.MONEY_APPROVE)
def queue(request: HttpRequest) -> HttpResponse:
    """List what readers asked to be looked at again, the oldest first."""
    waiting = reviews.queue(request.desk.visible)
    names = names_of_readers(request, [one.patron for one in waiting])
    me = request.desk.act().operator
    context = {
        "rows": [
            {
                "review": one,
                "name": names.get(one.patron, ""),
                "form": DecideForm(auto_id=f"decide-{one.id}_%s"),
                "is_mine": one.asked_by == me,
            }
            for one in waiting
        ],
        "who": people({one.asked_by for one in waiting}),
        "may_see": request.desk.may(Right.PATRONS_SEE),
    }
    return render(request, "credit/reviews.html", context)


@require_POST
@needs(Right.MONEY_APPROVE)
def decide(request: HttpRequest, review_id: int, what: str) -> HttpResponse:
    """Grant or refuse a request, with an answer."""
    request.desk.insist(Right.MONEY_APPROVE, reviews.review(review_id).home_node)
    form = DecideForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please write an answer to the reader."))
        return redirect("credit:reviews")
    points = (form.cleaned_data["points"] or 0) if what == "grant" else None
    try:
        act = request.desk.act()
        done = reviews.decide(act, review_id=review_id, answer=form.cleaned_data["answer"], points=points)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Decided; %(points)d points were given back.") % {"points": done.points})
    return redirect("credit:reviews")
