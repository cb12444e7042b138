"""Pages of the readers' desk: search, one reader with the cards, registration."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.kernel.errors import DomainError, NotFound
from wenlan.network import queries as network
from wenlan.patrons import operations, queries
from wenlan.patrons.forms import CardForm, ExtendForm, ReasonForm, RegisterForm, SuspendForm
from wenlan.patrons.types import CardStatus, PatronLine, PatronStatus, PatronView
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number

PAGE = 50


def names_of(request: HttpRequest) -> frozenset[int]:
    """Return the nodes whose readers this desk may see by name."""
    return frozenset(node for node in request.desk.visible if request.desk.may(Right.PATRONS_NAMES, node))


@needs(Right.PATRONS_SEE)
def search(request: HttpRequest) -> HttpResponse:
    """Find readers by card, name or the end of the telephone number."""
    text, start = request.GET.get("q", "").strip(), whole_number(request.GET.get("after")) or 0
    found = queries.search(text, names_of=names_of(request), after=start, limit=PAGE + 1)
    shown = found[:PAGE]
    context = {
        "query": text,
        "lines": [
            {"reader": line, "home": network.node(line.home_node).name, "state": state_of(line)} for line in shown
        ],
        "next": str(shown[-1].id) if len(found) > PAGE else "",
        "first": start == 0,
        "may_register": request.desk.may(Right.PATRONS_REGISTER),
    }
    return render(request, "patrons/search.html", context)


def state_of(reader: PatronView | PatronLine) -> str:
    """Return the seal of an account: valid, suspended, expired or closed."""
    if reader.status == PatronStatus.DEREGISTERED:
        return "closed"
    if reader.status == PatronStatus.SUSPENDED:
        return "suspended"
    return "expired" if reader.valid_until is not None and reader.valid_until < clock.today() else "valid"


@needs(Right.PATRONS_SEE)
def reader(request: HttpRequest, patron_id: int) -> HttpResponse:
    """Show one reader: who it is, cards, and what may be done. Loans come from the loan desk."""
    return show(request, queries.patron(patron_id))


def show(request: HttpRequest, found: PatronView, status: int = 200) -> HttpResponse:
    """Render a reader as this desk may see them."""
    may_see = request.desk.may(Right.PATRONS_NAMES, found.home_node)
    shown = found if may_see else found.masked()
    context = {
        "reader": shown,
        "state": state_of(found),
        "pairs": described(shown),
        "cards": [{"card": card, "seal": CARD_SEALS[CardStatus(card.status)]} for card in shown.cards],
        "may_change": request.desk.may(Right.PATRONS_REGISTER, found.home_node),
        "is_open": found.status != PatronStatus.DEREGISTERED,
        # Several dialogs stand in one page: each form has ids of its own, so that labels find their fields.
        "suspend_form": SuspendForm(auto_id="suspend_%s"),
        "extend_form": ExtendForm(initial={"until": found.valid_until}, auto_id="extend_%s"),
        "lift_form": ReasonForm(auto_id="lift_%s"),
        "deregister_form": ReasonForm(auto_id="deregister_%s"),
        "card_form": CardForm(auto_id="card_%s"),
    }
    return render(request, "patrons/reader.html", context, status=status)


CARD_SEALS = {
    CardStatus.VALID: "valid",
    CardStatus.LOST: "card_lost",
    CardStatus.SUSPENDED: "suspended",
    CardStatus.REPLACED: "closed",
    CardStatus.CLOSED: "closed",
}


def described(reader: PatronView) -> list[tuple[str, object]]:
    """Return what is known of a reader, as terms and words."""
    guardian = reader.guardian
    return [
        (_("Category"), reader.category.name),
        (_("Home library"), network.node(reader.home_node).name),
        (_("Registered on"), reader.registered_on.isoformat()),
        (_("Valid until"), reader.valid_until.isoformat() if reader.valid_until else _("without end")),
        (_("Items on loan"), f"{reader.open_loans} / {reader.category.loan_limit}"),
        (_("Date of birth"), reader.birth_date.isoformat() if reader.birth_date else ""),
        (_("Telephone"), reader.phone),
        (_("Identity number"), _("kept encrypted") if reader.has_id_number else ""),
        (_("Guardian"), " ".join((guardian.name, guardian.relation, guardian.phone)) if guardian else ""),
        (_("Reason"), reader.status_reason),
    ]


@needs(Right.PATRONS_REGISTER)
def register(request: HttpRequest) -> HttpResponse:
    """Register a reader with a first card."""
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.register(request.desk.act(key=form.cleaned_data["key"]), reader=form.reader())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is registered.") % {"name": made.name})
            return redirect("patrons:reader", made.id)
    return render(request, "patrons/register.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@needs(Right.PATRONS_REGISTER)
def change(request: HttpRequest, patron_id: int, what: str) -> HttpResponse:
    """Suspend, lift, extend, deregister, or give one more card; then show the reader again."""
    changeable(request, patron_id)
    form_class, change_of = CHANGES[what]
    form = form_class(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("patrons:reader", patron_id)
    try:
        change_of(request, patron_id, form)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect("patrons:reader", patron_id)


def changeable(request: HttpRequest, patron_id: int) -> PatronView:
    """Return a reader whose account this desk may change. Raises NotFound and NotAllowed."""
    found = queries.patron(patron_id)
    request.desk.insist(Right.PATRONS_REGISTER, found.home_node)
    return found


def suspend(request: HttpRequest, patron_id: int, form: Form) -> None:
    """Stop the reader from borrowing."""
    operations.suspend(
        request.desk.act(), patron=patron_id, until=form.cleaned_data["until"], reason=form.cleaned_data["reason"]
    )


def lift(request: HttpRequest, patron_id: int, form: Form) -> None:
    """Let the reader borrow again."""
    operations.lift(request.desk.act(), patron=patron_id, reason=form.cleaned_data["reason"])


def extend(request: HttpRequest, patron_id: int, form: Form) -> None:
    """Set the last day of the account."""
    operations.extend(request.desk.act(), patron=patron_id, until=form.cleaned_data["until"])


def deregister(request: HttpRequest, patron_id: int, form: Form) -> None:
    """Close the account."""
    operations.deregister(request.desk.act(), patron=patron_id, reason=form.cleaned_data["reason"])


def issue_card(request: HttpRequest, patron_id: int, form: Form) -> None:
    """Give the reader one more card."""
    said = form.cleaned_data
    act = request.desk.act(key=said["key"])
    operations.issue_card(act, patron=patron_id, number=said["number"], kind=said["kind"] or "barcode")


Change = Callable[[HttpRequest, int, Form], None]
CHANGES: dict[str, tuple[type[Form], Change]] = {
    "suspend": (SuspendForm, suspend),
    "lift": (ReasonForm, lift),
    "extend": (ExtendForm, extend),
    "deregister": (ReasonForm, deregister),
    "card": (CardForm, issue_card),
}


@require_POST
@needs(Right.PATRONS_REGISTER)
def change_card(request: HttpRequest, patron_id: int, card_id: int, what: str) -> HttpResponse:
    """Report one card lost, lift it, or replace it by a new one."""
    if card_id not in {card.id for card in changeable(request, patron_id).cards}:
        raise NotFound(what=str(card_id))
    form = CardForm(request.POST)
    try:
        if what == "lost":
            card = operations.lose_card(request.desk.act(), card=card_id)
        elif what == "lift":
            card = operations.lift_card(request.desk.act(), card=card_id)
        elif form.is_valid():
            said = form.cleaned_data
            card = operations.replace_card(request.desk.act(key=said["key"]), card=card_id, new=said["number"])
        else:
            messages.error(request, _("Please scan the new card."))
            return redirect("patrons:reader", patron_id)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done: card %(number)s.") % {"number": card.number})
    return redirect("patrons:reader", patron_id)
