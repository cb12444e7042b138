"""A bookshop where readers choose and the library pays: arranged on the last working day, and open to be tried."""

from datetime import timedelta

from wenlan.acquisitions import operations as acquisitions
from wenlan.acquisitions.bookshop import operations as bookshop
from wenlan.acquisitions.bookshop.types import CampaignFacts, ShopFacts, Terms
from wenlan.acquisitions.types import SupplierFacts
from wenlan.demo.models import Demo
from wenlan.demo.stage import Stage
from wenlan.holdings.series.operations import Wanted, make_series
from wenlan.kernel.acts import Act

AT = 16 * 3600
CODE, NAME = "SLSD", "示例书店"
RUNS = timedelta(days=120)


def build_bookshop(stage: Stage, demo: Demo) -> None:
    """Write down a shop with a roll of labels, and a campaign that runs when the demonstration is opened."""
    day = stage.last()

    def act(key: str) -> Act:
        return stage.act(day, AT, f"bookshop:{key}", by="acquisitions")

    supplier = acquisitions.save_supplier(
        act("supplier"), facts=SupplierFacts(code=CODE, name=NAME, discount_permille=850)
    )
    labels = make_series(act("labels"), wanted=Wanted(prefix=CODE, digits=6, count=500))
    shop = bookshop.save_shop(
        act("shop"),
        facts=ShopFacts(code=CODE, name=NAME, supplier=supplier.id, node=stage.library, series=(labels.id,)),
    )
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
        name="你选书·我买单", node=stage.library, processed_at=stage.library, shops=(shop.id,), terms=terms
    )
    bookshop.begin_campaign(act("campaign"), facts=facts)
