"""The desk's pages of handing originals in: the queue, the centres, the files made for them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenlan.catalogue.editing.lines import by_lines
from wenlan.kernel.errors import DomainError
from wenlan.kernel.ids import new_uid
from wenlan.protocols.uploading import operations, queries
from wenlan.protocols.uploading.forms import CentreForm, QueueForm
from wenlan.protocols.uploading.types import QueueReport, Route, UploadAction, UploadState, UploadView
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui.addresses import whole_number

PAGE = 50
TONES = {
    UploadState.QUEUED: "indigo",
    UploadState.SENDING: "indigo",
    UploadState.SENT: "amber",
    UploadState.UNCLEAR: "amber",
    UploadState.ACCEPTED: "moss",
    UploadState.REFUSED: "vermilion",
}


@require_safe
@needs(Right.CATALOGUE_EDIT)
def uploads(request: HttpRequest) -> HttpResponse:
    """What waits, what was sent, and what the centres said; the files made."""
    centres = queries.centres()
    chosen = whole_number(request.GET.get("centre", ""))
    of = next((one for one in centres if one.id == chosen), None)
    state = request.GET.get("state", "")
    state = state if state in UploadState.values else ""
    before = whole_number(request.GET.get("after", ""))
    counts = queries.counts(of.id if of else None)
    found = queries.uploads(state=state, centre_id=of.id if of else None, before=before, limit=PAGE)
    context = {
        "centres": centres,
        "of": of,
        "tabs": tabs(counts, state, of.id if of else None),
        "state": state,
        "rows": [row(one) for one in found],
        "counts": counts,
        "batches": queries.batches(of.id if of else None),
        "takers": [one for one in centres if one.route == Route.FILE and one.waiting and one.is_active],
        "next": found[-1].id if len(found) == PAGE else "",
        "first": before is None,
        "key": str(new_uid()),
        "may_define": request.desk.may(Right.COPY_TARGETS),
        "crumbs": crumbs(),
    }
    return render(request, "uploading/uploads.html", context)


def tabs(counts: Any, state: str, centre: int | None) -> list[dict[str, Any]]:
    """Return the states as tabs with their counts."""
    also = f"&centre={centre}" if centre else ""
    here = reverse("uploading:uploads")
    every = {
        "label": _("Every state"),
        "url": f"{here}?{also[1:]}",
        "current": not state,
        "count": sum(counts.values()),
    }
    each = [
        {
            "label": one.label,
            "url": f"{here}?state={one.value}{also}",
            "current": state == one.value,
            "count": counts.get(one.value, 0),
        }
        for one in UploadState
    ]
    return [every, *each]


def row(one: UploadView) -> dict[str, Any]:
    """Return a record on its way as the list shows it."""
    state = UploadState(one.state)
    return {
        "id": one.id,
        "url": reverse("catalogue:record", args=[one.record]),
        "title": one.title,
        "number": one.number,
        "centre": one.centre_name,
        "action": UploadAction(one.action).label,
        "state": state.label,
        "tone": TONES[state],
        "at": one.settled_at or one.sent_at or one.queued_at,
        "attempts": one.attempts,
        "reason": one.reason,
        "remote_number": one.remote_number,
    }


@require_POST
@needs(Right.CATALOGUE_EDIT)
def work(request: HttpRequest) -> HttpResponse:
    """Do one thing with the chosen records: send them again, take them back, enter what the centre said."""
    chosen = [one for sent in request.POST.getlist("upload") if (one := whole_number(sent)) is not None]
    details = request.POST.get("details", "").replace("\0", "").strip()[:300]
    act = request.desk.act()
    deeds = {
        "again": lambda: operations.send_again(act, uploads=chosen),
        "withdraw": lambda: operations.withdraw(act, uploads=chosen),
        "accepted": lambda: operations.settle(act, uploads=chosen, is_accepted=True, details=details),
        "refused": lambda: operations.settle(act, uploads=chosen, is_accepted=False, details=details),
    }
    deed = deeds.get(request.POST.get("do", ""))
    done = deed() if deed and chosen else 0
    if done:
        messages.success(
            request, ngettext("Done for %(count)d record.", "Done for %(count)d records.", done) % {"count": done}
        )
    else:
        messages.warning(request, _("Choose records for which this can be done."))
    return redirect("uploading:uploads")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CATALOGUE_EDIT)
def queue(request: HttpRequest) -> HttpResponse:
    """Put records into a queue by their numbers; a record's page hands its own over in the address."""
    centres = queries.centres(active_only=True)
    form = QueueForm(request.POST or None, centres=centres, initial={"lines": request.GET.get("number", "")[:64]})
    unclear: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        records, unclear = by_lines(form.cleaned_data["lines"])
        report = operations.queue_records(
            request.desk.act(), centre=form.cleaned_data["centre"], records=[one.id for one in records]
        )
        tell(request, report)
        if not unclear:
            return redirect("uploading:uploads")
    way = [*crumbs(), (_("Hand records in"), "")]
    context = {
        "form": form,
        "centres": centres,
        "unclear": unclear,
        "crumbs": way,
        "may_define": request.desk.may(Right.COPY_TARGETS),
    }
    return render(request, "uploading/queue.html", context, status=422 if form.errors or unclear else 200)


def tell(request: HttpRequest, report: QueueReport) -> None:
    """Say what became of the records."""
    if report.queued:
        said = ngettext(
            "%(count)d record waits for the centre.", "%(count)d records wait for the centre.", len(report.queued)
        )
        messages.success(request, said % {"count": len(report.queued)})
    if report.unchanged:
        said = ngettext(
            "%(count)d record was handed in already and has not changed since.",
            "%(count)d records were handed in already and have not changed since.",
            len(report.unchanged),
        )
        messages.info(request, said % {"count": len(report.unchanged)})
    if report.copied:
        said = ngettext(
            "%(count)d record came from elsewhere and is not ours to hand in.",
            "%(count)d records came from elsewhere and are not ours to hand in.",
            len(report.copied),
        )
        messages.warning(request, said % {"count": len(report.copied)})


@require_POST
@needs(Right.CATALOGUE_EDIT)
def make_file(request: HttpRequest, centre: int) -> HttpResponse:
    """Write what waits for a centre into a file."""
    try:
        made = operations.make_file(request.desk.act(key=request.POST.get("key", "")[:64] or None), centre=centre)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("%(name)s holds %(count)d record.", "%(name)s holds %(count)d records.", made.records)
        messages.success(request, said % {"name": made.name, "count": made.records})
    return redirect("uploading:uploads")


@require_safe
@needs(Right.CATALOGUE_EDIT)
def fetch_file(request: HttpRequest, batch: int) -> HttpResponse:
    """Fetch a file that was made; the same bytes each time."""
    name, content = queries.batch_file(batch)
    return HttpResponse(
        content,
        content_type="application/marc",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_POST
@needs(Right.CATALOGUE_EDIT)
def settle_file(request: HttpRequest, batch: int) -> HttpResponse:
    """Enter that the centre took, or refused, all of a file that it has not answered for."""
    is_accepted = request.POST.get("do") == "accepted"
    done = operations.settle_batch(request.desk.act(), batch=batch, is_accepted=is_accepted)
    messages.success(
        request, ngettext("Done for %(count)d record.", "Done for %(count)d records.", done) % {"count": done}
    )
    return redirect("uploading:uploads")


def crumbs() -> list[tuple[str, str]]:
    """Return the way from the catalogue to the queue."""
    return [
        (_("Catalogue"), reverse("catalogue:search")),
        (_("Copy cataloguing"), reverse("copying:search")),
        (_("Handed to union centres"), reverse("uploading:uploads")),
    ]


@require_safe
@needs(Right.COPY_TARGETS)
def centres(request: HttpRequest) -> HttpResponse:
    """The centres by name."""
    may_see = request.desk.may(Right.CATALOGUE_EDIT)
    context = {"centres": queries.centres(), "may_see": may_see, "crumbs": [*crumbs(), (_("Union centres"), "")]}
    return render(request, "uploading/centres.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.COPY_TARGETS)
def centre(request: HttpRequest, centre: int | None = None) -> HttpResponse:
    """Define a centre, or change one."""
    known = queries.centre(centre) if centre is not None else None
    form = CentreForm(request.POST or None, initial=asdict(known) if known else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.save_centre(request.desk.act(), facts=form.facts(), centre=centre)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The centre was saved."))
            return redirect("uploading:centres")
    way = [
        *crumbs(),
        (_("Union centres"), reverse("uploading:centres")),
        (known.name if known else _("New centre"), ""),
    ]
    context = {"form": form, "known": known, "crumbs": way}
    return render(request, "uploading/centre.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(Right.COPY_TARGETS)
def remove_centre(request: HttpRequest, centre: int) -> HttpResponse:
    """Remove a centre that was never handed anything."""
    try:
        operations.remove_centre(request.desk.act(), centre=centre)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("uploading:centres")
