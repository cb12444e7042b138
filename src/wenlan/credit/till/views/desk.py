"""The cashier's desk: drawer and shift, taking money, receipts, the close of the day."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.credit import queries as credit
from wenlan.credit.money import operations, queries
from wenlan.credit.money.types import Means, MoneyKind
from wenlan.credit.pages import names_of_readers, people, seen_by
from wenlan.credit.till import counting, receipts, shifts
from wenlan.credit.till.forms import BookForm, DrawerForm, SignOffForm, SignOnForm, TakeForm, VoidForm
from wenlan.credit.till.shifts import Leaving
from wenlan.credit.till.types import ShiftView, SumLine
from wenlan.credit.types import ChargeKind
from wenlan.kernel.errors import DomainError
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.patrons.errors import CardUnknown
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number


@needs(Right.MONEY)
def home(request: HttpRequest) -> HttpResponse:
    """Show the drawer this person holds, or those that can be taken; a scanned card opens the page to take money."""
    if card := request.GET.get("q", "").strip()[:64]:
        try:
            return redirect("till:take", patrons.patron_id_by_card(card))
        except CardUnknown as unknown:
            messages.error(request, str(unknown))
    return home_page(request)


def home_page(request: HttpRequest, *, off: SignOffForm | None = None, status: int = 200) -> HttpResponse:
    """Render the first page of the till."""
    mine = shifts.my_shift(request.desk.act().operator)
    here = shifts.drawers([request.desk.node])
    unpaid = queries.unpaid([request.desk.node]) if mine else ()
    context = {
        "shift": mine,
        "is_here": mine is not None and mine.node == request.desk.node,
        "sums": lines_of(mine.sums) if mine else [],
        "drawers": [
            {"drawer": one, "form": SignOnForm(initial={"counted": one.left_fen}, auto_id=f"on-{one.id}_%s")}
            for one in here
        ],
        "off_form": off or SignOffForm(auto_id="off_%s"),
        "drawer_form": DrawerForm(),
        "unpaid": [{"approval": one} for one in unpaid],
        "names": names_of_readers(request, [one.patron for one in unpaid]),
        "who": people({one.holder for one in here}),
        "place": request.desk.place.name,
    }
    return render(request, "credit/till/home.html", context, status=status)


def lines_of(sums: tuple[SumLine, ...]) -> list[dict[str, Any]]:
    """Return sums in words."""
    return [
        {
            "kind": kind_of(one),
            "means": str(Means(one.means).label) if one.means else "",
            "times": one.times,
            "fen": one.fen,
        }
        for one in sums
    ]


def kind_of(line: SumLine) -> str:
    """Return what moved in words: the kind of charge where one was paid."""
    kind = str(MoneyKind(line.kind).label)
    return f"{kind} · {ChargeKind(line.charge).label}" if line.charge else kind


@require_POST
@needs(Right.MONEY)
def add_drawer(request: HttpRequest) -> HttpResponse:
    """Set up a drawer at this place."""
    form = DrawerForm(request.POST)
    if form.is_valid():
        shifts.add_drawer(request.desk.act(), name=form.cleaned_data["name"])
        messages.success(request, _("The drawer is set up. Count it and sign on."))
    return redirect("till:home")


@require_POST
@needs(Right.MONEY)
def sign_on(request: HttpRequest, drawer_id: int) -> HttpResponse:
    """Take a drawer over."""
    form = SignOnForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please enter what lies in the drawer."))
        return redirect("till:home")
    said = form.cleaned_data
    try:
        act = request.desk.act(key=said["key"] or None)
        shifts.sign_on(act, drawer_id=drawer_id, counted_fen=said["counted"], reason=said["reason"])
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The drawer is yours. What you take and give now stands under your name."))
    return redirect("till:home")


@require_POST
@needs(Right.MONEY)
def sign_off(request: HttpRequest) -> HttpResponse:
    """Leave the drawer and print the slip of the shift."""
    form = SignOffForm(request.POST, auto_id="off_%s")
    if form.is_valid():
        said = form.cleaned_data
        leaving = Leaving(counted_fen=said["counted"], handed_in_fen=said["handed_in"] or 0, reason=said["reason"])
        try:
            done = shifts.sign_off(request.desk.act(), leaving=leaving)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("till:shift", done.id)
    return home_page(request, off=form, status=422)


def shift_seen(request: HttpRequest, shift_id: int) -> ShiftView:
    """Return a shift of a place this desk sees. Raises NotAllowed."""
    found = shifts.shift(shift_id)
    request.desk.insist(Right.MONEY, found.node)
    return found


@needs(Right.MONEY)
def shift(request: HttpRequest, shift_id: int) -> HttpResponse:
    """Show the slip of a shift as it is printed (交接班表)."""
    found = shift_seen(request, shift_id)
    counts = found.counts
    if found.closed_at is None:
        counts = counting.of_shift(operator=found.operator, start=found.opened_at, end=clock.now())
    context = {
        "shift": found,
        "sums": lines_of(found.sums),
        "counts": [(str(Kind(kind).label), counts.get(kind, 0)) for kind in counting.KINDS],
        "place": network.node(found.node).name,
        "who": people({found.operator, found.signed_by}),
        "handed_in_fen": (found.counted_fen or 0) - (found.left_fen or 0),
    }
    return render(request, "credit/till/shift.html", context)


@needs(Right.MONEY)
def take(request: HttpRequest, patron_id: int) -> HttpResponse:
    """Take money from a reader and print the receipt."""
    reader = patrons.patron(patron_id)
    account = credit.account(patron_id, clock.today())
    charges = queries.charges(patron_id, open_only=True)
    form = TakeForm(request.POST or None, charges=charges, initial={"deposit": account.deposit_due_fen or None})
    if request.method == "POST" and form.is_valid():
        try:
            act = request.desk.act(key=form.cleaned_data["key"] or None)
            made = operations.take(act, patron=patron_id, taking=form.taking())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Taken, receipt %(number)s.") % {"number": made.text})
            return redirect("till:receipt", made.id)
    context = {
        "form": form,
        "reader": seen_by(request, reader),
        "account": account,
        "has_drawer": shifts.my_shift(request.desk.act().operator) is not None,
    }
    return render(request, "credit/till/take.html", context, status=422 if form.is_bound else 200)


@needs(Right.MONEY)
def receipt_list(request: HttpRequest) -> HttpResponse:
    """List today's receipts of this place and the ranges; find one by its number."""
    number = request.GET.get("q", "").strip()[:40]
    if number and (found := receipts.receipt_by_text(number)):
        return redirect("till:receipt", found.id)
    drawers = shifts.drawers([request.desk.node])
    form = BookForm(request.POST or None, drawers=[(one.id, one.name) for one in drawers])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            facts = {name: said[name] for name in ("first", "last", "width")}
            book = receipts.enter_book(request.desk.act(), prefix=said["letters"], **facts)
            receipts.hand_book(request.desk.act(), book_id=book.id, drawer_id=said["drawer"])
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The range is at the drawer."))
            return redirect("till:receipts")
    books = receipts.books([request.desk.node])
    today = receipts.receipts_of(request.desk.node, clock.today())
    context = {
        "query": number,
        "receipts": today,
        "who": people({one.operator for one in today}),
        "books": [
            {"book": book, "first": book.text_of(book.first), "last": book.text_of(book.last),
             "next": book.text_of(book.next) if book.left else "", "drawer": name_of(drawers, book.drawer)}
            for book in books
        ],
        "form": form,
        "has_drawers": bool(drawers),
    }  # fmt: skip
    return render(request, "credit/till/receipts.html", context, status=422 if form.is_bound else 200)


def name_of(drawers: Any, drawer_id: int | None) -> str:
    """Return the name of a drawer, '' for none."""
    return next((one.name for one in drawers if one.id == drawer_id), "")


@needs(Right.MONEY)
def receipt(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """Show a receipt: to print it, or to void it."""
    found = receipts.receipt(receipt_id)
    reader = patrons.patron(found.patron) if found.patron is not None else None
    request.desk.insist(Right.MONEY, found.node)
    lines = queries.lines_of_receipt(receipt_id)
    charges = {line.charge: queries.charge(line.charge) for line in lines if line.charge is not None}
    context = {
        "receipt": found,
        "reader": seen_by(request, reader) if reader else None,
        "may_see": request.desk.may(Right.PATRONS_SEE),
        "lines": [
            {"line": line, "charge": charges.get(line.charge or 0)} for line in lines if line.kind != MoneyKind.REVERSED
        ],
        "means": next((line.means_label for line in lines), ""),
        "who": people({found.operator}),
        "place": network.node(found.node).name,
        "form": VoidForm(),
        "may_void": found.state == "issued" and not found.is_handed_in,
    }
    template = "credit/till/receipt_print.html" if "print" in request.GET else "credit/till/receipt.html"
    return render(request, template, context)


@require_POST
@needs(Right.MONEY)
def void(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """Void a receipt whose paper lies here."""
    request.desk.insist(Right.MONEY, receipts.receipt(receipt_id).node)
    form = VoidForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say why."))
        return redirect("till:receipt", receipt_id)
    said = form.cleaned_data
    try:
        receipts.void(request.desk.act(), receipt_id=receipt_id, reason=said["reason"], is_in_hand=said["is_in_hand"])
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Voided. Keep all copies; they are handed in with the day."))
    return redirect("till:receipt", receipt_id)


@require_POST
@needs(Right.MONEY)
def spoil(request: HttpRequest) -> HttpResponse:
    """Void the next number because its paper was spoiled."""
    try:
        done = receipts.spoil(request.desk.act(), reason=request.POST.get("reason", "")[:200])
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Number %(number)s is void. Keep the paper.") % {"number": done.text})
    return redirect("till:receipts")


def back_to(request: HttpRequest, patron_id: int) -> str:
    """Return the address of a reader's account, or of the till for who may not see readers."""
    if request.desk.may(Right.PATRONS_SEE):
        return reverse("credit:account", args=[patron_id])
    return reverse("till:approvals")


def number_in(request: HttpRequest, name: str) -> int | None:
    """Return a whole number of the address."""
    return whole_number(request.GET.get(name))
