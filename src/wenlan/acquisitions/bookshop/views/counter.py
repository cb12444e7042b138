"""The counter of a bookshop, made for a phone: one field to scan into, the card, then the book, then the label."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wenlan.acquisitions.bookshop import operations, queries
from wenlan.acquisitions.bookshop.errors import ChoiceRefused
from wenlan.acquisitions.bookshop.forms import CounterForm, yuan
from wenlan.acquisitions.bookshop.types import Answer, Chosen, Reason, Refusal, ShopView
from wenlan.circulation.reserving.forms import fresh_key
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock

CARD, ISBN, LABEL = "card", "isbn", "label"
TODAY = 100
OF_THE_LABEL = frozenset({Refusal.LABEL_WRONG, Refusal.LABEL_USED})


@needs(Right.BOOKSHOP)
def counter(request: HttpRequest) -> HttpResponse:
    """Ask for a card, a book and a label, one after the other, and say at once what the library says."""
    known = queries.shops(request.desk.nodes_with(Right.BOOKSHOP), only_active=True)
    code = request.POST.get("shop") or request.GET.get("shop", "")
    shop = next((one for one in known if one.code == code), known[0] if known else None)
    if shop is None:
        return render(request, "acquisitions/bookshop/counter.html", {"shop": None})
    form = CounterForm(request.POST or None)
    context = answered(request, shop, form) if form.is_bound else {"step": CARD}
    context = page(request, shop, known) | context
    return render(request, "acquisitions/bookshop/counter.html", context, status=422 if context.get("wrong") else 200)


def page(request: HttpRequest, shop: ShopView, known: tuple[ShopView, ...]) -> dict[str, Any]:
    """Return what stands on the page whatever was scanned."""
    today = clock.today()
    lines = [one for one in queries.choices([shop.id], limit=TODAY) if one.day == today]
    lent = [one for one in lines if one.cancelled_on is None]
    return {
        "shop": shop,
        "shops": known,
        "campaigns": queries.running(shop.id, today),
        "key": fresh_key(),
        "lines": lines,
        "volumes": len(lent),
        "sum_fen": sum(one.paid_fen for one in lent),
        "next_label": queries.next_label(shop),
        "said": {},
    }


def answered(request: HttpRequest, shop: ShopView, form: CounterForm) -> dict[str, Any]:
    """Return what the page says of what was sent: bought, refused with every reason, or what comes next."""
    if not form.is_valid():
        return {"step": LABEL, "wrong": True, "form": form, "said": form.data}
    said, act, wish = form.cleaned_data, request.desk.act(form.cleaned_data["key"]), form.wish(shop.id)
    if not said["card"].strip():
        return {"step": CARD}
    try:
        if said["label"].strip():
            chosen = operations.choose(act, wish=wish)
            after = shown(operations.look(act, wish=replace(wish, isbn="", label="")), form, reasons=())
            return after | {"step": ISBN, "reasons": (), "chosen": chosen, "done": done(chosen)}
        return shown(operations.ask(request.desk.act(f"{act.key}/ask"), wish=wish), form)
    except ChoiceRefused as refused:
        return shown(operations.look(act, wish=wish), form, reasons=refused.reasons)
    except DomainError as refusal:
        return {"step": LABEL if said["label"] else CARD, "said": said, "refusal": str(refusal), "wrong": True,
                "form": form} | known_so_far(request, form, shop)  # fmt: skip


def known_so_far(request: HttpRequest, form: CounterForm, shop: ShopView) -> dict[str, Any]:
    """Return reader and book beside a mistake that is the clerk's to mend; nothing where the card itself is wrong."""
    try:
        return shown(operations.look(request.desk.act(), wish=form.wish(shop.id)), form) | {"step": LABEL}
    except DomainError:
        return {}


def shown(answer: Answer, form: CounterForm, reasons: tuple[Reason, ...] = ()) -> dict[str, Any]:
    """Return an answer as the page shows it, and which field is scanned into next."""
    reasons, said = reasons or answer.reasons, form.cleaned_data
    is_of_label = bool(reasons) and all(reason.code in OF_THE_LABEL for reason in reasons)
    step = LABEL if answer.book and (not reasons or is_of_label) else ISBN
    if answer.reader is None:
        step = CARD
    kept: dict[str, Any] = {"card": answer.card} if answer.reader else {}
    if step == LABEL and answer.book:
        book, price = answer.book, said["price"]
        kept |= {name: getattr(book, name) for name in ("isbn", "title", "author", "publisher", "year")}
        kept["price"] = price if price is not None else yuan(book.price_fen)
    names = network.node_names()
    return {
        "step": step,
        "said": kept,
        "form": form,
        "answer": answer,
        "reasons": reasons,
        "reader": patrons.patron(answer.reader).masked() if answer.reader else None,
        "places": [(names.get(one.node, ""), one) for one in answer.copies.places],
    }


def done(chosen: Chosen) -> str:
    """Return the sentence that a clerk says when a book was bought and lent."""
    said = {"title": chosen.choice.title, "day": chosen.due_on.isoformat(), "label": chosen.choice.barcode}
    return _("%(title)s is bought and lent until %(day)s. Its label: %(label)s.") % said
