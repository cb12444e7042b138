"""Forms of the bookshop's counter, of campaigns, shops and statements."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.acquisitions import queries as acquisitions
from wenlan.acquisitions.bookshop.types import (
    BookOnPaper,
    CampaignFacts,
    CampaignView,
    ShopFacts,
    ShopView,
    Terms,
    Wish,
)
from wenlan.circulation.reserving.forms import fresh_key
from wenlan.circulation.rules.forms import day_field, node_choices
from wenlan.holdings.series import queries as series
from wenlan.patrons import queries as patrons
from wenlan.ui import clock

APART = re.compile(r"[,，、;；\s]+")
FEN = 100
MOST_YUAN = 10_000_000


class CounterForm(forms.Form):
    """What the counter sends: the card, the ISBN, what is read off the book, the label."""

    key = forms.CharField(max_length=64)
    campaign = forms.IntegerField(required=False)
    card = forms.CharField(max_length=80, required=False)
    isbn = forms.CharField(max_length=40, required=False)
    title = forms.CharField(label=_("Title"), max_length=300, required=False)
    author = forms.CharField(label=_("Author"), max_length=200, required=False)
    publisher = forms.CharField(label=_("Publisher"), max_length=200, required=False)
    year = forms.IntegerField(label=_("Year of publication"), min_value=1000, max_value=2100, required=False)
    price = forms.DecimalField(
        label=_("List price, yuan"), min_value=0, max_value=100_000, decimal_places=2, required=False
    )
    label = forms.CharField(max_length=40, required=False)

    def wish(self, shop: int) -> Wish:
        """Return what is wished at a shop."""
        said = self.cleaned_data
        book = BookOnPaper(
            title=said["title"],
            author=said["author"],
            publisher=said["publisher"],
            year=said["year"],
            price_fen=fen(said["price"]),
        )
        return Wish(
            shop=shop,
            card=said["card"],
            isbn=said["isbn"],
            book=book,
            label=said["label"],
            campaign=said["campaign"],
        )


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(max_length=200)


class ShopForm(forms.Form):
    """A bookshop that takes part."""

    code = forms.RegexField(
        label=_("Code"),
        regex=r"^[A-Za-z0-9]+$",
        max_length=12,
        help_text=_("Letters and digits: it begins the numbers of the statements."),
    )
    name = forms.CharField(label=_("Name of the bookshop"), max_length=100)
    supplier = forms.TypedChoiceField(
        label=_("Supplier"), coerce=int, help_text=_("Who sends the bill; the discount agreed with them holds.")
    )
    node = forms.TypedChoiceField(
        label=_("Place of the loans"),
        coerce=int,
        help_text=_("Loans made at the shop count here, and its rules and calendar hold. Its clerks work here."),
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    series = forms.TypedMultipleChoiceField(
        label=_("Labels given to the shop"),
        coerce=int,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 4}),
        help_text=_("Series of barcodes printed ahead."),
    )
    is_active = forms.BooleanField(label=_("Takes part"), required=False)

    def __init__(self, *args: Any, nodes: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supplier"].choices = [(one.id, one.name) for one in acquisitions.suppliers(only_active=True)]
        self.fields["node"].choices = node_choices(clock.today(), nodes)
        self.fields["series"].choices = [
            (one.id, f"{one.first_barcode} – {one.last_barcode}") for one in series.all_series(nodes)
        ]

    def facts(self) -> ShopFacts:
        """Return what the form says."""
        said = self.cleaned_data
        return ShopFacts(**said | {"series": tuple(said["series"])})


def shown_shop(one: ShopView) -> dict[str, Any]:
    """Return a shop as its form shows it."""
    return {name: getattr(one, name) for name in ShopForm.base_fields} | {"series": list(one.series)}


class CampaignForm(forms.Form):
    """A campaign: whose the books become, where they are processed, and on which terms they are bought."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64)
    name = forms.CharField(label=_("Name of the campaign"), max_length=80)
    node = forms.TypedChoiceField(label=_("Library that pays and owns the books"), coerce=int)
    processed_at = forms.TypedChoiceField(
        label=_("Where the books are catalogued"), coerce=int, help_text=_("They go there from any desk they come to.")
    )
    shops = forms.TypedMultipleChoiceField(
        label=_("Bookshops"), coerce=int, widget=forms.SelectMultiple(attrs={"size": 3})
    )
    from_day = day_field(_("First day"))
    until_day = day_field(_("Last day"))
    budget = forms.DecimalField(label=_("Budget, yuan"), min_value=1, max_value=MOST_YUAN, decimal_places=2)
    copies_limit = forms.IntegerField(
        label=_("Bought as long as the network has fewer copies than"),
        min_value=1,
        max_value=1000,
        initial=1,
        help_text=_("1: only what no place holds and nobody ordered."),
    )
    price_limit = forms.DecimalField(
        label=_("Price of one book at most, yuan"), min_value=0, max_value=100_000, decimal_places=2, required=False
    )
    month_books = forms.IntegerField(
        label=_("Books a reader and month at most"), min_value=1, max_value=1000, required=False
    )
    month_sum = forms.DecimalField(
        label=_("Sum a reader and month at most, yuan"),
        min_value=0,
        max_value=100_000,
        decimal_places=2,
        required=False,
    )
    categories = forms.MultipleChoiceField(
        label=_("Categories"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 4}),
        help_text=_("None: readers of all categories."),
    )
    credit_floor = forms.IntegerField(label=_("Credit points at least"), min_value=0, max_value=10_000, required=False)
    registered_before = day_field(_("Registered before"), required=False)
    earliest_year = forms.IntegerField(
        label=_("Published in this year or later"), min_value=1900, max_value=2100, required=False
    )
    excluded_classes = forms.CharField(
        label=_("Classes not bought"),
        max_length=200,
        required=False,
        help_text=_("Class numbers of the CLC with commas between; all under them is out too. G4, H31 ..."),
    )
    excluded_words = forms.CharField(
        label=_("Words in the title not bought"),
        max_length=300,
        required=False,
        help_text=_("With commas between: 练习、试卷、教辅 ..."),
    )

    def __init__(self, *args: Any, nodes: frozenset[int], shops: tuple[ShopView, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = node_choices(clock.today(), nodes)
        self.fields["node"].choices = self.fields["processed_at"].choices = places
        self.fields["shops"].choices = [(one.id, one.name) for one in shops]
        self.fields["categories"].choices = [(one.code, one.name) for one in patrons.categories() if one.is_open]

    def facts(self) -> CampaignFacts:
        """Return what the form says."""
        said = self.cleaned_data
        terms = Terms(
            from_day=said["from_day"],
            until_day=said["until_day"],
            budget_fen=int(said["budget"] * FEN),
            copies_limit=said["copies_limit"],
            price_limit_fen=fen(said["price_limit"]),
            month_books=said["month_books"],
            month_fen=fen(said["month_sum"]),
            categories=tuple(said["categories"]),
            credit_floor=said["credit_floor"],
            registered_before=said["registered_before"],
            excluded_classes=listed(said["excluded_classes"]),
            excluded_words=listed(said["excluded_words"]),
            earliest_year=said["earliest_year"],
        )
        return CampaignFacts(
            name=said["name"],
            node=said["node"],
            processed_at=said["processed_at"],
            shops=tuple(said["shops"]),
            terms=terms,
        )


def shown_campaign(one: CampaignView) -> dict[str, Any]:
    """Return a campaign as its form shows it."""
    terms = one.terms
    same = ("from_day", "until_day", "copies_limit", "month_books", "credit_floor", "registered_before")
    return {
        **{name: getattr(terms, name) for name in (*same, "earliest_year")},
        "name": one.name,
        "node": one.node,
        "processed_at": one.processed_at,
        "shops": list(one.shops),
        "budget": yuan(terms.budget_fen),
        "price_limit": yuan(terms.price_limit_fen),
        "month_sum": yuan(terms.month_fen),
        "categories": list(terms.categories),
        "excluded_classes": ", ".join(terms.excluded_classes),
        "excluded_words": "、".join(terms.excluded_words),
    }


def fen(sum_yuan: Decimal | None) -> int | None:
    """Return a sum in yuan as fen; None stays."""
    return None if sum_yuan is None else int(sum_yuan * FEN)


def yuan(sum_fen: int | None) -> Decimal | None:
    """Return a sum in fen as yuan; None stays."""
    return None if sum_fen is None else Decimal(sum_fen) / FEN


def listed(text: str) -> tuple[str, ...]:
    """Return what stands between commas and blanks."""
    return tuple(dict.fromkeys(part for part in APART.split(text.strip()) if part))
