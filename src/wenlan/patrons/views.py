"""Pages of the readers' desk: search, one reader with the cards, registration."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.forms import Form, HiddenInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wenlan.kernel.errors import DomainError, NotFound
from wenlan.network import queries as network
from wenlan.patrons import amending, operations, passwords, policies, queries
from wenlan.patrons.families import queries as families
from wenlan.patrons.families.forms import ContactForm, FamilyForm
from wenlan.patrons.forms import (
    AmendForm,
    CardForm,
    ExtendForm,
    NeededReasonForm,
    PasswordForm,
    ReasonForm,
    RegisterForm,
    SuspendForm,
)
from wenlan.patrons.history import history
from wenlan.patrons.portraits.queries import portrait
from wenlan.patrons.types import (
    CardKind,
    CardStatus,
    CardView,
    DocumentKind,
    GuardianView,
    NewReader,
    PatronLine,
    PatronStatus,
    PatronView,
    Sex,
)
from wenlan.patrons.units.queries import membership
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number
from wenlan.ui.typography import fen

PAGE = 50


def names_of(request: HttpRequest) -> frozenset[int]:
    """Return the nodes whose readers this desk may see by name."""
    return request.desk.nodes_with(Right.PATRONS_NAMES)


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
    """Show one reader: who it is, cards, history, and what may be done. Loans come from the loan desk."""
    found = queries.patron(patron_id)
    if found.merged_into:
        messages.info(request, _("This account was merged into the one shown here."))
        return redirect("patrons:reader", found.merged_into)
    return show(request, found)


def show(request: HttpRequest, found: PatronView, status: int = 200) -> HttpResponse:
    """Render a reader as this desk may see them; what was done to the account only where the name is seen."""
    may_see = request.desk.may(Right.PATRONS_NAMES, found.home_node)
    is_open = found.status != PatronStatus.DEREGISTERED
    may_change = request.desk.may(Right.PATRONS_REGISTER, found.home_node)
    shown = found if may_see else found.masked()
    context = {
        "reader": shown,
        "state": state_of(found),
        "pairs": described(shown, queries.masked_document(found.id) if may_see else "")
        + belonging(found.id if may_see else None),
        "cards": [card_line(card) for card in shown.cards],
        "kinds": len({card.kind for card in shown.cards}) > 1,
        "may_change": may_change and is_open,
        "may_report_lost": is_open and request.desk.may(Right.PATRONS_REGISTER),
        "may_merge": may_change and may_see and is_open and request.desk.may(Right.PATRONS_MANAGE, found.home_node),
        "may_read_number": found.has_id_number and request.desk.may(Right.PATRONS_IDENTITY, found.home_node),
        "has_portrait": may_see and portrait(found.uid) is not None,
        "history": history(found.id) if may_see else (),
        "family": families.family(found.id, masked=not may_see),
        "contacts": families.contacts(found.id) if may_see else (),
        # Several dialogs stand in one page: each form has ids of its own, so that labels find their fields.
        "suspend_form": SuspendForm(auto_id="suspend_%s"),
        "extend_form": ExtendForm(initial={"until": next_term(found)}, auto_id="extend_%s"),
        "lift_form": ReasonForm(auto_id="lift_%s"),
        "deregister_form": ReasonForm(auto_id="deregister_%s"),
        "card_form": CardForm(auto_id="card_%s"),
        "password_form": PasswordForm(auto_id="password_%s"),
        "number_form": NeededReasonForm(auto_id="number_%s"),
        "family_form": FamilyForm(auto_id="family_%s"),
        "contact_form": ContactForm(auto_id="contact_%s"),
    }
    return render(request, "patrons/reader.html", context, status=status)


def card_line(card: CardView) -> dict[str, object]:
    """Return a card as the page lists it."""
    return {"card": card, "seal": CARD_SEALS[CardStatus(card.status)], "kind": CardKind(card.kind).label}


def next_term(reader: PatronView) -> date | None:
    """Return the last day that verifying gives by the category's rule: counted from the present one, or from today."""
    if reader.valid_until is None:
        return None
    start = max(reader.valid_until, clock.today())
    return policies.valid_until(on=start, valid_days=reader.category.valid_days)


CARD_SEALS = {
    CardStatus.VALID: "valid",
    CardStatus.LOST: "card_lost",
    CardStatus.SUSPENDED: "suspended",
    CardStatus.REPLACED: "replaced",
    CardStatus.CLOSED: "closed",
}


def described(reader: PatronView, document: str) -> list[tuple[str, object]]:
    """Return what is known of a reader, as terms and words."""
    guardian = reader.guardian
    kind = str(DocumentKind(reader.document_kind).label)
    return [
        (_("Category"), reader.category.name),
        (_("Home library"), network.node(reader.home_node).name),
        (_("Registered on"), reader.registered_on.isoformat()),
        (_("Valid until"), reader.valid_until.isoformat() if reader.valid_until else _("without end")),
        (_("Items on loan"), f"{reader.open_loans} / {reader.category.loan_limit}"),
        (_("Credit points"), "" if reader.credit_points is None else reader.credit_points),
        (_("Unpaid sums"), f"{fen(reader.owed_fen)} 元" if reader.owed_fen else ""),
        (_("Deposit"), f"{fen(reader.deposit_fen)} 元" if reader.deposit_fen else ""),
        (_("Sex"), Sex(reader.sex).label if reader.sex else ""),
        (_("Date of birth"), reader.birth_date.isoformat() if reader.birth_date else ""),
        (_("Telephone"), reader.phone),
        (_("E-mail"), reader.email),
        (_("Address"), reader.address),
        (kind, document or (_("kept encrypted") if reader.has_id_number else "")),
        (_("Guardian"), " ".join((guardian.name, guardian.relation, guardian.phone)) if guardian else ""),
        (_("The guardian consented"), consented(guardian) if guardian else ""),
        (_("Reason"), reader.status_reason),
    ]


def consented(guardian: GuardianView) -> str:
    """Return on which day a guardian consented, or that it is still to be asked for."""
    return f"{localtime(guardian.consented_at):%Y-%m-%d}" if guardian.consented_at else _("not yet")


def belonging(patron: int | None) -> list[tuple[str, object]]:
    """Return the reader's unit and class as a term and words; nothing for a reader whose name is not seen."""
    found = membership(patron) if patron is not None else None
    return [(_("Unit"), found.words)] if found else []


@needs(Right.PATRONS_REGISTER)
def register(request: HttpRequest) -> HttpResponse:
    """Register a reader with a first card; one who looks like a reader there is is shown first."""
    form = RegisterForm(request.POST or None)
    alike: list[dict[str, object]] = []
    if request.method == "POST" and form.is_valid():
        new = form.reader()
        alike = [] if form.cleaned_data["anyway"] else [lookalike_line(request, one) for one in lookalikes(new)]
        if alike:
            form.add_error(None, _("A reader like this one is registered already. Please look before you go on."))
        elif made := registered(request, form, new):
            messages.success(request, _("%(name)s is registered.") % {"name": made.name})
            return redirect("patrons:reader", made.id)
    if not alike:
        form.fields["anyway"].widget = HiddenInput()
    context = {"form": form, "alike": alike}
    return render(request, "patrons/register.html", context, status=422 if form.is_bound else 200)


def lookalikes(new: NewReader) -> tuple[PatronView, ...]:
    """Return readers who may be this one."""
    return queries.lookalikes(
        name=new.name, birth_date=new.birth_date, phone=new.phone, kind=new.document_kind, number=new.id_number
    )


def lookalike_line(request: HttpRequest, reader: PatronView) -> dict[str, object]:
    """Return a reader who may be the one that is being registered, masked where this desk may not see names."""
    shown = reader if request.desk.may(Right.PATRONS_NAMES, reader.home_node) else reader.masked()
    return {
        "reader": shown,
        "home": network.node(reader.home_node).name,
        "state": state_of(reader),
        "card": next((card.number for card in reader.cards if card.until_day is None), ""),
    }


def registered(request: HttpRequest, form: RegisterForm, new: NewReader) -> PatronView | None:
    """Register the reader, or say in the form every reason why not."""
    try:
        return operations.register(request.desk.act(key=form.cleaned_data["key"]), reader=new)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
    return None


@needs(Right.PATRONS_REGISTER)
def amend(request: HttpRequest, patron_id: int) -> HttpResponse:
    """Correct what is known of a reader, or give another category."""
    found = changeable(request, patron_id)
    request.desk.insist(Right.PATRONS_NAMES, found.home_node)
    form = AmendForm(request.POST or None, reader=found)
    if request.method == "POST" and form.is_valid():
        try:
            amending.amend(request.desk.act(), patron=patron_id, details=form.details())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done."))
            return redirect("patrons:reader", patron_id)
    context = {"form": form, "reader": found}
    return render(request, "patrons/amend.html", context, status=422 if form.is_bound else 200)


@require_POST
@never_cache
@needs(Right.PATRONS_IDENTITY)
def id_number(request: HttpRequest, patron_id: int) -> HttpResponse:
    """Show the number of a reader's document in full, once, to one who says why; the audit trail keeps it."""
    found = queries.patron(patron_id)
    request.desk.insist(Right.PATRONS_IDENTITY, found.home_node)
    form = NeededReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say why the number is read."))
        return redirect("patrons:reader", patron_id)
    reason = form.cleaned_data["reason"]
    number = operations.id_number(request.desk.act(), patron=patron_id, reason=reason)
    context = {"reader": found, "number": number, "kind": DocumentKind(found.document_kind).label, "reason": reason}
    return render(request, "patrons/id_number.html", context)


@require_POST
@needs(Right.PATRONS_REGISTER)
def change(request: HttpRequest, patron_id: str, what: str) -> HttpResponse:
    """Suspend, lift, extend, deregister, give a password or one more card; then show the reader again."""
    found = changeable(request, int(patron_id)).id
    form_class, change_of = CHANGES[what]
    form = form_class(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("patrons:reader", found)
    try:
        change_of(request, found, form)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect("patrons:reader", found)


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
    said = form.cleaned_data
    operations.extend(request.desk.act(), patron=patron_id, until=said["until"], reason=said["reason"])


def deregister(request: HttpRequest, patron_id: int, form: Form) -> None:
    """Close the account."""
    operations.deregister(request.desk.act(), patron=patron_id, reason=form.cleaned_data["reason"])


def issue_card(request: HttpRequest, patron_id: int, form: Form) -> None:
    """Give the reader one more card."""
    said = form.cleaned_data
    act = request.desk.act(key=said["key"])
    kind = said["kind"] or CardKind.BARCODE
    operations.issue_card(act, patron=patron_id, number=said["number"], kind=kind, bearer=said["bearer"])


def set_password(request: HttpRequest, patron_id: int, form: Form) -> None:
    """Give the reader a password for signing in on line."""
    passwords.set_password(request.desk.act(), patron=patron_id, password=form.cleaned_data["password"])


Change = Callable[[HttpRequest, int, Form], None]
CHANGES: dict[str, tuple[type[Form], Change]] = {
    "suspend": (SuspendForm, suspend),
    "lift": (ReasonForm, lift),
    "extend": (ExtendForm, extend),
    "deregister": (ReasonForm, deregister),
    "card": (CardForm, issue_card),
    "password": (PasswordForm, set_password),
}


@require_POST
@needs(Right.PATRONS_REGISTER)
def change_card(request: HttpRequest, patron_id: str, card_id: str, what: str) -> HttpResponse:
    """Report one card lost, which any desk does, stop it, lift it, or replace it by a new one."""
    of_reader = queries.patron(int(patron_id)) if what == "lost" else changeable(request, int(patron_id))
    held = next((card.id for card in of_reader.cards if str(card.id) == card_id), None)
    if held is None:
        raise NotFound(what=card_id)
    form = CardForm(request.POST)
    reason = request.POST.get("reason", "")[:200]
    try:
        if what != "replace":
            card = CARD_CHANGES[what](request.desk.act(), card=held, reason=reason)
        elif form.is_valid():
            act = request.desk.act(key=form.cleaned_data["key"])
            card = operations.replace_card(act, card=held, new=form.cleaned_data["number"], reason=reason)
        else:
            messages.error(request, _("Please scan the new card."))
            return redirect("patrons:reader", patron_id)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done: card %(number)s.") % {"number": card.number})
    return redirect("patrons:reader", patron_id)


CARD_CHANGES = {"lost": operations.lose_card, "stop": operations.suspend_card, "lift": operations.lift_card}
