"""The page of closures: preview, move, watch the batches, take back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.circulation.closing import operations, queries
from wenlan.circulation.closing.forms import ClosureForm
from wenlan.circulation.closing.types import MoveView
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock

AT_ONCE = 5  # batches that the page itself does; the clock carries on with the rest


@needs(Right.RULES_EDIT)
def closures(request: HttpRequest) -> HttpResponse:
    """Show the moves of due dates; preview a new one by GET, begin it by POST."""
    sent = request.POST or (request.GET if "start" in request.GET else None)
    form = ClosureForm(sent, nodes=request.desk.nodes_with(Right.RULES_EDIT), initial={"node": request.desk.node})
    preview = None
    if form.is_valid():
        request.desk.insist(Right.RULES_EDIT, form.span().node)
        if request.method == "POST":
            return begin(request, form)
        preview = queries.preview(form.span())
    context = {
        "form": form,
        "preview": preview,
        "places": [{"place": network.node(one.node).name, "one": one} for one in preview.places] if preview else [],
        "moves": [line(one) for one in queries.moves(request.desk.visible)],
    }
    return render(request, "circulation/closures.html", context, status=422 if form.errors else 200)


def begin(request: HttpRequest, form: ClosureForm) -> HttpResponse:
    """Begin the move and do its first batches."""
    said = form.cleaned_data
    act = request.desk.act(key=said["key"] or None)
    try:
        operations.move_due_dates(act, span=form.span(), reason=said["reason"], close=said["close"])
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        go_on()
        messages.success(request, _("The due dates are being moved. Desks go on working meanwhile."))
    return redirect("circulation:closures")


def go_on() -> None:
    """Do some batches now, so that a small library sees the end at once."""
    for _batch in range(AT_ONCE):
        if not operations.carry_on(clock.now()):
            return


def line(one: MoveView) -> dict[str, Any]:
    """Return a move as the list shows it."""
    if one.undone_at:
        state = _("Taken back: %(restored)d restored, %(left)d left as they are now") % {
            "restored": one.restored, "left": one.left
        }  # fmt: skip
    else:
        state = _("Done") if one.finished_at else _("At work")
    may_undo = one.finished_at is not None and one.undone_at is None
    return {"one": one, "place": network.node(one.span.node).name, "state": state, "may_undo": may_undo}


@require_POST
@needs(Right.RULES_EDIT)
def undo(request: HttpRequest, move_id: int) -> HttpResponse:
    """Take a move back."""
    one = queries.move(move_id)
    if one is None:
        raise NotFound(what=str(move_id))
    request.desk.insist(Right.RULES_EDIT, one.span.node)
    try:
        reason, reopen = request.POST.get("reason", "")[:200], "reopen" in request.POST
        operations.undo_move(request.desk.act(), move=move_id, reason=reason, reopen=reopen)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        go_on()
        messages.success(request, _("The due dates are being restored. What came back or was renewed since stays."))
    return redirect("circulation:closures")
