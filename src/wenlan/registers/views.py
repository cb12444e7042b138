"""Pages of the record books: all made from the declarations, none by hand."""

import base64
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from wenlan.kernel.errors import DomainError, NotFound
from wenlan.kernel.periods import Period
from wenlan.kernel.words import say
from wenlan.network import queries as network
from wenlan.registers import operations, queries, sheets
from wenlan.registers.declaring import BookForm, FieldForms, drafted, initial_book, initial_fields
from wenlan.registers.errors import BookMisdeclared, BookUnknown, EntryRefused, SheetUnreadable
from wenlan.registers.forms import AmendForm, EntryForm, FilterForm, SheetForm, StrikeForm, blank_form, initial_of
from wenlan.registers.types import Book, EntryStatus, EntryView, Field, FieldKind, Level, SheetReport
from wenlan.registers.values import said, said_all
from wenlan.staff import queries as staff
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import place_in_list

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
COLUMNS_SHOWN = 5
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST_SHEET = 5 << 20


@needs(Right.REGISTERS_EDIT)
def books(request: HttpRequest) -> HttpResponse:
    """Show every book and how many entries it has this year and had the year before."""
    year, visible = clock.today().year, request.desk.visible
    counts, before = (queries.entry_counts(visible, Period.year(each)) for each in (year, year - 1))
    rows = [
        {
            "name": book.name,
            "url": reverse("registers:entries", args=[book.code]),
            "about": say(book.about),
            "entries": counts.get(book.code, 0),
            "before": before.get(book.code, 0),
        }
        for book in queries.books()
    ]
    columns = [
        {"key": "name", "label": pgettext("records", "Book"), "url_key": "url"},
        {"key": "about", "label": _("What stands in it")},
        {"key": "before", "label": _("Entries last year"), "kind": "number"},
        {"key": "entries", "label": _("Entries this year"), "kind": "number"},
    ]
    may_declare = request.desk.may(Right.REGISTERS_DECLARE)
    return render(request, "registers/books.html", {"rows": rows, "columns": columns, "may_declare": may_declare})


@needs(Right.REGISTERS_DECLARE)
def declare(request: HttpRequest, code: str = "") -> HttpResponse:
    """Declare a new book, or change one that was made in the browser."""
    book = book_or_404(code) if code else None
    if book is not None and book.origin != operations.BROWSER:
        raise Http404(code)
    form = BookForm(request.POST or None, initial=initial_book(book) if book else None)
    lines = FieldForms(request.POST or None, initial=initial_fields(book) if book else None)
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        draft = drafted(code or operations.new_code(), form.cleaned_data, lines.cleaned_data)
        try:
            operations.declare(request.desk.act(), draft)
        except BookMisdeclared as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The book is in force; entries can be written in it."))
            return redirect("registers:entries", code=draft.code)
    context = {"book": book, "form": form, "lines": lines, "crumbs": crumbs(book)}
    return render(request, "registers/declare.html", context, status=422 if form.is_bound else 200)


@needs(Right.REGISTERS_EDIT)
def entries(request: HttpRequest, code: str) -> HttpResponse:
    """Show the entries of a book, the latest first."""
    book = book_or_404(code)
    form, asked = filtered(request)
    page = queries.entries(code, after=place_in_list(request.GET.get("after", "")), **asked)
    context = {
        "book": book,
        "about": say(book.about),
        "parts": form.sentence,
        "rows": [line(book, entry) for entry in page.rows],
        "columns": list_columns(book),
        "next": f"{page.next[0]:%Y-%m-%d}.{page.next[1]}" if page.next else "",
        "first": not request.GET.get("after"),
        "shown": len(page.rows),
        "query": request.GET.urlencode(),
        "may_declare": book.origin == operations.BROWSER and request.desk.may(Right.REGISTERS_DECLARE),
        "crumbs": crumbs(),
    }
    return render(request, "registers/entries.html", context)


@needs(Right.REGISTERS_EDIT)
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Write an entry."""
    book, nodes = book_or_404(code), writable(request)
    form = blank_form(book, nodes, home=request.desk.node, today=clock.today())
    if request.method == "POST":
        form = EntryForm(request.POST, book=book, nodes=nodes)
        if form.is_valid() and (entry := written(request, form)):
            messages.success(request, _("The entry stands in the book."))
            if "another" in request.POST:
                return redirect("registers:new", code=code)
            return redirect("registers:entry", code=code, uid=entry.uid)
    context = {
        "book": book,
        "form": form,
        "crumbs": crumbs(book),
        "may_repeat": True,
        "verb": pgettext("an entry", "Enter"),
    }
    return render(request, "registers/form.html", context, status=422 if form.is_bound else 200)


def written(request: HttpRequest, form: EntryForm) -> EntryView | None:
    """Enter what the form says; None when it was refused, with every reason in the form."""
    said = form.cleaned_data
    try:
        return operations.enter(
            request.desk.act(key=said["key"]),
            book=form.book.code,
            day=said["day"],
            values=form.values,
            node=said["node"],
            level=said.get("level") or None,
        )
    except EntryRefused as refusal:
        form.refuse(refusal.faults)
    return None


@needs(Right.REGISTERS_EDIT)
def entry(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """Show an entry, what it said before, and its sentence."""
    book, view = book_or_404(code), visible_entry(request, code, uid)
    history = queries.amendments(uid)
    names = names_of([view.entered_by, *(earlier.changed_by for earlier in history)])
    context = {
        "book": book,
        "entry": view,
        "entered_by": names.get(view.entered_by, view.entered_by),
        "pairs": [(field.label, with_unit(field, view.values)) for field in book.fields],
        "place": network.node(view.node, view.day).name,
        "sentence": queries.told(uid),
        "level": Level(view.level).label,
        "earlier": [earlier_line(book, earlier, names) for earlier in history],
        "is_struck": view.status == EntryStatus.STRUCK,
        "may_change": view.node in writable(request) and view.status == EntryStatus.STANDS,
        "strike_form": StrikeForm(),
        "crumbs": crumbs(book),
    }
    return render(request, "registers/entry.html", context)


@needs(Right.REGISTERS_EDIT)
def amend(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """Change an entry."""
    book, view = book_or_404(code), changeable_entry(request, code, uid)
    nodes = writable(request)
    form = AmendForm(request.POST or None, book=book, nodes=nodes, initial=initial_of(book, view))
    if form.is_valid():
        try:
            operations.amend(
                request.desk.act(),
                entry=uid,
                values=form.values,
                day=form.cleaned_data["day"],
                level=form.cleaned_data.get("level") or None,
                reason=form.cleaned_data["reason"],
            )
        except EntryRefused as refusal:
            form.refuse(refusal.faults)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The entry was changed; what it said before is kept."))
            return redirect("registers:entry", code=code, uid=uid)
    context = {"book": book, "form": form, "crumbs": crumbs(book), "verb": _("Change")}
    return render(request, "registers/form.html", context, status=422 if form.is_bound else 200)


@needs(Right.REGISTERS_EDIT)
@require_POST
def strike(request: HttpRequest, code: str, uid: UUID) -> HttpResponse:
    """Strike an entry out."""
    changeable_entry(request, code, uid)
    form = StrikeForm(request.POST)
    if form.is_valid():
        operations.strike(request.desk.act(), entry=uid, reason=form.cleaned_data["reason"])
        messages.success(request, _("The entry was struck out and counts no more."))
    else:
        messages.error(request, _("Say why the entry is struck out."))
    return redirect("registers:entry", code=code, uid=uid)


@needs(Right.REGISTERS_EDIT)
def sheet_out(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the entries of the list as a spreadsheet."""
    book = book_or_404(code)
    _form, asked = filtered(request)
    return spreadsheet(sheets.write(book, every_entry(code, asked)), f"{code}.xlsx")


@needs(Right.REGISTERS_EDIT)
def sheet_in(request: HttpRequest, code: str) -> HttpResponse:
    """Enter the rows of a spreadsheet; those that are refused are offered as a file."""
    book = book_or_404(code)
    form = SheetForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"book": book, "form": form, "crumbs": crumbs(book), "headings": sheets.headings(book)}
    if form.is_valid():
        try:
            report = accepted(request, code, form)
        except DomainError as refusal:
            form.add_error("sheet", str(refusal))
        else:
            context["report"] = report
            context["rejects"] = base64.b64encode(report.rejects).decode() if report.rejects else ""
    return render(request, "registers/sheet.html", context, status=422 if form.errors else 200)


def accepted(request: HttpRequest, code: str, form: SheetForm) -> SheetReport:
    """Enter an uploaded sheet for the places this desk may write for. Raises DomainError."""
    sheet = form.cleaned_data["sheet"]
    if sheet.size > LARGEST_SHEET:
        raise SheetUnreadable(reason=_("it is larger than 5 MB"))
    return operations.enter_sheet(request.desk.act(), book=code, sheet=sheet, nodes=writable(request))


def spreadsheet(content: bytes, name: str) -> HttpResponse:
    """Return a spreadsheet to be saved under a name."""
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def every_entry(code: str, asked: Mapping[str, Any]) -> Iterator[EntryView]:
    """Yield the entries of a list, page after page."""
    after = None
    while True:
        page = queries.entries(code, after=after, **{**asked, "limit": 500})
        yield from page.rows
        after = page.next
        if after is None:
            return


def filtered(request: HttpRequest) -> tuple[FilterForm, dict[str, Any]]:
    """Return the filter's form and what it asks of `queries.entries`."""
    visible = request.desk.visible
    form = FilterForm(request.GET, nodes=visible)
    form.is_valid()
    said = form.cleaned_data
    start, last = said.get("start") or FIRST_DAY, said.get("last") or LAST_DAY
    place = said.get("node")
    return form, {
        "nodes": visible & network.subtree(place) if place else visible,
        "period": Period(start, max(start, last + timedelta(days=1))),
        "text": said.get("text", ""),
    }


def writable(request: HttpRequest) -> frozenset[int]:
    """Return the places for which this desk may write."""
    today = clock.today()
    granted = (node for node, rights in request.desk.rights.items() if Right.REGISTERS_EDIT.value in rights)
    return frozenset[int]().union(*(network.subtree(node, today) for node in granted))


def visible_entry(request: HttpRequest, code: str, uid: UUID) -> EntryView:
    """Return an entry of a place this desk sees. Raises Http404."""
    try:
        found = queries.entry(uid)
    except NotFound as unknown:
        raise Http404(str(unknown)) from unknown
    if found.book != code or found.node not in request.desk.visible:
        raise Http404(code)
    return found


def changeable_entry(request: HttpRequest, code: str, uid: UUID) -> EntryView:
    """Return an entry of a place for which this desk may write. Raises Http404."""
    found = visible_entry(request, code, uid)
    if found.node not in writable(request):
        raise Http404(code)
    return found


def book_or_404(code: str) -> Book:
    """Return a book. Raises Http404."""
    try:
        return queries.book(code)
    except BookUnknown as unknown:
        raise Http404(str(unknown)) from unknown


def line(book: Book, entry: EntryView) -> dict[str, Any]:
    """Return an entry as the list shows it."""
    return {
        "day": entry.day,
        "url": reverse("registers:entry", args=[book.code, entry.uid]),
        "place": network.node(entry.node, entry.day).name,
        "state": "struck" if entry.status == EntryStatus.STRUCK else "",
        **{f"f_{code}": text for code, text in said_all(book, entry.values).items()},
    }


def list_columns(book: Book) -> list[dict[str, str]]:
    """Return the columns of a book's list: day, place, its first fields."""
    numbers = {FieldKind.INTEGER, FieldKind.DECIMAL}
    shown = [field for field in book.fields if field.kind != FieldKind.LONGTEXT][:COLUMNS_SHOWN]
    return [
        {"key": "day", "label": _("Day"), "kind": "day", "url_key": "url"},
        {"key": "place", "label": _("Place")},
        *(
            {"key": f"f_{field.code}", "label": field.label, "kind": "number" if field.kind in numbers else "text"}
            for field in shown
        ),
        {"key": "state", "label": pgettext("of an entry", "Mark"), "kind": "seal"},
    ]


def with_unit(field: Field, values: Mapping[str, Any]) -> str:
    """Return a value with its unit."""
    text = said(field, values.get(field.code))
    return f"{text} {say(field.unit)}".strip() if text and field.unit else text


def names_of(operators: list[str]) -> dict[str, str]:
    """Return who wrote, by the code that stands in the entry."""
    ids = {operator.removeprefix("staff:") for operator in operators if operator.startswith("staff:")}
    return {f"staff:{member}": name for member, name in staff.names([int(member) for member in ids]).items()}


def earlier_line(book: Book, earlier: queries.EarlierView, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what an entry said before, as its page shows it."""
    values = said_all(book, earlier.values)
    return {
        "changed_at": earlier.changed_at,
        "changed_by": names.get(earlier.changed_by, earlier.changed_by),
        "reason": earlier.reason,
        "day": earlier.day,
        "pairs": [(field.label, values[field.code]) for field in book.fields if values[field.code]],
    }


def crumbs(book: Book | None = None) -> list[tuple[str, str]]:
    """Return the way to a page."""
    way = [(_("Record books"), reverse("registers:books"))]
    return [*way, (book.name, reverse("registers:entries", args=[book.code]))] if book else way
