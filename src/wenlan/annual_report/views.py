"""The pages of the report: editions, reading with what stands behind each figure, texts, steps, downloads."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from wenlan.annual_report import documents, operations, queries
from wenlan.annual_report.documents import pages
from wenlan.annual_report.forms import ComposeForm, ReleaseForm, StepForm, TextForm
from wenlan.annual_report.policies.steps import next_step
from wenlan.annual_report.shapes import shape, shape_names
from wenlan.annual_report.types import EditionView, FigureRun, State, Step, StoredFigure
from wenlan.indicators import queries as indicators
from wenlan.indicators.words import DIMENSION_WORDS, namer
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.kernel.ids import new_uid
from wenlan.kernel.words import say
from wenlan.network import queries as network
from wenlan.network.types import NodeKind
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import place_in_list, whole_number

REPORTING = (NodeKind.NETWORK, NodeKind.LIBRARY, NodeKind.BRANCH)
DIMENSIONS = {
    "department": pgettext_lazy("dimension of a figure", "Department"),
    "material": pgettext_lazy("dimension of a figure", "Material"),
    "subject": pgettext_lazy("dimension of a figure", "Kind"),
    "month": pgettext_lazy("dimension of a figure", "Month"),
    "node": pgettext_lazy("dimension of a figure", "Place"),
    "branch": pgettext_lazy("dimension of a figure", "Branch"),
}
SEALS = {State.DRAFT: "draft", State.CHECKED: "proofread", State.REVIEWED: "approved", State.SIGNED: "published"}


@needs(Right.FIGURES_SEE)
@require_GET
def editions(request: HttpRequest) -> HttpResponse:
    """List the editions of the places this desk sees, and offer to compose one."""
    return _editions(request, ComposeForm(initial=_first_choice(request), nodes=_nodes(request)))


@needs(Right.REPORT_COMPOSE)
@require_POST
def compose(request: HttpRequest) -> HttpResponse:
    """Compose an edition and show it."""
    form = ComposeForm(request.POST, nodes=_nodes(request))
    if form.is_valid():
        asked = form.cleaned_data
        request.desk.insist(Right.REPORT_COMPOSE, asked["node"])
        try:
            made = operations.compose(
                request.desk.act(key=asked["key"]), node=asked["node"], year=asked["year"], shape=asked["shape"]
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("annual_report:edition", made.id)
    return _editions(request, form, status=422)


@needs(Right.FIGURES_SEE)
@require_GET
def edition(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Show an edition as printed, with its findings in the margin."""
    shown = _seen(request, edition_id)
    found = pages.elements(shown.document, shown.drawings)
    turn = next_step(shown.state)
    context = {
        "edition": shown,
        "document": shown.document,
        "words": shown.document.words,
        "elements": found,
        "headings": pages.headings(found),
        "desk": True,
        "seal_state": SEALS[State(shown.state)],
        "formats": documents.FORMATS,
        "findings": [(kept, _where(shown, kept.finding.refs)) for kept in shown.findings],
        "steps": [(Step(taken.step).label, taken) for taken in shown.steps],
        "turn": Step(turn) if turn and request.desk.may(operations.STEP_RIGHTS[turn], shown.node) else None,
        "may_return": shown.state in {State.CHECKED, State.REVIEWED}
        and any(request.desk.may(right, shown.node) for right in operations.STEP_RIGHTS.values()),
        "may_release": request.desk.may(Right.REPORT_SIGN, shown.node) and shown.state != State.SIGNED,
    }
    return render(request, "annual_report/edition.html", context)


@needs(Right.FIGURES_SEE)
@require_GET
def figure(request: HttpRequest, edition_id: int, ref: str) -> HttpResponse:
    """Show what stands behind a figure: definition, scope, dimensions, value today, acts."""
    shown = _seen(request, edition_id)
    stored = shown.figures.get(ref)
    if stored is None:
        raise NotFound(what=ref)
    present = queries.present_value(stored, node=shown.node)
    month = _month(request)
    declared = indicators.measure(stored.measure, stored.period.last_day)
    page = queries.acts_behind(stored, node=shown.node, month=month, after=place_in_list(request.GET.get("after", "")))
    context = {
        "edition": shown,
        "figure": stored,
        "printed": sorted({run.text for run in shown.document.runs() if isinstance(run, FigureRun) and run.ref == ref}),
        "where": _narrowing(stored),
        "scope": shape(shown.shape).scopes[stored.scope],
        "present": present,
        "moved": present != stored.value,
        "months": queries.months_behind(stored, node=shown.node),
        "month": month,
        "acts": [(row, network.node(row.node).name, declared.shown(row.quantity)) for row in page.rows],
        "next": f"{page.next[0].isoformat()}.{page.next[1]}" if page.next else "",
        "findings": [kept.finding.sentence for kept in shown.open_findings if ref in kept.finding.refs],
    }
    template = "annual_report/_figure.html" if request.headers.get("HX-Request") else "annual_report/figure.html"
    return render(request, template, context)


@needs(Right.FIGURES_SEE)
@require_GET
def download(request: HttpRequest, edition_id: int, name: str) -> HttpResponse:
    """Give an edition as a file; findings are never part of it."""
    shown = _seen(request, edition_id)
    with tempfile.TemporaryDirectory(prefix="wenlan-report-") as folder:
        (path,) = documents.write(shown, (name,), Path(folder))
        answer = HttpResponse(path.read_bytes(), content_type=documents.CONTENT_TYPES[name])
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{shown.title}.{name}")
    return answer


@needs(Right.FIGURES_SEE)
@require_POST
def step(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Take the next step with an edition, or return it."""
    shown = _seen(request, edition_id)
    form = StepForm(request.POST)
    if form.is_valid():
        try:
            operations.take_step(request.desk.act(), edition=shown.id, **form.cleaned_data)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The step is taken and recorded."))
    return redirect("annual_report:edition", shown.id)


@needs(Right.REPORT_SIGN)
@require_POST
def release(request: HttpRequest, edition_id: int, finding_id: int) -> HttpResponse:
    """Let a finding stand for a reason."""
    shown = _seen(request, edition_id)
    if finding_id not in {kept.id for kept in shown.findings}:
        raise NotFound(what=str(finding_id))
    form = ReleaseForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        operations.release_finding(request.desk.act(), finding=finding_id, reason=reason)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('annual_report:edition', args=[shown.id])}#findings")


@needs(Right.REPORT_COMPOSE)
@require_GET
def texts(request: HttpRequest, node_id: int, year: int) -> HttpResponse:
    """Show the slots of a report with the texts stated for them."""
    request.desk.insist(Right.REPORT_COMPOSE, node_id)
    return _texts(request, node_id, year)


@needs(Right.REPORT_COMPOSE)
@require_POST
def state_text(request: HttpRequest, node_id: int, year: int, slot: str) -> HttpResponse:
    """Enter a text for a slot, confirmed for the year it is entered for."""
    request.desk.insist(Right.REPORT_COMPOSE, node_id)
    form = TextForm(request.POST)
    if not form.is_valid():
        return _texts(request, node_id, year, open_slot=slot, form=form, status=422)
    act = request.desk.act()
    stated = operations.state_text(act, node=node_id, slot=slot, **form.cleaned_data)
    operations.confirm_text(act, text=stated.id, year=year)
    messages.success(request, _("The text is entered. Compose again to see it in the report."))
    return redirect(f"{reverse('annual_report:texts', args=[node_id, year])}?shape={_shape(request)}#{slot}")


@needs(Right.REPORT_COMPOSE)
@require_POST
def confirm_text(request: HttpRequest, node_id: int, year: int, text_id: int) -> HttpResponse:
    """Confirm a text of an earlier year for this one."""
    request.desk.insist(Right.REPORT_COMPOSE, node_id)
    if text_id not in {text.id for text in queries.stated_texts(node_id)}:
        raise NotFound(what=str(text_id))
    operations.confirm_text(request.desk.act(), text=text_id, year=year)
    return redirect(f"{reverse('annual_report:texts', args=[node_id, year])}?shape={_shape(request)}")


def _seen(request: HttpRequest, edition_id: int) -> EditionView:
    """An edition of a place this desk sees; others do not exist for it."""
    shown = queries.edition(edition_id)
    if shown.node not in request.desk.visible or not request.desk.may(Right.FIGURES_SEE, shown.node):
        raise NotFound(what=str(edition_id))
    return shown


def _editions(request: HttpRequest, form: ComposeForm, status: int = 200) -> HttpResponse:
    listed = [(line, SEALS[State(line.state)]) for line in queries.editions(request.desk.visible)]
    may_compose = request.desk.may(Right.REPORT_COMPOSE) and bool(form.fields["node"].choices)
    chosen = [whole_number(str(form[name].value())) for name in ("node", "year")]
    context = {"editions": listed, "form": form, "may_compose": may_compose, "chosen": chosen}
    return render(request, "annual_report/editions.html", context, status=status)


def _nodes(request: HttpRequest) -> list[tuple[int, str]]:
    return [
        (view.id, view.name)
        for view in network.nodes()
        if view.kind in REPORTING and view.id in request.desk.visible
        if request.desk.may(Right.REPORT_COMPOSE, view.id)
    ]


def _first_choice(request: HttpRequest) -> dict[str, Any]:
    return {"node": request.desk.node, "year": clock.today().year - 1, "shape": "changzhi", "key": str(new_uid())}


def _texts(
    request: HttpRequest,
    node_id: int,
    year: int,
    *,
    open_slot: str = "",
    form: TextForm | None = None,
    status: int = 200,
) -> HttpResponse:
    stated = queries.stated_texts(node_id)
    slots = [
        {
            "slot": slot,
            "texts": [text for text in stated if text.slot == code],
            "form": form if code == open_slot else TextForm(auto_id=f"{code}-%s"),
            "open": code == open_slot,
        }
        for code, slot in shape(_shape(request)).slots.items()
    ]
    tabs = [
        {"label": say(shape(name).names), "url": f"?shape={name}", "current": name == _shape(request)}
        for name in shape_names()
    ]
    context = {
        "slots": slots,
        "node": network.node(node_id),
        "year": year,
        "tabs": tabs,
        "shape": _shape(request),
    }
    return render(request, "annual_report/texts.html", context, status=status)


def _shape(request: HttpRequest) -> str:
    asked = request.GET.get("shape", "")
    return asked if asked in shape_names() else "changzhi"


def _month(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("month", ""))
    except ValueError:
        return None


def _narrowing(stored: StoredFigure) -> list[tuple[str, str]]:
    """What narrows a figure, in words: departments, places, materials and subjects by name."""
    said = []
    for dimension, wanted in stored.where.items():
        codes: list[Any] = wanted if isinstance(wanted, list) else [wanted]
        if dimension == "department":
            names = [network.department(code).name for code in codes if code is not None]
        elif dimension in {"node", "branch"}:
            names = [network.node(code).name for code in codes if code is not None]
        elif dimension == "month":
            names = [str(code)[:7] for code in codes]
        else:
            names = [namer(dimension, kinds=(), keys=codes)(code) for code in codes]
        words = DIMENSIONS[dimension] if dimension in DIMENSIONS else DIMENSION_WORDS.get(dimension, dimension)
        said.append((str(words), "、".join(names)))
    return said


def _where(shown: EditionView, refs: tuple[str, ...]) -> list[StoredFigure]:
    return [shown.figures[ref] for ref in refs if ref in shown.figures]
