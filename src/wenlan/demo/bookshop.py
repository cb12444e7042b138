"""A bookshop where readers choose and the library pays: a campaign of the winter, its choices, and November's bill."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from wenlan.acquisitions import operations as acquisitions
from wenlan.acquisitions.bookshop import operations as bookshop
from wenlan.acquisitions.bookshop import queries
from wenlan.acquisitions.bookshop.types import BookOnPaper, CampaignFacts, ShopFacts, ShopView, Terms, Wish
from wenlan.acquisitions.types import SupplierFacts
from wenlan.catalogue.description.numbers import isbn13_check
from wenlan.circulation import operations as circulation
from wenlan.circulation.types import ItemRef
from wenlan.demo.guests import card
from wenlan.demo.stage import Deed, Stage
from wenlan.holdings.series.operations import Wanted, make_series
from wenlan.kernel.acts import Act

AT = 16 * 3600
CODE, NAME, DESK = "SLSD", "示例书店", "CZ-GENERAL"
RUNS = timedelta(days=150)
CHOSEN = (  # day, guest, title, list price in fen, and when it came back
    ((11, 9), 3, "示例新书：太行四季", 4500, (12, 3)),
    ((11, 16), 4, "示例新书：漳河岸边", 5800, (12, 11)),
    ((11, 23), 5, "示例新书：上党梆子漫谈", 6800, (12, 18)),
    ((12, 14), 3, "示例新书：山村医生手记", 3980, None),
    ((12, 21), 0, "示例新书：古堡与驿道", 8800, None),
)
REFUSED = ((12, 15), 1, "示例：小学数学试卷精选", 2600)
BILLED, APPROVED, PAID = (12, 4), (12, 6), (12, 12)
VOUCHER = "记账凭证第 12-018 号"


def deeds(stage: Stage) -> Iterator[tuple[date, Deed]]:
    """Yield the campaign, each choice, what came back, and the bill."""
    yield stage.on(11, 1), partial(begin, stage)
    for number, (day, _guest, _title, _price, back) in enumerate(CHOSEN):
        yield stage.on(*day), partial(choose, stage, number)
        if back:
            yield stage.on(*back), partial(bring_back, stage, number)
    yield stage.on(*REFUSED[0]), partial(refuse, stage)
    yield stage.on(*BILLED), partial(bill, stage)
    yield stage.on(*APPROVED), partial(approve, stage)
    yield stage.on(*PAID), partial(pay, stage)


def act(stage: Stage, day: date, key: str, by: str = "acquisitions") -> Act:
    """Return what is done at the counter of the shop, or about it."""
    return stage.act(day, AT, f"bookshop:{key}", by=by, place=DESK)


def write_down(stage: Stage, day: date) -> ShopView:
    """Write down the shop with its roll of labels."""
    facts = SupplierFacts(code=CODE, name=NAME, discount_permille=850)
    supplier = acquisitions.save_supplier(act(stage, day, "supplier"), facts=facts)
    labels = make_series(act(stage, day, "labels"), wanted=Wanted(prefix=CODE, digits=6, count=500))
    facts_of_shop = ShopFacts(code=CODE, name=NAME, supplier=supplier.id, node=stage.library, series=(labels.id,))
    return bookshop.save_shop(act(stage, day, "shop"), facts=facts_of_shop)


def begin(stage: Stage, day: date) -> None:
    """Write down the shop, and begin a campaign that still runs when the demonstration is opened."""
    terms = Terms(
        from_day=day,
        until_day=day + RUNS,
        budget_fen=2_000_000,
        copies_limit=3,
        price_limit_fen=12_000,
        month_books=3,
        month_fen=20_000,
        excluded_words=("教辅", "试卷"),
    )
    facts = CampaignFacts(
        name="你选书·我买单",
        node=stage.library,
        processed_at=stage.library,
        shops=(write_down(stage, day).id,),
        terms=terms,
    )
    bookshop.begin_campaign(act(stage, day, "campaign"), facts=facts)


def label(number: int) -> str:
    """Return the label of a choice: the shop takes them as they come from the roll."""
    return f"{CODE}{number + 1:06d}"


def isbn(number: int) -> str:
    """Return an ISBN that no book has."""
    digits = f"978799999{number:03d}"
    return digits + isbn13_check(digits)


def wish(stage: Stage, number: int, guest: int, title: str, price_fen: int) -> Wish:
    """Return what a guest wishes for at the counter."""
    book = BookOnPaper(
        title=title, author="示例作者", publisher="示例出版社", year=stage.plan.year, price_fen=price_fen
    )
    return Wish(shop=queries.shop_by_code(CODE).id, card=card(guest), isbn=isbn(number), book=book, label=label(number))


def choose(stage: Stage, number: int, day: date) -> None:
    """Buy a book that a reader chose, and lend it at once."""
    _day, guest, title, price, _back = CHOSEN[number]
    said = act(stage, day, f"choice:{number}", by="bookshop")
    bookshop.choose(said, wish=wish(stage, number, guest, title, price))


def refuse(stage: Stage, day: date) -> None:
    """Ask for a book of the kind that the campaign does not buy."""
    _day, guest, title, price = REFUSED
    asked = wish(stage, len(CHOSEN), guest, title, price)
    bookshop.ask(act(stage, day, "refused", by="bookshop"), wish=asked)


def bring_back(stage: Stage, number: int, day: date) -> None:
    """Take a chosen book back at the desk: it waits for cataloguing."""
    circulation.check_in(act(stage, day, f"back:{number}", by="circulation"), item=ItemRef(label(number)))


def bill(stage: Stage, day: date) -> str:
    """Make the statement of November; asked again, it is the same."""
    month = date(stage.plan.year, 11, 1)
    made = act(stage, stage.on(*BILLED), "bill")
    return bookshop.settle(made, shop=queries.shop_by_code(CODE).id, month=month).number


def approve(stage: Stage, day: date) -> None:
    """Let somebody else approve it."""
    bookshop.approve(act(stage, day, "bill:approved", by="deputy"), number=bill(stage, day))


def pay(stage: Stage, day: date) -> None:
    """Write down that it was paid."""
    bookshop.pay(act(stage, day, "bill:paid", by="finance"), number=bill(stage, day), voucher=VOUCHER)
