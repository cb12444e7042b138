"""The authority file at the desk: find a name, its records, other forms, what it is merged with."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.authorities import headings, operations, queries
from wenlan.catalogue.authorities.forms import SUBDIVIDED, FindForm, HeadingForm, NewForm, OtherForm
from wenlan.catalogue.authorities.types import AuthorityKind, AuthorityView
from wenlan.catalogue.views import columns as record_columns
from wenlan.catalogue.views import kept_blanks, rows_of
from wenlan.catalogue.views import row as record_row
from wenlan.kernel.errors import DomainError
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui.addresses import whole_number

PAGE = 50


@require_safe
@needs(Right.CATALOGUE_SEE)
def authorities(request: HttpRequest) -> HttpResponse:
    """Names and subjects with these characters in any form of the name."""
    form = FindForm(request.GET)
    said = form.cleaned_data if form.is_valid() else {"q": "", "kind": ""}
    found = queries.search_authorities(said["q"], kind=said["kind"], after=request.GET.get("after", ""), limit=PAGE)
    context = {
        "query": said["q"],
        "parts": [form["kind"]],
        "rows": [row(one) for one in found],
        "columns": columns(),
        "next": f"{found[-1].sort_key}:{found[-1].id}" if len(found) == PAGE else "",
        "first": not request.GET.get("after"),
        "waiting": queries.waiting().count() if request.desk.may(Right.CATALOGUE_EDIT) else 0,
        "may_edit": request.desk.may(Right.CATALOGUE_EDIT),
        "crumbs": [*crumbs()[:1], (_("Names and subjects"), "")],
    }
    return render(request, "catalogue/authorities/list.html", context)


def columns() -> list[dict[str, str]]:
    """Return the columns of a list of authorities."""
    return [
        {"key": "heading", "label": _("Heading"), "kind": "title", "url_key": "url"},
        {"key": "kind", "label": _("Kind"), "kind": "text"},
        {"key": "see", "label": _("See from"), "kind": "text"},
        {"key": "number", "label": _("Authority number"), "kind": "code"},
        {"key": "records", "label": _("Records"), "kind": "number"},
    ]


def row(one: AuthorityView) -> dict[str, Any]:
    """Return an authority as the list shows it."""
    return {
        "url": reverse("catalogue:authority", args=[one.uid]),
        "heading": one.heading,
        "kind": AuthorityKind(one.kind).label,
        "see": "、".join(one.see),
        "number": one.number,
        "records": one.records,
    }


def crumbs(*here: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way from the catalogue to a page of the authority file."""
    return [
        (_("Catalogue"), reverse("catalogue:search")),
        (_("Names and subjects"), reverse("catalogue:authorities")),
        *here,
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CATALOGUE_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Found an authority; a heading of a record may be handed over in the address."""
    form = NewForm(
        request.POST or None, initial={name: request.GET.get(name, "") for name in ("kind", "name", "dates")}
    )
    if request.method == "POST" and form.is_valid():
        kind = AuthorityKind(form.cleaned_data["kind"])
        try:
            made = operations.found_authority(
                request.desk.act(key=form.cleaned_data["key"]),
                kind=kind,
                subfields=headings.with_values(None, form.values(kind)),
                see=form.forms_seen(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(heading)s” has the number %(number)s.") % shown(made))
            return redirect("catalogue:authority", authority=made.uid)
    context = {"form": form, "crumbs": crumbs((_("New heading"), ""))}
    return render(request, "catalogue/authorities/new.html", context, status=422 if form.is_bound else 200)


def shown(one: AuthorityView) -> dict[str, object]:
    """Return what a sentence says of an authority."""
    return {"heading": one.heading, "number": one.number}


@require_safe
@needs(Right.CATALOGUE_SEE)
def authority(request: HttpRequest, authority: UUID) -> HttpResponse:
    """One authority: forms of the name, the records that link to it, and those that could."""
    one = queries.authority(authority)
    after = whole_number(request.GET.get("after", "")) or 0
    found = queries.records_of(one.id, after=after, limit=PAGE)
    may_edit = request.desk.may(Right.CATALOGUE_EDIT)
    context = {
        "authority": one,
        "facts": facts(one),
        "kept": queries.authority(one.merged_into) if one.merged_into else None,
        "see_also": queries.see_also(one),
        "following": queries.following(one.id),
        "rows": [record_row(each) for each in found],
        "columns": record_columns(),
        "next": found[-1].id if len(found) == PAGE else "",
        "first": not after,
        "unlinked": queries.unlinked_records(one) if may_edit and not one.merged_into and not after else (),
        "merges": queries.merges_of(one.id),
        "leader": kept_blanks(one.marc.leader) if one.marc else "",
        "fields": rows_of(one.marc) if one.marc else [],
        "other_form": OtherForm(),
        "may_edit": may_edit and not one.merged_into,
        "crumbs": crumbs((one.heading, "")),
    }
    return render(request, "catalogue/authorities/authority.html", context)


def facts(one: AuthorityView) -> list[tuple[str, Any]]:
    """Return what is said of an authority as term and description."""
    return [
        (_("Kind"), AuthorityKind(one.kind).label),
        (_("Authority number"), one.number),
        (_("See from"), "、".join(one.see)),
        (_("Note on the name"), one.note),
        (_("Records"), one.records),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CATALOGUE_EDIT)
def change(request: HttpRequest, authority: UUID) -> HttpResponse:
    """Change the heading and the forms of the name; every record that links to it follows."""
    one = queries.authority(authority)
    form = HeadingForm(request.POST or None, initial=said_of(one))
    if request.method == "POST" and form.is_valid():
        field = heading_field(one)
        try:
            operations.change_heading(
                request.desk.act(),
                authority=authority,
                subfields=headings.with_values(field, form.values(one.kind)),
                see=form.forms_seen(),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            said = (
                _("Changed here; %(records)d records follow in the background.")
                if queries.following(one.id)
                else ngettext(
                    "Changed here and in %(records)d record.", "Changed here and in %(records)d records.", one.records
                )
            )
            messages.success(request, said % {"records": one.records})
            return redirect("catalogue:authority", authority=authority)
    context = {
        "form": form,
        "authority": one,
        "crumbs": crumbs((one.heading, reverse("catalogue:authority", args=[one.uid])), (_("Change"), "")),
    }
    return render(request, "catalogue/authorities/change.html", context, status=422 if form.is_bound else 200)


def heading_field(one: AuthorityView) -> Any:
    """Return the field of the heading without what is no part of it."""
    assert one.marc is not None
    of = headings.family_of(one.format)
    heading = headings.heading_of(one.marc, of)
    assert heading is not None
    codes = of.codes[AuthorityKind(one.kind)]
    return heading.field._replace(subfields=tuple(each for each in heading.field.subfields if each.code in codes))


def said_of(one: AuthorityView) -> dict[str, str]:
    """Return a heading as its form shows it."""
    field = heading_field(one)
    return {
        "name": field.first("a"),
        "part": field.first("x" if one.kind in SUBDIVIDED else "b"),
        "added": field.first("c"),
        "dates": field.first("f"),
        "see": "\n".join(one.see),
    }


@require_safe
@needs(Right.CATALOGUE_EDIT)
def merge_preview(request: HttpRequest, authority: UUID) -> HttpResponse:
    """What merging another authority into this one would change."""
    one = queries.authority(authority)
    form = OtherForm(request.GET)
    if form.is_valid():
        try:
            other = queries.authority_by_number(form.cleaned_data["number"].strip())
            preview = queries.merge_preview(one.uid, other.uid)
            records = catalogue.records(preview.records[:PAGE])
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            context = {
                "preview": preview,
                "sides": [
                    (_("Stays"), preview.kept, facts(preview.kept)),
                    (_("Goes into it"), preview.gone, facts(preview.gone)),
                ],
                "rows": [record_row(records[each]) for each in sorted(records)],
                "columns": record_columns(),
                "more": len(preview.records) - len(records),
                "crumbs": crumbs((one.heading, reverse("catalogue:authority", args=[one.uid])), (_("Merge"), "")),
            }
            return render(request, "catalogue/authorities/merge.html", context)
    return redirect("catalogue:authority", authority=authority)


@require_POST
@needs(Right.CATALOGUE_EDIT)
def merge(request: HttpRequest, authority: UUID) -> HttpResponse:
    """Merge another authority into this one."""
    form = OtherForm(request.POST)
    if form.is_valid():
        try:
            gone = queries.authority_by_number(form.cleaned_data["number"].strip())
            made = operations.merge(request.desk.act(key=request.POST.get("key", "")), kept=authority, gone=gone.uid)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request,
                _("“%(heading)s” was merged into this heading; %(records)d records follow.")
                % {"heading": made.gone_heading, "records": made.records},
            )
    return redirect("catalogue:authority", authority=authority)


@require_POST
@needs(Right.CATALOGUE_EDIT)
def undo_merge(request: HttpRequest, merge: UUID) -> HttpResponse:
    """Take a merge back."""
    try:
        stands = operations.undo_merge(request.desk.act(), merge=merge)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("catalogue:authorities")
    messages.success(request, _("“%(heading)s” stands again, with its records.") % shown(stands))
    return redirect("catalogue:authority", authority=stands.uid)


@require_POST
@needs(Right.CATALOGUE_EDIT)
def relate(request: HttpRequest, authority: UUID) -> HttpResponse:
    """Let this authority and another refer to each other."""
    form = OtherForm(request.POST)
    if form.is_valid():
        try:
            other = queries.authority_by_number(form.cleaned_data["number"].strip())
            operations.relate(request.desk.act(), authority=authority, other=other.uid)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Both headings now refer to each other."))
    return redirect("catalogue:authority", authority=authority)


@require_POST
@needs(Right.CATALOGUE_EDIT)
def unrelate(request: HttpRequest, authority: UUID) -> HttpResponse:
    """Take a see-also away, here and at the other heading."""
    try:
        if operations.unrelate(request.desk.act(), authority=authority, text=request.POST.get("text", "")):
            messages.success(request, _("They no longer refer to each other."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("catalogue:authority", authority=authority)


@require_safe
@needs(Right.CATALOGUE_SEE)
def following(request: HttpRequest, authority: UUID) -> HttpResponse:
    """How many records have followed a change. A part of the heading's page; when all have, the page comes anew."""
    one = queries.authority(authority)
    followed = queries.following(one.id)
    response = render(request, "catalogue/authorities/_following.html", {"authority": one, "following": followed})
    if followed is None:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@needs(Right.CATALOGUE_EDIT)
def link(request: HttpRequest, authority: UUID) -> HttpResponse:
    """Link the chosen records; back to where the choice was made."""
    records = [one for sent in request.POST.getlist("record") if (one := whole_number(sent)) is not None]
    try:
        done = operations.link_records(request.desk.act(), authority=authority, records=records)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            ngettext("%(done)d record is linked.", "%(done)d records are linked.", done) % {"done": done},
        )
    if request.POST.get("back") == "record" and len(records) == 1:
        return redirect("catalogue:record", record=records[0])
    return redirect("catalogue:authority", authority=authority)


@require_POST
@needs(Right.CATALOGUE_EDIT)
def place_waiting(request: HttpRequest) -> HttpResponse:
    """Take in the authority records that earlier imports set aside."""
    placed = operations.place_waiting(request.desk.act())
    messages.success(request, _("%(placed)d headings were taken in.") % {"placed": placed})
    return redirect("catalogue:authorities")


@require_safe
@needs(Right.CATALOGUE_SEE)
def of_record(request: HttpRequest, record: int) -> HttpResponse:
    """The headings of a record: those linked, and those that match an authority exactly. A part of its page."""
    found = catalogue.record(record)
    may_edit = request.desk.may(Right.CATALOGUE_EDIT)
    context = {
        "record": found,
        "links": queries.links_of_record(found),
        "suggestions": queries.suggestions(found.marc, found.format) if may_edit and found.marc else (),
    }
    return render(request, "catalogue/authorities/of_record.html", context)
