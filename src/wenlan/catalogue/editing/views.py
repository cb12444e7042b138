"""The editor at the desk: where cataloguing begins, the editor itself and what it asks, history, conditions."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenlan.catalogue import operations, queries
from wenlan.catalogue.brief import queries as brief
from wenlan.catalogue.cnmarc import ControlField, MarcRecord
from wenlan.catalogue.description import numbers
from wenlan.catalogue.editing import headings, history
from wenlan.catalogue.editing.card import card_of
from wenlan.catalogue.editing.drafts import draft_of, read_draft, without_blanks
from wenlan.catalogue.editing.duplicates import Likeness, duplicates
from wenlan.catalogue.editing.format import Template, cnmarc, format_of
from wenlan.catalogue.editing.lines import by_lines
from wenlan.catalogue.editing.readings import readings
from wenlan.catalogue.editing.rules import Facts, findings
from wenlan.catalogue.editing.types import VersionView
from wenlan.catalogue.editing.words import finding_words, format_words
from wenlan.catalogue.errors import DraftUnreadable, RecordChangedMeanwhile
from wenlan.catalogue.forms import ConditionForm
from wenlan.catalogue.types import Condition, MarcFormat, RecordView, VersionKind
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.kernel.words import say
from wenlan.network import queries as network
from wenlan.staff import queries as staff
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number

A_DAY = 86_400
LONGEST_TITLE = 300


@require_safe
@needs(Right.CATALOGUE_EDIT)
def begin(request: HttpRequest) -> HttpResponse:
    """Where cataloguing begins: a scanned number opens its record or starts a book; templates by material."""
    number = request.GET.get("q", "").strip()[:40]
    if number:
        found = queries.by_number(number)
        if len(found) == 1:
            return redirect("catalogue:edit", record=found[0].id)
        if not found and numbers.isbn13(number):
            return redirect(f"{reverse('catalogue:edit_new', args=['book'])}?isbn={number}")
    context = {
        "templates": [(one.code, say(one.name)) for one in cnmarc().templates.values()],
        "found": queries.by_number(number) if number else (),
        "number": number,
        "brief": brief.waiting_count(),
        "recent": history.latest_of(request.desk.staff.id),
        "crumbs": [(_("Catalogue"), reverse("catalogue:search")), (_("Cataloguing"), "")],
    }
    return render(request, "catalogue/begin.html", context)


@require_safe
@needs(Right.CATALOGUE_EDIT)
def edit_new(request: HttpRequest, template: str) -> HttpResponse:
    """The editor on a new record of a material."""
    chosen = template_or_404(template)
    draft = chosen.record(today=f"{clock.today():%Y%m%d}", agency=network.agency_of(request.desk.node))
    if isbn := numbers.isbn13(request.GET.get("isbn", "")):
        draft = with_isbn(draft, isbn)
    context = {
        "opened": {
            **draft_of(draft),
            "template": template,
            "format": MarcFormat.CNMARC.value,
            "record": None,
            "hash": "",
        },
        "heading": _("New record: %(material)s") % {"material": say(chosen.name)},
    }
    return editor(request, context)


@require_safe
@needs(Right.CATALOGUE_EDIT)
def edit(request: HttpRequest, record: int) -> HttpResponse:
    """The editor on a record that is there."""
    stored = queries.stored(record)
    marc = stored.view.marc
    assert marc is not None
    context = {
        "opened": {
            **draft_of(marc),
            "template": "",
            "format": stored.view.format,
            "record": stored.view.id,
            "hash": stored.content_hash,
        },
        "heading": stored.view.title,
        "record": stored.view,
        "condition": stored.condition,
    }
    return editor(request, context)


def editor(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Return the page of the editor."""
    context["opened"]["language"] = get_language()
    context["crumbs"] = [
        (_("Catalogue"), reverse("catalogue:search")),
        (_("Cataloguing"), reverse("catalogue:begin")),
        (context["heading"], ""),
    ]
    return render(request, "catalogue/edit.html", context)


def template_or_404(code: str) -> Template:
    """Return a template. Raises NotFound."""
    found = cnmarc().templates.get(code)
    if found is None:
        raise NotFound(what=code)
    return found


def with_isbn(draft: MarcRecord, isbn: str) -> MarcRecord:
    """Return a draft with this ISBN in its first 010 $a."""
    fields = [
        one._replace(subfields=tuple(sub._replace(value=isbn) if sub.code == "a" else sub for sub in one.subfields))
        if not isinstance(one, ControlField) and one.tag == "010"
        else one
        for one in draft.fields
    ]
    return MarcRecord(draft.leader, tuple(fields))


@require_safe
@needs(Right.CATALOGUE_EDIT)
@cache_control(private=True, max_age=A_DAY)
def format_data(request: HttpRequest, of: str) -> JsonResponse:
    """The format with its captions, in the language of the page."""
    return JsonResponse({**format_words(format_of(of)), "headings": headings.linkable_tags(of)})


Answering = Callable[[HttpRequest, dict[str, Any]], JsonResponse]


def answers_json(answer: Answering) -> Callable[[HttpRequest], HttpResponse]:
    """Let a view take a JSON object: 422 for what cannot be read, 409 for a refusal, each with code and words."""

    @require_POST
    @needs(Right.CATALOGUE_EDIT)
    @wraps(answer)
    def view(request: HttpRequest) -> HttpResponse:
        try:
            sent = json.loads(request.body)
            if not isinstance(sent, dict):
                raise DraftUnreadable(what="?")
            return answer(request, sent)
        except ValueError:
            refusal: DomainError = DraftUnreadable(what="?")
        except DomainError as raised:
            refusal = raised
        status = 422 if isinstance(refusal, DraftUnreadable) else 409
        return JsonResponse({"code": refusal.code, "message": str(refusal)}, status=status)

    return view


@answers_json
def check(request: HttpRequest, sent: dict[str, Any]) -> JsonResponse:
    """What the rules find in a draft, and which records are like it."""
    draft = read_draft(sent.get("draft"))
    of = format_sent(sent)
    known = format_of(of)
    facts = Facts(
        format=known,
        today=clock.today(),
        agency=network.agency_of(request.desk.node),
        is_new=sent.get("record") is None,
    )
    found = [finding_words(one, known) for one in findings(draft, facts)]
    record = sent.get("record")
    like = duplicates(draft, MarcFormat(of), apart_from=record if isinstance(record, int) else None)
    return JsonResponse(
        {"findings": found, "duplicates": [shown(one) for one in like], "card": card_of(draft, MarcFormat(of))}
    )


@answers_json
def find_headings(request: HttpRequest, sent: dict[str, Any]) -> JsonResponse:
    """Authorities with the characters that were typed."""
    return JsonResponse(headings.like(str(sent.get("text", "")), tag=str(sent.get("tag", "")), of=format_sent(sent)))


@answers_json
def link_heading(request: HttpRequest, sent: dict[str, Any]) -> JsonResponse:
    """A field with an authority's heading and number."""
    try:
        authority = UUID(str(sent.get("authority", "")))
    except ValueError as error:
        raise DraftUnreadable(what="?") from error
    return JsonResponse({"field": headings.linked(sent.get("field"), authority=authority, of=format_sent(sent))})


def format_sent(sent: dict[str, Any]) -> str:
    """Return the format that the editor named; CNMARC for any that nobody knows."""
    of = str(sent.get("format", ""))
    return of if of in MarcFormat.values else MarcFormat.CNMARC.value


def shown(one: Likeness) -> dict[str, Any]:
    """Return a record that may be the same as the editor's list shows it."""
    record = one.record
    whys = {"number": _("Same number"), "whole": _("Same title and people"), "other_year": _("Another year")}
    facts = (record.responsibility, record.publisher, record.year_text, *record.isbn[:1])
    return {
        "id": record.id,
        "url": reverse("catalogue:edit", args=[record.id]),
        "title": record.title,
        "line": " · ".join(fact for fact in facts if fact),
        "why": whys[one.why],
        "sure": one.why != "other_year",
    }


@answers_json
def read_aloud(request: HttpRequest, sent: dict[str, Any]) -> JsonResponse:
    """How the characters of a title or a name are read."""
    text = str(sent.get("text", ""))[:LONGEST_TITLE]
    found = readings(text, is_name=bool(sent.get("name")))
    return JsonResponse({"readings": [{"text": one.text, "readings": one.readings} for one in found]})


@answers_json
def save(request: HttpRequest, sent: dict[str, Any]) -> JsonResponse:
    """Keep a draft; what somebody else saved meanwhile is not written over but shown."""
    draft = read_draft(sent.get("draft"))
    act = request.desk.act(key=str(sent.get("key", ""))[:64] or None)
    record = sent.get("record")
    note = str(sent.get("note", "")).replace("\0", "")[:LONGEST_TITLE]
    if not isinstance(record, int):
        template = cnmarc().templates.get(str(sent.get("template", "")))
        if template:
            draft = without_blanks(
                draft, template, today=f"{clock.today():%Y%m%d}", agency=network.agency_of(request.desk.node)
            )
        kept = operations.catalogue_record(act, marc=draft, note=note)
    else:
        uid = queries.record(record).uid
        try:
            kept = operations.change_record(act, record=uid, marc=draft, based_on=str(sent.get("hash", "")), note=note)
        except RecordChangedMeanwhile as refusal:
            return conflict(record, draft, refusal)
    stored = queries.stored(kept.id)
    return JsonResponse(
        {
            **draft_of(stored.view.marc or draft),
            "record": kept.id,
            "hash": stored.content_hash,
            "title": kept.title,
            "url": reverse("catalogue:edit", args=[kept.id]),
        }
    )


def conflict(record: int, draft: MarcRecord, refusal: RecordChangedMeanwhile) -> JsonResponse:
    """Answer with what stands there now, who saved it, and how the draft differs."""
    stored = queries.stored(record)
    last = next(iter(history.versions(record)), None)
    lines = history.compare(stored.view.marc or draft, draft)
    answer = {
        "code": refusal.code,
        "message": str(refusal),
        "hash": stored.content_hash,
        "stored": draft_of(stored.view.marc or draft),
        "by": history.signed(last) if last else "",
        "lines": [
            {"sign": one.sign, "text": f"{one.tag} {one.indicators.replace(' ', '#')} {history.in_one_line(one)}"}
            for one in lines
            if one.sign != "="
        ],
    }
    return JsonResponse(answer, status=409)


@require_safe
@needs(Right.CATALOGUE_SEE)
def record_history(request: HttpRequest, record: int) -> HttpResponse:
    """Every version of a record: when, by whom, which fields."""
    stored = queries.stored(record)
    kept = history.versions(record)
    who = staff.names([one.staff for one in kept if one.staff is not None])
    places = network.node_names()
    rows = [
        {
            "number": one.number,
            "url": reverse("catalogue:version", args=[record, one.number]),
            "kind": VersionKind(one.kind).label,
            "at": one.at,
            "who": who.get(one.staff, "") if one.staff is not None else "",
            "node": places.get(one.node, "") if one.node is not None else "",
            "tags": " ".join(history.changed_tags(before.marc, one.marc)) if before else "",
            "note": said_note(one),
        }
        for one, before in zip(kept, (*kept[1:], None), strict=False)
    ]
    context = {
        "record": stored.view,
        "rows": rows,
        "columns": version_columns(),
        "may_edit": request.desk.may(Right.CATALOGUE_EDIT),
        "crumbs": record_crumbs(stored.view),
    }
    return render(request, "catalogue/history.html", context)


def version_columns() -> list[dict[str, str]]:
    """Return the columns of a history."""
    return [
        {"key": "number", "label": _("Version"), "kind": "code", "url_key": "url"},
        {"key": "kind", "label": _("Kind of change"), "kind": "text"},
        {"key": "at", "label": _("When"), "kind": "moment"},
        {"key": "who", "label": _("By whom"), "kind": "text"},
        {"key": "node", "label": _("Place of the change"), "kind": "text"},
        {"key": "tags", "label": _("Fields changed"), "kind": "code"},
        {"key": "note", "label": _("Note"), "kind": "text"},
    ]


def said_note(one: VersionView) -> str:
    """Return the note of a version; of a restored one, which version it was."""
    if one.kind == VersionKind.RESTORED:
        return _("as version %(number)s") % {"number": one.note}
    return one.note


def record_crumbs(record: RecordView, here: str = "") -> list[tuple[str, str]]:
    """Return the way from the catalogue to the history of a record, and on."""
    way = [
        (_("Catalogue"), reverse("catalogue:search")),
        (record.title, reverse("catalogue:record", args=[record.id])),
        (_("History"), reverse("catalogue:history", args=[record.id]) if here else ""),
    ]
    return [*way, (here, "")] if here else way


@require_safe
@needs(Right.CATALOGUE_SEE)
def version(request: HttpRequest, record: int, number: int) -> HttpResponse:
    """One version beside the one before it, or the one in `against`: field by field."""
    stored = queries.stored(record)
    kept = {one.number: one for one in history.versions(record)}
    if number not in kept:
        raise NotFound(what=str(number))
    against = whole_number(request.GET.get("against", "")) or number - 1
    before = kept.get(against)
    lines = history.compare(before.marc if before else MarcRecord(kept[number].marc.leader, ()), kept[number].marc)
    newest = max(kept)
    context = {
        "record": stored.view,
        "number": number,
        "against": against if before else None,
        "newest": newest,
        "is_newest": number == newest,
        "hash": stored.content_hash,
        "lines": [(one, one.indicators.replace(" ", "#"), kept_parts(one)) for one in lines],
        "signed": history.signed(kept[number]),
        "kind": VersionKind(kept[number].kind).label,
        "may_edit": request.desk.may(Right.CATALOGUE_EDIT),
        "crumbs": record_crumbs(stored.view, _("Version %(number)s") % {"number": number}),
    }
    return render(request, "catalogue/version.html", context)


def kept_parts(line: history.Line) -> list[tuple[str, str, bool]]:
    """Return the parts of a field so that a browser shows every blank of coded data."""
    return [(code, value.replace("  ", "\u00a0\u00a0"), is_other) for code, value, is_other in line.parts]


@require_POST
@needs(Right.CATALOGUE_EDIT)
def restore(request: HttpRequest, record: int, number: int) -> HttpResponse:
    """Make an older version the newest one."""
    uid = queries.record(record).uid
    try:
        operations.restore_version(
            request.desk.act(), record=uid, number=number, based_on=request.POST.get("hash", "")[:32]
        )
    except RecordChangedMeanwhile as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Version %(number)s is the record again.") % {"number": number})
    return redirect("catalogue:history", record=record)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CATALOGUE_EDIT)
def conditions(request: HttpRequest) -> HttpResponse:
    """Many records at once: hidden from readers, deleted, or shown again; what hangs on them is said before."""
    form = ConditionForm(request.POST or request.GET or None)
    found: tuple[RecordView, ...] = ()
    unknown_lines: tuple[str, ...] = ()
    if form.is_bound and form.is_valid():
        found, unknown_lines = by_lines(form.cleaned_data["lines"])
        if request.method == "POST" and request.POST.get("act") == "do" and found:
            report = operations.set_condition(
                request.desk.act(),
                records=[one.id for one in found],
                condition=form.condition(),
                reason=form.cleaned_data["reason"],
            )
            messages.success(request, _("Done for %(count)d records.") % {"count": len(report.done)})
            if report.refused:
                words = {"count": len(report.refused)}
                messages.warning(request, _("%(count)d records were not deleted: something hangs on them.") % words)
            return redirect("catalogue:conditions")
    held = operations.hanging([one.id for one in found])
    states = queries.conditions([one.id for one in found])
    context = {
        "form": form,
        "rows": [(one, ", ".join(held.get(one.id, ())), said_condition(states.get(one.id, ""))) for one in found],
        "unknown": unknown_lines,
        "out": [(one, said_condition(state), since, why) for one, state, since, why in queries.out_of_sight()],
        "crumbs": [
            (_("Catalogue"), reverse("catalogue:search")),
            (_("Cataloguing"), reverse("catalogue:begin")),
            (_("Hide or delete records"), ""),
        ],
    }
    return render(request, "catalogue/conditions.html", context, status=422 if form.errors else 200)


def said_condition(code: str) -> str:
    """Return a condition in words; nothing for an ordinary record."""
    return str(Condition(code).label) if code else ""
