"""The desk's pages of copy cataloguing."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenlan.catalogue import isbd
from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.cnmarc import AnyField, ControlField
from wenlan.catalogue.overlay import Line, taking
from wenlan.catalogue.types import MarcFormat, RecordView
from wenlan.kernel.errors import DomainError
from wenlan.kernel.ids import new_uid
from wenlan.protocols.copying import operations, queries
from wenlan.protocols.copying.errors import HitUnreadable
from wenlan.protocols.copying.forms import RuleForm, SearchForm, TargetForm
from wenlan.protocols.copying.merging import Edition, Sent, editions
from wenlan.protocols.copying.types import SearchView
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CATALOGUE_EDIT)
def search(request: HttpRequest) -> HttpResponse:
    """Ask what is looked for, and where."""
    targets = queries.targets(active_only=True)
    asked = {name: request.GET[name][:200] for name in ("isbn", "title", "author") if request.GET.get(name)}
    form = SearchForm(request.POST or None, targets=targets, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = form.cleaned_data["target"]
            act = request.desk.act(key=form.cleaned_data["key"])
            found = operations.begin_search(act, question=form.question(), targets=chosen)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("copying:results", search=found)
    context = {"form": form, "targets": targets, **standing(request)}
    return render(request, "copying/search.html", context, status=422 if form.is_bound else 200)


@require_safe
@needs(Right.CATALOGUE_EDIT)
def results(request: HttpRequest, search: UUID) -> HttpResponse:
    """What the targets have answered so far, put together; the list fills itself while some are being asked."""
    found = queries.search(search, clock.now())
    if request.GET.get("seen") == str(found.answered) and not found.is_complete:
        return HttpResponse(status=204)
    page = "copying/_results.html" if request.headers.get("HX-Request") else "copying/results.html"
    form = SearchForm(targets=queries.targets(active_only=True), initial=form_of(found))
    context = {"found": found, "rows": rows_of(found), "form": form, **standing(request)}
    return render(request, page, context)


def form_of(found: SearchView) -> dict[str, Any]:
    """Return the search as its form had it, so that it is changed and asked again."""
    return {**asdict(found.question), "target": [one.target for one in found.answers]}


def rows_of(found: SearchView) -> list[dict[str, Any]]:
    """Return a line for each edition, with what we may have of it (four statements)."""
    sent = []
    for hit in queries.hits(found.uid):
        record = taking.read_foreign(hit.raw, hit.encoding)
        if record is not None:
            sent.append(Sent(hit.id, hit.target_name, record))
    grouped = editions(sent)
    ours = taking.known([one.best.record for one in grouped])
    return [row_of(found.uid, edition, known) for edition, known in zip(grouped, ours, strict=True)]


def row_of(search: UUID, edition: Edition, ours: tuple[RecordView, ...]) -> dict[str, Any]:
    """Return an edition as the list shows it."""
    view = edition.best.record.view
    return {
        "id": edition.best.hit,
        "url": reverse("copying:preview", args=[search, edition.best.hit]),
        "take": reverse("copying:take", args=[search, edition.best.hit]),
        "key": str(new_uid()),
        "title": view.title,
        "responsibility": view.responsibility,
        "publisher": view.publisher,
        "year": view.year or "",
        "isbn": view.isbn[0] if view.isbn else view.issn,
        "class_number": view.class_number,
        "format": edition.best.record.format.label,
        "targets": edition.targets,
        "ours": ours,
    }


@require_safe
@needs(Right.CATALOGUE_EDIT)
def preview(request: HttpRequest, search: UUID, hit: int) -> HttpResponse:
    """One record that was sent: its card, its fields, and what taking it over would change here."""
    found = queries.hit(search, hit)
    foreign = taking.read_foreign(found.raw, found.encoding)
    if foreign is None:
        raise HitUnreadable(target=found.target_name)
    (ours,) = taking.known([foreign])
    over = chosen(request, ours)
    context = {
        "hit": found,
        "foreign": foreign,
        "notes": [_(one) for one in foreign.notes],
        "card": isbd.paragraphs(isbd.isbd(foreign.view)),
        "ours": ours,
        "over": over,
        "key": str(new_uid()),
        "crumbs": [
            *crumbs(),
            (_("Editions found"), reverse("copying:results", args=[search])),
            (foreign.view.title, ""),
        ],
        **compared(request, foreign, over),
    }
    return render(request, "copying/preview.html", context)


def chosen(request: HttpRequest, ours: tuple[RecordView, ...]) -> RecordView | None:
    """Return which of ours is to be laid over: the one asked for, else the first; none when a new one is asked for."""
    asked = request.GET.get("over", "")
    if asked == "new" or not ours:
        return None
    number = whole_number(asked) if asked else ours[0].id
    return catalogue.record(number) if number in {one.id for one in ours} else catalogue.record(ours[0].id)


def wanted(stated: str) -> MarcFormat | None:
    """Return the format that a new record is to have; None for that of theirs."""
    return MarcFormat.CNMARC if stated == MarcFormat.CNMARC else None


def compared(request: HttpRequest, foreign: taking.ForeignRecord, over: RecordView | None) -> dict[str, Any]:
    """Return the lines of what would happen, and what the crosswalk could not say."""
    into = wanted(request.GET.get("into", ""))
    laid = taking.preview(request.desk.act(), foreign=foreign, over=over, into=into)
    made = laid.conversion
    return {
        "lines": [line_of(one) for one in laid.lines],
        "changes_nothing": over is not None and laid.changes_nothing,
        "based_on": over.marc.content_hash() if over and over.marc else "",
        "into": into.value if into else "",
        "conversion": made,
        "losses": [(tag, codes, _(what)) for tag, codes, what in made.warnings] if made else [],
    }


def line_of(line: Line) -> dict[str, Any]:
    """Return a line of the comparison: the tag, its subfields, what happens and by which rule."""
    tag, indicators, subfields = field_of(line.field)
    rule = f"{line.rule.tag}{' $' + line.rule.having if line.rule.having else ''}" if line.rule else ""
    return {
        "kind": line.kind.value,
        "words": words_of(line.kind.value),
        "tag": tag,
        "indicators": indicators,
        "subfields": subfields,
        "rule": rule,
    }


def words_of(kind: str) -> str:
    """Return what becomes of a field, in a word."""
    return {
        "same": _("in both"),
        "kept": _("ours, kept"),
        "comes": _("comes"),
        "goes": _("goes"),
        "stays_out": _("theirs, left out"),
        "made": _("written here"),
    }[kind]


def field_of(one: AnyField) -> tuple[str, str, list[tuple[str, str]]]:
    """Return a field as (tag, indicators, [(code, value)]), a blank indicator as #."""
    if isinstance(one, ControlField):
        return one.tag, "", [("", one.data)]
    return one.tag, one.indicators.replace(" ", "#"), [(code, value) for code, value in one.subfields]


@require_POST
@needs(Right.CATALOGUE_EDIT)
def take(request: HttpRequest, search: UUID, hit: int) -> HttpResponse:
    """Take a record over, as a new one or over the one that was compared."""
    stated = request.POST.get("over", "")
    over = catalogue.record(whole_number(stated) or 0).uid if stated else None
    made = operations.take(
        request.desk.act(key=request.POST.get("key", "")[:64] or None),
        search=search,
        hit=hit,
        over=over,
        into=wanted(request.POST.get("into", "")),
        based_on=request.POST.get("based_on", "")[:32],
    )
    said = _("%(title)s was laid over our record.") if over else _("%(title)s was taken over.")
    messages.success(request, said % {"title": made.title})
    return redirect("catalogue:record", record=made.id)


def crumbs() -> list[tuple[str, str]]:
    """Return the way from the catalogue to copy cataloguing."""
    return [(_("Catalogue"), reverse("catalogue:search")), (_("Copy cataloguing"), reverse("copying:search"))]


def standing(request: HttpRequest) -> dict[str, Any]:
    """Return what the pages around a search show beside: the way here, and whether targets may be defined."""
    return {"crumbs": crumbs(), "may_define": request.desk.may(Right.COPY_TARGETS)}


@require_safe
@needs(Right.COPY_TARGETS)
def targets(request: HttpRequest) -> HttpResponse:
    """The targets in their order."""
    return render(request, "copying/targets.html", {"targets": queries.targets(), "crumbs": crumbs()})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.COPY_TARGETS)
def target(request: HttpRequest, target: int | None = None) -> HttpResponse:
    """Define a target, or change one."""
    known = queries.target(target) if target is not None else None
    form = TargetForm(request.POST or None, initial=asdict(known) if known else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.save_target(request.desk.act(), facts=form.facts(), target=target)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The target was saved."))
            return redirect("copying:targets")
    way = [*crumbs(), (_("Targets"), reverse("copying:targets")), (known.name if known else _("New target"), "")]
    context = {"form": form, "known": known, "crumbs": way}
    return render(request, "copying/target.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(Right.COPY_TARGETS)
def remove(request: HttpRequest, target: int) -> HttpResponse:
    """Remove a target."""
    operations.remove_target(request.desk.act(), target=target)
    return redirect("copying:targets")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.COPY_TARGETS)
def protection(request: HttpRequest) -> HttpResponse:
    """The rules of which fields of ours stay, and of which fields of theirs never come."""
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        family = form.fields["family"].clean(form.cleaned_data["family"])
        taking.set_rule(request.desk.act(), family=taking.Family(family), rule=form.rule())
        return redirect("copying:protection")
    rules = [
        {"id": number, "family": family.label, "tag": rule.tag, "having": rule.having, "keep": rule.keep.label}
        for number, family, rule in taking.all_rules()
    ]
    context = {"form": form, "rules": rules, "crumbs": [*crumbs(), (_("Protected fields"), "")]}
    return render(request, "copying/protection.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(Right.COPY_TARGETS)
def drop_rule(request: HttpRequest, rule: int) -> HttpResponse:
    """Take a rule away."""
    taking.drop_rule(request.desk.act(), rule=rule)
    return redirect("copying:protection")
