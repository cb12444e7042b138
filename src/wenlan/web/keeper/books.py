"""A book of the room that the system does not know yet: by the county's record, or in three fields."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wenlan.catalogue.brief.types import BriefFacts
from wenlan.holdings.short import operations
from wenlan.holdings.short.types import BookInHand
from wenlan.kernel.errors import DomainError
from wenlan.kernel.money import read_fen
from wenlan.ui.addresses import whole_number
from wenlan.web.keeper import finding
from wenlan.web.keeper.access import keeps, key_of, page, text

DEAREST = 100_000


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def new_book(request: HttpRequest) -> HttpResponse:
    """First what it is, then its barcode."""
    if request.method == "POST":
        return take_in(request)
    asked = text(request, "isbn")
    found = finding.records(request.desk, asked, everywhere=True) if asked else ()
    return page(
        request, "book", asked=asked, found=found[:10], sought=bool(asked), by_hand=text(request, "by") == "hand"
    )


def take_in(request: HttpRequest) -> HttpResponse:
    """Register the book; what is wrong is said above the form that was filled in."""
    record = whole_number(text(request, "record"))
    facts = None
    if record is None:
        facts = BriefFacts(
            title=text(request, "title", 200),
            author=text(request, "author"),
            isbn=text(request, "isbn", 30),
            price_fen=price_fen(text(request, "price", 12)),
        )
    book = BookInHand(
        record=record, facts=facts, barcode=text(request, "barcode", 40), was_here=text(request, "was_here") != "no"
    )
    try:
        item = operations.take_in(request.desk.act(key_of(request)), book=book)
    except DomainError as refusal:
        typed = {name: text(request, name, 200) for name in ("title", "author", "price", "barcode")}
        asked = text(request, "isbn", 30)
        found = finding.records(request.desk, asked, everywhere=True) if asked and record else ()
        context = {"asked": asked, "found": found, "sought": True, "typed": typed, "by_hand": record is None}
        return page(request, "book", refused=str(refusal), status=422, **context)
    messages.success(request, _("Registered. Its barcode: %(barcode)s") % {"barcode": item.barcode})
    if not book.barcode:
        messages.warning(request, _("Write this number on the inside of the cover: it is the book's barcode."))
    return redirect("keeper:book")


def price_fen(written: str) -> int | None:
    """Return a price as people write it in fen, None for none: 18.5, 18.50元, ¥18."""
    try:
        return read_fen(written, below=DEAREST)
    except ValueError:
        return None
