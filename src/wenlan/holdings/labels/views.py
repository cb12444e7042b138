"""The labels' desk: choose, look at the first page, print; every print is kept in the trail."""

from base64 import b64encode
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenlan.holdings.labels import choosing, contents, documents
from wenlan.holdings.labels.errors import NothingToPrint
from wenlan.holdings.labels.forms import BY_BATCH, LabelForm
from wenlan.holdings.labels.types import Label, LabelKind, Symbology
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError
from wenlan.staff import queries as staff
from wenlan.staff.access import needs
from wenlan.staff.operations import audit
from wenlan.staff.types import Right

SHIFT = "label_shift"
SHOWN_PRINTS = 12


@require_safe
@needs(Right.HOLDINGS_EDIT)
def desk(request: HttpRequest) -> HttpResponse:
    """The choice; an address may name a batch, or scanned barcodes."""
    initial: dict[str, Any] = dict(request.session.get(SHIFT, {}))
    if batch := request.GET.get("batch", ""):
        initial |= {"way": BY_BATCH, "batch": batch[:20]}
    if scans := request.GET.get("scans", ""):
        initial |= {"scans": scans[:2000]}
    form = LabelForm(initial=initial)
    context = {"form": form, "sheets": sheet_lines(form), "prints": prints(request.desk.node)}
    return render(request, "holdings/labels.html", context)


def sheet_lines(form: LabelForm) -> list[dict[str, str]]:
    """Return which kinds each sheet is for, so that the page offers only what fits."""
    return [{"code": code, "kinds": " ".join(one.kinds)} for code, one in form.sheets.items()]


def prints(node: int) -> list[dict[str, Any]]:
    """Return the last prints of a place, with the names of who printed."""
    found = staff.audit_trail(f"labels:{node}", limit=SHOWN_PRINTS)
    names = staff.names({one["staff_id"] for one in found if one["staff_id"]})
    return [
        {
            "at": one["at"],
            "who": names.get(one["staff_id"], ""),
            "kind": LabelKind(one["after"]["kind"]).label,
            "labels": one["after"]["labels"],
            "choice": one["after"]["choice"],
        }
        for one in found
    ]


@require_safe
@needs(Right.HOLDINGS_EDIT)
def printed(request: HttpRequest) -> HttpResponse:
    """The last prints, a part of the page: a print opens beside it, and who comes back finds it in the list."""
    return render(request, "holdings/labels_prints.html", {"prints": prints(request.desk.node)})


@require_POST
@needs(Right.HOLDINGS_EDIT)
def preview(request: HttpRequest) -> HttpResponse:
    """The first page as a picture, how many labels there are, and what was not found: a part of the page."""
    form = LabelForm(request.POST)
    if not form.is_valid():
        return render(request, "holdings/labels_preview.html", {"form": form}, status=422)
    try:
        labels, unknown = made(request, form)
        picture = documents.preview(form.layout(), labels, title=_("Labels"))
    except DomainError as refusal:
        return render(request, "holdings/labels_preview.html", {"refusal": str(refusal)}, status=409)
    context = {
        "picture": b64encode(picture).decode(),
        "labels": len(labels),
        "pages": form.layout().pages(len(labels)),
        "unknown": unknown,
        "is_roll": form.layout().sheet.places == 1,
    }
    return render(request, "holdings/labels_preview.html", context)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def pdf(request: HttpRequest) -> HttpResponse:
    """The whole print as a pdf; the correction of the printer is remembered, the print is kept in the trail."""
    form = LabelForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "sheets": sheet_lines(form), "prints": prints(request.desk.node)}
        return render(request, "holdings/labels.html", context, status=422)
    labels, _unknown = made(request, form)
    made_pdf = documents.pdf(form.layout(), labels, title=_("Labels"))
    said = form.cleaned_data
    request.session[SHIFT] = {name: said[name] for name in ("shift_x", "shift_y", "symbology", "with_place")}
    note(request.desk.act(), form, len(labels))
    answer = HttpResponse(made_pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="labels-{said["kind"]}.pdf"'
    return answer


def made(request: HttpRequest, form: LabelForm) -> tuple[list[Label], tuple[str, ...]]:
    """Return the labels and what was not found. Raises NothingToPrint and what the choice and the bars raise."""
    said = form.cleaned_data
    symbology, kind = Symbology(said["symbology"]), LabelKind(said["kind"])
    if kind == LabelKind.CARD:
        request.desk.insist(Right.PATRONS_NAMES)
        cards = contents.of_cards(form.numbers(), symbology)
        if not cards:
            raise NothingToPrint
        return cards, ()
    nodes = request.desk.nodes_with(Right.HOLDINGS_EDIT)
    chosen = choosing.insist(form.chosen(nodes))
    return contents.of_items(chosen.items, kind, symbology, with_place=said["with_place"]), chosen.unknown


def note(act: Act, form: LabelForm, labels: int) -> None:
    """Keep the print in the trail: what, how many, for which choice."""
    said = form.cleaned_data
    choices = {
        "batch": said["batch"],
        "call_number": f"{said['first_mark']} – {said['last_mark']}",
        "day": f"{said['first_day']} – {said['last_day'] or said['first_day']}",
    }
    choice = "" if said["kind"] == LabelKind.CARD else choices.get(said["way"], ", ".join(form.numbers()[:5]))
    after = {"kind": said["kind"], "sheet": said["sheet"], "labels": labels, "choice": choice}
    audit(act, "holdings.labels_printed", f"labels:{act.node}", after=after)
